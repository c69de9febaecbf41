"""A task and what was said and done for it, append-only; and the one request that a provider answers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from .cells import Attempt, Cell, new_id
from .snapshot import Snapshot

Role = Literal["system", "user", "assistant"]
Finish = Literal["stop", "length", "filter", "declined"]
"""stop: the reply ended properly. length: it was cut. filter: the server withheld it. declined: the model says that it
cannot do this (only the built-in model knows so for sure)."""

Command = Literal["", "fix", "explain", "document", "test", "optimise", "plan", "sketch"]
"""What is asked for beside the person's own words. explain and test leave the cell that they are about as it is; sketch
writes one cell that is not run."""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture: its MIME type and its bytes as base64 text."""

    mime: str
    data: str


@dataclass(frozen=True, slots=True)
class Message:
    """One message of the chat dialect that every server speaks."""

    role: Role
    text: str
    images: tuple[Image, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """A text that the person attached to an instruction: a selected cell, a pasted table. It is data, not an order."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Task:
    """What was asked, in the person's words, with the options that change the answer.

    The instruction may be empty where a command says what is wanted.
    """

    instruction: str
    id: str = field(default_factory=new_id)
    only: tuple[str, ...] = ()
    """The only variables that may be described (`--with`); empty means all."""
    images: tuple[Image, ...] = ()
    plan: bool = False
    assign: str = ""
    """The name that the last generated cell assigns the answer's value to (`--as`)."""
    quotes: tuple[Quote, ...] = ()
    target: Cell | None = None
    """A cell of the person's that this is about; whether the reply's first cell takes its place tells `rewrites`."""
    shares: bool = True
    """Whether the notebook, its variables and files may be told of at all. The target is told of even so: the person
    points at it."""
    command: Command = ""

    @property
    def rewrites(self) -> Cell | None:
        """The cell whose place the first cell of the first reply takes; None where a new one is wanted, or none."""
        return None if self.command in ("explain", "test") else self.target


@dataclass(frozen=True, slots=True)
class Turn:
    """One reply as text, and what came of each of its cells, in order.

    `seen` is the snapshot that the reply was asked with: what is told of it stays the same in all later requests.
    """

    reply: str
    attempts: tuple[Attempt, ...] = ()
    seen: Snapshot | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """An earlier task of the same conversation, told in short: the instruction and the answer's text with its code."""

    instruction: str
    answer: str


@dataclass(frozen=True, slots=True)
class Conversation:
    """A task, its turns so far, and the earlier exchanges that it goes on from."""

    task: Task
    turns: tuple[Turn, ...] = ()
    earlier: tuple[Exchange, ...] = ()

    def add(self, turn: Turn) -> Conversation:
        """The conversation with one more turn."""
        return replace(self, turns=(*self.turns, turn))

    @property
    def last(self) -> Attempt | None:
        """The last attempt at a cell, whatever came of it."""
        return next((turn.attempts[-1] for turn in reversed(self.turns) if turn.attempts), None)

    @property
    def failure(self) -> Attempt | None:
        """The attempt that the next reply has to correct: the last one, where it failed; else None."""
        last = self.last
        return last if last is not None and last.outcome.status == "error" else None


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens in and out of one reply, or of all replies added up; `estimated` where the server told none."""

    sent: int = 0
    received: int = 0
    estimated: bool = False

    def __add__(self, other: Usage) -> Usage:
        """The sum; estimated if either part is."""
        return Usage(self.sent + other.sent, self.received + other.received, self.estimated or other.estimated)


@dataclass(frozen=True, slots=True)
class Request:
    """What a provider answers: the rendered messages, and beside them the structured values they were rendered from."""

    messages: tuple[Message, ...]
    conversation: Conversation
    snapshot: Snapshot


@dataclass(frozen=True, slots=True)
class Delta:
    """One piece of a reply. The last piece carries `finish`; a stream that ends without one was cut."""

    text: str = ""
    thought: str = ""
    finish: Finish | None = None
    usage: Usage | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """What the loop must know of a model: its name, where it runs, what it can see and hold.

    `host` is `scheme://host[:port]` of the endpoint, empty for the built-in model; `context` is in tokens.
    """

    name: str
    host: str = ""
    vision: bool = False
    context: int = 32_000
    trusted: bool = False
    """True only for the built-in model, whose code is ours: the one question of Approval is not asked for it."""
