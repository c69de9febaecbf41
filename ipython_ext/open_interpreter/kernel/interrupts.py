"""Ctrl-C and the stop button while a task runs: a cancellation while we wait, KeyboardInterrupt while user code runs.

ipykernel notices an interrupt of an awaiting cell only when the await ends; here it cancels the task at once. One
interrupt stops the whole task, also where the cell that ran just then swallowed it or had ended a moment before.
"""

from __future__ import annotations

import asyncio
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any


class Interrupted(KeyboardInterrupt):
    """The person stopped the task; shown as one line, and the queued cells do not run."""

    def _render_traceback_(self) -> list[str]:
        return ["KeyboardInterrupt: stopped. Cells that were finished stay; run the prompt again to go on."]


class Brake:
    """What an interrupt pulls while one asyncio task of ours runs; once pulled it stays pulled."""

    def __init__(self) -> None:
        self._loop, self._task = asyncio.get_running_loop(), asyncio.current_task()
        self.pulled = False

    def cancel(self, *_: Any) -> None:
        """Let the task's await end, the present one or the next (a signal handler)."""
        self.pulled = True
        if self._task is not None:
            self._loop.call_soon_threadsafe(self._task.cancel)

    def stop(self, *_: Any) -> None:
        """Raise in the code that runs now; what swallows that is stopped at its next await (a signal handler)."""
        self.cancel()
        raise KeyboardInterrupt

    def stop_if_running(self, *_: Any) -> None:
        """As `stop` while the task itself computes, else only `cancel`: the loop and other tasks must not be hit."""
        self.cancel()
        if asyncio.current_task(self._loop) is self._task:
            raise KeyboardInterrupt

    def release(self) -> None:
        """Take back one cancellation, for whoever awaits in this task afterwards."""
        if self._task is not None and sys.version_info >= (3, 11):
            self._task.uncancel()


_BRAKE: ContextVar[Brake | None] = ContextVar("brake", default=None)


@contextmanager
def cancelling() -> Iterator[None]:
    """While this is open, an interrupt stops the current asyncio task; raises Interrupted where one came."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    brake = Brake()
    token = _BRAKE.set(brake)
    try:
        with _handling(brake.cancel):
            yield
    except asyncio.CancelledError:
        if not brake.pulled:
            raise
        brake.release()
        raise Interrupted from None
    except KeyboardInterrupt:
        raise Interrupted from None
    finally:
        _BRAKE.reset(token)
    if brake.pulled:
        raise Interrupted


@contextmanager
def raising() -> Iterator[None]:
    """While this is open, an interrupt raises KeyboardInterrupt as in any cell: around synchronous user code.

    Raises it at once where the task was stopped already.
    """
    brake = _BRAKE.get()
    with _user_code(brake, brake.stop if brake is not None else signal.default_int_handler):
        yield


@contextmanager
def awaiting() -> Iterator[None]:
    """The same around user code that awaits: KeyboardInterrupt where it computes, a cancellation where it waits."""
    brake = _BRAKE.get()
    with _user_code(brake, brake.stop_if_running if brake is not None else None):
        yield


def check() -> None:
    """Go no further where the task was stopped: raises Interrupted."""
    brake = _BRAKE.get()
    if brake is not None and brake.pulled:
        raise Interrupted


def stopped() -> bool:
    """Whether the person stopped the task that runs now; true also where no task of ours could tell."""
    brake = _BRAKE.get()
    return brake is None or brake.pulled


@contextmanager
def _user_code(brake: Brake | None, handler: Callable[..., Any] | None) -> Iterator[None]:
    if handler is None or threading.current_thread() is not threading.main_thread():
        yield
        return
    with _handling(handler):
        if brake is not None and brake.pulled:
            raise KeyboardInterrupt
        yield
    if brake is not None and brake.pulled:
        brake.cancel()  # the code swallowed it


@contextmanager
def _handling(handler: Callable[..., Any]) -> Iterator[None]:
    """This handler for interrupts, and the one before again afterwards, whatever was set meanwhile."""
    before = signal.signal(signal.SIGINT, handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.SIG_DFL if before is None else before)
