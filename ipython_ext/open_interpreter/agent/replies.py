"""A reply as it streams in: prose and cells, told apart line by line.

However the text is cut into pieces, the same prose and the same cells come out. A piece is handed out as soon as it
cannot be part of a fence. A fenced block in the kernel's language is a cell; one in any other language is prose; one
without a tag is a cell only where it parses and no cell came before it (after one it is most likely output).
What a reply that did not end properly leaves open is never closed here, so nothing can become a whole cell of it.
"""

from __future__ import annotations

from ..core.languages import tags
from .blocks import Block, CellBlock, Closed, Grew, Opened, Parses, Piece, Prose, ProseBlock, UntaggedBlock
from .fences import Fence, closes, may_close, may_open, opening

__all__ = ["MOST_CODE", "MOST_TEXT", "Closed", "Grew", "Opened", "Piece", "Prose", "ReplyParser"]

MOST_TEXT = 1_000_000
"""Characters of one reply that are read; a longer one counts as cut."""
MOST_CODE = 256_000
"""Characters of code in one reply, all cells together."""


class ReplyParser:
    """Text in, pieces out. `language` is the kernel's, empty where no block is to be a cell.

    `parses` says whether a text is whole code of it.
    """

    def __init__(self, language: str, parses: Parses) -> None:
        self._names = tags(language)
        self._parses = parses
        self._fence: Fence | None = None
        self._block: Block = ProseBlock()
        self._depth = 0
        self._line = ""  # held back: this line can still become a fence
        self._certain = False  # the line is none, so the rest of it goes out as it comes
        self._return = False  # the last character was a carriage return
        self._cells = self._text = self._code = 0

    @property
    def overflow(self) -> str:
        """Why no more is read of this reply; empty where all is well."""
        if self._code > MOST_CODE:
            return f"has more than {MOST_CODE // 1000} kB of code"
        return f"is longer than {MOST_TEXT // 1000} kB" if self._text > MOST_TEXT else ""

    def feed(self, text: str) -> list[Piece]:
        """The pieces that are certain once this text has come."""
        if not text or self.overflow:
            return []
        after_return, self._return = self._return, text.endswith("\r")
        if self._text == 0:
            text = text.removeprefix("\ufeff")
        self._text += len(text) or 1
        first, *more = (
            (text.removeprefix("\n") if after_return else text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
        )
        pieces = self._grow(first)
        for line in more:
            pieces += self._end_line("\n") + self._grow(line)
        return self._counted(pieces)

    def close(self, *, whole: bool) -> list[Piece]:
        """The last pieces; `whole` where the reply ended properly."""
        pieces = self._end_line("") if whole or self._fence is None else []
        return self._counted(pieces + self._block.end("" if whole else None))

    def _counted(self, pieces: list[Piece]) -> list[Piece]:
        self._code += sum(len(piece.text) for piece in pieces if isinstance(piece, Grew))
        return pieces

    def _grow(self, text: str) -> list[Piece]:
        if self._certain:
            return self._block.go_on(text) if text else []
        self._line += text
        if self._fence is None or self._fence.nests:
            waits = may_open(self._line) or (self._fence is not None and may_close(self._line))
        else:
            waits = may_close(self._line)
        if waits:
            return []
        self._certain = True
        return self._block.begin(self._line)

    def _end_line(self, ending: str) -> list[Piece]:
        line, certain = self._line, self._certain
        self._line, self._certain = "", False
        if certain:
            return self._block.go_on(ending) if ending else []
        if self._fence is None:
            return self._open(line, ending)
        if not self._ends(line, self._fence):
            return self._block.begin(line + ending)
        pieces = self._block.end(line + ending)
        self._fence, self._block = None, ProseBlock()
        self._cells += sum(isinstance(piece, Closed) for piece in pieces)
        return pieces

    def _ends(self, line: str, fence: Fence) -> bool:
        if closes(line, fence):
            self._depth -= 1
        elif fence.nests:
            inner = opening(line)
            self._depth += inner is not None and inner.mark == fence.mark and inner.length >= fence.length
        return self._depth == 0

    def _open(self, line: str, ending: str) -> list[Piece]:
        fence = opening(line)
        if fence is None:
            return self._block.begin(line + ending)
        self._fence, self._depth = fence, 1
        if fence.tag in self._names or (fence.replace and not fence.tag and self._names):
            self._block = CellBlock(fence, self._parses)
        elif not fence.tag and not self._cells and self._names:
            self._block = UntaggedBlock(fence, line + ending, self._parses)
        else:
            return self._block.begin(line + ending)
        return []
