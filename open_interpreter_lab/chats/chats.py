"""All chats of a server: those in memory, the tasks that run in them, and what pages say to them."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from open_interpreter import configuration
from open_interpreter.core.cells import new_id
from open_interpreter.core.chats import Chat
from open_interpreter.core.edits import Place
from open_interpreter.core.errors import UsageError
from open_interpreter.sessions.journal import Journal
from open_interpreter.sessions.store import Store

from ..desks import Page, moved_path
from ..host.notebook import Notebook
from ..host.onlooker import Onlooker
from ..host.site import Site
from ..host.undo import deeds, take_back
from ..words import (
    Decide,
    DeleteChat,
    LeaveChat,
    Listed,
    NameChat,
    OpenChat,
    Record,
    Said,
    Say,
    Stop,
    Undo,
    Undone,
)
from .chat import LiveChat
from .listing import Listing
from .shelf import Shelf
from .task import RunningTask, broken_off, task_of

ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
LONGEST_NAME = 200
GAP = 1_000
"""Numbers that are left out where a server was killed: pages may have seen records that were not kept."""
BUSY = "A task runs in this chat: say in words what it should do, or stop it first."
ELSEWHERE = "This chat is about {path}: open that notebook, or begin a new chat."
CLOSING = "The server is being stopped: say it again when it runs."
NO_TASK = "This task is not there any more: the chat was cut before it, on this page or another."


class LiveChats:
    """Every method does what one word says, in the chat's turn; raises our errors, whose words are for the person."""

    def __init__(self, store: Store, site: Site) -> None:
        self.listing = Listing(self._listed)
        self._site = site
        self._tasks: dict[str, RunningTask] = {}
        self._shelf = Shelf(store, lambda name: name in self._tasks, self.listing.tell)
        self._leaving: set[asyncio.Task[None]] = set()
        self._is_closing = False

    def warn(self, trouble: str) -> None:
        """The chats are kept no longer than this server lives, for this reason."""
        self._shelf.trouble = trouble

    def records(self, chat: str) -> list[Record]:
        """What happened in this chat, nothing where it is not there yet. Raises StoreError."""
        return self._shelf.records(chat)

    def recover(self) -> None:
        """End what an earlier server has left without an end. Raises StoreError."""
        for name, task in self._shelf.store.unfinished():
            chat = self._shelf.load(name)
            if chat is not None:
                chat.jump(GAP)
                chat.add(task, broken_off(chat.of(task)))
                chat.fold(task)
                self._shelf.put_away(chat)

    async def open(self, page: Page, word: OpenChat) -> None:
        """The page follows the chat."""
        chat = self._shelf.load(word.chat) or self._shelf.make(word.chat, "")
        chat.follow(page, word.after)

    async def leave(self, page: Page, word: LeaveChat) -> None:
        """The page follows it no more."""
        chat = self._shelf.load(word.chat)
        if chat is not None:
            chat.leave(page)
            self._shelf.put_away(chat)

    def gone(self, page: Page) -> None:
        """The page is gone."""
        self.listing.leave(page)
        for chat in self._shelf.loaded:
            chat.leave(page)
            self._shelf.put_away(chat)

    async def say(self, page: Page, word: Say) -> None:
        """Begin a task, or steer the one that runs."""
        if self._is_closing:
            raise UsageError(CLOSING)
        if not ID.fullmatch(word.chat) or not ID.fullmatch(word.task):
            raise UsageError("The names of chats and tasks are letters and digits: load this page again.")
        chat = self._shelf.load(word.chat) or self._shelf.make(word.chat, word.wish.path)
        if chat.knows(word.task):
            return
        self._shelf.claim(chat)
        if chat.records and chat.chat.path != word.wish.path:
            raise UsageError(ELSEWHERE.format(path=chat.chat.path))
        running = await self._going_on(word.chat)
        if running is not None and not word.instead:
            self._steer(chat, running, word)
            return
        await self._check(page, word)
        if word.instead:
            await self._cut(page, chat, word)
        if not chat.records:
            chat.change(path=word.wish.path)
        chat.join(page)
        self._begin(chat, word, page)

    async def stop(self, _: Page, word: Stop) -> None:
        """End the task that is meant, if it still runs, so that what is said next begins another one."""
        task = self._tasks.get(word.chat)
        if task is not None and word.task in ("", task.id):
            task.stop()
            await task.wait()

    async def decide(self, _: Page, word: Decide) -> None:
        """A person's answer; the first one counts."""
        task = self._tasks.get(word.chat)
        if task is not None:
            task.decide(word.question, word.answer)

    async def undo(self, page: Page, word: Undo) -> None:
        """Take a task's cells back."""
        chat = self._shelf.known(word.chat)
        if word.task not in chat.tasks:
            raise UsageError(NO_TASK)
        await self._end(chat, word.task)
        if any(isinstance(each.event, Undone) and not each.event.kept for each in chat.of(word.task)):
            return
        await self._take_back(page, chat, word.task)

    async def name(self, _: Page, word: NameChat) -> None:
        """Give it another name."""
        name = " ".join(word.name.split())[:LONGEST_NAME]
        chat = self._shelf.known(word.chat)
        if not name:
            raise UsageError("A chat needs a name: type one, or leave it as it was.")
        chat.change(name=name)
        self.listing.tell(chat.chat.path)

    async def delete(self, _: Page, word: DeleteChat) -> None:
        """Forget it, and the logs of its tasks."""
        chat = self._shelf.load(word.chat)
        if chat is None:
            return
        await self._end(chat)
        self._shelf.drop(word.chat)
        self._site.known.pop(word.chat, None)
        chat.delete()
        for task in chat.tasks:
            Journal(configuration.home() / "sessions", task).delete()
        self.listing.tell(chat.chat.path)

    def rename(self, old: str, new: str) -> None:
        """A notebook, or a folder of notebooks, has another path. Raises StoreError."""
        if not old or old == new:
            return
        self._site.desks.rename(old, new)
        self._site.policies.rename(old, new)
        self._site.late.rename(old, new)
        for task in self._tasks.values():
            task.notebook.path = moved_path(task.notebook.path, old, new)
        for path in self._shelf.move(old, new):
            self.listing.tell(path)

    async def close(self) -> None:
        """Stop what runs, and write down what is left."""
        self._is_closing = True
        running = list(self._tasks.values())
        for task in running:
            task.stop("The server was stopped.")
        await asyncio.gather(*(task.close() for task in running), return_exceptions=True)
        await asyncio.gather(*self._leaving, return_exceptions=True)
        for chat in self._shelf.loaded:
            chat.close()

    @asynccontextmanager
    async def turn(self, name: str) -> AsyncIterator[None]:
        """Words about one chat wait for each other. Raises StoreError."""
        chat = self._shelf.load(name) or self._shelf.make(name, "")
        try:
            async with chat.turn:
                yield
        finally:
            left = self._shelf.load(name)
            if left is not None:
                self._shelf.put_away(left)

    async def _going_on(self, chat: str) -> RunningTask | None:
        """The task that runs. One that was stopped hears nothing any more: its end is waited for."""
        while (task := self._tasks.get(chat)) is not None and task.stopping:
            await task.wait()
        return task

    def _steer(self, chat: LiveChat, running: RunningTask, word: Say) -> None:
        text = word.wish.text.strip()
        if not text or word.wish.command:
            raise UsageError(BUSY)
        chat.hear(word.task)
        running.steer(text)

    async def _check(self, page: Page, word: Say) -> None:
        """Refuse what cannot become a task before anything is kept. Raises UsageError."""
        place = await Onlooker(self._site, word.wish.path, page).place() if word.wish.command else Place("")
        task_of(word.task, word.wish, place, "python")

    async def _cut(self, page: Page, chat: LiveChat, word: Say) -> None:
        if word.instead not in chat.tasks:
            raise UsageError(NO_TASK)
        await self._end(chat)
        if word.undo:
            for task in reversed(chat.tasks[chat.tasks.index(word.instead) :]):
                await self._take_back(page, chat, task)
        chat.cut(word.instead)

    async def _take_back(self, page: Page, chat: LiveChat, task: str) -> None:
        done = deeds(chat.of(task))
        notebook = Notebook(chat.chat.path, self._site.desks, self._site.papers, page)
        undone = await take_back(notebook, done) if done else Undone(0)
        self._site.note(notebook)
        chat.add(task, undone)
        chat.keep()

    async def _end(self, chat: LiveChat, only: str = "") -> None:
        """Stop the task that runs (this one alone, where one is named), and wait until nothing of it is left to do."""
        while (task := self._tasks.get(chat.chat.id)) is not None and only in ("", task.id):
            task.stop()
            await task.close()

    def _begin(self, chat: LiveChat, word: Say, page: Page | None) -> None:
        wish = word.wish
        labels = tuple(each.label for each in wish.quotes)
        chat.add(word.task, Said(wish.text.strip(), wish.command, labels, len(wish.images), time.time()))
        chat.keep()
        task = RunningTask(chat, word, self._site, page, lambda unread: self._over(chat, task, unread))
        self._tasks[chat.chat.id] = task
        task.start()
        chat.stand()

    def _over(self, chat: LiveChat, task: RunningTask, unread: tuple[str, ...]) -> None:
        self._tasks.pop(chat.chat.id, None)
        self._site.note(task.notebook)
        leaving = asyncio.create_task(task.close())
        self._leaving.add(leaving)
        leaving.add_done_callback(self._leaving.discard)
        if unread and not self._is_closing:
            path = task.notebook.path
            wish = replace(task.wish, path=path, text="\n".join(unread), command="", cell="", quotes=(), images=())
            self._begin(chat, Say(chat.chat.id, new_id(), wish), task.notebook.favourite)
        else:
            chat.stand()
            self._shelf.put_away(chat)

    def _listed(self, path: str) -> list[Listed]:
        return [self._row(each) for each in self._shelf.about(path)]

    def _row(self, chat: Chat) -> Listed:
        task = self._tasks.get(chat.id)
        return Listed(chat, task is not None, task is not None and task.waiting)
