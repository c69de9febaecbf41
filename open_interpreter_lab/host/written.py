"""One cell of a task: what the task wants to stand there, and what is known to stand there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from open_interpreter.core.edits import METADATA_KEY, Append, Insert, NotebookCell, Rewrite, Stamp

from ..desks import Page
from ..kernels import Run
from ..words import OrderEdit, Show


@dataclass(eq=False)
class Written:
    """A cell that the task made, or one of the person's whose place it takes (`before` is what stood there)."""

    id: str
    after: str
    before: str | None = None
    source: str = ""
    mark: Mapping[str, Any] = field(default_factory=dict)
    finished: str | None = None
    """The source that was come to last, run or not; None before."""
    holds_back: bool = False
    """Whether nothing is written yet, since the cell is the person's."""
    edited: str | None = None
    """What the person made of it; from then on it is theirs."""
    gone: bool = False
    states: list[str] = field(default_factory=list)
    """Whole sources that we have written or may have begun to write there."""
    stands: bool = False
    stands_as: str = ""
    stamped: Mapping[str, Any] = field(default_factory=dict)
    since: str = ""
    """The time of its file when it was done; a file of a later time has what the person made of it."""
    run: Run | None = None
    ran_at: Page | None = None
    """The desk that shows the run by itself."""
    shown: tuple[int, bool] | None = None
    """What was shown of the run: how many of its changes, and whether it was over."""
    changes: int = 0
    _showing: int = 0

    @property
    def ours(self) -> bool:
        """Whether the task may write it."""
        return self.edited is None and not self.gone and not self.holds_back

    @property
    def done(self) -> bool:
        """Whether it stands as it was come to, and its run is over."""
        return self.stands and self.finished == self.source == self.stands_as and (self.run is None or self.run.over)

    def begin(self, *, holds_back: bool) -> None:
        """A new attempt is written."""
        self.states.append(self.source)
        self.source, self.holds_back, self.since = "", holds_back, ""

    def meet(self, cell: NotebookCell | None, *, same: bool, file: str) -> None:
        """See how it stands in the notebook, at the same desk as before or at another, whose file is of that time."""
        known = same or "" < self.since < file
        if cell is None:
            self.gone = self.gone or (self.stands and known) or self.before is not None
            self.stands = False
            return
        as_before = known and self.stands and cell.source == self.stands_as
        if not as_before and not self._is_ours(cell.source, known=known):
            self.edited = cell.source
        self.stands, self.stands_as = True, cell.source
        self.stamped = {} if cell.task != self.mark.get("task", "") else self.stamped
        if not same:
            fits = (
                self.run is not None and self.run.over and self.run.count is not None and self.run.count == cell.count
            )
            self.shown = (self.changes, True) if fits else None

    def writing(self) -> list[OrderEdit]:
        """The edits that make it stand as it is wanted."""
        if not self.ours:
            return []
        if not self.stands:
            metadata = {METADATA_KEY: dict(self.mark)} if self.mark else {}
            return [Insert(self.id, self.after, "code", self.source, metadata)]
        edits: list[OrderEdit] = []
        if self.source != self.stands_as:
            piece = self.source[len(self.stands_as) :]
            grows = self.source.startswith(self.stands_as)
            edits.append(Append(self.id, piece) if grows else Rewrite(self.id, self.source))
        if self.mark != self.stamped:
            edits.append(Stamp(self.id, dict(self.mark)))
        return edits

    def wrote(self, edit: Insert | Append | Rewrite | Stamp | Show, desk: Page | None) -> None:
        """This edit was carried out at that desk; the cell may be wanted otherwise by now."""
        match edit:
            case Insert():
                self.stands, self.stands_as, self.stamped = True, edit.source, edit.metadata.get(METADATA_KEY, {})
            case Append():
                self.stands_as += edit.text
            case Rewrite():
                self.stands_as = edit.source
            case Stamp():
                self.stamped = edit.metadata
            case Show():
                self._showed(edit, desk)

    def showing(self, desk: Page | None) -> list[OrderEdit]:
        """The edit that shows what came of its run, where the desk cannot know it by itself."""
        if self.run is None or self.gone or (desk is not None and desk is self.ran_at):
            return []
        if self.shown == (self.changes, self.run.over):
            return []
        self._showing = self.changes
        return [Show(self.id, tuple(self.run.outputs), self.run.count, running=not self.run.over)]

    def _showed(self, edit: Show, desk: Page | None) -> None:
        if desk is None or desk is not self.ran_at:
            self.shown = (self._showing, not edit.running)

    def _is_ours(self, source: str, *, known: bool) -> bool:
        """Whether this is what we have written, or had begun to write before the page was loaded anew."""
        if self.holds_back:
            return source == self.before
        if known and self.finished == self.source:
            return source == self.source
        return source == self.before or any(state.startswith(source) for state in (self.source, *self.states))
