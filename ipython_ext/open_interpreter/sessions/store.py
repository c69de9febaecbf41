"""The chats and what happened in them, in one SQLite file that only its owner can read.

It knows rows, not events: who writes them gives the JSON. A file that cannot be read, or that a newer version wrote, is
never touched: StoreError says what to do. Used from one thread at a time; every call is short. Servers in other folders
use the same file, and a notebook's path means another notebook there: each sees the chats of its own folder.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from ..core.chats import Chat
from ..core.errors import StoreError
from .migrations import MIGRATIONS

FILE = "chats.db"
PATIENCE = 0.2
"""Seconds that a call waits for another server that writes into the same file; the caller's loop stands still then."""
OPENING = 3.0
"""The same for opening the file, which happens once."""
ANY_ROOT = "?"
"""The folder of chats that were kept before folders were written down: every server shows them."""
CHAT = "id, path, name, created, updated"
_HERE = f"root IN (:root, '{ANY_ROOT}')"
_IF_THERE = f"WHERE EXISTS (SELECT 1 FROM chats WHERE id = :chat AND {_HERE})"  # noqa: S608


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a chat: `kind` is its event's class, `body` the event's JSON text."""

    seq: int
    task: str
    kind: str
    body: str


class Store:
    """The chats in one file, as the server in the folder `root` sees them (empty where its notebooks lie in none).

    Every call raises StoreError where the file cannot be read or written.
    """

    def __init__(self, file: Path, root: str = "") -> None:
        self._file = file
        self._root = root
        self._base = _open(file)

    def chats(self, path: str) -> tuple[Chat, ...]:
        """The chats about this notebook, the latest first."""
        wanted = f"SELECT {CHAT} FROM chats WHERE path = :path AND {_HERE} ORDER BY updated DESC, created DESC, id"  # noqa: S608
        with self._look() as base:
            return tuple(Chat(*row) for row in base.execute(wanted, self._here(path=path)))

    def chat(self, id: str) -> Chat | None:  # noqa: A002  (the chat's own word)
        """The chat of this id."""
        wanted = f"SELECT {CHAT} FROM chats WHERE id = :id AND {_HERE}"  # noqa: S608
        with self._look() as base:
            row = base.execute(wanted, self._here(id=id)).fetchone()
            return Chat(*row) if row else None

    def is_elsewhere(self, id: str) -> bool:  # noqa: A002
        """Whether a server in another folder has a chat of this id."""
        wanted = f"SELECT 1 FROM chats WHERE id = :id AND NOT {_HERE}"  # noqa: S608
        with self._look() as base:
            return base.execute(wanted, self._here(id=id)).fetchone() is not None

    def save(self, chat: Chat) -> None:
        """Keep the chat as it is now, new or not; one of another folder stays as it is."""
        told = self._here(id=chat.id, path=chat.path, name=chat.name, created=chat.created, updated=chat.updated)
        with self._work() as base:
            base.execute(
                f"INSERT INTO chats ({CHAT}, root) VALUES (:id, :path, :name, :created, :updated, :root) "  # noqa: S608
                "ON CONFLICT (id) DO UPDATE SET path = excluded.path, name = excluded.name, "
                f"created = excluded.created, updated = excluded.updated WHERE {_HERE}",
                told,
            )

    def move(self, old: str, new: str) -> None:
        """A notebook has another path, or a folder with all the notebooks in it."""
        if not old:
            return
        with self._work() as base:
            base.execute(
                "UPDATE chats SET path = :new || substr(path, length(:old) + 1) "  # noqa: S608
                f"WHERE (path = :old OR substr(path, 1, length(:old) + 1) = :old || '/') AND {_HERE}",
                self._here(old=old, new=new),
            )

    def delete(self, id: str) -> None:  # noqa: A002
        """Forget a chat and all its records."""
        with self._work() as base:
            base.execute(f"DELETE FROM chats WHERE id = :id AND {_HERE}", self._here(id=id))  # noqa: S608

    def add(self, chat: str, rows: Sequence[Row], heard: Sequence[str] = ()) -> int:
        """Keep these records, and the ids of words that were heard; those of a chat that is not there go nowhere.

        Gives how much higher the numbers of the records are now, since another server had used theirs: 0 as a rule.
        """
        with self._work() as base:
            words = [self._here(chat=chat, word=word) for word in heard]
            base.executemany(f"INSERT OR IGNORE INTO heard SELECT :chat, :word {_IF_THERE}", words)
            return self._insert(base, chat, rows)

    def rows(self, chat: str, after: int = 0) -> tuple[Row, ...]:
        """The records of a chat with a number above `after`, in their order."""
        with self._look() as base:
            wanted = "SELECT seq, task, kind, body FROM records WHERE chat = ? AND seq > ? ORDER BY seq"
            return tuple(Row(*row) for row in base.execute(wanted, (chat, after)))

    def heard(self, chat: str) -> frozenset[str]:
        """The ids of words that were heard in this chat and began no task."""
        with self._look() as base:
            return frozenset(str(word) for (word,) in base.execute("SELECT word FROM heard WHERE chat = ?", (chat,)))

    def replace(self, chat: str, task: str, rows: Sequence[Row]) -> None:
        """Keep these records of a task in place of those that it had, in one step."""
        with self._work() as base:
            base.execute("DELETE FROM records WHERE chat = ? AND task = ?", (chat, task))
            self._insert(base, chat, rows)

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
        wanted = (
            "SELECT chat, task FROM (SELECT DISTINCT chat, task FROM records WHERE kind = 'Said' "  # noqa: S608
            "EXCEPT SELECT chat, task FROM records WHERE kind = 'Finished') "
            f"JOIN chats ON chats.id = chat WHERE {_HERE}"
        )
        with self._look() as base:
            return tuple((str(chat), str(task)) for chat, task in base.execute(wanted, self._here()))

    def close(self) -> None:
        """Let go of the file. Nothing else may be called after."""
        self._base.close()

    @contextmanager
    def _look(self) -> Iterator[sqlite3.Connection]:
        """One question, which waits for nobody who writes."""
        with _translated(self._file):
            yield self._base

    @contextmanager
    def _work(self) -> Iterator[sqlite3.Connection]:
        """One step: all of it is kept, or nothing."""
        with _translated(self._file), _step(self._base):
            yield self._base

    def _here(self, **values: object) -> dict[str, object]:
        return {"root": self._root, **values}

    def _insert(self, base: sqlite3.Connection, chat: str, rows: Sequence[Row]) -> int:
        """Insert them, behind all others where another server has used their numbers; how much higher that is."""
        base.execute("SAVEPOINT numbers")
        try:
            self._put(base, chat, rows)
        except sqlite3.IntegrityError:
            base.execute("ROLLBACK TO numbers")
            (last,) = base.execute("SELECT max(seq) FROM records WHERE chat = ?", (chat,)).fetchone()
            gap = (last or 0) + 1 - min(row.seq for row in rows)
            self._put(base, chat, [replace(row, seq=row.seq + gap) for row in rows])
            return gap
        return 0

    def _put(self, base: sqlite3.Connection, chat: str, rows: Sequence[Row]) -> None:
        for row in rows:
            told = self._here(chat=chat, seq=row.seq, task=row.task, kind=row.kind, body=row.body)
            with suppress(sqlite3.DataError, UnicodeError):  # what SQLite cannot hold must not keep the others out
                base.execute(f"INSERT INTO records SELECT :chat, :seq, :task, :kind, :body {_IF_THERE}", told)


def _open(file: Path) -> sqlite3.Connection:
    with _translated(file):
        _make_private(file)
        base = sqlite3.connect(file, timeout=OPENING, isolation_level=None, check_same_thread=False)
        with ExitStack() as closing:
            closing.callback(base.close)
            _grow(base, file)
            base.execute("PRAGMA journal_mode = WAL")
            base.execute("PRAGMA synchronous = NORMAL")
            base.execute("PRAGMA foreign_keys = ON")
            base.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000:.0f}")
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
        base.execute("COMMIT")
        undoing.pop_all()


def _roll_back(base: sqlite3.Connection) -> None:
    with suppress(sqlite3.Error):
        base.execute("ROLLBACK")


@contextmanager
def _translated(file: Path) -> Iterator[None]:
    """SQLite's errors and the system's become ours, with the next step."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise StoreError(
                f"The chats in {file} are being written by something else: what happens here is kept as soon as "
                "that lets go. Where it does not, see which other Jupyter server or backup uses the file."
            ) from None
        raise StoreError(
            f"The chats in {file} cannot be reached ({error}): make room, see who else uses the file, "
            "or set OPEN_INTERPRETER_HOME to another folder."
        ) from None
    except (sqlite3.Error, UnicodeError) as error:
        raise StoreError(f"The chats in {file} cannot be read ({error}): move the file away to begin anew.") from None
    except OSError as error:
        raise StoreError(
            f"The chats cannot be kept: {file} cannot be written ({error.strerror or error}): "
            "set OPEN_INTERPRETER_HOME to another folder."
        ) from None
