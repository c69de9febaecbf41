"""The stage of an open notebook: every event becomes an edit, over one comm a task (docs/wire.md)."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import comm

from open_interpreter.core.cells import Cell, Outcome, new_id
from open_interpreter.core.conversation import Task
from open_interpreter.core.edits import (
    COMM_TARGET,
    METADATA_KEY,
    Append,
    Ask,
    Choose,
    Chosen,
    Edit,
    Insert,
    Place,
    Remove,
    Rewrite,
    Run,
    Settle,
    Stamp,
    Standing,
)
from open_interpreter.core.events import CellGrew, CellOpened, Drafted, Dropped, Event, Executed, Finished, Judged
from open_interpreter.core.questions import Answer, Question
from open_interpreter.core.wire import from_wire, to_wire

from . import consent
from .nested import run_nested, synthetic_parent, under_parent
from .outcome import outcome_of
from .record import Recorder


class Line:
    """The comm of one task: edits go out, answers come in."""

    def __init__(self) -> None:
        self._comm = comm.create_comm(target_name=COMM_TARGET, data={})
        self._loop = asyncio.get_running_loop() if _running() else None
        self._waiting: dict[str, asyncio.Future[Mapping[str, Any]]] = {}
        self._comm.on_msg(self._arrived)
        self._comm.on_close(self._left)

    def send(self, edit: Edit) -> None:
        """One edit to the notebook."""
        self._comm.send(to_wire(edit))

    async def answer(self, question: str) -> Mapping[str, Any]:
        """Wait for the message that answers the question of this id; empty where the notebook hangs up instead."""
        future: asyncio.Future[Mapping[str, Any]] = asyncio.get_running_loop().create_future()
        self._waiting[question] = future
        try:
            return await future
        finally:
            del self._waiting[question]

    def close(self) -> None:
        """The task is over: no more edits."""
        self._comm.close()

    def _arrived(self, message: Mapping[str, Any]) -> None:
        told = message.get("content", {}).get("data", {})
        future = self._waiting.get(str(told.get("question", ""))) if isinstance(told, Mapping) else None
        if future is not None and self._loop is not None:
            self._loop.call_soon_threadsafe(_resolve, future, told)

    def _left(self, _: Mapping[str, Any]) -> None:
        for future in list(self._waiting.values()):
            if self._loop is not None:
                self._loop.call_soon_threadsafe(_resolve, future, {})


def _resolve(future: asyncio.Future[Mapping[str, Any]], told: Mapping[str, Any]) -> None:
    if not future.done():
        future.set_result(told)


def _running() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


@dataclass
class Made:
    """The cells that a task made so far: their sources as written, those that were come to, who let them run."""

    sources: dict[str, str] = field(default_factory=dict)
    approved: dict[str, str] = field(default_factory=dict)
    ran: dict[str, str] = field(default_factory=dict)
    """The sources of the cells that were come to, run or not; what else stands there was never finished."""
    answers: list[str] = field(default_factory=list)
    replaced: tuple[str, ...] = ()
    """The cells that made way."""


@dataclass(frozen=True)
class Scene:
    """What stays the same for one task in one notebook."""

    place: Place
    parent: dict[str, Any]
    task: Task
    model: str
    first_line: str
    """The prompt's first line once the task has succeeded."""
    open_line: str
    """The prompt's first line from the moment on in which its old cells make way."""
    attended: bool
    """Whether somebody can answer a question."""
    withdraw: Callable[[], Remove | None]
    """Gives, once, the edit that takes the cells of the task before away."""
    fingerprint: Callable[[str], str]
    """The hash of a source's syntax tree."""


class LiveStage:
    """Inserts real cells below the prompt, streams into them, and runs them under requests of their own."""

    def __init__(self, shell: Any, recorder: Recorder, scene: Scene, line: Line) -> None:
        self._shell, self._recorder, self._scene, self._line = shell, recorder, scene, line
        self.made = Made()
        self._taken_over = False

    async def hear(self, event: Event) -> None:
        """Carry an event into the notebook."""
        match event:
            case CellOpened(id=cell_id, attempt=attempt):
                self._open(cell_id, attempt, event.turn)
            case CellGrew(id=cell_id, text=text):
                self.made.sources[cell_id] += text
                self._line.send(Append(cell_id, text))
            case Drafted(cell=cell):
                self._drafted(cell)
            case Dropped(id=cell_id, restored=restored):
                self._drop(cell_id, restored)
            case Judged(id=cell_id, by=by):
                self.made.approved[cell_id] = by
            case Executed(cell=cell, outcome=outcome):
                self._stamp(cell, outcome)
            case Finished():
                self._finish(event)

    async def ask(self, question: Question) -> Answer:
        """Ask at the prompt cell, over the comm where answers arrive and else at the input line."""
        from .presence import comms_arrive

        if not self._scene.attended:
            return Answer("refuse", nobody=True)
        if not comms_arrive():
            return consent.ask(question)
        self._line.send(Ask(self._scene.place.prompt, question))
        told = await self._line.answer(question.id)
        if not told:
            return Answer("refuse", nobody=True)
        try:
            return from_wire(Answer, told.get("answer"))
        except ValueError:
            return Answer("refuse")

    async def run(self, cell: Cell) -> Outcome:
        """Run the cell where it stands."""
        msg_id = uuid.uuid4().hex
        self.made.ran.pop(cell.id, None)  # a cell that is stopped while it runs is no finished one
        self._line.send(Run(cell.id, msg_id, cell.source))
        parent = synthetic_parent(self._scene.parent, msg_id, cell.id, cell.source)
        begun, started = self._recorder.begun, time.monotonic()
        with under_parent(self._shell, parent, cell.source):
            result = await run_nested(self._shell, cell.source, store_history=True, cell_id=cell.id)
        return outcome_of(result, self._recorder.since(begun), time.monotonic() - started)

    def close(self) -> None:
        """Take out what was begun and never became a cell, give back what was being corrected, and hang up."""
        for cell_id, source in list(self.made.sources.items()):
            ran = self.made.ran.get(cell_id)
            if ran != source:
                self._drop(cell_id, ran)
        self._line.close()

    def _metadata(self, turn: int) -> dict[str, Any]:
        return {"task": self._scene.task.id, "turn": turn, "model": self._scene.model}

    def _open(self, cell_id: str, attempt: int, turn: int) -> None:
        if attempt > 1 and cell_id in self.made.sources:
            self._line.send(Rewrite(cell_id, ""))
        else:
            after = next(reversed(self.made.sources), self._scene.place.prompt)
            self._line.send(Insert(cell_id, after, metadata={METADATA_KEY: self._metadata(turn)}))
        self.made.sources[cell_id] = ""

    def _drafted(self, cell: Cell) -> None:
        self._take_over()
        if self.made.sources.get(cell.id) != cell.source:
            self.made.sources[cell.id] = cell.source
            self._line.send(Rewrite(cell.id, cell.source))

    def _drop(self, cell_id: str, restored: str | None) -> None:
        if restored is not None:
            self.made.sources[cell_id] = restored
            self._line.send(Rewrite(cell_id, restored))
        elif cell_id in self.made.sources:
            del self.made.sources[cell_id]
            self._line.send(Remove((cell_id,)))

    def _stamp(self, cell: Cell, outcome: Outcome) -> None:
        self.made.ran[cell.id] = cell.source
        approved = self.made.approved.get(cell.id, "policy")
        told = {**self._metadata(cell.turn), "source_hash": self._scene.fingerprint(cell.source), "approved": approved}
        if outcome.status in ("inserted", "refused"):
            del told["approved"]
        self._line.send(Stamp(cell.id, told))

    def _take_over(self) -> None:
        """From its first whole cell on the prompt belongs to this task, so that it owns its cells however that ends."""
        self._replace_old()
        if not self._taken_over:
            self._line.send(Settle(self._scene.place.prompt, self._scene.open_line, self._scene.task.id))
            self._taken_over = True

    def _replace_old(self) -> None:
        removal = self._scene.withdraw()
        if removal is not None:
            self.made.replaced = removal.ids
            self._line.send(removal)

    def _finish(self, event: Finished) -> None:
        if not event.ok:
            return
        self._replace_old()
        if event.answer.strip():
            after = next(reversed(self.made.sources), self._scene.place.prompt)
            metadata = {METADATA_KEY: self._metadata(event.turns)}
            self.made.answers.append(new_id())
            self._line.send(Insert(self.made.answers[-1], after, "markdown", event.answer.strip(), metadata))
        self._line.send(Settle(self._scene.place.prompt, self._scene.first_line, self._scene.task.id))


async def choose(place: Place, edited: tuple[str, ...]) -> Literal["keep", "replace", "cancel"] | None:
    """Ask what becomes of owned cells that the person edited; None where nobody answers."""
    from .presence import comms_arrive

    if not comms_arrive():
        return consent.choose(len(edited))
    line, question = Line(), new_id()
    try:
        line.send(Choose(place.prompt, question, edited))
        told = await line.answer(question)
    finally:
        line.close()
    try:
        return from_wire(Chosen, told).choice if told else None
    except ValueError:
        return "cancel"


def offer(place: Place, ids: tuple[str, ...]) -> None:
    """Say that these cells stand for a settled prompt."""
    line = Line()
    line.send(Standing(place.prompt, ids))
    line.close()
