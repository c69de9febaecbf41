"""What a cell prints in a terminal, seen on its way to the screen; results and tracebacks are printed there too."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING, Any

from .record import LIVE_TEXT

if TYPE_CHECKING:
    from typing_extensions import Self


class Tee:
    """Stands in for sys.stdout while it is open, hands everything on, and keeps the first 200,000 characters."""

    def __init__(self) -> None:
        self._screen: Any = None
        self._pieces: list[str] = []
        self._length = 0

    @property
    def text(self) -> str:
        """What was printed."""
        return "".join(self._pieces)

    def write(self, text: str) -> int:
        """Print and keep."""
        if self._length < LIVE_TEXT:
            self._pieces.append(text)
            self._length += len(text)
        return int(self._screen.write(text))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._screen, name)

    def __enter__(self) -> Self:
        self._screen, sys.stdout = sys.stdout, self
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        sys.stdout = self._screen
