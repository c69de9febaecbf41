"""What comes of one task for a caller of the library, and how it is gathered from the events."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..core.cells import Cell, Outcome, Output
from ..core.conversation import Conversation, Usage
from ..core.events import Ending, Event, Executed, Finished


@dataclass(frozen=True, eq=False)
class Result:
    """What came of one task. `print(result)` shows the answer: its prose and its code."""

    ok: bool
    """Whether the task succeeded; if not, `reason` says why."""
    answer: str
    """The prose of the model's last reply."""
    value: Any
    """The last cell's result: a table or a plain value; None where it has none. In a notebook the object itself."""
    cells: tuple[Cell, ...]
    """The cells that stand, in order, each in its last attempt."""
    outputs: tuple[Output, ...]
    """All outputs of these cells, in order."""
    usage: Usage
    session: str
    """The id under which the log keeps this task."""
    ending: Ending = "done"
    reason: str = ""

    @property
    def markdown(self) -> str:
        """The prose, the cells as fenced blocks, and where the task failed, why."""
        code = (f"```{cell.language}\n{cell.source.strip()}\n```" for cell in self.cells)
        return "\n\n".join(part for part in (self.answer.strip(), *code, self.reason.strip()) if part)

    def __str__(self) -> str:
        code = (cell.source.strip() for cell in self.cells)
        return "\n\n".join(part for part in (self.answer.strip(), *code, self.reason.strip()) if part)

    def _repr_markdown_(self) -> str:
        return self.markdown


@dataclass
class Work:
    """One task while it is done."""

    talk: Conversation
    data: dict[str, object]
    value: Any = None
    stopped: str = ""
    """Why it was stopped before its last event."""
    finished: Finished | None = None
    done: dict[str, Executed] = field(default_factory=dict)

    @property
    def last(self) -> Outcome | None:
        """What came of the last cell, where it ran well."""
        last = next(reversed(self.done.values()), None)
        return last.outcome if last is not None and last.outcome.ok else None

    def hear(self, event: Event) -> None:
        """Take in one event."""
        if isinstance(event, Executed):
            self.done[event.cell.id] = event
        elif isinstance(event, Finished):
            self.finished = event

    def result(self) -> Result:
        """What came of it."""
        end = self.finished or Finished("failed", "", 0, Usage(), self.stopped or "The task was stopped.")
        return Result(
            ok=end.ok,
            answer=end.answer,
            value=self.value,
            cells=tuple(each.cell for each in self.done.values()),
            outputs=tuple(output for each in self.done.values() for output in each.outcome.outputs),
            usage=end.usage,
            session=self.talk.task.id,
            ending=end.ending,
            reason=end.reason,
        )
