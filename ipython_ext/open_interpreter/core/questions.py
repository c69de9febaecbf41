"""What is asked of a person, and the answer. An event tells; only a question waits."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from .cells import Cell, new_id

Level = Literal["L0", "L1", "L2", "L3"]
Mode = Literal["suggest", "ask", "auto"]
MODES: tuple[Mode, ...] = ("suggest", "ask", "auto")
"""From the strictest to the loosest."""

Choice = Literal["run", "rest", "refuse", "computing", "each", "insert"]
"""run and refuse answer for one cell; rest runs it and what else the same task brings up to its level, but never L3.
The other three answer the opening question, for the rest of this kernel's life: computing runs cells classed as
computing or writing new data files, each asks every time, insert never runs."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The level of a cell and at most three plain reasons for it."""

    level: Level = "L0"
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """May this cell run? `opening` marks the one question that opens `auto` for a notebook, kernel and model host."""

    cell: Cell
    judgement: Judgement
    host: str = ""
    opening: bool = False
    id: str = field(default_factory=new_id)


@dataclass(frozen=True, slots=True)
class Answer:
    """The person's choice, with a word to the model where there is one.

    `source` is the code as the person has changed it before letting it run, empty where it was left as it is.

    `nobody` is true where no person could be asked: the cell is refused and the run ends with exit code 3.
    """

    choice: Choice
    word: str = ""
    nobody: bool = False
    source: str = ""
