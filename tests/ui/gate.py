"""A reply that the scripted model holds back until the test has looked."""

from __future__ import annotations

import threading
from typing import Any

PATIENCE = 60


class Gate:
    """Answers as soon as it is opened; `reached` is set when the request has come."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._open = threading.Event()
        self.reached = threading.Event()

    def __call__(self, body: dict[str, Any]) -> str:
        self.reached.set()
        self._open.wait(PATIENCE)
        return self._text

    def open(self) -> None:
        """Let the reply go."""
        self._open.set()
