"""How the cells of a task should stand in the notebook. Nothing is written here: `pen.Pen` does that."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from open_interpreter.core.cells import Cell
from open_interpreter.core.edits import Append, Insert, Place, Remove, Rewrite, Stamp

from ..desks import Page
from ..kernels import Run
from ..words import OrderEdit, Show
from .written import Written


class Cells:
    """The cells of one task. `changed` is called whenever something is to be written, `on_gone` with a cell's id.

    A cell is gone when the person takes it out while it is written.
    """

    def __init__(self, changed: Callable[[], None], on_gone: Callable[[str], None]) -> None:
        self._changed = changed
        self._on_gone = on_gone
        self._cells: dict[str, Written] = {}
        self._removed: list[str] = []
        self.anchor = ""
        """The cell below which the first cell goes; empty for the top."""
        self.place = Place("")
        """The notebook as it was read last."""

    def get(self, cell: str) -> Written | None:
        """The cell of this id, where it is one of this task."""
        return self._cells.get(cell)

    @property
    def all(self) -> tuple[Written, ...]:
        """All cells, in the order in which they were begun."""
        return tuple(self._cells.values())

    def take_over(self, cell: str, source: str) -> None:
        """This cell of the person's is to be rewritten; nothing is written before it is come to."""
        self._cells[cell] = Written(cell, "", before=source, stands=True, stands_as=source)

    def open(self, cell: str) -> None:
        """A cell begins to be written, or is written anew.

        It has no mark before it is come to, so that a prompt cell above it never takes it for one of its own.
        """
        written = self._cells.get(cell)
        if written is None:
            above = next((each.id for each in reversed(self.all) if not each.gone), self.anchor)
            written = self._cells[cell] = Written(cell, above)
        written.begin(holds_back=written.before is not None and written.finished is None)
        self._changed()

    def grow(self, cell: str, text: str) -> None:
        """A piece of its source."""
        written = self._cells.get(cell)
        if written is not None:
            written.source += text
            self._changed()

    def draft(self, cell: Cell) -> None:
        """It is whole, and reads exactly so."""
        written = self._cells.get(cell.id)
        if written is not None and written.source != cell.source:
            written.states.append(written.source)
            written.source = cell.source
            self._changed()

    def drop(self, cell: str, restored: str | None) -> None:
        """It will not run: it goes, or what stood there before comes back."""
        written = self._cells.get(cell)
        if written is None:
            return
        if restored is not None or written.before is not None:
            written.states.append(written.source)
            written.source = restored if restored is not None else written.before or ""
        else:
            del self._cells[cell]
            if written.ours:
                self._removed.append(cell)
        self._changed()

    def begin(self, cell: str, run: Run, desk: Page | None) -> None:
        """It runs now, at this desk or without one."""
        written = self._cells[cell]
        written.run, written.ran_at, written.shown, written.changes = run, desk, None, 0
        written.finished = written.source

        def changed() -> None:
            written.changes += 1
            self._changed()

        run.on_change(changed)

    def leave(self, cell: str) -> None:
        """The desk at which it ran is gone: what comes of the run has to be shown from here."""
        self._cells[cell].ran_at = None
        self._changed()

    def unbegin(self, cell: str) -> None:
        """It does not run after all."""
        self._cells[cell].run = self._cells[cell].finished = None

    def finish(self, cell: Cell, mark: dict[str, Any], *, writes: bool) -> None:
        """It was come to; `writes` where it stands although it did not run, in a cell of the person's too."""
        written = self._cells.get(cell.id)
        if written is None:
            return
        written.mark, written.holds_back = mark, written.holds_back and not writes
        written.finished = written.source
        self._changed()

    def want(self, cell: Cell) -> None:
        """It is come to, and is to read exactly so, in a cell of the person's too."""
        written = self._cells.get(cell.id)
        if written is not None:
            written.states.append(written.source)
            written.source, written.holds_back = cell.source, False

    def edit(self, cell: str, source: str) -> None:
        """The desk says that the person has changed this cell."""
        written = self._cells.get(cell)
        if written is not None and written.edited is None:
            written.edited = source

    def withdraw(self) -> list[tuple[Written, str | None]]:
        """Take out what was begun and never come to, and give back what was being corrected; each with what is back."""
        taken: list[tuple[Written, str | None]] = []
        for written in self.all:
            if written.finished == written.source:
                continue
            back = written.before if written.finished is None else written.finished
            taken.append((written, back))
            self.drop(written.id, back)
        return taken

    def lose(self, cell: str) -> None:
        """It is not in the notebook any more; nothing where it was not one that stood there."""
        written = self._cells.get(cell)
        if written is not None and written.stands:
            written.gone, written.stands = True, False
            self._tell_gone(written)

    def forget(self, cell: str) -> None:
        """There is no use in taking it out."""
        self._removed = [each for each in self._removed if each != cell]

    def edits(self, desk: Page | None) -> list[OrderEdit]:
        """What is still to be done at this desk, or in the file."""
        edits: list[OrderEdit] = [Remove((each,)) for each in self._removed]
        for written in self.all:
            edits += written.writing()
            edits += written.showing(desk)
        return edits

    def wrote(self, edits: Sequence[OrderEdit], desk: Page | None) -> None:
        """These edits were carried out."""
        for edit in edits:
            if isinstance(edit, Remove):
                self._removed = [each for each in self._removed if each not in edit.ids]
            elif isinstance(edit, (Insert, Append, Rewrite, Stamp, Show)) and edit.id in self._cells:
                self._cells[edit.id].wrote(edit, desk)

    def sources(self) -> dict[str, str]:
        """What is known to stand in each cell of the notebook."""
        return {cell.id: cell.source for cell in self.place.cells} | {
            each.id: each.stands_as for each in self.all if each.stands
        }

    def meet(self, place: Place, *, same: bool, file: str) -> None:
        """See how the cells stand in the notebook, at the same desk as before or at another.

        `file` is the time of change of the file that this desk has loaded or saved last.
        """
        self.place = place
        standing = {cell.id: cell for cell in place.cells}
        for written in self.all:
            had = written.stands
            written.meet(standing.get(written.id), same=same, file=file)
            if not written.stands:
                written.shown = None
            if written.gone and had:
                self._tell_gone(written)
        self._removed = [each for each in self._removed if each in standing]
        self._mend_anchors(standing)

    def _mend_anchors(self, standing: dict[str, Any]) -> None:
        """A cell whose upper neighbour is not there goes below the one above that, else to the end."""
        last = self.place.cells[-1].id if self.place.cells else ""
        if self.anchor and self.anchor not in standing:
            self.anchor = last
        above = self.anchor
        for written in self.all:
            upper = self._cells.get(written.after)
            if not written.stands and (upper.gone if upper else written.after and written.after not in standing):
                written.after = above
            if not written.gone:
                above = written.id

    def _tell_gone(self, written: Written) -> None:
        if written.finished != written.source:
            self._on_gone(written.id)
