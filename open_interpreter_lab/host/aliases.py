"""Another id for a cell that the person has made theirs: the next attempt at it becomes a cell of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from open_interpreter.core.cells import Cell, new_id
from open_interpreter.core.events import CellGrew, CellOpened, Drafted, Dropped, Event, Executed, Judged


class Aliases:
    """From the ids of the agent to those of the notebook."""

    def __init__(self) -> None:
        self._named: dict[str, str] = {}
        self._before: dict[str, int] = {}

    def part(self, cell: str, attempt: int) -> None:
        """From now on the cell of this id, at this attempt, is another one."""
        agent = next((key for key, value in self._named.items() if value == cell), cell)
        self._named[agent] = new_id()
        self._before[agent] = attempt - 1

    def name(self, cell: str) -> str:
        """The id in the notebook."""
        return self._named.get(cell, cell)

    def cell(self, cell: Cell) -> Cell:
        """The cell as it is called in the notebook."""
        attempt = max(cell.attempt - self._before.get(cell.id, 0), 1)
        return replace(cell, id=self.name(cell.id), attempt=attempt)

    def event(self, event: Event) -> Event:
        """The event with the ids of the notebook."""
        told: Any = event
        if isinstance(event, (Drafted, Executed)):
            return replace(told, cell=self.cell(event.cell)) if event.cell.id in self._named else event
        if isinstance(event, (CellOpened, CellGrew, Dropped, Judged)) and event.id in self._named:
            told = replace(told, id=self.name(event.id))
            if isinstance(event, CellOpened):
                told = replace(told, attempt=max(event.attempt - self._before[event.id], 1))
        return told  # type: ignore[no-any-return]
