"""A real kernel and a notebook in plain Python that plays the front end: it carries out edits as docs/wire.md says.

Like JupyterLab, Run All sends every request at the start, with what the notebook holds at that moment.
"""

from __future__ import annotations

import os
import queue
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from jupyter_client.manager import KernelManager
from open_interpreter.core.edits import (
    CLIENT_KEY,
    METADATA_KEY,
    PLACE_KEY,
    REMOVED_KEY,
    NotebookCell,
    Place,
)
from open_interpreter.core.wire import to_wire

PATIENCE = 60


@dataclass
class DeskCell:
    id: str
    source: str
    kind: str = "code"
    mark: dict[str, Any] = field(default_factory=dict)
    outputs: list[dict[str, Any]] = field(default_factory=list)
    count: int | None = None

    @property
    def text(self) -> str:
        """All that the cell shows, as text."""
        told = []
        for message in self.outputs:
            content = message["content"]
            told.append(content.get("text") or content.get("data", {}).get("text/plain") or content.get("evalue", ""))
        return "".join(told)

    @property
    def error(self) -> str | None:
        return next((m["content"]["ename"] for m in self.outputs if m["msg_type"] == "error"), None)


class Desk:
    """One kernel with one open notebook."""

    def __init__(self, environment: Mapping[str, str], *, python: str = sys.executable) -> None:
        self.manager = KernelManager(kernel_name="python3")
        self.manager.kernel_spec.argv[0] = python
        self.manager.start_kernel(env={**os.environ, **environment})
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=PATIENCE)
        self.clear()
        self.answers: list[Mapping[str, Any] | str] = []
        self.present = True
        self.removed = 0
        self.asked: list[dict[str, Any]] = []

    def clear(self) -> None:
        """Begin with an empty notebook."""
        self.cells: list[DeskCell] = []
        self.edits: list[dict[str, Any]] = []
        self._routes: dict[str, str] = {}

    def close(self) -> None:
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)

    def write(self, *sources: str) -> list[DeskCell]:
        """Append code cells."""
        start = len(self.cells)
        self.cells += [DeskCell(f"cell-{time.monotonic_ns()}-{n}", source) for n, source in enumerate(sources)]
        return self.cells[start:]

    def cell(self, cell_id: str) -> DeskCell | None:
        return next((each for each in self.cells if each.id == cell_id), None)

    def below(self, prompt: DeskCell) -> list[DeskCell]:
        """The cells of the prompt's task."""
        task = prompt.mark.get("task")
        made = self.edits and {e["id"] for e in self.edits if e["type"] == "Insert"}
        return [c for c in self.cells if c is not prompt and (c.mark.get("task") == task if task else c.id in made)]

    def run(self, *cells: DeskCell, interrupt_after: float | None = None) -> None:
        """Run these cells as one Run All; none means all."""
        chosen = list(cells) or [c for c in self.cells if c.kind == "code"]
        waiting = {self._send(cell, chosen) for cell in chosen}
        began = time.monotonic()
        while waiting:
            assert time.monotonic() - began < PATIENCE, "the kernel did not become idle"
            if interrupt_after is not None and time.monotonic() - began > interrupt_after:
                self.manager.interrupt_kernel()
                interrupt_after = None
            self._answer_stdin()
            try:
                message = self.client.get_iopub_msg(timeout=0.05)
            except queue.Empty:
                continue
            self._take(message)
            idle = message["msg_type"] == "status" and message["content"]["execution_state"] == "idle"
            if idle:
                waiting.discard(message["parent_header"].get("msg_id", ""))

    def _send(self, cell: DeskCell, chosen: Iterable[DeskCell]) -> str:
        content = {
            "code": cell.source, "silent": False, "store_history": True, "user_expressions": {},
            "allow_stdin": bool(self.answers), "stop_on_error": True,
        }  # fmt: skip
        metadata: dict[str, Any] = {METADATA_KEY: cell.mark, "cellId": cell.id} if self.present else {}
        message = self.client.session.msg("execute_request", content, metadata=metadata)
        if self.present:
            metadata |= {CLIENT_KEY: message["header"]["session"], REMOVED_KEY: self.removed}
            if "interpret" in cell.source or "%oi" in cell.source:
                metadata[PLACE_KEY] = to_wire(self._place(cell))
        message["metadata"] = metadata
        cell.outputs.clear()
        self.client.shell_channel.send(message)
        self._routes[message["header"]["msg_id"]] = cell.id
        return str(message["header"]["msg_id"])

    def _place(self, cell: DeskCell) -> Place:
        cells = tuple(
            NotebookCell(c.id, c.kind, c.source, c.mark.get("task", ""), c.mark.get("source_hash", ""), c.count, c.text)
            for c in self.cells
        )
        return Place(cell.id, cells, "notebook.ipynb", cell.mark.get("task", ""))

    def _answer_stdin(self) -> None:
        if not self.client.stdin_channel.msg_ready():
            return
        self.asked.append(self.client.get_stdin_msg()["content"])
        answer = self.answers.pop(0)
        self.client.input(answer if isinstance(answer, str) else _typed(answer))

    def _take(self, message: dict[str, Any]) -> None:
        if message["msg_type"] == "comm_msg" and "type" in message["content"]["data"]:
            self._edit(message["content"]["comm_id"], message["content"]["data"])
            return
        cell = self.cell(self._routes.get(message["parent_header"].get("msg_id", ""), ""))
        if cell is None:
            return
        if message["msg_type"] == "execute_input":
            cell.count = message["content"]["execution_count"]
        elif message["msg_type"] in ("stream", "display_data", "execute_result", "error"):
            cell.outputs.append(message)

    def _edit(self, comm_id: str, edit: dict[str, Any]) -> None:
        self.edits.append(edit)
        cell = self.cell(edit.get("id", ""))
        match edit["type"]:
            case "Insert" if above := self.cell(edit["after"]):
                mark = dict(edit["metadata"].get(METADATA_KEY, {}))
                made = DeskCell(edit["id"], edit["source"], edit["kind"], mark)
                self.cells.insert(self.cells.index(above) + 1, made)
            case "Append" if cell:
                cell.source += edit["text"]
            case "Rewrite" if cell:
                cell.source = edit["source"]
            case "Run" if cell:
                self._routes[edit["msg_id"]] = cell.id
                cell.outputs.clear()
                cell.source = edit["source"]
            case "Stamp" if cell:
                cell.mark = dict(edit["metadata"])
            case "Remove":
                self.cells = [c for c in self.cells if c.id not in edit["ids"]]
                self.removed = max(self.removed, edit["number"])
            case "Settle" if cell:
                lines = cell.source.split("\n")
                magic = next(at for at, line in enumerate(lines) if line.strip())
                cell.source = "\n".join([*lines[:magic], edit["first_line"], *lines[magic + 1 :]])
                cell.mark = {"task": edit["task"], "prompt": True}
            case "Ask":
                self.asked.append(edit)
                told = {"type": "Answered", "question": edit["question"]["id"], "answer": self.answers.pop(0)}
                self._reply(comm_id, told)
            case "Choose":
                self.asked.append(edit)
                self._reply(comm_id, {"type": "Chosen", "question": edit["question"], **dict(self.answers.pop(0))})

    def _reply(self, comm_id: str, told: Mapping[str, Any]) -> None:
        message = self.client.session.msg("comm_msg", {"comm_id": comm_id, "data": dict(told)})
        self.client.shell_channel.send(message)


def _typed(answer: Mapping[str, Any]) -> str:
    """What a person types for this answer, where the kernel asks at its input line: before ipykernel 7.4."""
    opening = {"computing": "1", "each": "2", "insert": "3"}
    choice = str(answer["choice"])
    return str(answer.get("word") or {"run": "y", "refuse": "n", **opening}.get(choice, choice))
