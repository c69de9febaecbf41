"""One kernel as the server hears it, whoever uses it: what runs, what ran, and that it began anew."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import Any

from jupyter_core.utils import ensure_async
from open_interpreter.core.snapshot import PastCell
from open_interpreter.providers.deadline import Deadline
from tornado.web import HTTPError

from . import look
from .activity import Activity
from .contact import Contact, Listener
from .errors import KernelLost
from .greeting import INTRODUCTION
from .heard import Heard
from .look import Look
from .run import Run

LOOK_WAIT = 10.0
QUIET = 0.5
"""Seconds without work after which nothing can be waiting in the kernel's queue."""
KEPT_RUNS = 200
KEPT_WEIGHT = 64_000_000
"""Characters of outputs that are kept of runs that are over, for later cells that update what these show."""
IN_ORDER = frozenset({"python", "bash", "r"})
"""Languages whose kernels answer a request only when all earlier ones are done."""


class Witness:
    """`open` it before anything else; all of it belongs to one loop."""

    def __init__(self, manager: Any, kernel: str) -> None:
        self.kernel = kernel
        self.name = ""
        self.lost: tuple[PastCell, ...] = ()
        self.names: tuple[str, ...] = ()
        self.seen: Look | None = None
        self._manager = manager
        self._contact = Contact(manager, kernel, Listener(self._hear, self._end, self._tell))
        self._activity = Activity(self._cell_of)
        self._runs: dict[str, Run] = {}
        self._listeners: list[Callable[[], None]] = []
        self._told: tuple[object, ...] = ()
        self._tick = asyncio.Event()
        self._worked = time.monotonic()

    @property
    def language(self) -> str:
        """The kernel's language in lower case: python, bash, r."""
        return self._contact.language

    @property
    def life(self) -> int:
        """1, and one more whenever the kernel was started anew or ended."""
        return self._contact.life

    @property
    def alive(self) -> bool:
        """Whether there is such a kernel, as far as the server knows."""
        return self._contact.alive

    @property
    def busy(self) -> bool:
        """Whether something runs, whoever sent it, or the kernel has not answered yet in this life."""
        return self.alive and (self._activity.busy or not self._contact.found)

    @property
    def past(self) -> tuple[PastCell, ...]:
        """What this life ran as far as it was heard, oldest first."""
        return self._activity.past

    async def open(self) -> None:
        """Connect and make sure that we hear. Raises KernelLost where there is no such kernel."""
        self.name = str(self._contact.kernel.kernel_name)
        await self._contact.open()

    async def close(self) -> None:
        """Let go of the connection; runs that are not over are lost."""
        await self._contact.close()

    def listen(self, heard: Callable[[], None]) -> Callable[[], None]:
        """Call this, on the loop, whenever `busy`, `alive` or `life` has changed; returns what ends it."""
        self._listeners.append(heard)

        def unlisten() -> None:
            with suppress(ValueError):
                self._listeners.remove(heard)

        return unlisten

    async def rest(self) -> None:
        """Wait until the kernel has nothing to do. Raises KernelLost when it dies or is started anew meanwhile."""
        life = self.life
        self._contact.check(life)
        while self.busy or time.monotonic() - self._worked < QUIET:
            await self._until(lambda: self._contact.found, life)
            working, begun = self._activity.working, self._activity.begun
            await self._contact.ping()
            if self.language in IN_ORDER:
                self._settle(working)
            await self._until(lambda: not self.busy, life)
            if begun == self._activity.begun:
                return

    async def look(self, only: Sequence[str] = ()) -> Look:
        """What is in an idle Python kernel, of these names alone with `only`; of another language nothing.

        What was seen last where the kernel does not answer in time. Raises KernelLost.
        """
        self._contact.check(self.life)
        if self.language != "python":
            return Look()
        try:
            with Deadline(LOOK_WAIT):
                reply = await self._contact.ask("execute_request", look.request(only))
        except TimeoutError:
            return self.seen or Look()
        seen = look.read(reply)
        if not only:
            self.seen, self.names = seen, tuple(each.name for each in seen.variables)
        return seen

    def expect(self, msg_id: str, cell: str) -> Run:
        """Follow the request of this id, which nobody has sent yet, for the cell of that id."""
        run = Run(msg_id, cell, self.interrupt)
        if not self.alive:
            run.lose(self._contact.why)
        self._forget_old()
        self._runs[msg_id] = run
        return run

    async def send(self, run: Run, code: str) -> None:
        """Send the request of this run ourselves; what runs so can ask nobody for input. Raises KernelLost."""
        flags = {"silent": False, "store_history": True, "allow_stdin": False, "stop_on_error": True}
        content = {"code": code, "user_expressions": {}, **flags}
        self._contact.say("execute_request", content, run.msg_id)

    async def has_seen(self, run: Run) -> bool:
        """Whether the kernel has seen this run's request: no only after it has answered later ones of ours.

        Waits as long as the kernel is busy with something else. Raises KernelLost.
        """
        begins, asks = asyncio.create_task(run.begin()), asyncio.create_task(self._ping_twice())
        try:
            await asyncio.wait([begins, asks], return_when=asyncio.FIRST_COMPLETED)
            if not run.heard:
                await asks
        finally:
            begins.cancel()
            asks.cancel()
            await asyncio.gather(begins, asks, return_exceptions=True)
        return run.heard

    async def interrupt(self) -> None:
        """Interrupt what runs. Raises KernelLost."""
        try:
            await ensure_async(self._manager.interrupt_kernel(self.kernel))
        except (KeyError, HTTPError, RuntimeError):
            raise KernelLost.gone() from None
        # A cell that awaits is cancelled only when the kernel's loop wakes up, which any request makes it do.
        self._contact.say(INTRODUCTION, {}, "")

    def _forget_old(self) -> None:
        """Keep the latest runs that are over, as far as there is room for them."""
        weight = 0
        over = [each for each in self._runs.values() if each.over]
        for number, each in enumerate(reversed(over), 1):
            weight += each.weight
            if number > KEPT_RUNS or weight > KEPT_WEIGHT:
                del self._runs[each.msg_id]

    async def _ping_twice(self) -> None:
        """After the first the kernel is free; what another connection had sent before the second is there by then."""
        await self._contact.ping()
        await self._contact.ping()

    async def _until(self, true: Callable[[], bool], life: int) -> None:
        self._contact.check(life)
        while not true():
            await self._tick.wait()
            self._contact.check(life)

    def _settle(self, working: Iterable[str]) -> None:
        """These requests are over, even where the kernel's word about it has got lost."""
        for msg_id in working:
            self._activity.settle(msg_id)
        self._tell()

    def _hear(self, heard: Heard) -> None:
        run = self._runs.get(heard.parent)
        if run is not None or not self._contact.is_ours(heard):
            self._activity.hear(heard)
        if run is not None:
            run.hear(heard)
        if heard.kind in ("update_display_data", "display_data"):
            for other in self._runs.values():
                if other is not run:
                    other.show(heard)
        self._tell()

    def _end(self, error: KernelLost) -> None:
        self.lost = self.past or self.lost
        self.seen = None
        self._activity = Activity(self._cell_of)
        lost, self._runs = self._runs, {}
        for run in lost.values():
            run.lose(error)

    def _tell(self) -> None:
        """Tell whoever listens or waits, where anything has changed."""
        if self._activity.busy:
            self._worked = time.monotonic()
        state = (self.busy, self.alive, self.life, self._contact.found)
        if state == self._told:
            return
        self._told = state
        self._tick.set()
        self._tick = asyncio.Event()
        for heard in tuple(self._listeners):
            heard()

    def _cell_of(self, msg_id: str) -> str:
        run = self._runs.get(msg_id)
        return run.cell if run is not None else ""
