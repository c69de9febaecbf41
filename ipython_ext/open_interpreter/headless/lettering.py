"""A page of plain text with a column of labels: width-aware, also for Chinese; colours only on a terminal."""

from __future__ import annotations

import os
import shutil
import unicodedata
from collections.abc import Iterator
from typing import Literal, TextIO

LABEL = 11
"""Columns of the labels at the left."""
WIDEST = 110
TAB = 4

Tone = Literal["", "head", "code", "output", "good", "bad"]
COLOURS: dict[Tone, str] = {"head": "1", "code": "36", "output": "2", "good": "32", "bad": "31"}


class Page:
    """Writes labelled blocks of text to a stream."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._coloured = stream.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
        self._width = min(WIDEST, shutil.get_terminal_size((96, 24)).columns)

    def rule(self, *, light: bool = False) -> None:
        """A line across the page, or only an empty one."""
        self._write("" if light else "─" * self._width)

    def put(self, label: str, text: str, *, tone: Tone = "", lines: int = 0, bar: bool = False) -> None:
        """A labelled text; at most so many `lines` where given, the middle left out; prose is wrapped, code is cut."""
        wide = self._width - LABEL - 1 - 2 * bar
        shown = list(_shape(text, wide, wrapped=tone in ("", "head", "bad")))
        if lines and len(shown) > lines:
            head = (lines * 2) // 3
            shown = [*shown[:head], f"… {len(shown) - lines + 1} more lines", *shown[head - lines + 1 :]]
        for index, line in enumerate(shown or [""]):
            name = label if index == 0 else ""
            self._write(f"{name:<{LABEL}} {'│ ' if bar else ''}{self._paint(line, tone)}".rstrip())

    def _paint(self, line: str, tone: Tone) -> str:
        colour = COLOURS.get(tone) if self._coloured and line else None
        return f"\x1b[{colour}m{line}\x1b[0m" if colour else line

    def _write(self, line: str) -> None:
        self._stream.write(line + "\n")
        self._stream.flush()


def width_of(text: str) -> int:
    """How many columns a text takes on a terminal: Chinese, Japanese and Korean signs take two."""
    return sum(_columns(sign) for sign in text)


def _columns(sign: str) -> int:
    if unicodedata.combining(sign):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in ("W", "F") else 1


def _shape(text: str, wide: int, *, wrapped: bool) -> Iterator[str]:
    for line in text.strip("\n").expandtabs(TAB).split("\n"):
        printable = "".join(sign for sign in line.rstrip() if sign.isprintable())
        if width_of(printable) <= wide:
            yield printable
        elif wrapped:
            yield from _wrap(printable, wide)
        else:
            yield _cut(printable, wide)


def _cut(line: str, wide: int) -> str:
    """The part of a line that fits, with a sign for the rest."""
    taken, used = 0, 1
    while taken < len(line) and used + _columns(line[taken]) <= wide:
        used += _columns(line[taken])
        taken += 1
    return line[:taken] + "…"


def _wrap(line: str, wide: int) -> Iterator[str]:
    """A line broken at spaces, or between signs where a text has none."""
    while width_of(line) > wide:
        fits = len(_cut(line, wide)) - 1
        space = line.rfind(" ", 0, fits + 1)
        at = space if space > 0 else fits
        yield line[:at].rstrip()
        line = line[at:].lstrip()
    yield line
