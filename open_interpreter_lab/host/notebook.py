"""The notebook that a task is about, wherever it is: open at a desk, or lying in its file.

It knows paths, orders and answers, and nothing of tasks or cells of a task.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from open_interpreter.core.cells import new_id
from open_interpreter.core.edits import Place
from open_interpreter.core.errors import OpenInterpreterError

from ..desks import DeskGone, Desks, Page
from ..files.papers import Papers
from ..words import Done, Order, OrderEdit, Read, Revert


class NotebookTrouble(OpenInterpreterError):
    """The notebook cannot be read or written; `str(error)` says why and what to do."""


READONLY = (
    "The notebook cannot be written: it is read-only. Save a copy of it, or change its permissions, and ask again."
)
GONE = "The notebook does not answer: it may have been closed or moved. Open it and ask again."
FAULT = "The page could not change the notebook; the server's log says more. Load the page again, and ask again."
HOPELESS: Mapping[str, str] = {"readonly": READONLY, "fault": FAULT}
"""Trouble with an order that comes again however often it is tried, and the words for it."""


@dataclass(eq=False)
class Notebook:
    """One notebook. `favourite` is the page in which the person spoke; `path` follows when the notebook is renamed."""

    path: str
    desks: Desks
    papers: Papers
    favourite: Page | None = None
    id: str = field(default_factory=new_id)
    modified: str = ""
    """The file's time of change after we last wrote it; empty while we have not."""
    _number: int = 0
    _named: str = ""
    """The path that the last order named, and the number of the first order that named it."""
    _since: int = 0

    @property
    def desk(self) -> Page | None:
        """The page that holds it now."""
        return self.desks.find(self.path, self.favourite)

    async def come_back(self) -> Page | None:
        """The page that holds it, after a moment's wait for one whose connection was lost just now."""
        return await self.desks.come_back(self.path, self.favourite)

    async def moved(self) -> None:
        """Wait until any page holds something else."""
        await self.desks.moved()

    async def read(self, desk: Page | None, *, seeds: bool = True) -> Place:
        """What stands in it, at this desk or in the file. Raises DeskGone and NotebookTrouble.

        Whoever will not write does not seed: what the person has changed since a task read it stays the person's.
        """
        if desk is None:
            return await self.papers.read(self.path)
        done = await self.give(desk, *((Revert(self.modified),) if self.is_behind(desk) else ()), Read(seeds))
        if done.trouble == "closed" or (done.place is None and not done.trouble):
            self.closed(desk, done)
            raise DeskGone
        if done.place is None:
            raise NotebookTrouble(HOPELESS.get(done.trouble, GONE))
        return done.place

    def closed(self, desk: Page, done: Done) -> None:
        """The desk says that it is not open there. Under the name that it has since an order was sent, it may be."""
        number = int(done.order.rpartition(".")[2] or self._number)
        if self.path == self._named and number >= self._since:
            self.desks.let_go(desk, self.path)

    async def give(self, desk: Page, *edits: OrderEdit, kernel: str = "") -> Done:
        """Let the desk do this, and wait. Raises DeskGone."""
        return await self.desks.order(desk, self._order(edits, kernel))

    def tell(self, desk: Page, *edits: OrderEdit) -> None:
        """Let the desk do this; only trouble is answered."""
        desk.tell(self._order(edits, answered=False))

    async def write_file(self, edits: tuple[OrderEdit, ...], written: Mapping[str, str]) -> Done:
        """Do this in the file; `written` is what is known to stand in each cell."""
        return await self.papers.carry_out(self._order(edits), written, self._saved)

    def on_trouble(self, heard: Callable[[Done], None]) -> Callable[[], None]:
        """Be told of trouble with what was told; gives a function that ends this."""
        return self.desks.on_trouble(self.id, heard)

    def is_behind(self, desk: Page) -> bool:
        """Whether we have written the file since the desk has loaded it."""
        holding = self.desks.holding(desk, self.path)
        return bool(self.modified and holding is not None and holding.modified < self.modified)

    async def time(self, desk: Page | None) -> str:
        """The file's time of change: as the desk knows it, or as it lies there. Raises PaperTrouble."""
        if desk is None:
            return await self.papers.modified(self.path)
        holding = self.desks.holding(desk, self.path)
        return holding.modified if holding is not None else ""

    def _saved(self, modified: str) -> None:
        self.modified = modified

    def _order(self, edits: tuple[OrderEdit, ...], kernel: str = "", *, answered: bool = True) -> Order:
        self._number += 1
        if self.path != self._named:
            self._named, self._since = self.path, self._number
        return Order(f"{self.id}.{self._number}", self.path, tuple(edits), answered, kernel)
