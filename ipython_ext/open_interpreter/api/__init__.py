"""The library's face: `OpenInterpreter` and `Result`.

Outside a notebook the cells run in a kernel of their own; inside one, in the person's namespace. The core is
asynchronous; `driver` holds the one synchronous way into it.
"""

from __future__ import annotations

import contextlib
import weakref
from collections.abc import AsyncGenerator, Iterator, Mapping
from types import TracebackType
from typing import TYPE_CHECKING

from .. import assembly, configuration
from ..core.conversation import Conversation, Exchange, Task, Usage
from ..core.errors import UsageError
from ..core.events import Asked, Event, Finished
from ..core.questions import Mode
from .driver import Driver
from .result import Result, Work
from .workplace import Workplace, open_workplace

if TYPE_CHECKING:
    from typing_extensions import Self

__all__ = ["OpenInterpreter", "Result"]

KEPT_EXCHANGES = 3
"""Earlier tasks that `chat` tells the model of."""


class OpenInterpreter:
    """Does tasks that are told in plain words. `budget` is in tokens, sent and received, for all of its tasks.

    Use it in a `with` block, or call `close`; a kernel of its own ends at the latest with the process.
    """

    def __init__(  # noqa: PLR0913  (the promised face)
        self,
        *,
        model: str | None = None,
        base_url: str | None = None,
        api_key: str | None = None,
        mode: Mode | None = None,
        max_turns: int | None = None,
        budget: int | None = None,
    ) -> None:
        call = {"model": model, "base_url": base_url, "api_key": api_key, "mode": mode, "max_turns": max_turns}
        self._place = open_workplace()
        self._settings = configuration.load_settings(call, traits=self._place.traits)
        self._policy = assembly.open_policy(self._settings)
        self._budget, self._spent = budget, Usage()
        self._earlier: tuple[Exchange, ...] = ()
        self._driver = Driver()
        self._finalizer = weakref.finalize(self, _end, self._driver, self._place)

    def execute(self, instruction: str, data: Mapping[str, object] | None = None) -> Result:
        """Do a task of its own, with `data` bound to names; raises our errors where it cannot begin."""
        return self._do(self._begin(instruction, data, earlier=()))

    def chat(self, instruction: str, data: Mapping[str, object] | None = None) -> Result:
        """Do a task that goes on from those before it, with the same conversation and the same variables."""
        return self._do(self._begin(instruction, data, earlier=self._earlier))

    def stream(self, instruction: str, data: Mapping[str, object] | None = None) -> Iterator[Event]:
        """Do a task of its own and give every event as it happens; leaving the loop early stops the task."""
        return self._follow(self._begin(instruction, data, earlier=()))

    async def aexecute(self, instruction: str, data: Mapping[str, object] | None = None) -> Result:
        """`execute` for asynchronous code; in a notebook the only form whose generated code may use `await`."""
        work = self._begin(instruction, data, earlier=())
        await self._place.carried(self._driver, self._exhaust(work))
        return self._keep(work)

    def close(self) -> None:
        """End the kernel; the interpreter is of no more use."""
        self._finalizer()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _begin(self, instruction: str, data: Mapping[str, object] | None, earlier: tuple[Exchange, ...]) -> Work:
        if not self._finalizer.alive:
            raise UsageError("This interpreter is closed: make a new OpenInterpreter.")
        if not instruction.strip():
            raise UsageError("The instruction is empty: say in plain words what is wanted.")
        strange = next((name for name in data or {} if not str(name).isidentifier()), None)
        if strange is not None:
            raise UsageError(f"data has {strange!r}, which is no Python name: choose another, such as 'df'.")
        if self._budget is not None and self._spent.sent + self._spent.received >= self._budget:
            raise UsageError(f"The budget of {self._budget} tokens is used up: make an interpreter with a larger one.")
        return Work(Conversation(Task(instruction.strip()), earlier=earlier), dict(data or {}))

    def _do(self, work: Work) -> Result:
        for _ in self._follow(work):
            pass
        return work.result()

    def _follow(self, work: Work) -> Iterator[Event]:
        yield from self._driver.follow(lambda calls: self._events(work, self._place.ferried(calls)))
        self._keep(work)

    async def _exhaust(self, work: Work) -> None:
        async with contextlib.aclosing(self._events(work, self._place)) as events:
            async for _ in events:
                pass

    async def _events(self, work: Work, place: Workplace) -> AsyncGenerator[Event, None]:
        """The events of a task; on the way they are logged, shown and gathered."""
        agent = assembly.open_agent(self._settings, place, self._policy)
        await place.begin(work.data)
        logged = assembly.logged(agent.run(work.talk), configuration.home(), work.talk.task)
        async with contextlib.aclosing(logged) as events:
            async for event in events:
                await place.hear(event)
                work.hear(event)
                if isinstance(event, Finished):
                    work.value = await place.value(work.last)
                yield event
                if isinstance(event, Asked) and self._is_dear(event):
                    work.stopped = f"This request of {event.tokens} tokens would exceed the budget of {self._budget}."
                    return

    def _is_dear(self, asked: Asked) -> bool:
        return self._budget is not None and self._spent.sent + self._spent.received + asked.tokens > self._budget

    def _keep(self, work: Work) -> Result:
        result = work.result()
        self._spent += result.usage
        if result.ok:
            told = Exchange(work.talk.task.instruction, result.markdown)
            self._earlier = (*self._earlier, told)[-KEPT_EXCHANGES:]
        return result


def _end(driver: Driver, place: Workplace) -> None:
    try:
        driver.wait(place.close())
    finally:
        driver.close()
