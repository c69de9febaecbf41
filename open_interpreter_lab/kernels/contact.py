"""The contact with one kernel through all its lives: it is connected, found, lost, and found again.

What the kernel says is handed on; what it means is the witness's concern.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from jupyter_client.kernelspec import NoSuchKernel
from open_interpreter.providers.deadline import Deadline

from .errors import KernelLost
from .greeting import INTRODUCTION, greet
from .heard import Heard, mapping_of, text_of
from .line import Channel, Line
from .lives import Lives
from .pulse import Ends, Pulse

OPEN_WAIT = 10.0
"""Seconds that `open` waits for a kernel that does not answer; one that starts slowly is found later."""
BUSY_WAIT = 0.7
"""Seconds after which a kernel that says who it is, but does not do what we ask, counts as busy."""
ECHO_WAIT = 1.0
"""Seconds between a kernel's answer and what it publishes of it, at most."""
HEAR_WAIT = 0.3


@dataclass(frozen=True, slots=True)
class Listener:
    """Who is told, on the loop: each message of this life; that a life ended; that `found` or `alive` may differ."""

    heard: Callable[[Heard], None]
    ended: Callable[[KernelLost], None]
    changed: Callable[[], None]


class Contact:
    """`open` it before anything else. `life` counts from 1; `why` is why the last one ended."""

    def __init__(self, manager: Any, kernel: str, listener: Listener) -> None:
        self.life = 1
        self.alive = True
        self.language = ""
        self.why = KernelLost.gone()
        self._listener = listener
        self._pulse = Pulse(manager, kernel, Ends(self._again, self._gone))
        self._lives = Lives()
        self._line: Line | None = None
        self._hears = asyncio.Event()
        self._introduced = asyncio.Event()
        self._finding: set[asyncio.Task[None]] = set()
        self._echoes: dict[str, asyncio.Event] = {}

    @property
    def found(self) -> bool:
        """Whether the kernel of this life has done something that we asked, and we heard it."""
        return not self._finding

    @property
    def kernel(self) -> Any:
        """The manager's object for this kernel. Raises KernelLost."""
        return self._pulse.kernel

    async def open(self) -> None:
        """Connect and make sure that we hear. Raises KernelLost where there is no such kernel."""
        self._line = Line(self.kernel, self._hear)
        await self._line.open()
        self._pulse.start()
        self._find()
        introduced = asyncio.create_task(self._introduced.wait())
        await asyncio.wait([*self._finding, introduced], timeout=OPEN_WAIT, return_when=asyncio.FIRST_COMPLETED)
        introduced.cancel()
        if self._introduced.is_set() and self._finding:
            await asyncio.wait(self._finding, timeout=BUSY_WAIT)
        self.check(self.life)

    async def close(self) -> None:
        """Let go of the connection."""
        self._gone(KernelLost.gone())
        await self._pulse.stop()
        await asyncio.gather(*self._finding, return_exceptions=True)
        if self._line is not None:
            await self._line.close()

    def check(self, life: int) -> None:
        """Raise KernelLost unless the kernel lives, and that life still."""
        if not self.alive or life != self.life:
            raise KernelLost(str(self.why))

    def is_ours(self, heard: Heard) -> bool:
        """Whether this is about a request of this connection."""
        return self._line is not None and heard.parent_session == self._line.session

    def say(self, kind: str, content: Mapping[str, Any], msg_id: str) -> None:
        """Send a request whose answer nobody waits for. Raises KernelLost."""
        self.check(self.life)
        self._connected().say(kind, content, msg_id=msg_id)

    async def ask(self, kind: str, content: Mapping[str, Any]) -> Mapping[str, Any]:
        """The content of the kernel's reply, which comes when it has done all it was asked before. Raises KernelLost.

        There is no time-out: a kernel may be busy for days.
        """
        self.check(self.life)
        return (await self._connected().ask(kind, content)).content

    async def ping(self) -> None:
        """Wait until the kernel has done all that it was asked before, and we have heard it. Raises KernelLost."""
        self.check(self.life)
        msg_id = uuid.uuid4().hex
        echo = self._echoes[msg_id] = asyncio.Event()
        try:
            await self._connected().ask(INTRODUCTION, {}, msg_id=msg_id)
            with suppress(TimeoutError), Deadline(ECHO_WAIT):
                await echo.wait()
        finally:
            del self._echoes[msg_id]

    def _connected(self) -> Line:
        if self._line is None:
            raise KernelLost.gone()
        return self._line

    def _hear(self, heard: Heard) -> None:
        life = self._lives.of(heard)
        if life == "past":
            return
        if life == "new":
            self._again(KernelLost.restarted())
            self._lives.of(heard)
        self._hears.set()
        if not self.alive:  # it was given up, and somebody has started it again
            self.alive = True
            self._find()
        if heard.status == "idle" and heard.parent in self._echoes:
            self._echoes[heard.parent].set()
        self._listener.heard(heard)
        if heard.kind == "shutdown_reply":
            (self._again if heard.content.get("restart") else self._gone)(KernelLost.restarted())

    def _again(self, error: KernelLost) -> None:
        """This life is over and another begins."""
        self._end(error)
        self._find()
        self._listener.changed()

    def _gone(self, error: KernelLost) -> None:
        """This life is over, and none begins as far as we know."""
        self._end(error)
        self.alive = False
        self._stop_finding()
        self._listener.changed()

    def _end(self, error: KernelLost) -> None:
        self._lives.end()
        if self._hears.is_set() or self.life == 1:  # else it is the end that we know of: it is told in several ways
            self.why = error
            self.life += 1
            self._listener.ended(error)
        self._hears.clear()
        if self._line is not None:
            self._line.cut(error)

    def _find(self) -> None:
        """Make sure, in the background, that the kernel of this life answers and that we hear it."""
        self._stop_finding()
        task = asyncio.create_task(self._introduce())
        self._finding = {task}
        task.add_done_callback(self._has_found)

    def _stop_finding(self) -> None:
        for each in self._finding:
            each.cancel()
        self._finding = set()

    def _has_found(self, task: asyncio.Task[None]) -> None:
        self._finding.discard(task)
        self._listener.changed()

    async def _introduce(self) -> None:
        with suppress(KernelLost):  # whoever cuts the line begins to find anew, or gives up
            line = await self._fitting()
            control = asyncio.create_task(self._learn(line, "control"))  # a busy kernel may answer there
            try:
                while True:
                    await self._learn(line, "shell")
                    with suppress(TimeoutError), Deadline(HEAR_WAIT):
                        await self._hears.wait()
                        return
            finally:
                control.cancel()
                await asyncio.gather(control, return_exceptions=True)

    async def _learn(self, line: Line, channel: Channel) -> None:
        told = (await greet(line, channel)).content
        self.language = text_of(mapping_of(told, "language_info"), "name").lower() or self.language
        self._introduced.set()

    async def _fitting(self) -> Line:
        """The line, made anew where the kernel has other ports in this life."""
        line = self._connected()
        kernel = self.kernel
        self.language = self.language or _language_of(kernel)
        if not line.fits(kernel):
            self._line = Line(kernel, self._hear)
            await self._line.open()
            await line.close()
        return self._connected()


def _language_of(kernel: Any) -> str:
    """What the kernel's spec says, for a kernel that is too busy to be asked."""
    try:
        return str(kernel.kernel_spec.language).lower()
    except (AttributeError, NoSuchKernel):
        return ""
