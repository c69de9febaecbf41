"""What a headless run tells while it goes on: frozen values, in order, for an account or a log.

They are made of the edits and outputs that pass by, so whoever listens sees what stands in the notebook and no more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from open_interpreter.core.cells import CellError


@dataclass(frozen=True, slots=True)
class CellBegan:
    """A cell of the notebook begins; `prompt` if it is a prompt cell."""

    source: str
    prompt: bool


@dataclass(frozen=True, slots=True)
class Generated:
    """A generated cell is about to run; `attempt` counts its runs within the task, from 1."""

    source: str
    attempt: int


@dataclass(frozen=True, slots=True)
class GeneratedRan:
    """A generated cell ran, for `seconds`; `text` is its output, `pictures` the number of images among it."""

    count: int | None
    seconds: float
    text: str
    pictures: int
    error: CellError | None


@dataclass(frozen=True, slots=True)
class Owned:
    """A cell that stands for a prompt at its end: prose, or code with whether it ran."""

    kind: str
    source: str
    ran: bool


@dataclass(frozen=True, slots=True)
class CellEnded:
    """A cell of the notebook ended. For a prompt, `owned` are its cells and `model` wrote them; `settled` if it is."""

    source: str
    prompt: bool
    count: int | None
    seconds: float
    text: str
    pictures: int
    error: CellError | None
    settled: bool = False
    asked: bool = False
    """Whether the prompt was asked now, rather than that its cells stood already."""
    model: str = ""
    owned: tuple[Owned, ...] = ()


Note = CellBegan | Generated | GeneratedRan | CellEnded
Watch = Callable[[Note], None]
