"""What happened, one way: the single stream that the notebook, the log, the terminal and the panel all read.

An event never asks. The order within a task is: Began, then for each turn Asked, the pieces of the reply, Drafted for
each whole cell, then Judged and Executed for each cell that was come to, and at the very end Finished.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .cells import Cell, Outcome
from .conversation import Message, Task, Usage
from .plans import Step
from .questions import Judgement

Ending = Literal["done", "inserted", "refused", "unanswered", "stuck", "failed", "stopped"]
"""done: the task succeeded. inserted: cells stand there, not run. refused: a person said no. unanswered: something had
to be approved and nobody could. stuck: turns used up or the same mistake twice. failed: the model could not be had, or
it declined. stopped: a person ended it (the loop is then cancelled, so whoever cancels it says so)."""


@dataclass(frozen=True, slots=True)
class Began:
    """A task starts."""

    task: Task
    model: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A request goes out; `messages` is all that is sent, `tokens` our estimate of its size."""

    turn: int
    messages: tuple[Message, ...]
    tokens: int


@dataclass(frozen=True, slots=True)
class Wrote:
    """A piece of prose of the reply."""

    text: str


@dataclass(frozen=True, slots=True)
class Thought:
    """A piece of the model's reasoning, which is shown in passing and never kept."""

    text: str


@dataclass(frozen=True, slots=True)
class CellOpened:
    """A cell begins to be written; `attempt` above 1 means that it replaces the source of the cell of that id."""

    id: str
    language: str
    turn: int
    attempt: int


@dataclass(frozen=True, slots=True)
class CellGrew:
    """A piece of the source of the cell that is being written."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Drafted:
    """A cell is whole and its reply ended properly. It has not run."""

    cell: Cell


@dataclass(frozen=True, slots=True)
class Dropped:
    """A cell that was written will not run and goes away: its reply was cut, or a cell before it failed.

    With `restored`, an earlier attempt of that cell still stands and its source comes back.
    """

    id: str
    reason: str
    restored: str | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """The level of a cell, before it runs, and whether a person or the policy let it."""

    id: str
    judgement: Judgement
    allowed: bool
    by: Literal["person", "policy"]


@dataclass(frozen=True, slots=True)
class Executed:
    """A cell ran, or was refused, or only inserted."""

    cell: Cell
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Planned:
    """The plan as it stands now: made, changed, or with another step done. Its lines are no part of the prose."""

    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """One line for the person."""

    text: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The task is over. `answer` is the prose of the last reply, `reason` says why where the ending is not done."""

    ending: Ending
    answer: str
    turns: int
    usage: Usage
    reason: str = ""

    @property
    def ok(self) -> bool:
        """Whether the task succeeded."""
        return self.ending == "done"


Event = (
    Began
    | Asked
    | Wrote
    | Thought
    | CellOpened
    | CellGrew
    | Drafted
    | Dropped
    | Judged
    | Executed
    | Planned
    | Notice
    | Finished
)
