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

    async def read(self, desk: Page | None) -> Place:
        """What stands in it, at this desk or in the file. Raises DeskGone and NotebookTrouble."""
        if desk is None:
            return await self.papers.read(self.path)
        done = await self.give(desk, *((Revert(self.modified),) if self.is_behind(desk) else ()), Read())
        if done.trouble == "closed" or (done.place is None and not done.trouble):
            self.desks.let_go(desk, self.path)
            raise DeskGone
        if done.place is None:
            raise NotebookTrouble(READONLY if done.trouble == "readonly" else GONE)
        return done.place

    async def give(self, desk: Page, *edits: OrderEdit, kernel: str = "") -> Done:
        """Let the desk do this, and wait. Raises DeskGone."""
        return await self.desks.order(desk, self._order(edits, kernel))

    def tell(self, desk: Page, *edits: OrderEdit) -> None:
        """Let the desk do this; only trouble is answered."""
        desk.tell(self._order(edits, answered=False))

    async def write_file(self, edits: tuple[OrderEdit, ...], written: Mapping[str, str]) -> Done:
        """Do this in the file; `written` is what is known to stand in each cell."""
        done = await self.papers.carry_out(self._order(edits), written)
        self.modified = await self.papers.modified(self.path)
        return done

    def on_trouble(self, heard: Callable[[Done], None]) -> Callable[[], None]:
        """Be told of trouble with what was told; gives a function that ends this."""
        return self.desks.on_trouble(self.id, heard)

    def is_behind(self, desk: Page) -> bool:
        """Whether we have written the file since the desk has loaded it."""
        holding = self.desks.holding(desk, self.path)
        return bool(self.modified and holding is not None and holding.modified < self.modified)

    def _order(self, edits: tuple[OrderEdit, ...], kernel: str = "", *, answered: bool = True) -> Order:
        self._number += 1
        return Order(f"{self.id}.{self._number}", self.path, tuple(edits), answered, kernel)
