"""What an instruction names: with `@` (a variable, a column, a cell, a file), or simply by using the name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..core.snapshot import Column, Snapshot, Variable

_CELL = re.compile(r"@\[(\d+)\]")
_FILE = re.compile(r"@file:(?:\"([^\"]+)\"|'([^']+)'|(\S+))")
_NAME = re.compile(r"@(\w+)")
_SHORT = 2
"""Names of fewer letters count only with `@`: `a` is also a word."""


@dataclass(frozen=True, slots=True)
class References:
    """The names, counts and files that an instruction speaks of; `text` is the instruction in small letters."""

    variables: frozenset[str]
    cells: frozenset[int]
    files: frozenset[str]
    text: str

    def speaks_of(self, words: str) -> bool:
        """Whether these words stand in the instruction, on their own in scripts that part words by spaces."""
        return len(words) >= _SHORT and _stands_in(words.lower(), self.text)

    def names_column(self, column: Column) -> bool:
        """Whether the instruction speaks of this column, with or without its underscores."""
        return self.speaks_of(column.name) or self.speaks_of(column.name.replace("_", " "))


def references(instruction: str, snapshot: Snapshot) -> References:
    """What the instruction names of what is there."""
    text = instruction.lower()
    marked = {_known(found, snapshot) for found in _NAME.findall(instruction)}
    plain = {
        each.name for each in snapshot.variables if len(each.name) >= _SHORT and _stands_in(each.name, instruction)
    }
    files = {next(filter(None, found)).rstrip(".,;:!?。，；：！？、)") for found in _FILE.findall(instruction)}
    mentioned = {each.name for each in snapshot.files if each.name.lower() in text}
    return References(
        variables=frozenset((marked | plain) - {""}),
        cells=frozenset(int(found) for found in _CELL.findall(instruction)),
        files=frozenset(files | mentioned),
        text=text,
    )


def _known(found: str, snapshot: Snapshot) -> str:
    """The longest known name that this begins with: in Chinese text nothing parts `@df` from the next word."""
    names: list[Variable] = [each for each in snapshot.variables if found.startswith(each.name)]
    return max((each.name for each in names), key=len, default="")


def _stands_in(words: str, text: str) -> bool:
    """Whether the words stand in the text with no ASCII letter, digit or underscore right beside an ASCII end."""
    if words not in text:
        return False
    return re.search(rf"(?<![A-Za-z0-9_]){re.escape(words)}(?![A-Za-z0-9_])", text) is not None
