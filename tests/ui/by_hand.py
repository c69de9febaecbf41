"""Imported by notebook cells of the browser tests: plays a kernel's edits by hand, one line each."""

from __future__ import annotations

from typing import Any

from IPython import get_ipython
from open_interpreter.core.cells import Cell, new_id
from open_interpreter.core.edits import Append, Ask, Choose, Insert, Rewrite, Run, Settle, Stamp
from open_interpreter.core.questions import Judgement, Question
from open_interpreter.core.wire import to_wire
from open_interpreter.kernel.bridge import Line
from open_interpreter.kernel.nested import run_nested, synthetic_parent, under_parent

TASK = "0123456789ab"


def parent() -> dict[str, Any]:
    """The request of the cell that runs."""
    return get_ipython().kernel.get_parent("shell")


def told() -> dict[str, Any]:
    """The metadata of the request of the cell that runs."""
    return parent()["metadata"]


class Hand:
    """A task of the cell that calls it."""

    def __init__(self) -> None:
        self.shell, self.parent, self.line = get_ipython(), parent(), Line()
        self.prompt = self.parent["metadata"]["cellId"]
        self.after = self.prompt

    def insert(self, source: str = "", kind: str = "code") -> str:
        """A new cell below the last one."""
        made = new_id()
        self.line.send(Insert(made, self.after, kind, source, {"open_interpreter": {"task": TASK, "turn": 1}}))
        self.after = made
        return made

    def append(self, cell: str, text: str) -> None:
        self.line.send(Append(cell, text))

    def rewrite(self, cell: str, source: str) -> None:
        self.line.send(Rewrite(cell, source))

    def stamp(self, cell: str) -> None:
        self.line.send(Stamp(cell, {"task": TASK, "turn": 1, "model": "by hand", "source_hash": "0" * 64}))

    async def run(self, cell: str, source: str) -> Any:
        """Run the cell where it stands."""
        msg_id = new_id()
        self.line.send(Run(cell, msg_id, source))
        request = synthetic_parent(self.parent, msg_id, cell, source)
        with under_parent(self.shell, request, source):
            return await run_nested(self.shell, source, store_history=True, cell_id=cell)

    async def write(self, source: str) -> str:
        """Insert a cell, let it grow, run it."""
        cell = self.insert()
        for line in source.splitlines(keepends=True):
            self.append(cell, line)
        await self.run(cell, source)
        self.stamp(cell)
        return cell

    def settle(self, first_line: str) -> None:
        self.line.send(Settle(self.prompt, first_line, TASK))

    async def ask(self, source: str, **question: Any) -> Any:
        """Put a question about a cell with this source."""
        level, reasons = question.pop("level", "L2"), question.pop("reasons", ())
        asked = Question(Cell(new_id(), source), Judgement(level, reasons), **question)
        self.line.send(Ask(self.prompt, asked))
        return (await self.line.answer(asked.id))["answer"]

    async def choose(self, *edited: str) -> str:
        asked = new_id()
        self.line.send(Choose(self.prompt, asked, edited))
        return (await self.line.answer(asked))["choice"]

    def send(self, edit: Any) -> None:
        self.line.send(edit)

    def close(self) -> None:
        self.line.close()


def wire(value: Any) -> Any:
    """The value as JSON."""
    return to_wire(value)
