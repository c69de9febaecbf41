"""The library inside a notebook: in the person's namespace, shown in the output of the cell that called it.

No cells are inserted. Called synchronously, the run waits in another thread and its cells run on the main one.
"""

from __future__ import annotations

from collections.abc import Coroutine, Mapping
from typing import Any

from ..core.cells import Cell, CellError, Outcome
from ..core.conversation import Task
from ..core.events import Event
from ..core.questions import Answer, Question
from ..core.snapshot import Snapshot
from ..kernel.extension import load
from ..kernel.host import KernelHost
from ..kernel.interrupts import cancelling
from ..kernel.nested import parent_of
from ..kernel.presence import presence_of
from ..kernel.stage import PlainStage
from ..kernel.transform import ATTRIBUTE
from .driver import Calls, Driver

AWAITS = "This code uses await at its top level, which cannot run here: write it without, for example asyncio.to_thread"


class Inside:
    """The kernel that the library is called in."""

    def __init__(self, shell: Any) -> None:
        load(shell)
        self.shell = shell
        self._recorder = getattr(shell, ATTRIBUTE).recorder
        self._result: Any = None
        self._open()

    @property
    def traits(self) -> Mapping[str, object]:
        """As the magic has them."""
        found: Mapping[str, object] = getattr(self.shell, ATTRIBUTE).traits
        return found

    async def begin(self, data: Mapping[str, object]) -> None:
        """Bind the data in the person's own namespace."""
        self._open()
        self._result = None
        self.shell.user_ns.update(data)

    async def snapshot(self, task: Task) -> Snapshot:
        """What is in the kernel."""
        return await self._host.snapshot(task)

    async def approve(self, question: Question) -> Answer:
        """Ask at the input line of the cell that called."""
        return await self._host.approve(question)

    async def execute(self, cell: Cell) -> Outcome:
        """Run the cell in the person's namespace."""
        self.shell.events.register("post_run_cell", self._note)
        try:
            return await self._host.execute(cell)
        finally:
            self.shell.events.unregister("post_run_cell", self._note)

    async def value(self, last: Outcome | None) -> Any:
        """The last cell's result, the object itself."""
        return None if last is None else self._result

    async def hear(self, event: Event) -> None:
        """Show the event in the cell's output."""
        await self._stage.hear(event)

    def ferried(self, calls: Calls) -> Ferry:
        """By way of the waiting main thread."""
        return Ferry(self, calls)

    async def carried(self, driver: Driver, work: Coroutine[Any, Any, None]) -> None:  # noqa: ARG002  (we are on the loop)
        """Right here, on the kernel's own loop; an interrupt cancels at once."""
        with cancelling():
            await work

    async def close(self) -> None:
        """Nothing is held."""

    def awaits(self, source: str) -> bool:
        """Whether the code uses `await` at its top level; wrong syntax does not."""
        try:
            transformed = self.shell.transform_cell(source)
        except SyntaxError:
            return False
        return bool(self.shell.should_run_async(source, transformed_cell=transformed, preprocessing_exc_tuple=None))

    def _open(self) -> None:
        parent = parent_of(self.shell)
        self._stage = PlainStage(self.shell, self._recorder, attended=presence_of(parent).attended)
        self._host = KernelHost(self.shell, self._recorder, self._stage, None)

    def _note(self, result: Any) -> None:
        self._result = None if result is None else result.result


class Ferry:
    """A place inside a notebook, seen from the driver's thread: everything is done by the main thread, which waits."""

    def __init__(self, place: Inside, calls: Calls) -> None:
        self._place, self._calls = place, calls

    @property
    def traits(self) -> Mapping[str, object]:
        """As `Inside.traits`."""
        return self._place.traits

    async def begin(self, data: Mapping[str, object]) -> None:
        """As `Inside.begin`."""
        await self._calls.ask(self._place.begin(data))

    async def snapshot(self, task: Task) -> Snapshot:
        """As `Inside.snapshot`."""
        found: Snapshot = await self._calls.ask(self._place.snapshot(task))
        return found

    async def approve(self, question: Question) -> Answer:
        """As `Inside.approve`."""
        found: Answer = await self._calls.ask(self._place.approve(question))
        return found

    async def execute(self, cell: Cell) -> Outcome:
        """As `Inside.execute`; code that awaits is refused, and the model may write it otherwise."""
        found: Outcome = await self._calls.ask(self._run(cell))
        return found

    async def value(self, last: Outcome | None) -> Any:
        """As `Inside.value`."""
        return await self._place.value(last)

    async def hear(self, event: Event) -> None:
        """As `Inside.hear`."""
        await self._calls.ask(self._place.hear(event))

    def ferried(self, calls: Calls) -> Ferry:
        """By way of other calls."""
        return Ferry(self._place, calls)

    async def carried(self, driver: Driver, work: Coroutine[Any, Any, None]) -> None:
        """As `Inside.carried`."""
        await self._place.carried(driver, work)

    async def close(self) -> None:
        """Nothing is held."""

    async def _run(self, cell: Cell) -> Outcome:
        if self._place.awaits(cell.source):
            return Outcome("error", error=CellError("SyntaxError", AWAITS))
        return await self._place.execute(cell)
