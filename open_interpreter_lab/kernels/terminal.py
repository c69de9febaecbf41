"""A stream's text as a notebook shows it: carriage returns and backspaces do what they do on a terminal.

A progress bar that redraws its line a hundred thousand times weighs no more than one line.
"""

from __future__ import annotations

import re

_ERASED = re.compile(r"[^\n\r\x08]\x08")
_ANSI = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")


class StreamText:
    """The text of one stream so far; only its last line is still open."""

    def __init__(self) -> None:
        self._closed: list[str] = []
        self._open = ""
        self._size = 0

    def __len__(self) -> int:
        return self._size + len(self._open)

    def __str__(self) -> str:
        return "".join([*self._closed, _settled(self._open)])

    def add(self, piece: str) -> None:
        """Take in what the stream wrote next."""
        *closed, self._open = (self._open + piece).split("\n")
        if closed:
            text = "".join(f"{_settled(line)}\n" for line in closed)
            self._closed.append(text)
            self._size += len(text)
        self._open = _shortened(self._open)


def uncoloured(text: str) -> str:
    """The text without a terminal's colours."""
    return _ANSI.sub("", text)


def _shortened(line: str) -> str:
    """A line that is not over, as short as it can be: what stands there, and where the next letter goes."""
    line = _erased(line)
    before, mark, after = line.rpartition("\r")
    return f"{_overwritten(before)}{mark}{after}"


def _settled(line: str) -> str:
    return _overwritten(_erased(line).rstrip("\r")) if "\r" in line or "\b" in line else line


def _overwritten(line: str) -> str:
    """The line after each part behind a carriage return was written over what stood there."""
    shown = ""
    for part in line.split("\r"):
        shown = part + shown[len(part) :]
    return shown


def _erased(line: str) -> str:
    """Backspaces take the letter before them away, as JupyterLab does it."""
    while "\b" in line:
        shorter = _ERASED.sub("", line)
        if shorter == line:
            return line.replace("\b", "")
        line = shorter
    return line
