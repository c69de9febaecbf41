"""One reply while it is written: deltas in, events out, and at the end either whole cells or none at all.

A cell of a reply that did not end properly is never drafted. The first cell after a failure takes the place of the cell
that failed: it keeps that id, and the failed source comes back if the reply is cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..core.cells import Cell, new_id
from ..core.conversation import Delta, Finish, Usage
from ..core.events import CellGrew, CellOpened, Drafted, Dropped, Event, Notice, Planned, Thought, Wrote
from ..safety.transform import parses
from .checklists import Checklist
from .replies import Closed, Grew, Opened, Piece, Prose, ReplyParser

MOST_CELLS = 8
"""Cells that are taken of one reply."""

_CUT: dict[Finish | None, str] = {
    None: "The reply was cut: the connection ended before the model was done. Ask again.",
    "length": "The reply was cut at the longest length allowed. Raise max_tokens, or ask for less at once.",
    "filter": "The model's server withheld the reply. Put the instruction in other words.",
}
_OPEN = "The reply ended in the middle of a cell. Ask again."
_EMPTY = "The model answered nothing. Ask again, or choose another model (in a notebook with %oi model NAME)."


@dataclass(slots=True)
class _Sketch:
    id: str
    attempt: int
    pieces: list[str] = field(default_factory=list)
    whole: bool = False

    @property
    def source(self) -> str:
        return "".join(self.pieces)


class Draft:
    """The reply of one turn. `mends` is the cell whose place its first cell takes.

    `language` is the kernel's, empty where no block of the reply is to be a cell; `plan` takes a plan out of the prose.
    """

    def __init__(self, turn: int, language: str, mends: Cell | None, plan: Checklist | None = None) -> None:
        self.turn = turn
        self.usage = Usage()
        self.trouble = ""
        """Why nothing of this reply counts; empty where it ended properly."""
        self.over = False
        """Whether nothing more needs to be read."""
        self._language = language
        self._mends = mends
        self._plan = plan
        self._parser = ReplyParser(language, lambda source: parses(source, language))
        self._finish: Finish | None = None
        self._sketches: list[_Sketch] = []
        self._left_out = 0
        self._text: list[str] = []
        self._prose: list[str] = []

    @property
    def text(self) -> str:
        """The reply as it came."""
        return "".join(self._text)

    @property
    def prose(self) -> str:
        """The reply without its cells."""
        return "".join(self._prose).strip()

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Its cells, in order; none where it did not end properly."""
        if self.trouble:
            return ()
        return tuple(Cell(each.id, each.source, self._language, self.turn, each.attempt) for each in self._sketches)

    def hear(self, delta: Delta) -> list[Event]:
        """Take in one piece of the reply."""
        self.usage = delta.usage or self.usage
        self._finish = delta.finish or self._finish
        self._text.append(delta.text)
        events = self._events(self._parser.feed(delta.text))
        if self._parser.overflow:
            self.trouble = f"The reply {self._parser.overflow}: nothing of it is used. Ask for less at once."
        self.over = self._finish is not None or bool(self.trouble)
        return [Thought(delta.thought), *events] if delta.thought else events

    def end(self) -> list[Event]:
        """The stream is over: every cell is drafted, or every cell is dropped and `trouble` says why."""
        self.trouble = self.trouble or _CUT.get(self._finish, "") or self._declined()
        events = self._events(self._parser.close(whole=not self.trouble))
        if self._plan is not None:
            events += self._told(self._plan.end(whole=not self.trouble))
        if not self.trouble:
            unfinished = any(not each.whole for each in self._sketches)
            empty = not self._sketches and not self.prose and not (self._plan is not None and self._plan.found)
            self.trouble = _OPEN if unfinished else _EMPTY if empty else ""
        if self.trouble:
            return [*events, *(self._dropped(each, self.trouble) for each in self._sketches)]
        if self._left_out:
            events.append(Notice(f"The reply had {self._left_out} more cells than {MOST_CELLS}: they are left out."))
        return [*events, *(Drafted(cell) for cell in self.cells)]

    def _declined(self) -> str:
        return self.prose or _EMPTY if self._finish == "declined" else ""

    def drop_after(self, cell: Cell, reason: str) -> list[Event]:
        """Drop the cells behind this one, which will not run."""
        place = next(place for place, each in enumerate(self._sketches) if each.id == cell.id)
        return [self._dropped(each, reason) for each in self._sketches[place + 1 :]]

    def _dropped(self, sketch: _Sketch, reason: str) -> Dropped:
        mends = self._mends
        return Dropped(sketch.id, reason, mends.source if mends is not None and mends.id == sketch.id else None)

    def _events(self, pieces: list[Piece]) -> list[Event]:
        return [event for piece in pieces for event in self._event(piece)]

    def _event(self, piece: Piece) -> list[Event]:
        if isinstance(piece, Prose):
            return self._told(self._plan.hear(piece.text) if self._plan is not None else [Wrote(piece.text)])
        if isinstance(piece, Opened):
            before = self._told(self._plan.pause()) if self._plan is not None else []
            return [*before, *self._open()]
        if self._left_out:
            return []
        if isinstance(piece, Grew):
            self._sketches[-1].pieces.append(piece.text)
            return [CellGrew(self._sketches[-1].id, piece.text)]
        self._sketches[-1].whole = isinstance(piece, Closed)
        return []

    def _told(self, heard: Sequence[Wrote | Planned]) -> list[Event]:
        self._prose += [each.text for each in heard if isinstance(each, Wrote)]
        return list(heard)

    def _open(self) -> list[Event]:
        self._prose.append("\n")
        if len(self._sketches) == MOST_CELLS:
            self._left_out += 1
            return []
        mends = self._mends if not self._sketches else None
        sketch = _Sketch(mends.id, mends.attempt + 1) if mends else _Sketch(new_id(), 1)
        self._sketches.append(sketch)
        return [CellOpened(sketch.id, self._language, self.turn, sketch.attempt)]
