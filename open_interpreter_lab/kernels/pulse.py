"""What the server's kernel manager knows of a kernel's life: it is there, its process is another now, it was given up.

Most restarts are told by the kernel itself. This is for those that are not: a killed process, a shutdown without a
word, a kernel whose language's kernel says nothing at its start.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from tornado.web import HTTPError

from .errors import KernelLost

STEP = 1.0
"""Seconds between two looks at the manager."""


@dataclass(frozen=True, slots=True)
class Ends:
    """What is called, on the loop: a life ended and another begins, or the kernel is no more."""

    again: Callable[[KernelLost], None]
    gone: Callable[[KernelLost], None]


class Pulse:
    """Watches one kernel from `start` to `stop`."""

    def __init__(self, manager: Any, kernel: str, ends: Ends) -> None:
        self._manager = manager
        self._kernel = kernel
        self._ends = ends
        self._process: object = None
        self._task: asyncio.Task[None] | None = None

    @property
    def kernel(self) -> Any:
        """The manager of this one kernel. Raises KernelLost where there is none."""
        try:
            if self._kernel not in self._manager:
                raise KernelLost.gone()
            return self._manager.get_kernel(self._kernel)
        except (KeyError, HTTPError):
            raise KernelLost.gone() from None

    def start(self) -> None:
        """Begin to watch. Raises KernelLost where there is no such kernel."""
        self._process = process_of(self.kernel)
        self._manager.add_restart_callback(self._kernel, self._restarts, "restart")
        self._manager.add_restart_callback(self._kernel, self._dies, "dead")
        self._task = asyncio.create_task(self._watch())

    async def stop(self) -> None:
        """Watch no more."""
        with suppress(KeyError, HTTPError, ValueError):  # the kernel may be gone, and its callbacks with it
            self._manager.remove_restart_callback(self._kernel, self._restarts, "restart")
            self._manager.remove_restart_callback(self._kernel, self._dies, "dead")
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def _restarts(self) -> None:
        self._ends.again(KernelLost.died())

    def _dies(self) -> None:
        self._ends.gone(KernelLost.died())

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(STEP)
            try:
                process = process_of(self.kernel)
            except KernelLost as error:
                self._ends.gone(error)
                return
            if process not in (None, self._process):
                self._process = process
                self._ends.again(KernelLost.restarted())


def process_of(kernel: Any) -> object:
    """What tells the kernel's process from the one before it, None where the manager does not know."""
    return getattr(getattr(kernel, "provisioner", None), "pid", None)
