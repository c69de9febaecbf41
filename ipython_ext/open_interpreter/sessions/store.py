"""The chats and what happened in them, in one SQLite file that only its owner can read.

It knows rows, not events: who writes them gives the JSON. A file that cannot be read, or that a newer version wrote, is
never touched: StoreError says what to do. Used from one thread at a time; every call is short.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from ..core.chats import Chat
from ..core.errors import StoreError
from .migrations import MIGRATIONS

FILE = "chats.db"
PATIENCE = 3.0
"""Seconds that a call waits for another server that writes into the same file."""
CHAT = "id, path, name, created, updated"


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a chat: `kind` is its event's class, `body` the event's JSON text."""

    seq: int
    task: str
    kind: str
    body: str


class Store:
    """The chats in one file. Every call raises StoreError where the file cannot be read or written."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._base = _open(file)

    def chats(self, path: str) -> tuple[Chat, ...]:
        """The chats about this notebook, the latest first."""
        with self._work() as base:
            wanted = f"SELECT {CHAT} FROM chats WHERE path = ? ORDER BY updated DESC, created DESC, id"  # noqa: S608
            return tuple(Chat(*row) for row in base.execute(wanted, (path,)))

    def chat(self, id: str) -> Chat | None:  # noqa: A002  (the chat's own word)
        """The chat of this id."""
        with self._work() as base:
            row = base.execute(f"SELECT {CHAT} FROM chats WHERE id = ?", (id,)).fetchone()  # noqa: S608
            return Chat(*row) if row else None

    def save(self, chat: Chat) -> None:
        """Keep the chat as it is now, new or not."""
        with self._work() as base:
            base.execute(
                f"INSERT INTO chats ({CHAT}) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "  # noqa: S608
                "path = excluded.path, name = excluded.name, created = excluded.created, updated = excluded.updated",
                (chat.id, chat.path, chat.name, chat.created, chat.updated),
            )

    def move(self, old: str, new: str) -> None:
        """A notebook has another path, or a folder with all the notebooks in it."""
        if not old:
            return
        with self._work() as base:
            base.execute(
                "UPDATE chats SET path = ?2 || substr(path, length(?1) + 1) "
                "WHERE path = ?1 OR substr(path, 1, length(?1) + 1) = ?1 || '/'",
                (old, new),
            )

    def delete(self, id: str) -> None:  # noqa: A002
        """Forget a chat and all its records."""
        with self._work() as base:
            base.execute("DELETE FROM chats WHERE id = ?", (id,))

    def add(self, chat: str, rows: Sequence[Row]) -> None:
        """Keep these records. Those of a chat that is not there (any more) go nowhere."""
        with self._work() as base:
            _insert(base, chat, rows)

    def rows(self, chat: str, after: int = 0) -> tuple[Row, ...]:
        """The records of a chat with a number above `after`, in their order."""
        with self._work() as base:
            wanted = "SELECT seq, task, kind, body FROM records WHERE chat = ? AND seq > ? ORDER BY seq"
            return tuple(Row(*row) for row in base.execute(wanted, (chat, after)))

    def replace(self, chat: str, task: str, rows: Sequence[Row]) -> None:
        """Keep these records of a task in place of those that it had, in one step."""
        with self._work() as base:
            base.execute("DELETE FROM records WHERE chat = ? AND task = ?", (chat, task))
            _insert(base, chat, rows)

    def cut(self, chat: str, task: str) -> tuple[str, ...]:
        """Forget this task and all that began after it; their ids in order, none where it is not there."""
        with self._work() as base:
            begun = "SELECT task FROM records WHERE chat = ? GROUP BY task ORDER BY min(seq)"
            tasks = [str(name) for (name,) in base.execute(begun, (chat,))]
            gone = tuple(tasks[tasks.index(task) :]) if task in tasks else ()
            base.executemany("DELETE FROM records WHERE chat = ? AND task = ?", [(chat, each) for each in gone])
            return gone

    def unfinished(self) -> tuple[tuple[str, str], ...]:
        """(chat, task) of every task that began and has no end, as a server leaves it that was killed."""
        with self._work() as base:
            wanted = (
                "SELECT DISTINCT chat, task FROM records WHERE kind = 'Said' "
                "EXCEPT SELECT chat, task FROM records WHERE kind = 'Finished'"
            )
            return tuple((str(chat), str(task)) for chat, task in base.execute(wanted))

    def close(self) -> None:
        """Let go of the file. Nothing else may be called after."""
        self._base.close()

    @contextmanager
    def _work(self) -> Iterator[sqlite3.Connection]:
        """One step: all of it is kept, or nothing."""
        with _translated(self._file), _step(self._base):
            yield self._base


def _insert(base: sqlite3.Connection, chat: str, rows: Sequence[Row]) -> None:
    base.executemany(
        "INSERT INTO records (chat, seq, task, kind, body) "
        "SELECT ?1, ?2, ?3, ?4, ?5 WHERE EXISTS (SELECT 1 FROM chats WHERE id = ?1)",
        [(chat, row.seq, row.task, row.kind, row.body) for row in rows],
    )


def _open(file: Path) -> sqlite3.Connection:
    with _translated(file):
        _make_private(file)
        base = sqlite3.connect(file, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
        with ExitStack() as closing:
            closing.callback(base.close)
            _grow(base, file)
            base.execute("PRAGMA journal_mode = WAL")
            base.execute("PRAGMA synchronous = NORMAL")
            base.execute("PRAGMA foreign_keys = ON")
            closing.pop_all()
        return base


def _make_private(file: Path) -> None:
    """The folder and the file, for their owner alone; SQLite gives its side files the same rights."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.parent.chmod(0o700)
    os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    file.chmod(0o600)


def _grow(base: sqlite3.Connection, file: Path) -> None:
    """Bring the file to the newest version, one server at a time."""
    with _step(base):
        version = int(base.execute("PRAGMA user_version").fetchone()[0])
        if version > len(MIGRATIONS):
            raise StoreError(
                f"{file} is a newer Open Interpreter Lab's: install that one (pip install -U open-interpreter-lab), "
                "or set OPEN_INTERPRETER_HOME to another folder."
            )
        for step in MIGRATIONS[version:]:
            for statement in step:
                base.execute(statement)
        base.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")


@contextmanager
def _step(base: sqlite3.Connection) -> Iterator[None]:
    base.execute("BEGIN IMMEDIATE")
    with ExitStack() as undoing:
        undoing.callback(_roll_back, base)
        yield
        undoing.pop_all()
    base.execute("COMMIT")


def _roll_back(base: sqlite3.Connection) -> None:
    with suppress(sqlite3.Error):
        base.execute("ROLLBACK")


@contextmanager
def _translated(file: Path) -> Iterator[None]:
    """SQLite's errors and the system's become ours, with the next step."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise StoreError(
            f"The chats in {file} cannot be reached ({error}): make room, see who else uses the file, "
            "or set OPEN_INTERPRETER_HOME to another folder."
        ) from None
    except sqlite3.Error as error:
        raise StoreError(f"The chats in {file} cannot be read ({error}): move the file away to begin anew.") from None
    except OSError as error:
        raise StoreError(
            f"The chats cannot be kept: {file} cannot be written ({error.strerror or error}): "
            "set OPEN_INTERPRETER_HOME to another folder."
        ) from None
