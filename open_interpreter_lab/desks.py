"""Which page holds which notebook, and the orders that go there.

A page is a desk as long as it holds the notebook and answers. It is not known here what the orders are for.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Protocol

from open_interpreter.providers.deadline import Deadline

from .words import Done, FromServer, Hold, Holding, Order

ANSWER_WITHIN = 15.0
"""Seconds after which a page that has not answered an order counts as gone, until it says anything again."""

GRACE = 8.0
"""Seconds that a page may take to connect again (it is loaded anew, the network blinked) before its file is written."""


logger = logging.getLogger(__name__)


class Page(Protocol):
    """A connection to one page. `tell` never raises; what is told to a page that is gone is lost."""

    def tell(self, word: FromServer) -> None:
        """Say this to the page."""
        ...


class DeskGone(Exception):
    """The page went away or does not answer: whether it has carried out the order is not known."""


@dataclass(eq=False)
class _Desk:
    page: Page
    notebooks: dict[str, Holding] = field(default_factory=dict)
    front: str = ""
    left: asyncio.Event = field(default_factory=asyncio.Event)
    orders: dict[str, asyncio.Future[Done]] = field(default_factory=dict)


class Desks:
    """The pages and what they hold. A page has `answer_within` seconds for an order."""

    def __init__(self, answer_within: float = ANSWER_WITHIN) -> None:
        self._answer_within = answer_within
        self._desks: dict[Page, _Desk] = {}
        self._silent: dict[Page, _Desk] = {}
        self._changed: list[Callable[[], None]] = []
        self._lost: dict[str, float] = {}
        self._troubled: dict[str, Callable[[Done], None]] = {}

    def hold(self, page: Page, word: Hold) -> None:
        """The page tells all that it holds."""
        desk = self._desks.setdefault(page, _Desk(page))
        desk.notebooks = {each.path: each for each in word.notebooks}
        desk.front = word.front
        self._tell_change()

    def leave(self, page: Page) -> None:
        """The page is gone."""
        self._silent.pop(page, None)
        self._count_out(page)

    def wake(self, page: Page) -> Hold | None:
        """The page says something: what it held when it counted as gone for its silence, None where it did not."""
        desk = self._silent.pop(page, None)
        return None if desk is None else Hold(tuple(desk.notebooks.values()), desk.front)

    def _count_out(self, page: Page) -> None:
        desk = self._desks.pop(page, None)
        if desk is None:
            return
        now = asyncio.get_running_loop().time()
        self._lost = {path: when for path, when in self._lost.items() if now - when < GRACE}
        self._lost |= dict.fromkeys(desk.notebooks, now)
        desk.left.set()
        for waiting in list(desk.orders.values()):
            if not waiting.done():
                waiting.set_exception(DeskGone())
        self._tell_change()

    def rename(self, old: str, new: str) -> None:
        """A notebook, or a folder of notebooks, has another path; the pages tell anew what they hold soon."""
        for desk in (*self._desks.values(), *self._silent.values()):
            moved = {moved_path(path, old, new): each for path, each in desk.notebooks.items()}
            desk.notebooks = {path: replace(each, path=path) for path, each in moved.items()}

    def let_go(self, page: Page, path: str) -> None:
        """The page says that this notebook is not open there."""
        desk = self._desks.get(page)
        if desk is not None and desk.notebooks.pop(path, None) is not None:
            self._tell_change()

    def find(self, path: str, favourite: Page | None = None) -> Page | None:
        """The page that writes this notebook: the favourite where it holds it, else one that has it in front."""
        holding = [desk for desk in self._desks.values() if path in desk.notebooks]
        holding.sort(key=lambda desk: (desk.page is favourite, desk.front == path), reverse=True)
        return holding[0].page if holding else None

    async def come_back(self, path: str, favourite: Page | None = None) -> Page | None:
        """The same; where a page that held it was lost just now, wait a little for it or another one."""
        loop = asyncio.get_running_loop()
        end = self._lost.get(path, -GRACE) + GRACE
        while (page := self.find(path, favourite)) is None and loop.time() < end:
            with suppress(TimeoutError), Deadline(end - loop.time()):
                await self.moved()
        return page

    async def moved(self) -> None:
        """Wait until any page holds something else."""
        moved = asyncio.Event()
        forget = self.on_change(moved.set)
        try:
            await moved.wait()
        finally:
            forget()

    def holding(self, page: Page, path: str) -> Holding | None:
        """What the page says of the notebook."""
        desk = self._desks.get(page)
        return desk.notebooks.get(path) if desk is not None else None

    def on_change(self, heard: Callable[[], None]) -> Callable[[], None]:
        """Be told whenever a page holds something else; gives a function that ends this."""
        self._changed.append(heard)
        return lambda: self._changed.remove(heard)

    def on_trouble(self, owner: str, heard: Callable[[Done], None]) -> Callable[[], None]:
        """Be told of trouble with orders whose id begins with `owner.`; gives a function that ends this."""
        self._troubled[owner] = heard

        def end() -> None:
            self._troubled.pop(owner, None)

        return end

    async def order(self, page: Page, order: Order) -> Done:
        """Give an order and wait for its answer. Raises DeskGone."""
        desk = self._desks.get(page)
        if desk is None:
            raise DeskGone
        waiting: asyncio.Future[Done] = asyncio.get_running_loop().create_future()
        desk.orders[order.id] = waiting
        page.tell(order)
        try:
            with Deadline(self._answer_within):
                return await waiting
        except TimeoutError:
            if self._desks.get(page) is desk:
                self._silent[page] = desk
                self._count_out(page)
            raise DeskGone from None
        finally:
            desk.orders.pop(order.id, None)

    async def left(self, page: Page) -> None:
        """Wait until the page is gone."""
        desk = self._desks.get(page)
        if desk is not None:
            await desk.left.wait()

    def done(self, page: Page, word: Done) -> None:
        """The page answers an order."""
        if word.trouble == "fault":
            logger.warning("a page could not carry out an order: %s", word.said)
        desk = self._desks.get(page)
        waiting = desk.orders.get(word.order) if desk is not None else None
        if waiting is not None:
            if not waiting.done():
                waiting.set_result(word)
            return
        heard = self._troubled.get(word.order.partition(".")[0])
        if heard is not None and word.trouble:
            heard(word)

    def _tell_change(self) -> None:
        for heard in list(self._changed):
            heard()


def moved_path(path: str, old: str, new: str) -> str:
    """The path after `old`, a notebook or a folder, has become `new`."""
    if path == old or (old and path.startswith(f"{old}/")):
        return new + path[len(old) :]
    return path
