"""What a page says to the server."""

from __future__ import annotations

from dataclasses import dataclass

from open_interpreter.core.conversation import Image, Quote
from open_interpreter.core.questions import Answer, Mode

from .orders import Done
from .records import Command


@dataclass(frozen=True, slots=True)
class Holding:
    """One notebook that is open in a page. `kernel` is the kernel's id, empty where none runs."""

    path: str
    kernel: str = ""
    kernel_name: str = ""
    language: str = ""
    readonly: bool = False
    modified: str = ""
    """The file's time of change as the page knows it, as the contents API writes it."""


@dataclass(frozen=True, slots=True)
class Hold:
    """All notebooks that are open in this page, sent at the start and at every change; `front` is the one in front."""

    notebooks: tuple[Holding, ...] = ()
    front: str = ""


@dataclass(frozen=True, slots=True)
class Renamed:
    """A notebook, open in this page or not, or a folder of notebooks has another path now."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person asks for, about the notebook at `path`.

    `cell` is the id of the cell that a command is about, `anchor` of the one below which new cells go (empty: the end).
    `mode` and `max_turns` come from JupyterLab's settings; a mode only ever tightens.
    """

    path: str
    text: str = ""
    command: Command = ""
    cell: str = ""
    anchor: str = ""
    quotes: tuple[Quote, ...] = ()
    images: tuple[Image, ...] = ()
    shares: bool = True
    mode: Mode | None = None
    max_turns: int | None = None


@dataclass(frozen=True, slots=True)
class ListChats:
    """Which chats are there about this notebook? Answered by `Chats`, again whenever that changes."""

    path: str


@dataclass(frozen=True, slots=True)
class OpenChat:
    """Follow a chat from now on. `after` is the number of the last record that the page has, 0 for none.

    Answered by `Opened`, or by the missing records alone where the server can tell them.
    """

    chat: str
    after: int = 0


@dataclass(frozen=True, slots=True)
class LeaveChat:
    """Follow this chat no more."""

    chat: str


@dataclass(frozen=True, slots=True)
class Say:
    """Begin a task, or steer the one that runs. `task` is an id of the page's making: saying it twice does it once.

    A chat that is not there yet is made. `instead` is the task from which on the chat is cut before (edit and resend,
    regenerate); with `undo` its cells are taken back first.
    """

    chat: str
    task: str
    wish: Wish
    instead: str = ""
    undo: bool = False


@dataclass(frozen=True, slots=True)
class Stop:
    """End this task of the chat, and its kernel's work for it; without one, whichever runs."""

    chat: str
    task: str = ""


@dataclass(frozen=True, slots=True)
class Decide:
    """A person's answer to a question that stands in this chat."""

    chat: str
    question: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back what a task did to the notebook, as far as nobody has changed it since."""

    chat: str
    task: str


@dataclass(frozen=True, slots=True)
class NameChat:
    """Give a chat another name."""

    chat: str
    name: str


@dataclass(frozen=True, slots=True)
class DeleteChat:
    """Forget a chat; the notebook's cells stay."""

    chat: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What exactly would be sent for this wish in this chat? Answered by `Previewed`; nothing is sent."""

    id: str
    chat: str
    wish: Wish


@dataclass(frozen=True, slots=True)
class Look:
    """Which names can be referred to in this notebook? Answered by `Seen`."""

    id: str
    path: str


@dataclass(frozen=True, slots=True)
class Sketch:
    """Write or rewrite one cell, which is not run. `source` is what stands in it now. Answered by `Drawn` pieces."""

    id: str
    path: str
    cell: str
    source: str
    text: str


@dataclass(frozen=True, slots=True)
class DropSketch:
    """The sketch of this id is not wanted any more."""

    id: str


FromPage = (
    Hold
    | Renamed
    | ListChats
    | OpenChat
    | LeaveChat
    | Say
    | Stop
    | Decide
    | Undo
    | NameChat
    | DeleteChat
    | Preview
    | Look
    | Sketch
    | DropSketch
    | Done
)
