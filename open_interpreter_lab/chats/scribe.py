"""The events of an agent become records of the chat and cells of the notebook."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from open_interpreter.context.outputs import outputs_text
from open_interpreter.core.cells import Cell, Outcome, Output
from open_interpreter.core.conversation import Task
from open_interpreter.core.events import (
    Asked,
    Began,
    CellGrew,
    CellOpened,
    Drafted,
    Dropped,
    Event,
    Executed,
    Finished,
    Judged,
)
from open_interpreter.core.fingerprint import fingerprint
from open_interpreter.core.languages import is_python
from open_interpreter.safety.transform import plain

from ..host.host import Scene
from ..host.kernel import LOST
from ..words import Ran, Replaces, Sent, Started

CHANGED = "You changed this cell meanwhile: it was left as you made it, and not run."
SHOWN_LETTERS = 2_000
TRACE_LETTERS = 6_000


class Scribe:
    """Writes down one task."""

    def __init__(self, scene: Scene, task: Task, host: str) -> None:
        self._scene = scene
        self._task = task
        self._host = host
        self._model = ""
        self._approved: dict[str, str] = {}
        self.at: Cell | None = None
        """The cell that is being judged or run."""
        self._excused = ("", 0)
        """The ending that means nothing bad where the model only speaks after the last cell, and the turn of that."""
        self.finished: Finished | None = None
        """How the task ended; told by whoever ends it."""

    async def hear(self, event: Event) -> None:
        """Take in one event, in order. Raises NotebookTrouble and PaperTrouble where the notebook cannot be written."""
        event = self._named(event)
        match event:
            case Began():
                self._model = event.model
                self._scene.tell(Started(event.model, self._host))
            case Asked():
                self._scene.tell(Sent(event.turn, event.tokens))
            case Executed():
                await self._executed(event.cell, event.outcome)
            case Finished():
                await self._scene.pen.settle()
                self.finished = self._as_meant(event)
            case _:
                self._write(event)
                self._scene.tell(event)

    def _write(self, event: Event) -> None:
        cells = self._scene.cells
        match event:
            case CellOpened():
                self._open(event)
            case CellGrew():
                cells.grow(event.id, event.text)
            case Drafted():
                cells.draft(event.cell)
                self.at = event.cell
            case Dropped():
                cells.drop(event.id, event.restored)
            case Judged():
                self._approved[event.id] = event.by

    def _named(self, event: Event) -> Event:
        """The event with the notebook's ids; a cell that the person has made theirs is left to them."""
        aliases = self._scene.aliases
        if isinstance(event, CellOpened) and event.attempt > 1:
            written = self._scene.cells.get(aliases.name(event.id))
            if written is not None and (written.edited is not None or written.gone):
                aliases.part(written.id, event.attempt)
        return aliases.event(event)

    def _open(self, event: CellOpened) -> None:
        target, cells = self._task.rewrites, self._scene.cells
        if target is not None and event.id == target.id and cells.get(event.id) is None:
            source = next((each.source for each in cells.place.cells if each.id == event.id), target.source)
            self._scene.tell(Replaces(event.id, source))
            cells.take_over(event.id, source)
        cells.open(event.id)

    async def _executed(self, cell: Cell, outcome: Outcome) -> None:
        told: dict[str, Any] = {"task": self._task.id, "turn": cell.turn, "model": self._model}
        transform = plain if is_python(cell.language) else str
        told["source_hash"] = fingerprint(cell.source, transform)
        if outcome.status not in ("inserted", "refused"):
            told["approved"] = self._approved.get(cell.id, "policy")
        self.at = None
        self._scene.cells.finish(cell, told, writes=outcome.status == "inserted")
        if outcome.status == "inserted":
            await self._scene.pen.settle()
        is_left = outcome.status == "refused" and cell.id in self._scene.left
        is_lost = outcome.error is not None and outcome.error.name == LOST
        self._excused = ("refused" if is_left else "stuck" if is_lost else "", cell.turn)
        self._scene.tell(ran(cell.id, replace(outcome, note=CHANGED) if is_left else outcome))

    def _as_meant(self, finished: Finished) -> Finished:
        """A cell left to the person is no refusal, a lost kernel no failing cell: a model that then speaks is done."""
        ending, turn = self._excused
        if finished.ending == ending and finished.turns > turn:
            return replace(finished, ending="done", reason="")
        return finished


def ran(cell: str, outcome: Outcome) -> Ran:
    """What came of a cell, as the chat shows it."""
    error = outcome.error
    others = tuple(each for each in outcome.outputs if not _is_picture(each))
    return Ran(
        cell,
        outcome.status,
        round(outcome.seconds, 3),
        outcome.count,
        outputs_text(replace(outcome, outputs=others), SHOWN_LETTERS),
        len(outcome.outputs) - len(others),
        error.line if error is not None else "",
        "\n".join(error.traceback)[-TRACE_LETTERS:] if error is not None else "",
        outcome.note,
    )


def _is_picture(output: Output) -> bool:
    return any(mime.startswith("image/") for mime in output.data)
