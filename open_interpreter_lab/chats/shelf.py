"""The chats of a server: those that somebody needs are in memory, the others in the store alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from open_interpreter.core.chats import Chat
from open_interpreter.core.errors import StoreError, UsageError
from open_interpreter.sessions.store import Store

from ..desks import moved_path
from ..words import Record
from .chat import LiveChat
from .keeping import record_of

NO_CHAT = "This chat is not there any more: it was deleted. Begin a new one."
OTHER_FOLDER = "This chat belongs to a Jupyter server in another folder: begin a new one here."


class Shelf:
    """`busy` tells whether a task runs in a chat, `changed` hears the path about which a chat looks otherwise now."""

    def __init__(self, store: Store, busy: Callable[[str], bool], changed: Callable[[str], None]) -> None:
        self.trouble = ""
        """Why the chats are kept no longer than this server lives; empty where they are."""
        self.store = store
        self._busy = busy
        self._changed = changed
        self._chats: dict[str, LiveChat] = {}

    @property
    def loaded(self) -> list[LiveChat]:
        """The chats in memory."""
        return list(self._chats.values())

    def load(self, name: str) -> LiveChat | None:
        """The chat, from memory or from the store. Raises StoreError."""
        if name in self._chats:
            return self._chats[name]
        kept = self.store.chat(name)
        if kept is None:
            return None
        records = [each for row in self.store.rows(name) if (each := record_of(row)) is not None]
        return self._put(kept, records, self.store.heard(name))

    def make(self, name: str, path: str) -> LiveChat:
        """A chat in memory; it is kept once something was said in it."""
        return self._put(Chat(name, path))

    def claim(self, chat: LiveChat) -> None:
        """Make sure that what is said there can be kept. Raises UsageError, and StoreError."""
        if not chat.records and self.store.is_elsewhere(chat.chat.id):
            raise UsageError(OTHER_FOLDER)

    def _put(self, kept: Chat, records: Iterable[Record] = (), heard: Iterable[str] = ()) -> LiveChat:
        name = kept.id
        chat = LiveChat(kept, list(records), self.store, lambda: self._stand(name), heard)
        if self.trouble:
            chat.warn(self.trouble)
        self._chats[name] = chat
        return chat

    def known(self, name: str) -> LiveChat:
        """The chat, where anything was said in it. Raises UsageError."""
        chat = self.load(name)
        if chat is None or not chat.records:
            raise UsageError(NO_CHAT)
        return chat

    def put_away(self, chat: LiveChat) -> None:
        """Nobody needs it in memory any more."""
        if not chat.followed and not self._busy(chat.chat.id) and not chat.turn.locked():
            chat.close()
            if not chat.is_held:
                self._chats.pop(chat.chat.id, None)

    def records(self, name: str) -> list[Record]:
        """What happened in this chat, nothing where it is not there yet. Raises StoreError."""
        known = name in self._chats
        chat = self.load(name)
        if chat is None:
            return []
        records = chat.records[:]
        if not known:
            self.put_away(chat)
        return records

    def drop(self, name: str) -> None:
        """It is no more. Raises StoreError."""
        self.store.delete(name)
        self._chats.pop(name, None)

    def move(self, old: str, new: str) -> set[str]:
        """A notebook, or a folder of them, has another path; the paths that are touched. Raises StoreError."""
        touched = {old, new}
        for chat in self.loaded:
            path = moved_path(chat.chat.path, old, new)
            if path != chat.chat.path:
                touched |= {chat.chat.path, path}
                chat.change(path=path)
        self.store.move(old, new)
        return touched

    def about(self, path: str) -> list[Chat]:
        """The chats about this notebook, the latest first, as far as they can be read."""
        try:
            kept = {each.id: each for each in self.store.chats(path)}
        except StoreError:
            kept = {}
        kept |= {name: each.chat for name, each in self._chats.items() if each.records and each.chat.path == path}
        return sorted(kept.values(), key=lambda each: (-each.updated, -each.created, each.id))

    def _stand(self, name: str) -> None:
        chat = self._chats.get(name)
        if chat is not None:
            self._changed(chat.chat.path)
