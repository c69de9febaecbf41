"""A task that is over, told in short to those that come after it in the same conversation."""

from __future__ import annotations

from collections.abc import Sequence

from ..core.cells import Cell
from ..core.conversation import Exchange
from ..core.languages import tag
from .text import fence


def exchange(instruction: str, prose: str, cells: Sequence[Cell]) -> Exchange:
    """The instruction, and the last state of its cells with the prose that ended it."""
    blocks = [fence(each.source, tag(each.language)) for each in cells if each.source.strip()]
    return Exchange(instruction, "\n\n".join([*blocks, *([prose.strip()] if prose.strip() else [])]))
