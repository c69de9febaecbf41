"""The first line of a prompt cell: its options, read from the front, and what is left as the instruction."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field

from open_interpreter.core.errors import UsageError

VALUED = {
    "-m": "model",
    "--model": "model",
    "--base-url": "base_url",
    "--mode": "mode",
    "--max-turns": "max_turns",
    "--with": "only",
    "--image": "image",
    "--as": "assign",
    "--settled": "settled",
}
FLAGS = {"--plan": "plan", "--preview": "preview", "--fresh": "fresh"}
REPEATABLE = {"only", "image"}

_HEAD = re.compile(r"(%%?interpret)(?:[ \t]+|$)")
_WORD = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|(\S+))""")
_OPTION = re.compile(r"\s*(--?[A-Za-z][\w-]*)(=?)")


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt cell as it was written: the magic's name, its options, and the instruction."""

    magic: str
    instruction: str
    values: dict[str, str] = field(default_factory=dict)
    only: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    flags: frozenset[str] = frozenset()
    written: str = ""
    """The options as they were written."""
    words: str = ""
    """What the first line says after its options."""

    @property
    def settled(self) -> str:
        """The hash of `--settled`, or empty."""
        return self.values.get("settled", "")

    def first_line(self, digest: str) -> str:
        """The first line with this `--settled` (none if empty), without an older one and without `--fresh`."""
        kept = re.sub(r"(?:(?<=\s)|^)--settled(?:=|\s+)\S+\s*", "", self.written)
        kept = re.sub(r"(?:(?<=\s)|^)--fresh(?=\s|$)\s*", "", kept)
        mark = f"--settled {digest}" if digest else ""
        return " ".join(part for part in (self.magic, mark, kept.strip(), self.words) if part)


def read_prompt(line: str, body: str) -> Prompt:
    """The prompt of a first line and the lines below it.

    Raises UsageError on an unknown option, a missing value, or where no instruction is left.
    """
    head = _HEAD.match(line)
    if head is None:
        raise UsageError(f"{line!r} is no prompt: begin the cell with %%interpret.")
    rest = line[head.end() :]
    values, only, images, flags, words = _options(rest)
    instruction = "\n".join(part for part in (words.strip(), body.strip()) if part)
    if not instruction:
        raise UsageError("The instruction is empty: write below %%interpret what should be done, in plain words.")
    written = rest[: len(rest) - len(words)] if words else rest
    return Prompt(head.group(1), instruction, values, only, images, flags, written, words.strip())


def _options(
    text: str,
) -> tuple[dict[str, str], tuple[str, ...], tuple[str, ...], frozenset[str], str]:
    values: dict[str, str] = {}
    repeated: dict[str, list[str]] = {"only": [], "image": []}
    flags: set[str] = set()
    while option := _OPTION.match(text):
        name = option.group(1)
        text = text[option.end() :]
        if name in FLAGS:
            flags.add(FLAGS[name])
        elif name in VALUED:
            value, text = _value(name, text)
            target = VALUED[name]
            if target in REPEATABLE:
                repeated[target].append(value)
            else:
                values[target] = value
        else:
            raise UsageError(_unknown(name))
    return values, tuple(repeated["only"]), tuple(repeated["image"]), frozenset(flags), text


def _value(name: str, text: str) -> tuple[str, str]:
    word = _WORD.match(text)
    if word is None or (word.group(3) or "").startswith("--"):
        raise UsageError(f"{name} needs a value: %%interpret {name} VALUE.")
    value = next(part for part in word.groups() if part is not None)
    return value, text[word.end() :]


def _unknown(name: str) -> str:
    known = [*VALUED, *FLAGS]
    near = difflib.get_close_matches(name, known, n=1)
    hint = f"did you mean {near[0]}?" if near else f"the options are {', '.join(sorted(set(known) - {'--settled'}))}."
    return f"%%interpret has no option {name}: {hint}"
