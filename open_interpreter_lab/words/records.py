"""What happened in a chat, each with a number. All but the server's own words are events of `core.events`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from open_interpreter.core.cells import Status
from open_interpreter.core.events import (
    CellGrew,
    CellOpened,
    Drafted,
    Dropped,
    Finished,
    Judged,
    Notice,
    Planned,
    Thought,
    Wrote,
)
from open_interpreter.core.questions import Answer, Question

Command = Literal["", "fix", "explain", "document", "test", "optimise", "plan"]
"""What a slash command or a button asks for; empty for words of the person's own."""


@dataclass(frozen=True, slots=True)
class Said:
    """The person began a task with these words. `labels` name what was attached."""

    text: str
    command: Command = ""
    labels: tuple[str, ...] = ()
    images: int = 0
    at: float = 0.0


@dataclass(frozen=True, slots=True)
class Steered:
    """The person said this while the task ran."""

    text: str


@dataclass(frozen=True, slots=True)
class Started:
    """A model was chosen; `host` is where it is, empty for the built-in one."""

    model: str
    host: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """A request went out to the model; `tokens` is our estimate of its size."""

    turn: int
    tokens: int


@dataclass(frozen=True, slots=True)
class Queued:
    """The task waits: for the kernel, which is busy with something else, or for `ahead` other tasks on it."""

    ahead: int = 0


@dataclass(frozen=True, slots=True)
class Waits:
    """The task waits for a person's answer. `replaces` is what stands in the cell now, where that is the person's."""

    question: Question
    replaces: str | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """The question was answered, here or on another page."""

    question: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Replaces:
    """The cell of this id was there before the task and read so."""

    id: str
    source: str


@dataclass(frozen=True, slots=True)
class Running:
    """The cell runs since `at`, seconds since 1970."""

    id: str
    at: float


@dataclass(frozen=True, slots=True)
class Ran:
    """A cell was come to. `shows` is the beginning of what it put out, `pictures` how many pictures that has."""

    id: str
    status: Status
    seconds: float = 0.0
    count: int | None = None
    shows: str = ""
    pictures: int = 0
    error: str = ""
    traceback: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class KernelGone:
    """The kernel died or was restarted: these variables are lost, and these cells (ids) would have to run again."""

    restarted: bool
    variables: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Undone:
    """What this task did was taken back; `kept` are the ids of cells that somebody had changed since."""

    taken: int
    kept: tuple[str, ...] = ()


Happening = (
    Said
    | Steered
    | Started
    | Sent
    | Queued
    | Waits
    | Decided
    | Replaces
    | Running
    | Ran
    | KernelGone
    | Undone
    | Wrote
    | Thought
    | CellOpened
    | CellGrew
    | Drafted
    | Dropped
    | Judged
    | Planned
    | Notice
    | Finished
)


@dataclass(frozen=True, slots=True)
class Record:
    """One thing that happened in a chat, in a task; `seq` counts up within the chat, with gaps."""

    seq: int
    task: str
    event: Happening
