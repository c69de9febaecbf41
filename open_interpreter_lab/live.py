"""The pages that are connected, and where each word of theirs goes.

A word that cannot be carried out is answered by `Failed` with words for the person; it never ends the connection.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import aclosing, suppress
from typing import Any

from open_interpreter import assembly
from open_interpreter.context.budget import estimate_messages
from open_interpreter.core.conversation import Conversation, Task
from open_interpreter.core.errors import OpenInterpreterError, StoreError
from open_interpreter.core.settings import Settings
from open_interpreter.providers import warm_up
from open_interpreter.sessions.store import Store

from . import words
from .chats.chats import LiveChats
from .chats.earlier import earlier
from .chats.task import UNEXPECTED, task_of
from .desks import Desks, Page
from .files.papers import Papers
from .host.onlooker import Onlooker, names
from .host.sight import snapshot
from .host.site import Site
from .kernels import KernelLost, Witnesses
from .words import Drawn, Failed, FromPage, Hold, ListChats, Order, Previewed, Renamed, Revert, Seen, Welcome
from .words.reading import page_word

UNREADABLE = "The server did not understand this page: load the page again; after an update, start Jupyter again too."

logger = logging.getLogger(__name__)


class Live:
    """One for a server; everything that is alive hangs on it. `welcome` makes the first word of a connection."""

    def __init__(
        self,
        store: Store,
        settings: Callable[..., Settings],
        welcome: Callable[[], Welcome],
        managers: tuple[Any, Any, Any],
    ) -> None:
        kernels, sessions, contents = managers
        self._site = Site(Desks(), Papers(contents), Witnesses(kernels, sessions), contents, settings)
        self._welcome = welcome
        self._chats = LiveChats(store, self._site)
        self._pages: set[Page] = set()
        self._jobs: set[asyncio.Task[None]] = set()
        self._sketches: dict[tuple[Page, str], asyncio.Task[None]] = {}
        self._told: set[tuple[Page, str]] = set()
        self._is_warm = False
        chats = self._chats
        self._in_turn: dict[type, Callable[[Page, Any], Awaitable[None]]] = {
            words.OpenChat: chats.open,
            words.LeaveChat: chats.leave,
            words.Say: chats.say,
            words.Stop: chats.stop,
            words.Decide: chats.decide,
            words.Undo: chats.undo,
            words.NameChat: chats.name,
            words.DeleteChat: chats.delete,
        }
        self._at_once: dict[type, Callable[[Page, Any], None]] = {
            words.Hold: self._hold,
            words.Renamed: self._renamed,
            words.ListChats: self._list,
            words.Done: self._site.desks.done,
            words.DropSketch: self._drop_sketch,
        }
        self._aside: dict[type, Callable[[Page, Any], Coroutine[Any, Any, None]]] = {
            words.Preview: self._preview,
            words.Look: self._look,
            words.Sketch: self._sketch,
        }

    def begin(self, *, trouble: str, recovers: bool) -> None:
        """End what an earlier server has left, unless another one may be at it.

        `trouble` says why the chats cannot be kept; each of them tells it with its first task.
        """
        self._chats.warn(trouble)
        if recovers:
            with suppress(StoreError):  # whoever says something next hears of it
                self._chats.recover()

    def join(self, page: Page) -> None:
        """A page has connected."""
        self._pages.add(page)
        page.tell(self._welcome())

    def leave(self, page: Page) -> None:
        """The page is gone; what runs goes on."""
        self._pages.discard(page)
        self._told = {each for each in self._told if each[0] is not page}
        self._site.desks.leave(page)
        self._chats.gone(page)
        for owner, name in [each for each in self._sketches if each[0] is page]:
            self._sketches[owner, name].cancel()

    def hear(self, page: Page, text: str | bytes) -> None:
        """A page says this."""
        try:
            word = page_word(text)
        except ValueError as error:
            logger.warning("a page said what is no word: %s", error)
            page.tell(Failed(UNREADABLE))
            return
        kind = type(word)
        held = self._site.desks.wake(page)
        if held is not None and kind is not Hold:
            self._hold(page, held)
        if kind in self._at_once:
            with _Answered(page, word):
                self._at_once[kind](page, word)
            return
        job = self._start(self._carry_out(page, word))
        if not self._is_warm:
            self._is_warm = True
            self._start(self._warm_up())
        if isinstance(word, words.Sketch):
            self._sketches[page, word.id] = job
            job.add_done_callback(lambda _: self._sketches.pop((page, word.id), None))

    def welcome_all(self) -> None:
        """The model settings have changed: tell every page."""
        if self._pages:
            word = self._welcome()
            for page in list(self._pages):
                page.tell(word)

    async def close(self) -> None:
        """End what runs, and let go of everything."""
        await self._chats.close()
        for job in list(self._jobs):
            job.cancel()
        await asyncio.gather(*self._jobs, return_exceptions=True)
        await self._site.late.close()
        await self._site.witnesses.close()

    def _start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        job = asyncio.create_task(work)
        self._jobs.add(job)
        job.add_done_callback(self._jobs.discard)
        return job

    async def _warm_up(self) -> None:
        """The panel is used: let the first request not wait for its library."""
        with suppress(OpenInterpreterError):  # a task tells what is wrong with the settings
            await asyncio.to_thread(warm_up, self._site.settings())

    async def _carry_out(self, page: Page, word: FromPage) -> None:
        try:
            with _Answered(page, word):
                if type(word) in self._aside:
                    await self._aside[type(word)](page, word)
                    return
                name: str = word.chat  # type: ignore[union-attr]
                async with self._chats.turn(name):
                    await self._in_turn[type(word)](page, word)
        finally:
            if page not in self._pages:  # it left meanwhile, and what it said may have made it a follower
                self._chats.gone(page)

    def _hold(self, page: Page, word: Hold) -> None:
        for path in self._site.written:
            holding = next((each for each in word.notebooks if each.path == path), None)
            behind = holding is not None and holding.modified and holding.modified < self._site.written[path]
            if behind and (page, path) not in self._told:
                self._told.add((page, path))
                page.tell(Order(f"revert.{len(self._told)}", path, (Revert(self._site.written[path]),), answered=False))
        self._site.desks.hold(page, word)
        for kernel in {each.kernel for each in word.notebooks} - {""}:
            self._start(self._listen(kernel))

    async def _listen(self, kernel: str) -> None:
        """Hear this kernel from now on, so that what the person runs is known when they ask."""
        with suppress(KernelLost):
            await self._site.witnesses.of(kernel)

    def _renamed(self, _: Page, word: Renamed) -> None:
        self._chats.rename(word.old, word.new)

    def _list(self, page: Page, word: ListChats) -> None:
        self._chats.listing.want(page, word.path)

    async def _preview(self, page: Page, word: words.Preview) -> None:
        onlooker = Onlooker(self._site, word.wish.path, page)
        try:
            sight = await onlooker.look()
            task = task_of(word.id, word.wish, sight.place, sight.language)
            settings = self._site.settings({"mode": word.wish.mode, "max_turns": word.wish.max_turns})
            talk = Conversation(task, earlier=earlier(self._chats.records(word.chat)))
            messages = await assembly.open_agent(settings, onlooker).preview(talk)
        except OpenInterpreterError as error:
            page.tell(Previewed(word.id, trouble=str(error)))
        else:
            page.tell(Previewed(word.id, messages, estimate_messages(messages)))

    async def _look(self, page: Page, word: words.Look) -> None:
        try:
            seen = await snapshot(await Onlooker(self._site, word.path, page).look(), Task(""), ())
        except OpenInterpreterError as error:
            page.tell(Seen(word.id, trouble=str(error)))
        else:
            page.tell(Seen(word.id, tuple(names(seen))))

    async def _sketch(self, page: Page, word: words.Sketch) -> None:
        try:
            seen = await Onlooker(self._site, word.path, page).snapshot(Task(word.text))
            pieces = assembly.open_sketch(self._site.settings(), seen, word.source, word.text)
            async with aclosing(pieces) as drawing:
                async for each in drawing:
                    page.tell(Drawn(word.id, each.source, each.prose, each.done, each.trouble))
        except OpenInterpreterError as error:
            page.tell(Drawn(word.id, word.source, done=True, trouble=str(error)))

    def _drop_sketch(self, page: Page, word: words.DropSketch) -> None:
        job = self._sketches.get((page, word.id))
        if job is not None:
            job.cancel()


class _Answered:
    """Whatever goes wrong with a word is told to the page that said it."""

    def __init__(self, page: Page, word: FromPage) -> None:
        self._page = page
        # A preview has both: who asked for it waits for its id.
        self._about: str = getattr(word, "id", "") or getattr(word, "chat", "")

    def __enter__(self) -> None:
        return

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> bool:
        if error is None or not isinstance(error, Exception):
            return False
        ours = isinstance(error, OpenInterpreterError)
        if not ours:  # a fault of ours must not end the connection, and not in silence
            logger.error("a word of a page ended in a fault", exc_info=error)
        self._page.tell(Failed(str(error) if ours else UNEXPECTED, self._about))
        return True
