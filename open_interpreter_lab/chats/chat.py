"""One chat: its records, the pages that follow it, and what each of them has been told."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable
from dataclasses import replace

from open_interpreter.core.chats import Chat
from open_interpreter.core.events import Finished, Notice
from open_interpreter.sessions.store import Store

from ..desks import Page
from ..words import FromServer, Gone, Happened, Happening, Opened, Record, Said
from .folding import fold
from .keeping import Keeper

PACE = 0.01
"""Seconds within which records go out together."""
NAME_LENGTH = 48


class LiveChat:
    """A chat in memory. `changed` is called when it should look otherwise in a list.

    `heard` are the ids of words that steered a task.
    """

    def __init__(
        self,
        chat: Chat,
        records: list[Record],
        store: Store,
        changed: Callable[[], None],
        heard: Iterable[str] = (),
    ) -> None:
        self.chat = chat
        self.records = records
        self.is_running = False
        self.turn = asyncio.Lock()
        """Held while what a page said to this chat is carried out, so that the next word waits."""
        self.last_anchor: str | None = None
        """The active cell when the last task was said; None where that is not known."""
        self.stand = changed
        self._seq = records[-1].seq if records else 0
        self._heard = set(heard)
        self._keeper = Keeper(store, self.warn, self.jump)
        self._followers: set[Page] = set()
        self._fresh: list[Record] = []
        self._timer: asyncio.Handle | None = None
        self._sent = 0.0
        self._trouble = ""

    @property
    def followed(self) -> bool:
        """Whether any page follows it."""
        return bool(self._followers)

    @property
    def is_held(self) -> bool:
        """Whether something is in memory alone, since the store cannot be written."""
        return self._keeper.waits

    @property
    def tasks(self) -> tuple[str, ...]:
        """The ids of its tasks, in order."""
        return tuple(dict.fromkeys(each.task for each in self.records))

    def of(self, task: str) -> list[Record]:
        """The records of one task."""
        return [each for each in self.records if each.task == task]

    def knows(self, task: str) -> bool:
        """Whether this was said before."""
        return task in self._heard or any(each.task == task for each in self.records)

    def hear(self, word: str) -> None:
        """The word of this id steers a task: said again, as after a lost connection, it does nothing."""
        self._heard.add(word)
        self._keeper.hear(word)

    def add(self, task: str, event: Happening) -> Record:
        """Something happened: it is kept, and told to all that follow."""
        if self._trouble and not isinstance(event, Said):
            trouble, self._trouble = self._trouble, ""
            self.add(task, Notice(trouble))
        self._seq += 1
        record = Record(self._seq, task, event)
        self.records.append(record)
        if isinstance(event, Said):
            self._begin(event)
        if isinstance(event, (Said, Finished)):
            self.is_running = isinstance(event, Said)
        self._keeper.put(self.chat, record)
        self._fresh.append(record)
        self._tell_soon()
        return record

    def warn(self, trouble: str) -> None:
        """Let the next task tell why what happens is not kept."""
        self._trouble = trouble

    def jump(self, gap: int) -> None:
        """Leave numbers out: pages may have seen them before a server was killed, or another server has used them."""
        self._seq += gap

    def follow(self, page: Page, after: int) -> None:
        """Tell the page what it has missed, and from now on everything."""
        self._tell_now()
        self._followers.add(page)
        known = after > 0 and any(each.seq == after for each in self.records)
        missed = [each for each in self.records if each.seq > after]
        page.tell(Happened(self.chat.id, tuple(missed)) if known else self._opened())

    def join(self, page: Page) -> None:
        """The page has spoken here: it follows from now on, if it does not yet."""
        if page not in self._followers:
            self.follow(page, 0)

    def leave(self, page: Page) -> None:
        """The page follows it no more."""
        self._followers.discard(page)

    def keep(self) -> None:
        """Write down at once what happened."""
        self._keeper.keep()

    def fold(self, task: str) -> None:
        """The task is over: keep what matters of it."""
        self._tell_now()
        kept = fold(self.of(task))
        merged = [*(each for each in self.records if each.task != task), *kept]
        self.records = sorted(merged, key=lambda each: each.seq)
        self.chat = replace(self.chat, updated=time.time())
        self._keeper.save(self.chat)
        self._keeper.replace(task, kept)

    def cut(self, task: str) -> None:
        """Forget this task and all that began after it."""
        tasks = self.tasks
        if task not in tasks:
            return
        self._tell_now()
        gone = set(tasks[tasks.index(task) :])
        self.records = [each for each in self.records if each.task not in gone]
        self._keeper.cut(task)
        self._tell(self._opened())

    def change(self, *, path: str | None = None, name: str | None = None) -> None:
        """It has another path or name."""
        self.chat = replace(
            self.chat,
            path=self.chat.path if path is None else path,
            name=self.chat.name if name is None else name,
        )
        if self.records:
            self._keeper.save(self.chat)

    def delete(self) -> None:
        """It is no more."""
        self._keeper.forget()
        self._tell(Gone(self.chat.id))
        self._followers.clear()

    def tell_anew(self) -> None:
        """Tell all that follow how it stands."""
        self._tell_now()
        self._tell(self._opened())

    def close(self) -> None:
        """Write down and tell what is left."""
        self._tell_now()
        self._keeper.keep()

    def _begin(self, said: Said) -> None:
        name = self.chat.name or _name(said)
        self.chat = replace(self.chat, name=name, updated=said.at, created=self.chat.created or said.at)

    def _opened(self) -> Opened:
        seq = self.records[-1].seq if self.records else 0
        return Opened(self.chat, tuple(self.records), seq, self.is_running)

    def _tell_soon(self) -> None:
        if self._timer is None:
            loop = asyncio.get_running_loop()
            wait = self._sent + PACE - loop.time()
            self._timer = loop.call_later(wait, self._tell_now) if wait > 0 else loop.call_soon(self._tell_now)

    def _tell_now(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._fresh:
            fresh, self._fresh = self._fresh, []
            self._sent = asyncio.get_running_loop().time()
            self._tell(Happened(self.chat.id, tuple(fresh)))

    def _tell(self, word: FromServer) -> None:
        for page in list(self._followers):
            page.tell(word)


def _name(said: Said) -> str:
    """The first words of what was said, for the list."""
    words = " ".join(said.text.split()) or said.command.capitalize() or "Picture"
    if len(words) <= NAME_LENGTH:
        return words
    short = words[: NAME_LENGTH - 1]
    return f"{short.rsplit(' ', 1)[0] if ' ' in short else short}…"
