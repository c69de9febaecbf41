"""One task that runs: from what the person said to the one word of how it ended."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing, suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from open_interpreter import assembly, configuration
from open_interpreter.core.cells import Cell, Outcome
from open_interpreter.core.conversation import Conversation, Task, Usage
from open_interpreter.core.edits import Place
from open_interpreter.core.errors import OpenInterpreterError
from open_interpreter.core.events import Dropped, Event, Finished, Notice
from open_interpreter.core.questions import Answer, Question
from open_interpreter.providers import open_provider

from ..desks import Page
from ..host.host import Scene, ServerHost
from ..host.kernel import Kernel, Known
from ..host.notebook import Notebook
from ..host.pen import Pen
from ..host.places import anchor
from ..host.site import Site
from ..host.undo import made
from ..kernels import KernelLost, Run
from ..words import Decided, Happening, KernelGone, Queued, Ran, Record, Running, Say, Steered, Waits, Wish
from .chat import LiveChat
from .earlier import earlier
from .scribe import Scribe, ran

STOPPED = "You stopped it."
DELETED = "You took out the cell that was being written."
STOP_WITHIN = 0.6
"""Seconds that Stop waits for the kernel to obey, and then for the notebook."""
STOP_AGAIN = 1.0
"""Seconds until Stop cancels again what has not begun to end."""
UNEXPECTED = (
    "Something went wrong inside Open Interpreter Lab, and the task was ended. The Jupyter server's log says more: "
    "ask again, or report it."
)
BROKEN_OFF = "The server was stopped while this task ran. Nothing is run again by itself: ask again to go on."
BROKEN_OFF_RUNNING = (
    "The server was stopped while a cell of this task ran: it may have run to its end. Nothing is run again by itself: "
    "look at the notebook, and ask again to go on."
)
SERVER_STOPPED = "The server was stopped."
DISOBEYS = "The kernel does not obey the interrupt yet. If it goes on, restart it (Kernel, Restart Kernel)."

if TYPE_CHECKING:
    from open_interpreter.safety.policy import Memory

logger = logging.getLogger(__name__)


def task_of(id: str, wish: Wish, place: Place, language: str) -> Task:  # noqa: A002 - the task's own word
    """What the person wishes, as a task. Raises UsageError with what is missing."""
    found = next((cell for cell in place.cells if wish.cell and cell.id == wish.cell), None)
    target = Cell(found.id, found.source, language) if found is not None and wish.command else None
    return assembly.make_task(
        wish.command,
        wish.text,
        target=target,
        images=wish.images,
        quotes=wish.quotes,
        shares=wish.shares,
        id=id,
        language=language,
    )


class RunningTask:
    """A task in a chat. `over` is called when it has ended, with the words that no request has carried."""

    def __init__(
        self, chat: LiveChat, say: Say, site: Site, page: Page | None, over: Callable[[tuple[str, ...]], None]
    ) -> None:
        self.id, self.wish = say.task, say.wish
        self._chat, self._site, self._over = chat, site, over
        self._questions: dict[str, asyncio.Future[Answer]] = {}
        notebook = Notebook(say.wish.path, site.desks, site.papers, page)
        pen = Pen(notebook, lambda _: self.stop(DELETED))
        known = site.known.setdefault(chat.chat.id, Known())
        kernel = Kernel(notebook, site.witnesses, self._tell, known)
        self._scene = Scene(notebook, pen, kernel, site.folder, self._tell, chat.keep, self._ask)
        self._before = [each for each in chat.records if each.task != say.task]
        self._scribe: Scribe | None = None
        self._memory: Memory | None = None
        self._stopped = ""
        self._is_ending = False
        self._job: asyncio.Task[None] | None = None
        self._rest: asyncio.Task[None] | None = None

    @property
    def waiting(self) -> bool:
        """Whether it waits for a person's answer."""
        return bool(self._questions)

    @property
    def stopping(self) -> bool:
        """Whether it was told to end, and hears no more words."""
        return bool(self._stopped)

    @property
    def notebook(self) -> Notebook:
        """The notebook that it is about."""
        return self._scene.notebook

    def start(self) -> None:
        """Begin."""
        self._job = asyncio.create_task(self._run())
        self._job.add_done_callback(_confess)

    def steer(self, text: str) -> None:
        """The person says something meanwhile."""
        self._scene.words.append(text)
        self._tell(Steered(text))

    def decide(self, question: str, answer: Answer) -> None:
        """A person's answer; nothing where the question is not open any more."""
        waiting = self._questions.get(question)
        if waiting is not None and not waiting.done():
            waiting.set_result(answer)

    def stop(self, reason: str = STOPPED) -> None:
        """End it; it is over within a second. Words that no request has carried by now are dropped."""
        if not self._stopped:
            self._stopped = reason
            self._scene.stopped = True
            self._insist()

    async def wait(self) -> None:
        """Wait until it is over."""
        if self._job is not None:
            await asyncio.gather(self._job, return_exceptions=True)

    async def close(self) -> None:
        """Wait until nothing of it is left to do."""
        await self.wait()
        if self._rest is not None:
            await asyncio.gather(self._rest, return_exceptions=True)

    def _insist(self) -> None:
        """Cancel it again and again until it begins to end: whatever it awaits may have swallowed that once."""
        if self._job is not None and not self._is_ending:
            self._job.cancel()
            asyncio.get_running_loop().call_later(STOP_AGAIN, self._insist)

    async def _run(self) -> None:
        try:
            await self._end(await self._finish())
        finally:  # whatever goes wrong, the chat must not wait for this task for ever
            self._over(() if self._stopped else tuple(self._scene.words[self._scene.read :]))

    async def _finish(self) -> Finished:
        try:
            return await self._work()
        except asyncio.CancelledError:
            self._stopped = self._stopped or SERVER_STOPPED
            return _ended("stopped", self._stopped)
        except OpenInterpreterError as error:
            return _ended("failed", str(error))
        except Exception:  # a fault of ours must end this one task in words, not the server, and not in silence
            logger.exception("a task ended in a fault")
            return _ended("failed", UNEXPECTED)

    async def _work(self) -> Finished:
        scene, site = self._scene, self._site
        kernel = await scene.kernel.id()
        async with site.queue.turn(kernel or scene.notebook.path, lambda ahead: self._tell(Queued(ahead))):
            place = await scene.pen.read()
            await scene.kernel.meet(place)
            task = task_of(self.id, self.wish, place, await self._language())
            self._settle_anchor(place, task)
            talk = Conversation(task, earlier=earlier(self._before))
            async with aclosing(self._events(talk)) as events:
                async for event in events:
                    await self._hear(event)
        assert self._scribe is not None  # noqa: S101 - the first event has made it
        return self._scribe.finished or _ended("failed", UNEXPECTED)

    async def _hear(self, event: Event) -> None:
        assert self._scribe is not None  # noqa: S101 - made before the first event
        await self._scribe.hear(event)

    def _events(self, talk: Conversation) -> AsyncGenerator[Event, None]:
        wish, scene = self.wish, self._scene
        settings = self._site.settings({"mode": wish.mode, "max_turns": wish.max_turns})
        host = ServerHost(scene)
        key = (*scene.kernel.life, scene.notebook.path)
        plain = self._site.settings()
        policy = self._site.policies.of(key, plain, lambda: host.directory)
        self._memory = policy.memory
        agent = assembly.open_agent(settings, host, policy)
        self._scribe = Scribe(scene, talk.task, open_provider(settings).profile.host)
        return assembly.logged(agent.run(talk), configuration.home(), talk.task)

    async def _language(self) -> str:
        try:
            witness = await self._scene.kernel.witness()
        except KernelLost:
            return "python"
        return witness.language or "python"

    def _settle_anchor(self, place: Place, task: Task) -> None:
        last = self._before[-1].task if self._before else ""
        cells = made([each for each in self._before if each.task == last])
        self._scene.cells.anchor = anchor(place, self.wish, task, cells, self._chat.last_anchor)
        self._chat.last_anchor = self.wish.anchor

    def _tell(self, event: Happening) -> None:
        if isinstance(event, KernelGone) and self._memory is not None:
            self._site.policies.forget(self._memory)
        self._chat.add(self.id, event)

    async def _ask(self, question: Question, replaces: str | None) -> Answer:
        waiting: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._questions[question.id] = waiting
        self._tell(Waits(question, replaces))
        self._chat.keep()
        self._chat.stand()
        try:
            answer = await waiting
            self._tell(Decided(question.id, answer))
            return answer
        finally:
            del self._questions[question.id]
            self._chat.stand()

    async def _end(self, finished: Finished) -> None:
        """Tell how it ended, once everything of it stands in the notebook; what takes longer goes on behind."""
        self._is_ending = True
        behind: list[asyncio.Future[Any]] = []
        try:
            await self._wind_up(finished, behind)
        finally:
            self._rest = asyncio.create_task(self._tidy(behind))
            self._tell(finished)
            self._chat.fold(self.id)

    async def _wind_up(self, finished: Finished, behind: list[asyncio.Future[Any]]) -> None:
        """Stop what runs and write what is left to write; what takes longer is added to `behind`."""
        run = self._scene.running
        if run is not None and not run.over:
            behind.append(asyncio.ensure_future(run.stop()))
            await asyncio.wait(behind, timeout=STOP_WITHIN)
        await self._tell_ran(run, finished)
        reason = finished.reason if finished.ending in ("stopped", "failed") else "It was not come to."
        for written, back in self._scene.cells.withdraw():
            self._tell(Dropped(written.id, reason, back))
        settling = asyncio.ensure_future(self._settle())
        behind.append(settling)
        await asyncio.wait([settling], timeout=STOP_WITHIN if finished.ending == "stopped" else None)

    async def _tell_ran(self, run: Run | None, finished: Finished) -> None:
        """What came of the cell that was come to when the task ended before its time."""
        at = self._scribe.at if self._scribe is not None else None
        if run is None:
            return
        outcome = Outcome("aborted", note=finished.reason)
        if run.over:
            with suppress(KernelLost):
                outcome = await run.end()
            outcome = outcome if outcome.ok else replace(outcome, status="aborted", note=finished.reason)
        self._tell(ran(run.cell, outcome))
        if not run.over:
            self._tell(Notice(DISOBEYS))
        if at is not None and at.id == run.cell:
            self._scene.cells.finish(at, {}, writes=False)

    async def _settle(self) -> None:
        with suppress(OpenInterpreterError):  # it was told before, or the page has gone with the notebook
            await self._scene.pen.settle()

    async def _tidy(self, behind: list[asyncio.Future[Any]]) -> None:
        await asyncio.gather(*behind, return_exceptions=True)
        await self._scene.pen.close()
        if self.notebook.modified and self.notebook.desk is None:
            self._site.late.keep(self.notebook, self._scene.pen)


def _confess(job: asyncio.Task[None]) -> None:
    """A fault while a task was ended goes into the log: the chat has its last word already."""
    if not job.cancelled() and job.exception() is not None:
        logger.error("the end of a task ended in a fault", exc_info=job.exception())


def _ended(ending: str, reason: str) -> Finished:
    return Finished(ending, "", 0, Usage(), reason)  # type: ignore[arg-type]


def broken_off(records: list[Record]) -> Finished:
    """The end of a task that a server has left without one; it tells whether a cell may have run."""
    running = ""
    for event in (record.event for record in records):
        if isinstance(event, Ran) and event.id == running:
            running = ""
        elif isinstance(event, Running):
            running = event.id
    return _ended("failed", BROKEN_OFF_RUNNING if running else BROKEN_OFF)
