"""A page without a browser: one real WebSocket, notebooks in memory, and orders that are carried out as a page does it.

What the person does is a method; `hears` waits for what the server says. Cells run through the server's own kernel
channels, under the id that the order has.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from open_interpreter.core.edits import Append, Insert, NotebookCell, Place, Remove, Rewrite, Run, Stamp
from open_interpreter.core.wire import from_wire, to_wire
from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from open_interpreter_lab import words
from open_interpreter_lab.words import (
    Decide,
    Done,
    Hold,
    Holding,
    Order,
    Read,
    Record,
    Revert,
    Say,
    Show,
    Wish,
)
from tests.server.lab import TOKEN, Lab

PATIENCE = 90


@dataclass
class PageCell:
    id: str
    source: str = ""
    metadata: dict[str, Any] = field(default_factory=dict)
    outputs: list[dict[str, Any]] = field(default_factory=list)
    count: int | None = None
    running: bool = False

    @property
    def text(self) -> str:
        return "".join(str(each.get("text", each.get("evalue", ""))) for each in self.outputs)


class PageNotebook:
    """One open notebook; `edits` is all that orders have done to it."""

    def __init__(self, path: str, kernel: str, cells: list[PageCell], language: str = "python") -> None:
        self.path, self.kernel, self.cells, self.language = path, kernel, cells, language
        self.active = cells[-1].id if cells else ""
        self.edits: list[Any] = []
        self.written: dict[str, str] = {}
        self.modified = ""
        self.readonly = False

    def cell(self, name: str) -> PageCell | None:
        return next((cell for cell in self.cells if cell.id == name), None)

    @property
    def sources(self) -> list[str]:
        return [cell.source for cell in self.cells]

    def place(self) -> Place:
        cells = tuple(
            NotebookCell(
                cell.id,
                "code",
                cell.source,
                cell.metadata.get("open_interpreter", {}).get("task", ""),
                cell.metadata.get("open_interpreter", {}).get("source_hash", ""),
                cell.count,
                cell.text,
            )
            for cell in self.cells
        )
        return Place(self.active, cells, self.path)


class Page:
    """A connected page. `records` is what it knows of each chat."""

    def __init__(self, lab: Lab) -> None:
        self.lab = lab
        self.notebooks: dict[str, PageNotebook] = {}
        self.records: dict[str, list[Record]] = {}
        self.heard: list[Any] = []
        self.on_order: Callable[[Order], bool] = lambda _: True
        """Called before an order is carried out; False leaves it lying."""
        self._socket: WebSocketClientConnection | None = None
        self._kernels: dict[str, WebSocketClientConnection] = {}
        self._runs: dict[str, PageCell] = {}
        self._news = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    async def connect(self) -> Page:
        url = f"{self.lab.url.replace('http', 'ws', 1)}open-interpreter/api/live?token={TOKEN}"
        self._socket = await websocket_connect(HTTPRequest(url), max_message_size=64 << 20)
        self._spawn(self._listen(self._socket))
        await self.hears(words.Welcome)
        if self.notebooks:
            self.hold()
        return self

    async def disconnect(self) -> None:
        """The page is gone, as when its tab is closed."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None
        for socket in self._kernels.values():
            socket.close()
        self._kernels.clear()
        if self._tasks:
            _, left = await asyncio.wait(self._tasks, timeout=10)
            assert not left, "the page's connections did not end"

    def open(self, path: str, kernel: str = "", language: str = "python") -> PageNotebook:
        """Open a notebook from its file."""
        cells = [
            PageCell(each["id"], "".join(each["source"]), each["metadata"], each["outputs"], each["execution_count"])
            for each in self.lab.cells(path)
        ]
        notebook = self.notebooks[path] = PageNotebook(path, kernel, cells, language)
        notebook.modified = self.lab.api("GET", f"contents/{path}?content=0")["last_modified"]
        self.hold()
        return notebook

    def hold(self) -> None:
        holding = tuple(
            Holding(each.path, each.kernel, "", each.language, each.readonly, each.modified)
            for each in self.notebooks.values()
        )
        self.say(Hold(holding, next(iter(self.notebooks), "")))

    def close(self, path: str) -> None:
        del self.notebooks[path]
        self.hold()

    def save(self, path: str) -> None:
        notebook = self.notebooks[path]
        cells = [
            {
                "cell_type": "code",
                "id": cell.id,
                "source": cell.source,
                "metadata": cell.metadata,
                "outputs": cell.outputs,
                "execution_count": cell.count,
            }
            for cell in notebook.cells
        ]
        content = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        told = {"type": "notebook", "format": "json", "content": content}
        notebook.modified = self.lab.api("PUT", f"contents/{path}", told)["last_modified"]
        self.hold()

    def say(self, word: Any) -> None:
        assert self._socket is not None, "the page is not connected"
        self._socket.write_message(json.dumps(to_wire(word)))

    def ask(self, chat: str, path: str, text: str = "", *, task: str = "", **wish: Any) -> str:
        """Say something about a notebook; the task's id."""
        task = task or uuid.uuid4().hex[:12]
        notebook = self.notebooks.get(path)
        wish.setdefault("anchor", notebook.active if notebook else "")
        self.say(Say(chat, task, Wish(path, text, **wish)))
        return task

    def decide(self, chat: str, question: str, answer: Any) -> None:
        self.say(Decide(chat, question, answer))

    async def hears(self, kind: type[Any], check: Callable[[Any], bool] = lambda _: True) -> Any:
        """Wait for a word of this kind; each is given once."""
        async with asyncio.timeout(PATIENCE):
            while True:
                for word in self.heard:
                    if isinstance(word, kind) and check(word):
                        self.heard.remove(word)
                        return word
                self._news.clear()
                await self._news.wait()

    async def until(self, check: Callable[[], Any]) -> Any:
        """Wait until this holds; it is looked at whenever the server says something."""
        async with asyncio.timeout(PATIENCE):
            while not (found := check()):
                self._news.clear()
                await self._news.wait()
        return found

    async def event(self, chat: str, kind: type[Any], check: Callable[[Any], bool] = lambda _: True) -> Any:
        """Wait for a record of this kind in the chat."""
        return await self.until(lambda: next((e for e in self.events(chat, kind) if check(e)), None))

    def events(self, chat: str, kind: type[Any] = object, task: str = "") -> list[Any]:
        return [
            each.event
            for each in self.records.get(chat, [])
            if isinstance(each.event, kind) and task in ("", each.task)
        ]

    async def finished(self, chat: str, task: str) -> Any:
        from open_interpreter.core.events import Finished

        return await self.until(lambda: next(iter(self.events(chat, Finished, task)), None))

    def _spawn(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _listen(self, socket: WebSocketClientConnection) -> None:
        while True:
            text = await socket.read_message()
            if text is None:
                return
            wire = json.loads(text)
            word = from_wire(getattr(words, wire["type"]), wire)
            self._take(word)
            self._news.set()

    def _take(self, word: Any) -> None:
        match word:
            case Order():
                if self.on_order(word):
                    self._spawn(self._carry_out(word))
            case words.Opened():
                self.records[word.chat.id] = list(word.records)
                self.heard.append(word)
            case words.Happened():
                self.records.setdefault(word.chat, []).extend(word.records)
            case _:
                self.heard.append(word)

    async def _carry_out(self, order: Order) -> None:
        notebook = self.notebooks.get(order.path)
        done = Done(order.id, "closed") if notebook is None else await self._edits(notebook, order)
        if (order.answered or done.trouble) and self._socket is not None:
            self.say(done)
        self._news.set()

    async def _edits(self, notebook: PageNotebook, order: Order) -> Done:
        place = None
        for edit in order.edits:
            if notebook.readonly and not isinstance(edit, Read):
                return Done(order.id, "readonly", place=place)
            if isinstance(edit, Read):
                if edit.seeds:
                    notebook.written = {cell.id: cell.source for cell in notebook.cells}
                place = notebook.place()
                continue
            notebook.edits.append(edit)
            trouble = (
                await self._run(notebook, edit, order.kernel) if isinstance(edit, Run) else self._do(notebook, edit)
            )
            if trouble is not None:
                return Done(order.id, trouble[0], trouble[1], trouble[2], place)
        return Done(order.id, place=place)

    def _do(self, notebook: PageNotebook, edit: Any) -> tuple[Any, str, str] | None:
        if isinstance(edit, Insert):
            ids = [cell.id for cell in notebook.cells]
            if edit.after and edit.after not in ids:
                return ("gone", edit.after, "")
            cell = PageCell(edit.id, edit.source, dict(edit.metadata))
            notebook.cells.insert(ids.index(edit.after) + 1 if edit.after else 0, cell)
            notebook.written[edit.id] = edit.source
            return None
        if isinstance(edit, Revert):
            fresh = [
                PageCell(e["id"], "".join(e["source"]), e["metadata"], e["outputs"], e["execution_count"])
                for e in self.lab.cells(notebook.path)
            ]
            notebook.cells[:] = fresh
            notebook.modified = self.lab.api("GET", f"contents/{notebook.path}?content=0")["last_modified"]
            return None
        for name in edit.ids if isinstance(edit, Remove) else (edit.id,):
            cell = notebook.cell(name)
            if cell is None:
                return ("gone", name, "")
            trouble = self._change(notebook, cell, edit)
            if trouble is not None:
                return trouble
        return None

    def _change(self, notebook: PageNotebook, cell: PageCell, edit: Any) -> tuple[Any, str, str] | None:
        if isinstance(edit, (Append, Rewrite, Remove)) and notebook.written.get(cell.id) != cell.source:
            return ("edited", cell.id, cell.source)
        match edit:
            case Append():
                cell.source += edit.text
            case Rewrite():
                cell.source = edit.source
            case Remove():
                notebook.cells.remove(cell)
            case Stamp():
                cell.metadata["open_interpreter"] = dict(edit.metadata)
            case Show():
                cell.outputs, cell.count, cell.running = [dict(each) for each in edit.outputs], edit.count, edit.running
        notebook.written[cell.id] = cell.source
        return None

    async def _run(self, notebook: PageNotebook, edit: Run, kernel: str) -> tuple[Any, str, str] | None:
        cell = notebook.cell(edit.id)
        if cell is None:
            return ("gone", edit.id, "")
        if cell.source != edit.source:
            return ("edited", edit.id, cell.source)
        if notebook.kernel != kernel:
            return ("kernel", edit.id, "")
        await self.execute(kernel, edit.source, edit.msg_id, cell)
        return None

    async def execute(self, kernel: str, source: str, msg_id: str = "", cell: PageCell | None = None) -> str:
        """Send an execute request as the page does it, also for the person."""
        msg_id = msg_id or uuid.uuid4().hex
        if cell is not None:
            cell.outputs, cell.running = [], True
            self._runs[msg_id] = cell
        header = {"msg_id": msg_id, "msg_type": "execute_request", "session": "page", "username": "", "version": "5.3"}
        content = {"code": source, "silent": False, "store_history": True, "allow_stdin": False, "stop_on_error": True}
        message = {"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell"}
        await (await self._channels(kernel)).write_message(json.dumps(message))
        return msg_id

    async def _channels(self, kernel: str) -> WebSocketClientConnection:
        if kernel not in self._kernels:
            url = f"{self.lab.url.replace('http', 'ws', 1)}api/kernels/{kernel}/channels?session_id=page&token={TOKEN}"
            self._kernels[kernel] = await websocket_connect(HTTPRequest(url))
            self._spawn(self._outputs(self._kernels[kernel]))
        return self._kernels[kernel]

    async def _outputs(self, socket: WebSocketClientConnection) -> None:
        for _ in itertools.count():
            text = await socket.read_message()
            if text is None:
                return
            message = json.loads(text)
            cell = self._runs.get(message["parent_header"].get("msg_id", ""))
            if cell is not None and message["channel"] == "iopub":
                self._output(cell, message["header"]["msg_type"], message["content"])
                self._news.set()

    def _output(self, cell: PageCell, kind: str, content: dict[str, Any]) -> None:
        if kind == "execute_input":
            cell.count = content["execution_count"]
        elif kind == "status" and content["execution_state"] == "idle":
            cell.running = False
        elif kind in ("stream", "error", "display_data", "execute_result"):
            cell.outputs.append({"output_type": kind, **content})
