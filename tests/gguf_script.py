"""Writes a tiny GGUF model that makes a real llama.cpp server say a given text, whatever it is asked.

Attention and feed-forward weigh nothing, so the state after a token is that token's embedding alone; the output matrix
points from each piece of the script to the next. What is heard then has passed a real chat template, tokenizer,
sampler, stream and usage count that nobody here wrote. Sample at temperature 0.

Needs `gguf` and `numpy`. Pieces must be longer than one byte and differ from one another; `cut` sees to both.
"""

from __future__ import annotations

import itertools
from pathlib import Path

import gguf
import numpy as np

TEMPLATE = (
    "{% for message in messages %}<|turn|>{{ message.role }}\n{{ message.content }}<|stop|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|reply|>{% endif %}"
)
CONTROL = ("<|turn|>", "<|stop|>", "<|reply|>")
WIDTH, BLOCKS, HEADS, HIDDEN, CONTEXT = 256, 1, 4, 64, 8192


def cut(text: str, size: int = 8) -> list[str]:
    """The text in pieces that all differ and are longer than a byte."""
    pieces: list[str] = []
    start = 0
    while start < len(text):
        end = start + size
        while end < len(text) and (text[start:end] in pieces or len(text) - end < 2):
            end += 1
        pieces.append(text[start:end])
        start = end
    if len(set(pieces)) != len(pieces):
        pieces[-2:] = ["".join(pieces[-2:])]
    return pieces


def write_script(path: Path, text: str) -> Path:
    """Write the model and give its path."""
    pieces = cut(text)
    letters = _letters()
    merges = ["Ġ t", "h e"]
    words = letters + [each.replace(" ", "") for each in merges]
    script = range(len(words), len(words) + len(pieces))
    words += ["".join(letters[byte] for byte in piece.encode()) for piece in pieces]
    kinds = [gguf.TokenType.NORMAL] * len(words) + [gguf.TokenType.CONTROL] * len(CONTROL)
    words += CONTROL
    turn, stop, reply = (words.index(each) for each in CONTROL)

    writer = gguf.GGUFWriter(str(path), "llama")
    _write_shape(writer, len(words))
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(words)
    writer.add_token_types(kinds)
    writer.add_token_merges(merges)
    writer.add_bos_token_id(turn)
    writer.add_eos_token_id(stop)
    writer.add_add_bos_token(False)
    writer.add_chat_template(TEMPLATE)
    _write_weights(writer, len(words), [reply, *script, stop])
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def _letters() -> list[str]:
    """The 256 stand-ins of a byte-level vocabulary: printable bytes as they are, the others from U+0100 on."""
    plain = {*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)}
    others = iter(range(0x100, 0x200))
    return [chr(byte) if byte in plain else chr(next(others)) for byte in range(256)]


def _write_shape(writer: gguf.GGUFWriter, words: int) -> None:
    writer.add_name("scripted")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(BLOCKS)
    writer.add_feed_forward_length(HIDDEN)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_rope_freq_base(10000.0)
    writer.add_file_type(gguf.LlamaFileType.ALL_F32)
    writer.add_vocab_size(words)


def _write_weights(writer: gguf.GGUFWriter, words: int, chain: list[int]) -> None:
    random = np.random.default_rng(0)
    embedding = random.choice([-1.0, 1.0], (words, WIDTH)).astype(np.float32)
    output = np.zeros((words, WIDTH), np.float32)
    for token, following in itertools.pairwise(chain):
        output[following] += embedding[token]
    writer.add_tensor("token_embd.weight", embedding)
    writer.add_tensor("output.weight", output)
    writer.add_tensor("output_norm.weight", np.ones(WIDTH, np.float32))
    square, wide, tall = (WIDTH, WIDTH), (HIDDEN, WIDTH), (WIDTH, HIDDEN)
    shapes = {"attn_q": square, "attn_k": square, "attn_v": square, "attn_output": square}
    shapes |= {"ffn_gate": wide, "ffn_up": wide, "ffn_down": tall}
    for block in range(BLOCKS):
        for norm in ("attn_norm", "ffn_norm"):
            writer.add_tensor(f"blk.{block}.{norm}.weight", np.ones(WIDTH, np.float32))
        for name, shape in shapes.items():
            writer.add_tensor(f"blk.{block}.{name}.weight", np.zeros(shape, np.float32))
