"""What the panel's commands ask of the built-in model: it mends, explains, documents a cell, and declines the rest."""

from __future__ import annotations

import re

from ...core.cells import CellError
from ...core.conversation import Task
from ...core.snapshot import PastCell, Snapshot
from .documenting import documented
from .explaining import explained
from .lexicon import chinese
from .repairs import mended
from .replies import Declined, block, phrase

_ERROR = re.compile(
    r"(?m)^(?P<name>[A-Za-z_][\w.]*(?:Error|Exception|Warning|Interrupt|Iteration|Exit)): ?(?P<value>.*)$"
)


def commanded(task: Task, snapshot: Snapshot) -> str | None:
    """The first reply to a task with a command; None where its words are to be read as any other instruction."""
    target = task.target
    if target is None or task.command in ("", "plan", "sketch"):
        return None
    words, source = task.instruction, target.source
    error = failure(source, snapshot)
    if task.command == "fix":
        if error is None:
            return Declined(phrase("no_failure", words))
        return mended(source, error, snapshot, words)
    if task.command == "explain":
        return explained(source, snapshot, _line(error), chinese=chinese(words))
    if task.command == "document":
        made = documented(source, chinese=chinese(words))
        return (
            Declined(phrase("documented", words)) if made is None else f"{phrase('documents', words)}\n\n{block(made)}"
        )
    return Declined(phrase("cannot", words, detail=f"/{task.command}"))


def failure(source: str, snapshot: Snapshot) -> CellError | None:
    """The error that this cell ended with when it ran last, None where it did not fail or did not run."""
    trouble = snapshot.trouble
    if trouble is not None and trouble.source.strip() == source.strip():
        return CellError(trouble.name, trouble.value, tuple(trouble.traceback.splitlines()))
    ran = next((each for each in reversed(snapshot.cells) if each.source.strip() == source.strip()), None)
    return _told(ran) if ran is not None and ran.failed else None


def _told(ran: PastCell) -> CellError:
    """The error as the end of a cell's output tells it."""
    found = list(_ERROR.finditer(ran.output))
    if not found:
        return CellError("Error", ran.output.strip().split("\n")[-1])
    return CellError(found[-1]["name"], found[-1]["value"], tuple(ran.output.splitlines()))


def _line(error: CellError | None) -> str:
    return "" if error is None else error.line.replace("`", "'").split("\n")[0][:200]
