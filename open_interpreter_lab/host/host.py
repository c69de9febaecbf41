"""The server as a host: what is in a notebook and its kernel, and cells that run there through whoever holds it."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from open_interpreter.context.text import fence
from open_interpreter.core.cells import Cell, Outcome
from open_interpreter.core.conversation import Task
from open_interpreter.core.edits import Run as RunEdit
from open_interpreter.core.languages import tag
from open_interpreter.core.questions import Answer, Question
from open_interpreter.core.snapshot import Snapshot
from open_interpreter.prompts import render

from ..desks import DeskGone
from ..kernels import KernelLost, Look, Run, Witness
from ..words import Done, Happening, Running
from .aliases import Aliases
from .cells import Cells
from .kernel import Kernel, lost_outcome
from .notebook import Notebook, NotebookTrouble
from .pen import Pen
from .sight import Sight, language_of, snapshot

NOT_CONNECTED = (
    "The notebook is not connected to its kernel: choose a kernel at the right of its toolbar, then ask again."
)
TRIES = 2
"""Times that a cell is sent which the kernel has dropped unseen, because another cell failed before it."""


@dataclass(eq=False)
class Scene:
    """What one task stands in, and how it speaks to its chat."""

    notebook: Notebook
    pen: Pen
    kernel: Kernel
    folder: Callable[[str], str]
    """Where the notebook of this path lies on this machine, empty where that cannot be told."""
    tell: Callable[[Happening], None]
    keep: Callable[[], None]
    """Write down at once what was told."""
    ask: Callable[[Question, str | None], Awaitable[Answer]]
    aliases: Aliases = field(default_factory=Aliases)
    words: list[str] = field(default_factory=list)
    """What the person has said since the task began."""
    read: int = 0
    """How many of the words the model has been sent."""
    running: Run | None = None
    stopped: bool = False
    """Whether the person has stopped it: no cell may be sent any more, even where the cancellation has got lost."""
    left: set[str] = field(default_factory=set)
    """Cells that were not run because the person had changed them."""

    @property
    def cells(self) -> Cells:
        """The cells that the task writes."""
        return self.pen.cells


class ServerHost:
    """The host of one task."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self.directory = ""
        """Where the kernel worked when it was last looked at."""

    async def snapshot(self, task: Task) -> Snapshot:
        """What is really there, once the kernel has nothing to do."""
        sight = await self.look(task)
        self.directory = sight.directory
        told = await snapshot(sight, task, self._scene.words)
        self._scene.read = len(told.words)
        return told

    async def look(self, task: Task) -> Sight:
        """What is in the notebook and in its kernel now."""
        scene = self._scene
        place = await scene.pen.read()
        folder = scene.folder(scene.notebook.path)
        try:
            witness, seen = await self._seen(task)
        except KernelLost:
            gone = await scene.kernel.lose(place)
            if gone is None or not gone.restarted:
                return Sight(place, self._language(), folder=folder, trouble=scene.kernel.trouble)
            witness, seen = await self._seen(task)
        scene.kernel.saw(witness)
        return Sight(place, language_of(witness), witness.past, seen, folder, scene.kernel.trouble)

    async def _seen(self, task: Task) -> tuple[Witness, Look]:
        """Whoever hears the kernel, once it rests, and what it holds then. Raises KernelLost."""
        witness = await self._scene.kernel.rested()
        return witness, await witness.look(task.only) if task.shares else Look()

    async def approve(self, question: Question) -> Answer:
        """Ask the person, and wait for as long as it takes."""
        cell = self._scene.aliases.cell(question.cell)
        written = self._scene.cells.get(cell.id)
        replaces = written.before if written is not None and written.holds_back else None
        told = Question(cell, question.judgement, question.host, question.opening, question.id)
        return await self._scene.ask(told, replaces)

    async def execute(self, cell: Cell) -> Outcome:
        """Run the cell where it stands in the notebook."""
        cell = self._scene.aliases.cell(cell)
        try:
            for _ in range(TRIES):
                outcome = await self._execute(cell)
                if outcome.status != "aborted" or outcome.count is not None:
                    break
        except KernelLost:
            place = self._scene.cells.place
            self._scene.running = None
            gone = await self._scene.kernel.lose(place)
            if gone is None:
                raise
            return lost_outcome(gone, place)
        return outcome

    async def _execute(self, cell: Cell) -> Outcome:
        """Once; an outcome `aborted` without a count where the kernel has dropped it unseen."""
        scene = self._scene
        witness = await scene.kernel.rested()
        done = await scene.pen.settle(cell)
        if done.trouble:
            await asyncio.sleep(0)  # where the cell is gone, Stop is on its way
            return self._left_alone(cell, done.source)
        if scene.stopped:
            raise asyncio.CancelledError
        run = scene.running = witness.expect(uuid.uuid4().hex, cell.id)
        told = asyncio.create_task(self._tell_start(run))
        try:
            outcome = await self._send(witness, run, cell) or await self._end(witness, run, cell)
        finally:
            if not told.done():
                told.cancel()
                self._tell_begun(run)
        scene.running = None
        scene.kernel.saw(witness)
        return outcome

    async def _send(self, witness: Witness, run: Run, cell: Cell) -> Outcome | None:
        """See to it that the kernel gets the request, once; an outcome where it must not."""
        scene, desk = self._scene, self._scene.notebook.desk
        scene.keep()
        scene.cells.begin(cell.id, run, desk)
        if desk is None:
            await witness.send(run, cell.source)
            return None
        order = RunEdit(cell.id, run.msg_id, cell.source)
        try:
            done = await scene.notebook.give(desk, order, kernel=witness.kernel)
        except DeskGone:
            done = Done("", "closed")
        if done.trouble == "closed":
            await self._send_unseen(witness, run, cell)
        elif done.trouble == "kernel":
            scene.running = None
            scene.cells.unbegin(cell.id)
            raise NotebookTrouble(NOT_CONNECTED)
        elif done.trouble:
            scene.running = None
            scene.pen.miss(done)
            return self._left_alone(cell, done.source)
        return None

    async def _send_unseen(self, witness: Witness, run: Run, cell: Cell) -> None:
        """The desk is gone: send the request from here, if the kernel has not had it from there."""
        self._scene.cells.leave(cell.id)
        if not await witness.has_seen(run):
            await witness.send(run, cell.source)

    async def _end(self, witness: Witness, run: Run, cell: Cell) -> Outcome:
        """Wait for the end; where the desk goes away before the kernel has begun, make sure that it does begin."""
        scene = self._scene
        written = scene.cells.get(cell.id)
        desk = written.ran_at if written is not None else None
        ending = asyncio.ensure_future(run.end())
        try:
            if desk is not None:
                leaving = asyncio.ensure_future(scene.notebook.desks.left(desk))
                try:
                    await asyncio.wait([ending, leaving], return_when=asyncio.FIRST_COMPLETED)
                finally:
                    leaving.cancel()
                if not ending.done():
                    await self._send_unseen(witness, run, cell)
            outcome = await ending
        finally:
            ending.cancel()
        await scene.pen.settle()
        return outcome

    async def _tell_start(self, run: Run) -> None:
        await run.begin()
        self._tell_begun(run)

    def _tell_begun(self, run: Run) -> None:
        if run.begun:
            self._scene.tell(Running(run.cell, run.began_at))

    def _left_alone(self, cell: Cell, source: str) -> Outcome:
        """The cell is the person's now: it stays as it is, and the model is told."""
        self._scene.left.add(cell.id)
        return Outcome("refused", note=render("changed_meanwhile", source=fence(source, tag(cell.language))))

    def _language(self) -> str:
        desk = self._scene.notebook.desk
        holding = self._scene.notebook.desks.holding(desk, self._scene.notebook.path) if desk is not None else None
        return (holding.language if holding is not None else "") or "python"
