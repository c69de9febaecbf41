"""The tasks of a chat that are over, as the next one is told of them."""

from __future__ import annotations

from collections.abc import Sequence

from open_interpreter import assembly
from open_interpreter.core.cells import Cell
from open_interpreter.core.conversation import Exchange
from open_interpreter.core.events import Drafted, Finished

from ..words import Decided, Ran, Record, Said, Steered, Undone, Waits

KEPT = 8
"""Tasks that are told of, the latest."""


def earlier(records: Sequence[Record]) -> tuple[Exchange, ...]:
    """What was asked and what came of it, for each task that was not taken back, in order."""
    tasks: dict[str, list[Record]] = {}
    for record in records:
        tasks.setdefault(record.task, []).append(record)
    told = [exchange for each in tasks.values() if (exchange := _exchange(each)) is not None]
    return tuple(told[-KEPT:])


def _exchange(records: Sequence[Record]) -> Exchange | None:
    said, prose, over = [], "", False
    cells: dict[str, Cell] = {}
    ran: set[str] = set()
    asked: dict[str, Cell] = {}
    for event in (record.event for record in records):
        match event:
            case Undone():
                return None
            case Said():
                said.append(event.text or f"/{event.command}")
            case Steered():
                said.append(event.text)
            case Drafted():
                cells[event.cell.id] = event.cell
            case Waits():
                asked[event.question.id] = event.question.cell
            case Decided() if event.answer.source and event.question in asked:
                cell = asked[event.question]
                cells[cell.id] = Cell(cell.id, event.answer.source, cell.language, cell.turn, cell.attempt)
            case Ran() if event.status == "ok":
                ran.add(event.id)
            case Finished():
                prose, over = "\n\n".join(filter(None, (event.answer, event.reason))), True
    kept = [cell for name, cell in cells.items() if name in ran]
    return assembly.exchange("\n".join(said), prose, kept) if over and said and (prose or kept) else None
