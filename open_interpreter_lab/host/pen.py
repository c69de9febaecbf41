"""Writes the cells of a task into the notebook, wherever that is: it brings whoever holds it there.

While a reply streams, the desk is told of it at most every `PACE` seconds; the file, where there is no desk, only has
whole cells. A desk that is new (the page was loaded again, another page took over) is read first and then brought up to
what it missed. What the person has changed or taken out stays as the person left it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from open_interpreter.core.cells import Cell
from open_interpreter.core.edits import Insert, Place
from open_interpreter.core.errors import OpenInterpreterError

from ..desks import DeskGone, Page
from ..words import Done, OrderEdit, Show
from .cells import Cells
from .notebook import GONE, HOPELESS, Notebook, NotebookTrouble
from .written import Written

PACE = 0.03
SHOW_PACE = 0.5
TRIES = 6
"""Times that an order is tried anew because the notebook has changed meanwhile."""

logger = logging.getLogger(__name__)


@dataclass(eq=False)
class _Nowhere:
    """Before anybody was met."""


class Pen:
    """For one task; `cells` are what it writes. `on_gone` hears of a cell that the person took out under it."""

    def __init__(self, notebook: Notebook, on_gone: Callable[[str], None]) -> None:
        self.cells = Cells(self._wake, on_gone)
        self._notebook = notebook
        self._met: Page | _Nowhere | None = _Nowhere()
        self._last_met: Page | _Nowhere | None = self._met
        self._lock = asyncio.Lock()
        self._woken = asyncio.Event()
        self._pump: asyncio.Task[None] | None = None
        self._ends = [notebook.on_trouble(self._hear_trouble), notebook.desks.on_change(self._woken.set)]

    async def read(self) -> Place:
        """What stands in the notebook now. Raises NotebookTrouble and PaperTrouble."""
        async with self._lock:
            for _ in range(TRIES):
                try:
                    await self._meet()
                except DeskGone:
                    continue
                return self.cells.place
        raise NotebookTrouble(GONE)

    async def settle(self, cell: Cell | None = None) -> Done:
        """Write everything and make sure of it; this cell with exactly this source.

        The answer's `trouble` is `edited` or `gone` where the person was at that cell; else it is empty. Raises
        NotebookTrouble and PaperTrouble where the notebook cannot be written.
        """
        if cell is not None:
            self.cells.want(cell)
        async with self._lock:
            for _ in range(TRIES):
                if await self._write(sure=True):
                    return _standing(self.cells.get(cell.id) if cell is not None else None)
        raise NotebookTrouble(GONE)

    async def bring(self, desk: Page) -> None:
        """Bring this one desk up to what was written elsewhere. Raises DeskGone and NotebookTrouble."""
        async with self._lock:
            for _ in range(TRIES):
                self.cells.meet(await self._notebook.read(desk), same=False, file=await self._notebook.time(desk))
                edits = self.cells.edits(desk)
                done = await self._send(edits, desk, sure=True)
                if not done.trouble:
                    self.cells.wrote(edits, desk)
                    return
                self._take(done, desk)

    def miss(self, done: Done) -> None:
        """The desk has not run the cell, for this trouble. Raises NotebookTrouble where nothing can be written."""
        self.cells.unbegin(done.cell)
        self._take(done, self._notebook.desk)

    async def close(self) -> None:
        """Nothing is written any more."""
        for end in self._ends:
            end()
        self._ends.clear()
        if self._pump is not None:
            self._pump.cancel()
            (ended,) = await asyncio.gather(self._pump, return_exceptions=True)
            if not isinstance(ended, asyncio.CancelledError):
                logger.error("writing into the notebook ended before its time", exc_info=ended)

    def _wake(self) -> None:
        self._woken.set()
        if self._pump is None and self._ends:
            self._pump = asyncio.create_task(self._write_on())

    async def _write_on(self) -> None:
        """Bring the desk up to the cells again and again, never faster than `PACE`."""
        while True:
            await self._woken.wait()
            self._woken.clear()
            shows = any(each.run is not None and not each.run.over for each in self.cells.all)
            async with self._lock:
                if self._notebook.desk is not None:
                    await self._try()
            await asyncio.sleep(SHOW_PACE if shows and self._is_away() else PACE)

    async def _try(self) -> None:
        with suppress(OpenInterpreterError):  # settle() will meet the same trouble, and tells it
            await self._write(sure=False)

    def _is_away(self) -> bool:
        """Whether a cell runs whose outputs only we can show."""
        desk = self._notebook.desk
        return any(each.run is not None and not each.run.over and each.ran_at is not desk for each in self.cells.all)

    async def _write(self, *, sure: bool) -> bool:
        """One try to bring the notebook up to the cells; whether it stands so now."""
        desk = await self._notebook.come_back() if sure else self._notebook.desk
        try:
            if desk is not self._met:
                await self._meet()
                desk = self._notebook.desk
            edits = self.cells.edits(desk)
            done = await self._send(edits, desk, sure=sure)
        except DeskGone:
            self._met = _Nowhere()  # it may have carried the order out, and may come back: look before more is written
            return False
        if done.trouble:
            self._take(done, desk)
            return False
        self.cells.wrote(edits, desk)
        await self._date(desk)
        return True

    async def _date(self, desk: Page | None) -> None:
        """Note as of which file the cells that are done stand there: at a desk, none that was saved before."""
        undated = [each for each in self.cells.all if each.done and (desk is None or not each.since)]
        if undated:
            time = await self._notebook.time(desk)
            for each in undated:
                each.since = time

    async def _send(self, edits: list[OrderEdit], desk: Page | None, *, sure: bool) -> Done:
        if desk is None:
            return await self._notebook.write_file(tuple(edits), self.cells.sources()) if edits else Done("")
        if sure or any(isinstance(each, (Insert, Show)) for each in edits):  # outputs may be more than the way can take
            return await self._notebook.give(desk, *edits)
        if edits:
            self._notebook.tell(desk, *edits)
        return Done("")

    async def _meet(self) -> None:
        """Read the notebook where it is now, and see how our cells stand there. Raises DeskGone."""
        desk = await self._notebook.come_back()
        place = await self._notebook.read(desk)
        self.cells.meet(place, same=desk is self._last_met, file=await self._notebook.time(desk))
        self._met = self._last_met = desk

    def _hear_trouble(self, done: Done) -> None:
        """Trouble with what was told without waiting for an answer."""
        with suppress(NotebookTrouble):  # settle() will meet the same trouble, and tells it
            self._take(done, self._notebook.desk)
        self._woken.set()

    def _take(self, done: Done, desk: Page | None) -> None:
        """Make of the trouble what it means for the cells. Raises NotebookTrouble where nothing can be written."""
        if done.trouble in HOPELESS:
            raise NotebookTrouble(HOPELESS[done.trouble])
        if done.trouble == "closed" and desk is not None:
            self._notebook.closed(desk, done)
        if done.trouble == "edited":
            self.cells.edit(done.cell, done.source)
        if done.trouble == "gone":
            self.cells.lose(done.cell)
        if done.trouble in ("gone", "edited"):
            self.cells.forget(done.cell)
        self._met = _Nowhere()  # what else was in the order was left undone: look again


def _standing(written: Written | None) -> Done:
    if written is None:
        return Done("")
    if written.gone:
        return Done("", "gone", written.id)
    if written.edited is not None:
        return Done("", "edited", written.id, written.edited)
    return Done("")
