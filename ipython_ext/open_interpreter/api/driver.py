"""The one synchronous way into the asynchronous core: an event loop in a thread, and a caller that waits for it.

It works inside running loops, since the loop is its own. In a notebook the waiting thread meanwhile serves what the run
must have done on it: running cells and showing things (`Call`).
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import queue
import threading
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterator
from dataclasses import dataclass
from typing import Any

from ..core.errors import UsageError
from ..core.events import Event

PATIENCE = 15.0
"""Seconds that a cancelled task, or the end of a kernel, may take."""


class Over:
    """What stands at the end of a run in the box."""


@dataclass(frozen=True)
class Call:
    """Work of the run that the waiting thread does; `answer` gives what came of it back."""

    work: Coroutine[Any, Any, Any]
    future: asyncio.Future[Any]

    def answer(self) -> None:
        """Do the work here and now; what it raises goes to the caller of the library."""
        try:
            self.work.send(None)
        except StopIteration as done:
            self.future.get_loop().call_soon_threadsafe(_resolve, self.future, done.value)
            return
        self.work.close()
        raise UsageError("This needs an event loop: use `await interpreter.aexecute(…)` in the notebook.")


class Calls:
    """Where a run puts the work that it wants done by the thread that waits for it."""

    def __init__(self, box: queue.SimpleQueue[Any]) -> None:
        self._box = box

    async def ask(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Have the work done, and wait for what comes of it."""
        future = asyncio.get_running_loop().create_future()
        self._box.put(Call(work, future))
        return await future


class Driver:
    """An event loop in a thread of its own; a run is cancelled when the thread that follows it is interrupted."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="open-interpreter", daemon=True)
        self._thread.start()

    async def carry(self, work: Coroutine[Any, Any, None]) -> None:
        """Do the work on this loop, for a caller on another."""
        await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self._loop))

    def wait(self, work: Coroutine[Any, Any, None]) -> None:
        """Do the work and wait for it, but not for ever."""
        with contextlib.suppress(TimeoutError, concurrent.futures.TimeoutError):
            asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE)

    def follow(self, start: Callable[[Calls], AsyncGenerator[Event, None]]) -> Iterator[Event]:
        """The events of a run on this loop, while its calls are answered here. Leaving early cancels the run."""
        box: queue.SimpleQueue[Any] = queue.SimpleQueue()
        run = asyncio.run_coroutine_threadsafe(_pump(start(Calls(box)), box), self._loop)
        with contextlib.ExitStack() as leaving:
            leaving.callback(_empty, box)
            leaving.callback(run.cancel)
            while not isinstance(found := box.get(), Over):
                if isinstance(found, Call):
                    found.answer()
                else:
                    yield found
            leaving.pop_all()
        run.result()

    def close(self) -> None:
        """Stop the loop and its thread, after what stays open on it (a model's connections) was closed."""
        self.wait(self._loop.shutdown_asyncgens())
        self._loop.call_soon_threadsafe(self._loop.stop)
        if self._thread is not threading.current_thread():
            self._thread.join(PATIENCE)
            if not self._thread.is_alive():
                self._loop.close()


async def _pump(events: AsyncGenerator[Event, None], box: queue.SimpleQueue[Any]) -> None:
    try:
        async with contextlib.aclosing(events):
            async for event in events:
                box.put(event)
    finally:
        box.put(Over())


def _empty(box: queue.SimpleQueue[Any]) -> None:
    """Wait for the end of a cancelled run; what it still asks for is not done."""
    with contextlib.suppress(queue.Empty):
        while not isinstance(found := box.get(timeout=PATIENCE), Over):
            if isinstance(found, Call):
                found.work.close()


def _resolve(future: asyncio.Future[Any], value: Any) -> None:
    if not future.done():
        future.set_result(value)
