"""What a task carries beside its instruction: the cell that it is about, and the texts that the person attached.

Both are data, in fences. What does not fit is cut in the middle, and how much is missing is said there.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..core.cells import Cell, CellError
from ..core.conversation import Quote, Task
from ..core.languages import tag
from ..core.snapshot import PastCell, Snapshot
from ..prompts import render
from .budget import clip, estimate
from .outputs import error_text
from .text import fence, one_line, trim

_TARGET_SHARE = 0.7
"""The most of the room that the cell takes where there are quotes too; its outcome takes what is left of that."""
_OUTCOME_LETTERS = 1_500
_LABEL = 80
_AROUND = 30
"""Tokens for a heading, a fence and a label."""
_LEAST = 2 * _AROUND
"""Tokens that an attached text needs at least: with fewer for each, the last ones are left out."""


def attached(task: Task, start: Snapshot, room: int) -> str:
    """The attached texts and the task's cell in at most `room` tokens; empty where there are none, or no room."""
    target = task.target
    share = int(room * _TARGET_SHARE) if task.quotes else room
    about = _target(target, start, share) if target is not None and target.source.strip() else ""
    quotes = _quotes(task.quotes, room - estimate(about))
    return "\n\n".join(part for part in (quotes, about) if part)


def _target(target: Cell, start: Snapshot, room: int) -> str:
    outcome = _outcome(target, start)
    free = room - _AROUND - min(estimate(outcome), room // 3)
    if free <= 0:
        return ""
    source = fence(_fitted(target.source.strip("\n"), free), tag(target.language))
    left = room - _AROUND - estimate(source)
    return render("target", source=source, result=clip(outcome, left) if estimate(outcome) <= left else "")


def _outcome(target: Cell, start: Snapshot) -> str:
    """What came of the cell when it last ran as it stands: its error, or what it showed; empty where it did not run."""
    trouble, source = start.trouble, target.source.strip()
    if trouble is not None and trouble.source.strip() == source:
        error = CellError(trouble.name, trouble.value, (trouble.traceback,))
        return f"\n\nIt failed:\n\n{fence(error_text(error, target.source, _OUTCOME_LETTERS))}"
    ran = next((each for each in reversed(start.cells) if _is(each, target.id, source)), None)
    if ran is None or not ran.output.strip():
        return ""
    lead = "It failed" if ran.failed else "It showed"
    return f"\n\n{lead}:\n\n{fence(trim(ran.output.strip(), _OUTCOME_LETTERS))}"


def _is(past: PastCell, id: str, source: str) -> bool:  # noqa: A002 - the cell's own word
    return past.source.strip() == source and (not past.id or not id or past.id == id)


def _quotes(quotes: Sequence[Quote], room: int) -> str:
    """The small ones whole, and the rest of the room shared among the large ones; in their order."""
    left = room - _AROUND
    kept = quotes[: max(left // _LEAST, 0)]
    if not kept:
        return ""
    told: dict[int, str] = {}
    order = sorted(range(len(kept)), key=lambda at: len(kept[at].text))
    for count, at in enumerate(order):
        free = left // (len(order) - count) - _AROUND
        label = clip(one_line(kept[at].label, _LABEL) or "text", _AROUND // 2)
        told[at] = fence(f"{label}:\n\n{_fitted(kept[at].text.strip(chr(10)), free)}")
        left -= estimate(told[at])
    missing = len(quotes) - len(kept)
    blocks = [told[at] for at in sorted(told)] + ([f"({missing:,} more left out)"] if missing else [])
    return render("attached", quotes="\n\n".join(blocks))


def _fitted(text: str, room: int) -> str:
    """The text, clean, in at most so many tokens."""
    return clip(trim(text, 4 * room), room)
