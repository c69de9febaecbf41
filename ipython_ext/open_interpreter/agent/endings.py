"""When a task is over after a turn, and the honest word for how."""

from __future__ import annotations

from ..core.cells import CellError
from ..core.conversation import Conversation
from ..core.events import Ending
from ..safety.transform import normal

Last = tuple[Ending, str]
"""How the task ended, and why where it is not done."""


def after_prose(talk: Conversation, most_turns: int, *, planning: bool = False) -> Last | None:
    """The ending of a task whose last reply has no cell: done, unless something still stands that it was to mend.

    None where it is to be asked again: once, where the first reply is a plan without its first cell (`planning`).
    """
    last = talk.last
    if planning and len(talk.turns) == 1 < most_turns:
        return None
    if last is None or last.outcome.ok:
        return "done", ""
    if last.outcome.status == "refused":
        return "refused", last.outcome.note
    error = _short(last.outcome.error) if last.outcome.error is not None else "an error"
    return "stuck", f"The last cell still fails with {error}, and the model did not mend it."


def after_cells(talk: Conversation, most_turns: int) -> Last | None:
    """The ending of a task after its cells were come to, or None where the model is to be asked again.

    Where only one reply is wanted nobody is asked to look at what its cells gave: that they ran is the end.
    """
    last = talk.last
    if last is None or last.outcome.status == "aborted":
        return "stuck", last.outcome.note if last and last.outcome.note else "The cell was stopped before its end."
    if last.outcome.ok and most_turns == 1:
        return "done", ""
    if last.outcome.error is not None and _repeated(talk):
        return "stuck", f"The same code failed twice with the same error: {_short(last.outcome.error)}."
    if len(talk.turns) < most_turns:
        return None
    open_end = (
        "the task was not finished" if last.outcome.error is None else f"it still fails: {_short(last.outcome.error)}"
    )
    return "stuck", f"After {len(talk.turns)} replies {open_end}. Raise max_turns, or say more exactly what is wanted."


def _short(error: CellError) -> str:
    """The error's first line, to stand within a sentence: of many lines it tells most."""
    return error.line.strip().split("\n", 1)[0].rstrip(".: ")


def _repeated(talk: Conversation) -> bool:
    failed = [
        (normal(attempt.cell.source, attempt.cell.language), attempt.outcome.error.line)
        for turn in talk.turns
        for attempt in turn.attempts
        if attempt.outcome.error is not None
    ]
    return failed.count(failed[-1]) > 1
