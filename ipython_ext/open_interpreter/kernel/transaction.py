"""One cell as a transaction: it succeeds, or the kernel is as it was before, or it is told what is not.

A step that ran for long keeps what it did, whatever came of it: a fit of two hours is not thrown away for a plot.
"""

from __future__ import annotations

import re
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

from open_interpreter.core.cells import Cell, CellError, Outcome
from open_interpreter.prompts import render
from open_interpreter.rollback import Memento, take

LONG = 10.0
"""Seconds after which a step keeps what it did."""
UNDONE = render("rolled_back", but="")
"""What is said where a failed step has left nothing behind."""
_LINE = re.compile(r"(?:Cell In ?\[\d+\]|<ipython-input[^>]*>)\S*,? (?:in .*\s)?line (\d+)")


async def transacted(shell: Any, cell: Cell, run: Callable[[Cell], Awaitable[Outcome]]) -> Outcome:
    """Run the cell; where it fails or is stopped, bring back what was there, and say so in the outcome's note."""
    memento, began = take(shell.user_ns, _plain(shell, cell.source)), time.monotonic()
    outcome = None
    try:
        outcome = await run(cell)
    finally:
        if outcome is None and time.monotonic() - began < LONG:  # it was stopped
            memento.restore()
    if outcome.status != "error":
        return outcome
    return replace(outcome, note=_kept(outcome) if time.monotonic() - began >= LONG else _restored(memento))


def _restored(memento: Memento) -> str:
    lost = memento.restore().lost
    return render("rolled_back", but=render("rolled_back_but", lost=_list(lost))) if lost else UNDONE


def _kept(outcome: Outcome) -> str:
    line = _failing_line(outcome.error)
    done = render("kept_until", line=str(line)) if line > 1 else ""
    return render("kept", seconds=f"{outcome.seconds:.0f}", done=done)


def _failing_line(error: CellError | None) -> int:
    """The line of the cell at which it failed, counted from 1; 0 where that is not told."""
    found = _LINE.search("\n".join(error.traceback)) if error is not None else None
    return int(found.group(1)) if found else 0


def _list(lost: Mapping[str, str]) -> str:
    return ", ".join(f"`{name}` ({reason})" for name, reason in lost.items())


def _plain(shell: Any, source: str) -> str:
    """The cell as plain Python; magics become calls that may touch anything."""
    try:
        return str(shell.transform_cell(source))
    except SyntaxError:
        return source
