"""A broken cell, and a repair of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ....core.cells import CellError
from ....core.snapshot import Column, Snapshot, Variable
from ..edits import strings


@dataclass(frozen=True, slots=True)
class Break:
    """A cell that failed, with its error and what was there; `loads` are the sources that ran before it."""

    source: str
    error: CellError
    snapshot: Snapshot
    loads: tuple[str, ...] = ()

    @property
    def frames(self) -> tuple[Variable, ...]:
        """The DataFrames whose names stand in the cell; all where none does."""
        named = tuple(each for each in self.snapshot.frames if each.name in self.source)
        return named or self.snapshot.frames

    def columns(self, *kinds: str) -> tuple[tuple[Variable, Column], ...]:
        """The columns of those kinds that the cell names, each with its table."""
        said = strings(self.source)
        return tuple(
            (frame, each) for frame in self.frames for each in frame.columns if each.name in said and each.kind in kinds
        )


@dataclass(frozen=True, slots=True)
class Fix:
    """The corrected source, what was wrong in English and Chinese, and the same change for the cells after it."""

    source: str
    english: str
    chinese: str
    also: Callable[[str], str] = lambda source: source


Repair = Callable[[Break], "Fix | None"]
