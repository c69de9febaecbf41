"""The three things that a part of a reply can be: prose, a cell, or a block without a tag that its end decides upon.

Each takes text line by line (`begin` with a line's first text, `go_on` with the rest) and gives the pieces that are
certain. A cell's source goes out without blank lines around it and without its block's indentation.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from .fences import Fence, outdented


@dataclass(frozen=True, slots=True)
class Prose:
    """A piece of prose."""

    text: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A cell begins. `replace` is the id that its info string names, empty where it names none."""

    replace: str = ""


@dataclass(frozen=True, slots=True)
class Grew:
    """A piece of the cell's source."""

    text: str


@dataclass(frozen=True, slots=True)
class Closed:
    """The cell is whole."""


Piece = Prose | Opened | Grew | Closed
Parses = Callable[[str], bool]


class Block(Protocol):
    """A part of the reply."""

    def begin(self, text: str) -> list[Piece]:
        """Take the first text of a line."""
        ...

    def go_on(self, text: str) -> list[Piece]:
        """Take more of the same line, its end included."""
        ...

    def end(self, closing: str | None) -> list[Piece]:
        """The block is over: by this closing line, by the end of the text (""), or cut off (None)."""
        ...


class ProseBlock:
    """Text outside of fences, and blocks in other languages: everything goes out as it came."""

    def begin(self, text: str) -> list[Piece]:
        """Hand it out."""
        return [Prose(text)] if text else []

    go_on = begin

    def end(self, closing: str | None) -> list[Piece]:
        """Nothing was held back."""
        return self.begin(closing or "")


class CellBlock:
    """A block in the kernel's language, handed out while it is written; blank text waits for what follows it."""

    def __init__(self, fence: Fence, parses: Parses) -> None:
        self._fence = fence
        self._parses = parses
        self._blank: list[str] = []
        self._source: list[str] = []

    def begin(self, text: str) -> list[Piece]:
        """Hand out the line's start without the block's indentation."""
        return self.go_on(outdented(text, self._fence.indent))

    def go_on(self, text: str) -> list[Piece]:
        """Hand out what is not blank at its end."""
        solid = text.rstrip(" \t\n")
        if not solid:
            self._blank.append(text)
            return []
        piece = "".join(self._blank) + solid
        self._blank = [text[len(solid) :]]
        pieces: list[Piece] = []
        if not self._source:
            piece = piece[piece.rfind("\n", 0, len(piece) - len(piece.lstrip(" \t\n"))) + 1 :]
            pieces.append(Opened(self._fence.replace))
        self._source.append(piece)
        return [*pieces, Grew(piece)]

    def end(self, closing: str | None) -> list[Piece]:
        """The end of the text closes the last block, as in CommonMark, but only code that parses is whole then."""
        if closing is None or not self._source or not (closing or self._parses("".join(self._source))):
            return []
        return [Closed()]


class UntaggedBlock:
    """A block without a tag, kept until its end: a cell where it parses, else prose."""

    def __init__(self, fence: Fence, opener: str, parses: Parses) -> None:
        self._cell = CellBlock(fence, parses)
        self._parses = parses
        self._raw = [opener]
        self._pieces: list[Piece] = []

    def begin(self, text: str) -> list[Piece]:
        """Keep it."""
        self._raw.append(text)
        self._pieces += self._cell.begin(text)
        return []

    def go_on(self, text: str) -> list[Piece]:
        """Keep it."""
        self._raw.append(text)
        self._pieces += self._cell.go_on(text)
        return []

    def end(self, closing: str | None) -> list[Piece]:
        """Decide; what was cut is prose."""
        source = "".join(piece.text for piece in self._pieces if isinstance(piece, Grew))
        if closing is not None and source and self._parses(source):
            return [*self._pieces, Closed()]
        return [Prose("".join(self._raw) + (closing or ""))]
