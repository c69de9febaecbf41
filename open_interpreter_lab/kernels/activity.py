"""What a kernel is at and what it ran, as it tells everybody: requests that it works on, cells that are over."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from open_interpreter.context.outputs import outputs_text
from open_interpreter.core.cells import Outcome
from open_interpreter.core.snapshot import PastCell

from .heard import Heard, count_of, text_of
from .outcome import error_of, outputs_of
from .outputs import KINDS, Outputs

WORK = frozenset({"execute_request", "comm_open", "comm_msg", "comm_close"})
"""Requests that may run somebody's code."""
KEPT = 200
OUTPUT_LETTERS = 4_000
GATHERED = 40_000
"""Characters of one cell's text that are kept while it runs."""


class _Cell:
    def __init__(self, heard: Heard) -> None:
        self.source = text_of(heard.content, "code")
        self.count = count_of(heard.content)
        self.outputs = Outputs(GATHERED)
        self.error = ""

    def past(self, cell: str) -> PastCell:
        told = [*self.outputs.as_nbformat()]
        text = outputs_text(Outcome("ok", outputs_of(told)), OUTPUT_LETTERS)
        output = "\n".join(filter(None, (text, self.error)))
        return PastCell(self.source, self.count, cell, output, failed=bool(self.error))


class Activity:
    """One life of a kernel. `cell_of` tells the notebook cell for which a request was made, empty where not known."""

    def __init__(self, cell_of: Callable[[str], str]) -> None:
        self._cell_of = cell_of
        self._working: dict[str, None] = {}
        self._running: dict[str, _Cell] = {}
        self._past: deque[PastCell] = deque(maxlen=KEPT)
        self.begun = 0
        """How many requests the kernel has begun to work on."""

    @property
    def busy(self) -> bool:
        """Whether it works on something now."""
        return bool(self._working)

    @property
    def working(self) -> frozenset[str]:
        """The ids of the requests that it works on."""
        return frozenset(self._working)

    @property
    def past(self) -> tuple[PastCell, ...]:
        """The cells that are over, oldest first."""
        return tuple(self._past)

    def hear(self, heard: Heard) -> None:
        """Take in one message."""
        if heard.status == "busy" and heard.parent_kind in WORK:
            self._working[heard.parent] = None
            self.begun += 1
        elif heard.status == "idle":
            self.settle(heard.parent)
        elif heard.kind == "execute_input":
            self._running[heard.parent] = _Cell(heard)
        elif heard.kind in KINDS and heard.parent in self._running:
            self._gather(self._running[heard.parent], heard)

    def settle(self, msg_id: str) -> None:
        """This request is over."""
        self._working.pop(msg_id, None)
        cell = self._running.pop(msg_id, None)
        if cell is not None:
            self._past.append(cell.past(self._cell_of(msg_id)))

    def _gather(self, cell: _Cell, heard: Heard) -> None:
        cell.outputs.add(heard.kind, heard.content)
        if heard.kind == "error":
            cell.error = error_of(heard.content).line
