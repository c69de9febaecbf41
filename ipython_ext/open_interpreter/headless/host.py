"""A host with a kernel of its own and no notebook file: where the Python library runs its cells outside a notebook.

It lives on one event loop. Nobody sits at it, except in a terminal, where questions are asked on the input line.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nbclient.exceptions import DeadKernelError
from nbclient.util import ensure_async
from nbformat import NotebookNode, v4

from ..context import files, reader
from ..core.cells import Cell, CellError, Outcome, Output
from ..core.conversation import Task
from ..core.errors import OpenInterpreterError, UsageError
from ..core.questions import Answer, Question
from ..core.snapshot import PastCell, Snapshot, Trouble
from . import crossing, inside, terminal
from .client import InterpretClient
from .place import output_text

PATIENCE = 1.0
"""Seconds that a cell is given to end after each interrupt."""
INTERRUPTS = 8
"""How often a cell is interrupted before its kernel is ended."""
_KINDS: Mapping[str, Any] = {"stream": "stream", "execute_result": "result", "display_data": "display"}
_code: Any = v4.new_code_cell
_notebook: Any = v4.new_notebook


class OwnKernel:
    """A kernel that is started for its first cell and ended by `close`."""

    def __init__(self, kernel: str = "python3", directory: str | None = None) -> None:
        self._client = InterpretClient(_notebook(), kernel_name=kernel, allow_errors=True)
        self._client.resources = {"metadata": {"path": directory or str(Path.cwd())}}
        self._past: list[PastCell] = []
        self._trouble: Trouble | None = None
        self._starting: asyncio.Future[None] | None = None
        self._folder = tempfile.TemporaryDirectory(prefix="open-interpreter-")

    async def snapshot(self, task: Task) -> Snapshot:
        """The kernel's variables and files, and what ran in it."""
        directory, told = await self._ask(inside.tell(reader.expression(task.only)))
        return Snapshot(
            variables=reader.read_text(told),
            cells=tuple(self._past),
            files=files.look(directory, task.instruction),
            trouble=self._trouble,
            directory=directory,
        )

    async def approve(self, question: Question) -> Answer:
        """Ask in the terminal, where there is one."""
        if not (sys.stdin and sys.stdin.isatty() and sys.stdout.isatty()):
            return Answer("refuse", nobody=True)
        return await asyncio.to_thread(terminal.ask, question)

    async def execute(self, cell: Cell) -> Outcome:
        """Run the cell; a kernel that dies is an outcome too, and the next cell gets a fresh one."""
        node, started = _code(cell.source), time.monotonic()
        await self._ready()
        try:
            await self._run(node, history=True)
        except DeadKernelError:
            await self.close_kernel()
            error = CellError("DeadKernelError", "The kernel died while this cell ran; its variables are lost.")
            return Outcome("error", error=error, seconds=time.monotonic() - started)
        outcome = _outcome(node, time.monotonic() - started)
        self._remember(cell, outcome, node)
        return outcome

    async def give(self, data: Mapping[str, object]) -> None:
        """Bind values to names in the kernel. Raises UsageError for a value that cannot cross."""
        for name, value in data.items():
            path = self._file()
            try:
                label = crossing.pack(value, path)
            except Exception as error:  # Arrow and pandas raise of many kinds; each means that this value cannot cross
                raise UsageError(f"data[{name!r}] cannot go to the kernel: {error}") from error
            await self._ask(inside.take(name, label, path), answered=False)

    async def value(self, last: Outcome | None) -> Any:
        """The result of this execution as a table or plain value; None where it had none or it cannot cross."""
        if last is None or last.count is None:
            return None
        path = self._file()
        try:
            label = await self._ask(inside.hand_out(last.count, path))
            return None if label is None else crossing.unpack(label, path)
        except (KernelRefused, TypeError, KeyError, ValueError, OSError):
            return None

    async def close(self) -> None:
        """End the kernel and take its files away."""
        await self.close_kernel()
        self._folder.cleanup()

    async def close_kernel(self) -> None:
        """End the kernel; the next cell starts a new one."""
        self._past.clear()
        starting, self._starting = self._starting, None
        if starting is not None:
            starting.cancel()
        if self._client.km is not None:
            await self._client._async_cleanup_kernel()  # noqa: SLF001  (nbclient's one way to end a kernel of its own)

    async def _ready(self) -> None:
        """Until the kernel is there. Whoever is cancelled meanwhile leaves the start to the next one."""
        if self._starting is None or _failed(self._starting):
            self._starting = asyncio.ensure_future(self._start())
        await asyncio.shield(self._starting)

    async def _start(self) -> None:
        client = self._client
        client.create_kernel_manager()
        await client.async_start_new_kernel()
        await client.async_start_new_kernel_client()
        client.reset_execution_trackers()
        await self._put(inside.arrive(), answered=False)

    async def _run(self, node: NotebookNode, *, history: bool) -> None:
        """Run a cell's code; on cancellation the kernel is interrupted and the cell given time to end."""
        self._client.nb.cells[:] = [node]
        running = asyncio.ensure_future(self._client.async_execute_cell(node, 0, store_history=history))
        try:
            await asyncio.shield(running)
        except asyncio.CancelledError:
            await self._interrupt(running)
            raise

    async def _interrupt(self, running: asyncio.Future[Any]) -> None:
        """Interrupt until the cell ends: a first interrupt may come before it starts. One that does not, ends all."""
        for _ in range(INTERRUPTS):
            if self._client.km is not None:
                await ensure_async(self._client.km.interrupt_kernel())
            done, _ = await asyncio.wait({running}, timeout=PATIENCE)
            if done:
                return
        await self.close_kernel()

    async def _ask(self, expression: str, *, answered: bool = True) -> Any:
        """Say something to the kernel beside the history; its answer is one marked line of JSON."""
        await self._ready()
        return await self._put(expression, answered=answered)

    async def _put(self, expression: str, *, answered: bool) -> Any:
        node = _code(expression)
        await self._run(node, history=False)
        for output in node.outputs:
            if output.output_type == "error":
                raise KernelRefused(f"{output.ename}: {output.evalue}")
            if output.output_type == "stream" and inside.MARK in output.text:
                return json.JSONDecoder().raw_decode(output.text.rpartition(inside.MARK)[2])[0]
        if answered:
            raise KernelRefused("the kernel gave no answer")
        return None

    def _file(self) -> str:
        handle, path = tempfile.mkstemp(dir=self._folder.name)
        open(handle, "rb").close()  # noqa: PTH123
        return path

    def _remember(self, cell: Cell, outcome: Outcome, node: NotebookNode) -> None:
        text, error = output_text(node.outputs), outcome.error
        self._past.append(PastCell(cell.source, outcome.count, cell.id, text, failed=error is not None))
        lines = "\n".join(error.traceback) if error else ""
        self._trouble = Trouble(error.name, error.value, cell.source, lines) if error else None


class KernelRefused(OpenInterpreterError):
    """The kernel answered a word of ours with an error; the message is its own."""


def _failed(starting: asyncio.Future[None]) -> bool:
    return starting.done() and (starting.cancelled() or starting.exception() is not None)


def _outcome(node: NotebookNode, seconds: float) -> Outcome:
    outputs = tuple(_output(each) for each in node.outputs if each.output_type in _KINDS)
    wrong = next((each for each in node.outputs if each.output_type == "error"), None)
    if wrong is None:
        return Outcome("ok", outputs, None, node.execution_count, seconds)
    lines = tuple(terminal.plain(line) for line in wrong.traceback)
    return Outcome("error", outputs, CellError(wrong.ename, wrong.evalue, lines), node.execution_count, seconds)


def _output(output: NotebookNode) -> Output:
    if output.output_type == "stream":
        return Output("stream", {"text/plain": output.text}, output.name)
    data = {mime: told if isinstance(told, str) else json.dumps(told) for mime, told in output.data.items()}
    return Output(_KINDS[output.output_type], data)
