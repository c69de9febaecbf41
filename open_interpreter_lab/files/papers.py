"""Notebook files, one order at a time for each: read, changed, written back in one go."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from jupyter_core.utils import ensure_async
from open_interpreter.core.edits import Place
from tornado.web import HTTPError

from ..words import Done, Order, Read, Revert
from .errors import PaperTrouble
from .place import place_of
from .sheet import Sheet

WHOLE = 8 * 1024 * 1024
"""Bytes that a place may weigh here: it tells every cell, since one that is missing counts as taken out."""


class Papers:
    """`contents` is the server's contents manager. What is trusted stays trusted; nothing else becomes so."""

    def __init__(self, contents: Any) -> None:
        self._contents = contents
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def read(self, path: str) -> Place:
        """What stands in the notebook; its `prompt` is empty. Raises PaperTrouble."""
        async with self._locks[path]:
            notebook = (await self._get(path))["content"]
        return place_of(Sheet(notebook, {}).cells, path, WHOLE)

    async def carry_out(
        self, order: Order, written: Mapping[str, str], saved: Callable[[str], None] = lambda _: None
    ) -> Done:
        """Do the edits in order and save once. The rest is left undone where something is in the way.

        `written` is what the server last wrote into each cell; `saved` hears the file's time of change, where that was
        changed at all. Nothing is run: what an order would run is only compared with what stands there.
        """
        async with self._locks[order.path]:
            try:
                return await self._carry_out(order, written, saved)
            except PaperTrouble as error:
                return Done(order.id, error.trouble, said=str(error))

    async def modified(self, path: str) -> str:
        """When the file was last changed, as the contents API writes it. Raises PaperTrouble."""
        when = (await self._get(path, content=False))["last_modified"]
        return when.isoformat().replace("+00:00", "Z") if isinstance(when, datetime) else str(when)

    async def _carry_out(self, order: Order, written: Mapping[str, str], saved: Callable[[str], None]) -> Done:
        model = await self._get(order.path)
        sheet, place, fault = Sheet(model["content"], written), None, None
        for edit in order.edits:
            if isinstance(edit, Revert):
                continue
            if isinstance(edit, Read):
                sheet.remember()
                place = place_of(sheet.cells, order.path, WHOLE)
                continue
            fault = sheet.carry_out(edit)
            if fault is not None:
                break
        if sheet.changed:
            await self._save(order.path, model)
            saved(await self.modified(order.path))
        if fault is None:
            return Done(order.id, place=place)
        return Done(order.id, fault.trouble, fault.cell, fault.source, place)

    async def _get(self, path: str, *, content: bool = True) -> dict[str, Any]:
        try:
            model = await ensure_async(self._contents.get(path, content=content, type="notebook"))
        except HTTPError as error:
            raise PaperTrouble.unread(path, error.status_code) from None
        return dict(model)

    async def _save(self, path: str, model: Mapping[str, Any]) -> None:
        if not model.get("writable", True):
            raise PaperTrouble.unwritten(path)
        saved = {"type": "notebook", "format": "json", "content": model["content"]}
        try:
            await ensure_async(self._contents.save(saved, path))
        except HTTPError:
            raise PaperTrouble.unwritten(path) from None
