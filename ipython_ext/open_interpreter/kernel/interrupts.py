"""Ctrl-C and the stop button while a task runs: a cancellation while we wait, KeyboardInterrupt while user code runs.

ipykernel notices an interrupt of an awaiting cell only when the await ends; here it cancels the task at once.
"""

from __future__ import annotations

import asyncio
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class Interrupted(KeyboardInterrupt):
    """The person stopped the task; shown as one line, and the queued cells do not run."""

    def _render_traceback_(self) -> list[str]:
        return ["KeyboardInterrupt: stopped. Cells that were finished stay; run the prompt again to go on."]


@contextmanager
def cancelling() -> Iterator[None]:
    """While this is open, an interrupt cancels the current asyncio task; raises Interrupted where one did."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    before = signal.getsignal(signal.SIGINT)

    def cancel(*_: Any) -> None:
        if task is not None:
            loop.call_soon_threadsafe(task.cancel)

    signal.signal(signal.SIGINT, cancel)
    try:
        yield
    except asyncio.CancelledError:
        if task is not None and sys.version_info >= (3, 11):
            task.uncancel()
        raise Interrupted from None
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def raising() -> Iterator[None]:
    """While this is open, an interrupt raises KeyboardInterrupt as in any cell: around synchronous user code."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
