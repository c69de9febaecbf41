"""One execution, followed by its request's id: from before anybody sends it to the kernel's word that it is over."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from open_interpreter.core.cells import CellError, Outcome
from open_interpreter.providers.deadline import Deadline

from .errors import KernelLost
from .heard import Heard, count_of
from .outcome import error_of, outputs_of
from .outputs import KINDS, Outputs

STOP_STEP = 1.0
"""Seconds between two interrupts of a cell that goes on."""
STOP_TRIES = 8
BEGIN_WAIT = 10.0
"""Seconds that `stop` waits for a run to begin; one that begins later is interrupted all the same."""
FLUSHED = "The kernel did not run it: an error in another cell made it drop what was waiting."
INTERRUPTED = "It was interrupted."

logger = logging.getLogger(__name__)


class Run:
    """One execution. The witness that made it tells it what the kernel says; everybody else reads."""

    def __init__(self, msg_id: str, cell: str, interrupt: Callable[[], Awaitable[None]]) -> None:
        self.msg_id = msg_id
        self.cell = cell
        self.began_at = 0.0
        self.count: int | None = None
        self.source = ""
        self.heard = False
        """Whether the kernel has said anything about it."""
        self._interrupt = interrupt
        self._gathered = Outputs()
        self._shown: list[dict[str, Any]] | None = None
        self._error: CellError | None = None
        self._started = 0.0
        self._begun = asyncio.Event()
        self._over = asyncio.Event()
        self._outcome: Outcome | None = None
        self._lost: KernelLost | None = None
        self._interrupts = 0
        self._stopping: asyncio.Task[None] | None = None
        self._listeners: list[Callable[[], None]] = []

    @property
    def begun(self) -> bool:
        """Whether the kernel has begun it."""
        return self._begun.is_set()

    @property
    def over(self) -> bool:
        """Whether it is over, or lost with its kernel."""
        return self._over.is_set()

    @property
    def outputs(self) -> list[dict[str, Any]]:
        """Its nbformat outputs so far, within bounds."""
        if self._shown is None:
            self._shown = self._gathered.as_nbformat()
        return self._shown

    @property
    def weight(self) -> int:
        """What its outputs weigh, in characters."""
        return self._gathered.weight

    def on_change(self, heard: Callable[[], None]) -> None:
        """Call this, on the loop, whenever it begins, puts something out or is over."""
        self._listeners.append(heard)

    async def begin(self) -> None:
        """Wait until it has begun, or is over without."""
        waits = [asyncio.ensure_future(each.wait()) for each in (self._begun, self._over)]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for each in waits:
                each.cancel()

    async def end(self) -> Outcome:
        """Wait for its end. Raises KernelLost where the kernel ended first; cancelling ends only the waiting."""
        await self._over.wait()
        if self._outcome is None:
            raise self._lost or KernelLost.died()
        return self._outcome

    async def stop(self) -> bool:
        """Interrupt it, now or as soon as it begins, again and again; whether it is over.

        Gives up after about ten seconds. Never interrupts what somebody else runs. Cancelling it lets the interrupts
        that are on their way go on.
        """
        if self._stopping is None or self._stopping.done():
            self._stopping = asyncio.create_task(self._stop())
        waits = asyncio.ensure_future(self._over.wait())
        try:
            limit = BEGIN_WAIT if not self.begun else STOP_STEP * (STOP_TRIES + 1)
            await asyncio.wait([waits, self._stopping], timeout=limit, return_when=asyncio.FIRST_COMPLETED)
            if self.begun and not self.over:
                await asyncio.wait(
                    [waits, self._stopping], timeout=STOP_STEP * (STOP_TRIES + 1), return_when=asyncio.FIRST_COMPLETED
                )
        finally:
            waits.cancel()
        return self.over

    def hear(self, heard: Heard) -> None:
        """Take in a message of the kernel about this run."""
        self.heard = True
        if heard.kind == "execute_input":
            self.source = str(heard.content.get("code", ""))
            self.count = count_of(heard.content)
            self._begin()
        elif heard.kind in KINDS:
            self._begin()
            self._gathered.add(heard.kind, heard.content)
            if heard.kind == "error" and not self.over:
                self._error = error_of(heard.content)
            self._tell()
        elif heard.status == "idle" and not self.over:
            self._finish()

    def show(self, heard: Heard) -> None:
        """Another run has updated a display that may be here."""
        if self._gathered.update(heard.content):
            self._tell()

    def lose(self, error: KernelLost) -> None:
        """The kernel that was to run it is no more."""
        if not self.over:
            self._lost = error
            self._over.set()
            self._tell()

    def _begin(self) -> None:
        if not self.begun and not self.over:
            self.began_at, self._started = time.time(), time.monotonic()
            self._begun.set()
            self._tell()

    def _finish(self) -> None:
        seconds = time.monotonic() - self._started if self.begun else 0.0
        outputs = outputs_of(self._gathered.as_nbformat())
        if not self.begun:
            self._outcome = Outcome("aborted", note=FLUSHED)
        elif self._error is not None:
            self._outcome = Outcome("error", outputs, self._error, self.count, seconds)
        elif self._interrupts:
            self._outcome = Outcome("aborted", outputs, None, self.count, seconds, INTERRUPTED)
        else:
            self._outcome = Outcome("ok", outputs, None, self.count, seconds)
        self._over.set()
        self._tell()

    async def _stop(self) -> None:
        await self.begin()
        for _ in range(STOP_TRIES):
            if self.over:
                return
            self._interrupts += 1
            await self._interrupt_once()
            with suppress(TimeoutError), Deadline(STOP_STEP):
                await self._over.wait()

    async def _interrupt_once(self) -> None:
        try:
            await self._interrupt()
        except KernelLost as error:
            logger.debug("nothing to interrupt: %s", error)

    def _tell(self) -> None:
        self._shown = None
        for heard in self._listeners:
            heard()
