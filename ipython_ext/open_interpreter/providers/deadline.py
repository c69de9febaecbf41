"""Time limits on waiting: a context manager for one await, and the three limits of a reply.

`asyncio.timeout` is missing on Python 3.10, and `wait_for` needs a task for every piece and can swallow a cancellation.
Python 3.10 does not count cancellations: there, one from outside at the moment of expiry is taken for the expiry.
"""

from __future__ import annotations

import asyncio
import sys
import time
from types import TracebackType

from open_interpreter.core.settings import Settings

TAIL = 2.0
"""Seconds to wait, after the finish reason, for the usage that some servers send behind it."""


class Deadline:
    """Raises TimeoutError from the block when it takes more than `seconds`; a foreign cancellation goes through."""

    def __init__(self, seconds: float) -> None:
        self._seconds = max(seconds, 0.0)
        self._expired = False
        self._before = 0

    def __enter__(self) -> Deadline:  # noqa: PYI034  (Self is not in Python 3.10's typing)
        self._task = asyncio.current_task()
        if sys.version_info >= (3, 11) and self._task is not None:
            self._before = self._task.cancelling()
        self._handle = asyncio.get_running_loop().call_later(self._seconds, self._expire)
        return self

    def _expire(self) -> None:
        self._expired = True
        if self._task is not None:
            self._task.cancel()

    def __exit__(
        self, kind: type[BaseException] | None, _error: BaseException | None, _where: TracebackType | None
    ) -> None:
        self._handle.cancel()
        if not self._expired:
            return
        foreign = False
        if sys.version_info >= (3, 11) and self._task is not None:
            foreign = self._task.uncancel() > self._before
        if kind is asyncio.CancelledError and not foreign:
            raise TimeoutError


class Clock:
    """How long the next piece of one reply may take; made when the request goes out."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._began = time.monotonic()
        self._asked = self._began
        self.begun = False
        self.finished = False

    def ask_again(self) -> None:
        """The request goes out once more: the first piece has its full time again."""
        self._asked = time.monotonic()

    @property
    def left(self) -> float:
        """Seconds until the whole reply has taken too long."""
        return self._began + self._settings.total_timeout - time.monotonic()

    @property
    def patience(self) -> float:
        """Seconds that the next piece may take."""
        if self.finished:
            return min(TAIL, self.left)
        if self.begun:
            return min(self._settings.idle_timeout, self.left)
        return min(self._asked + self._settings.first_byte_timeout - time.monotonic(), self.left)

    def complaint(self) -> str:
        """What was waited for in vain, and the setting that rules it."""
        if self.left <= 0:
            return f"took longer than {self._settings.total_timeout:g} s (total_timeout)"
        if self.begun:
            return f"fell silent for {self._settings.idle_timeout:g} s in the middle of its reply (idle_timeout)"
        return f"did not begin to answer within {self._settings.first_byte_timeout:g} s (first_byte_timeout)"
