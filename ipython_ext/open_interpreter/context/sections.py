"""The parts of a context and how the room is shared out among them.

What the instruction names comes first, then the last error, variables, recent cells, files, the outline. What does not
fit is told in its short form, and what does not fit even so is counted in one line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from ..core.cells import CellError
from ..core.languages import tag
from ..core.snapshot import PastCell, Snapshot, Trouble, Variable
from .budget import estimate
from .outputs import error_text
from .portraits import brief, file_line, full
from .references import References
from .text import fence, one_line, trim

_SOURCE, _OUTPUT, _TRACE = 1_600, 800, 1_200
"""The most letters of a past cell's source and output, and of the last error's traceback."""
_NAMED_OUTPUT = 6_000
_RECENT = 40
"""Past cells that are looked at, beside those that the instruction names."""
_HEADING = 40
"""Tokens kept back for a section's heading, fence and line of what is left out."""
_RANKS = {
    "frame": 1,
    "series": 1,
    "array": 2,
    "scalar": 2,
    "text": 2,
    "collection": 2,
    "other": 2,
    "function": 3,
    "class": 4,
}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that may be told: in full, in short, and with a name for the line of what is left out."""

    name: str
    full: str
    brief: str = ""
    rank: float = 1
    """The lower, the sooner it gets its room; 0 for what the instruction names."""


@dataclass(slots=True)
class Section:
    """A heading and its items in the order in which they are shown."""

    heading: str
    items: Sequence[Item]
    share: float
    """The part of the room that is left which its items may take, beside those that the instruction names."""
    wrap: Callable[[str], str] = fence
    beyond: int = 0
    """Items that were not even looked at."""
    told: dict[int, str] = field(default_factory=dict)

    def admit(self, room: int, ranks: Callable[[float], bool]) -> int:
        """Tell what fits of the items of these ranks, the lowest rank first; gives back the tokens it took."""
        left = room
        order = sorted(
            (item.rank, at) for at, item in enumerate(self.items) if at not in self.told and ranks(item.rank)
        )
        for _, at in order:
            item = self.items[at]
            cost = next((text for text in (item.full, item.brief) if text and estimate(text) + 1 <= left), "")
            if cost:
                self.told[at] = cost
                left -= estimate(cost) + 1
        return room - left

    @property
    def text(self) -> str:
        """The section as it is sent, empty where there is nothing to tell."""
        if not self.items:
            return ""
        missing = [item.name for at, item in enumerate(self.items) if at not in self.told]
        lines = [f"## {self.heading}"]
        if self.told:
            lines.append(self.wrap("\n".join(self.told[at] for at in sorted(self.told))))
        if missing or self.beyond:
            named = f": {one_line(', '.join(missing), 60)}" if any(missing) else ""
            lines.append(f"({len(missing) + self.beyond:,} left out{named})")
        return "\n".join(lines)


def context(snapshot: Snapshot, names: References, only: Sequence[str], room: int) -> str:
    """What is there, in at most about so many tokens; with `only`, of variables these alone and no other cells."""
    parts = _sections(snapshot, names, only)
    left = room - _HEADING * sum(bool(part.items) for part in parts.values())
    for part in parts.values():
        left -= part.admit(left * 4 // 5, lambda rank: rank <= 0)
    for key in ("trouble", "variables", "cells", "files", "outline"):
        left -= parts[key].admit(int(left * parts[key].share), lambda rank: rank > 0)
    return "\n\n".join(text for part in parts.values() if (text := part.text))


def _sections(snapshot: Snapshot, names: References, only: Sequence[str]) -> dict[str, Section]:
    """In the order of the text: what changes least comes first, what matters most comes last."""
    variables = [each for each in snapshot.variables if not only or each.name in only]
    every = [each for each in snapshot.cells if not only or each.count in names.cells]
    cells = [each for each in every[:-_RECENT] if each.count in names.cells] + every[-_RECENT:]
    trouble = snapshot.trouble if not only else None
    files = [_file(each.name, file_line(each), names) for each in snapshot.files]
    outline = [Item("", one_line(line, 160)) for line in (() if only else snapshot.outline)]
    return {
        "files": Section("Files in the working directory", files, 0.4),
        "outline": Section("Other cells of the notebook, not run", outline, 1.0),
        "cells": Section(
            "Cells that ran, in order", list(_cells(cells, names, snapshot)), 0.7, str, len(every) - len(cells)
        ),
        "variables": Section("Variables now", [_variable(each, names, only) for each in variables], 0.6),
        "trouble": Section("The last error", [_trouble(trouble, cells)] if trouble is not None else [], 0.3),
    }


def _file(name: str, line: str, names: References) -> Item:
    return Item(one_line(name, 40), line, one_line(name), 0 if name in names.files else 1)


def _variable(variable: Variable, names: References, only: Sequence[str]) -> Item:
    named = variable.name in names.variables or variable.name in only
    short = brief(variable)
    text = full(variable, names, 200 if named else 40)
    return Item(one_line(variable.name, 40), text, short, 0 if named else _RANKS.get(variable.kind, 5))


def _cells(cells: Sequence[PastCell], names: References, snapshot: Snapshot) -> Iterable[Item]:
    """Past cells; the latest gets its room first."""
    info = tag(snapshot.language)
    for at, cell in enumerate(cells):
        named = cell.count in names.cells
        label = f"[{cell.count}]" if cell.count is not None else "[ ]"
        title = f"{label} failed" if cell.failed else label
        source = fence(trim(cell.source.strip("\n"), _SOURCE), info)
        output = trim(cell.output.strip("\n"), _NAMED_OUTPUT if named else _OUTPUT)
        text = f"{title}\n{source}" + (f"\n{fence(output)}" if output else "")
        yield Item(label, text, f"{title}\n{fence(one_line(cell.source), info)}", 0 if named else 1 + 1 / (at + 2))


def _trouble(trouble: Trouble, cells: Sequence[PastCell]) -> Item:
    """The last error; the source of its cell only where that is not told among the cells."""
    error = CellError(trouble.name, trouble.value, (trouble.traceback,))
    told = error_text(error, trouble.source, _TRACE)
    if not any(cell.source == trouble.source for cell in cells):
        told = f"{trim(trouble.source.strip(), _TRACE)}\n\n{told}".strip()
    return Item(one_line(trouble.name, 40), told, one_line(error.line, 200))
