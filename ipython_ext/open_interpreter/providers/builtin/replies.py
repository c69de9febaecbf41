"""A plan as the Markdown of a reply, in the language of the instruction; and the few things the model says itself."""

from __future__ import annotations

import re

from ...core.conversation import Conversation
from ...core.snapshot import Snapshot
from .drafts import Draft
from .lexicon import chinese
from .recipes import library
from .templates import said
from .told import told
from .toml import read


class Declined(str):
    """A reply that only says why this cannot be done."""

    __slots__ = ()


_FENCE = re.compile(r"^```python[^\n]*\n(.*?)^```\s*$", re.MULTILINE | re.DOTALL)


def phrase(key: str, instruction: str, **plain: str) -> str:
    """One of our own sentences, in the language of the instruction."""
    text = str(read("phrases.toml")[key]["zh" if chinese(instruction) else "en"])
    text = re.sub(r"\{([^{}]*)\}", lambda match: match.group(1) if plain.get("detail") else "", text)
    return said(text, {"detail": "", **plain})


def block(code: str, replace: str = "") -> str:
    """A fenced cell. The fence is longer than any run of backticks inside."""
    longest = max((len(run) for run in re.findall(r"`{3,}", code)), default=2)
    fence = "`" * max(3, longest + 1)
    return f"{fence}python{f' replace={replace}' if replace else ''}\n{code.strip(chr(10))}\n{fence}"


def blocks(reply: str) -> tuple[str, ...]:
    """The cells of one of our own replies."""
    return tuple(each.strip("\n") for each in _FENCE.findall(reply))


def written(drafts: tuple[Draft, ...], left_out: tuple[str, ...], instruction: str) -> str:
    """The reply with cells."""
    pieces = [f"{each.prose}\n\n{block(each.code)}" for each in drafts]
    if left_out:
        quoted = "; ".join(f"“{each}”" for each in left_out)
        pieces.append(phrase("left_out", instruction, detail=quoted.replace("`", "'")))
    return "\n\n".join(pieces)


def closing(conversation: Conversation, snapshot: Snapshot, recipes: tuple[str, ...]) -> str:
    """The answer in prose when the cells have run, and what could be asked next."""
    instruction = conversation.task.instruction
    answer = told(conversation.turns, snapshot, chinese=chinese(instruction)) or phrase("done", instruction)
    answer = "\n\n".join([answer, *_left_out(conversation)])
    nexts = [each for key in recipes for each in library()[key].follow_ups[chinese(instruction)]]
    if not nexts:
        return answer
    joint = "、" if chinese(instruction) else ", "
    offered = joint.join(f"“{each}”" for each in dict.fromkeys(nexts[:2]))
    return f"{answer}\n\n{phrase('next', instruction, detail=offered)}"


def _left_out(conversation: Conversation) -> tuple[str, ...]:
    """What the replies said was left out: the person reads the answer, so it stands there again."""
    lead = phrase("left_out", conversation.task.instruction, detail="\n").split("\n")[0]
    lines = (line for turn in conversation.turns for line in turn.reply.splitlines() if line.startswith(lead))
    return tuple(dict.fromkeys(lines))
