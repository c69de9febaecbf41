"""The records of a task that is over, without what only mattered while it ran."""

from __future__ import annotations

from collections.abc import Iterable

from open_interpreter.core.events import CellGrew, Thought, Wrote

from ..words import Record


def fold(records: Iterable[Record]) -> list[Record]:
    """Pieces of prose that follow each other as one record, numbered as the last; no thoughts, no pieces of code."""
    kept: list[Record] = []
    pieces: list[str] = []
    for record in records:
        event = record.event
        if isinstance(event, (CellGrew, Thought)):
            continue
        if isinstance(event, Wrote):
            if pieces:
                kept.pop()
            pieces.append(event.text)
            kept.append(Record(record.seq, record.task, Wrote("".join(pieces))))
            continue
        pieces = []
        kept.append(record)
    return kept
