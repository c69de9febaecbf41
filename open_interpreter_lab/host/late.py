"""What tasks wrote into files while no page was there: a page that comes back with an older state is brought up to it.

A page that has no changes of its own loads the file again. One that has would lose them, so it gets the cells one by
one, as if the task still ran.
"""

from __future__ import annotations

import asyncio
import logging

from open_interpreter.core.errors import OpenInterpreterError

from ..desks import DeskGone, Page, moved_path
from .notebook import Notebook
from .pen import Pen

MOST = 50
"""Tasks that are waited with, on all notebooks together."""

logger = logging.getLogger(__name__)


class Late:
    """One for a server."""

    def __init__(self) -> None:
        self._waiting: dict[asyncio.Task[None], Notebook] = {}

    def keep(self, notebook: Notebook, pen: Pen) -> None:
        """This task is over, and what it did stands in the file alone."""
        for oldest in list(self._waiting)[: max(len(self._waiting) - MOST + 1, 0)]:
            oldest.cancel()
        task = asyncio.create_task(_hand_over(notebook, pen))
        self._waiting[task] = notebook
        task.add_done_callback(self._waiting.pop)

    def rename(self, old: str, new: str) -> None:
        """A notebook, or a folder of notebooks, has another path."""
        for notebook in self._waiting.values():
            notebook.path = moved_path(notebook.path, old, new)

    async def close(self) -> None:
        """Wait for nobody any more."""
        waiting = list(self._waiting)
        for each in waiting:
            each.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)


async def _hand_over(notebook: Notebook, pen: Pen) -> None:
    """Wait for a page that holds the notebook; where that has loaded the file before, bring it what it missed."""
    is_brought = False
    while not is_brought:
        while (desk := notebook.desk) is None:
            await notebook.moved()
        is_brought = not notebook.is_behind(desk) or await _bring(pen, desk)


async def _bring(pen: Pen, desk: Page) -> bool:
    """Whether there is nothing more to do; not so where the page goes away again."""
    try:
        await pen.bring(desk)
    except DeskGone:
        return False
    except OpenInterpreterError as error:
        logger.info("a page could not be brought up to its notebook's file: %s", error)
    return True
