"""The records of one chat on their way into the store: soon, and at once when something is about to run."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from open_interpreter.core.chats import Chat
from open_interpreter.core.errors import StoreError
from open_interpreter.sessions.store import Row, Store

from ..text import json_of
from ..words import Record
from ..words.reading import happening

SOON = 0.25
"""Seconds for which a record may be in memory alone."""
AGAIN = 5.0
"""Seconds until another try where the store could not be written."""
MOST_WAITING = 5_000
"""Records that are kept for another try while the store cannot be written."""


class Keeper:
    """Writes for one chat. Where that fails the chat goes on in memory, and `troubled` hears why, once.

    `moved` hears how much higher the numbers of the records stand in the store, where another server has used theirs.
    """

    def __init__(self, store: Store, troubled: Callable[[str], None], moved: Callable[[int], None]) -> None:
        self._store = store
        self._troubled = troubled
        self._moved = moved
        self._told = False
        self._chat: Chat | None = None
        self._saved: Chat | None = None
        self._rows: list[Row] = []
        self._heard: list[str] = []
        self._timer: asyncio.TimerHandle | None = None

    @property
    def waits(self) -> bool:
        """Whether records wait for the store."""
        return bool(self._rows)

    def put(self, chat: Chat, record: Record) -> None:
        """Keep this record of the chat, soon."""
        self._chat = chat
        self._rows.append(row_of(record))
        self._keep_in(SOON)

    def hear(self, word: str) -> None:
        """Keep with the next record that the word of this id was heard."""
        self._heard.append(word)

    def keep(self) -> None:
        """Write down now what waits."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        chat, rows = self._chat, self._rows
        if chat is None or (not rows and chat == self._saved):
            return
        try:
            if chat != self._saved:
                self._store.save(chat)
                self._saved = chat
            gap = self._store.add(chat.id, rows, self._heard)
        except StoreError as error:
            self._rows = rows[-MOST_WAITING:]
            self._keep_in(AGAIN)
            self._fail(error)
            return
        self._rows, self._heard = [], []
        if gap:
            self._moved(gap)

    def save(self, chat: Chat) -> None:
        """Keep the chat itself as it is now."""
        self._chat = chat
        self.keep()

    def replace(self, task: str, records: Sequence[Record]) -> None:
        """Keep these records of a task in place of those that it had."""
        self.keep()
        if self._chat is None or self._rows:
            return
        try:
            self._store.replace(self._chat.id, task, [row_of(each) for each in records])
        except StoreError as error:
            self._fail(error)

    def cut(self, task: str) -> None:
        """Forget this task and all that came after it."""
        self.keep()
        if self._chat is not None:
            try:
                self._store.cut(self._chat.id, task)
            except StoreError as error:
                self._fail(error)

    def forget(self) -> None:
        """Write nothing more."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer, self._chat, self._rows, self._heard = None, None, [], []

    def _keep_in(self, seconds: float) -> None:
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(seconds, self.keep)

    def _fail(self, error: StoreError) -> None:
        if not self._told:
            self._told = True
            self._troubled(str(error))


def row_of(record: Record) -> Row:
    """A record as the store keeps it."""
    return Row(record.seq, record.task, type(record.event).__name__, json_of(record.event))


def record_of(row: Row) -> Record | None:
    """What the store has kept; None where a newer version wrote something that is not known here."""
    try:
        return Record(row.seq, row.task, happening(row.kind, row.body))
    except ValueError:
        return None
