"""What the server says to a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from open_interpreter.core.chats import Chat
from open_interpreter.core.conversation import Message

from .orders import Order
from .records import Record


@dataclass(frozen=True, slots=True)
class Welcome:
    """The first word on every connection."""

    version: str
    model: str
    """The model that a task would ask now."""
    set_up: bool = False
    """Whether somebody has chosen that model: without, the panel says that it is the built-in one."""
    vision: bool = False
    trouble: str = ""
    """Why that model cannot be asked, where it is known already (no key, a broken settings file)."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A chat in a list, whether a task runs in it, and whether that waits for an answer."""

    chat: Chat
    running: bool = False
    waiting: bool = False


@dataclass(frozen=True, slots=True)
class Chats:
    """The chats about a notebook, the latest first."""

    path: str
    chats: tuple[Listed, ...] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """A chat from its beginning on; `seq` is the number of the last record. What the page had of it is void."""

    chat: Chat
    records: tuple[Record, ...] = ()
    seq: int = 0
    running: bool = False


@dataclass(frozen=True, slots=True)
class Happened:
    """More records of a chat that the page follows."""

    chat: str
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Gone:
    """A chat was deleted."""

    chat: str


@dataclass(frozen=True, slots=True)
class Previewed:
    """What a request would hold. `price` is in US dollars, None where it is not known."""

    id: str
    messages: tuple[Message, ...] = ()
    tokens: int = 0
    price: float | None = None
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """Something that `@` can refer to: `insert` is what is written, `detail` what it is in a few words."""

    insert: str
    kind: Literal["variable", "column", "cell", "file"]
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """The answer to `Look`."""

    id: str
    names: tuple[Name, ...] = ()
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sketch so far: the whole source as it stands now, and prose beside it. The last one has `done` set."""

    id: str
    source: str = ""
    prose: str = ""
    done: bool = False
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Failed:
    """Something that the page said could not be done: why, in words for the person. `about` is its chat or id."""

    text: str
    about: str = ""


FromServer = Welcome | Chats | Opened | Happened | Gone | Previewed | Seen | Drawn | Failed | Order
