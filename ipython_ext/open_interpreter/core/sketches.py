"""A sketch: one cell that is written for the person to look at and is never run by itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sketched:
    """A sketch so far: the whole source as it stands now, and the prose beside it. The last one has `done` set.

    With `trouble`, which says why there is none, `source` is what stood in the cell before.
    """

    source: str = ""
    prose: str = ""
    done: bool = False
    trouble: str = ""
