"""The kernel as a host: what is in its namespace, and cells that run in it."""

from __future__ import annotations

from typing import Any

from open_interpreter.core.cells import Cell, Outcome
from open_interpreter.core.conversation import Task
from open_interpreter.core.edits import Place
from open_interpreter.core.questions import Answer, Question
from open_interpreter.core.snapshot import Snapshot

from .record import Recorder
from .stage import Stage
from .transaction import transacted


class KernelHost:
    """A live IPython shell; how cells are shown is the stage's business."""

    def __init__(self, shell: Any, recorder: Recorder, stage: Stage, place: Place | None) -> None:
        self._shell, self._recorder, self._stage, self._place = shell, recorder, stage, place

    async def snapshot(self, task: Task) -> Snapshot:
        """What is really there now, looked at without calling any code of the user's objects."""
        from open_interpreter.context import files, reader

        directory = files.working_directory()
        ran = {cell.id for cell in self._recorder.cells if cell.id}
        return Snapshot(
            variables=reader.variables(self._shell.user_ns, hidden=self._shell.user_ns_hidden, only=task.only),
            cells=self._recorder.cells,
            files=files.look(directory, task.instruction),
            outline=_outline(self._place, ran),
            trouble=self._recorder.trouble,
            directory=directory,
        )

    async def approve(self, question: Question) -> Answer:
        """Ask the person who sits at the notebook."""
        return await self._stage.ask(question)

    async def execute(self, cell: Cell) -> Outcome:
        """Run the cell in the user's namespace, and undo what a failed one did there."""
        return await transacted(self._shell, cell, self._stage.run)


def _outline(place: Place | None, ran: set[str]) -> tuple[str, ...]:
    """One line for each cell of the notebook that this kernel has not run: its number, kind and first line."""
    if place is None:
        return ()
    lines = []
    for number, cell in enumerate(place.cells, 1):
        first = next((line for line in cell.source.splitlines() if line.strip()), "")
        if first and cell.id not in ran and cell.id != place.prompt:
            lines.append(f"cell {number}, {cell.kind}: {first[:100]}")
    return tuple(lines)
