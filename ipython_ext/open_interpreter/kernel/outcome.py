"""IPython's result of one execution as an outcome of the core."""

from __future__ import annotations

from typing import Any

from open_interpreter.core.cells import CellError, Outcome

from .record import Entry, said


def outcome_of(result: Any, entry: Entry | None, seconds: float) -> Outcome:
    """What came of a nested run: its outputs and error as recorded, its count and its wall time in seconds."""
    outputs = tuple(entry.outputs) if entry is not None else ()
    if result.success and (entry is None or entry.error is None):
        return Outcome("ok", outputs, None, result.execution_count, seconds)
    raised = result.error_before_exec or result.error_in_exec
    error = entry.error if entry is not None else None
    if error is None:
        error = CellError(type(raised).__name__, said(raised))
    return Outcome("error", outputs, error, result.execution_count, seconds)
