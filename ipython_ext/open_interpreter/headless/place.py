"""Where a prompt cell stands, as the notebook's owner tells the kernel: all cells, within 256 kB.

What does not fit is cut, the farthest first: the prompt's own cells are kept before all others (the kernel compares
their source with what it generated), then the nearest cells above, then what stands below.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from nbformat import NotebookNode

from open_interpreter.core.edits import NotebookCell, Place
from open_interpreter.core.wire import to_wire

from .document import Document, note_of

LIMIT = 256_000
"""The largest place on the wire, in bytes (docs/wire.md)."""
OUTPUT_LIMIT = 2_000
"""The longest output text of one cell, in characters; head and tail are kept."""

_COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


def wants_place(source: str) -> bool:
    """Whether a cell's request carries a place: one that may hold a magic of ours."""
    return "interpret" in source or "%oi" in source


def place_of(document: Document, prompt: NotebookNode, *, path: str = "", ran: Collection[str] = ()) -> Place:
    """The place of `prompt`; a cell's execution count is told only if it is among those that `ran` in this kernel."""
    cells = document.cells
    here = document.position(prompt["id"]) or 0
    owned = {cell["id"] for cell in document.owned(prompt["id"])}
    mine = [index for index, cell in enumerate(cells) if cell["id"] in owned]
    below = [index for index in range(here + 1, len(cells)) if index not in mine]
    told = [_bare(cell) for cell in cells]
    place = Place(prompt=prompt["id"], path=path, task=str(note_of(prompt).get("task", "")), cells=tuple(told))
    left = LIMIT - _size(place)
    for index in [here, *mine, *range(here - 1, -1, -1), *below]:
        full = _whole(cells[index], counted=cells[index]["id"] in ran)
        told[index], left = _fit(told[index], full, left)
    return replace(place, cells=tuple(told))


def output_text(outputs: Iterable[NotebookNode]) -> str:
    """What a cell's outputs say as plain text, without colours, cut in the middle where it is long."""
    text = _COLOUR.sub("", "\n".join(filter(None, (_plain(each).rstrip("\n") for each in outputs))))
    if len(text) <= OUTPUT_LIMIT:
        return text
    half = OUTPUT_LIMIT // 2
    return f"{text[:half]}\n…\n{text[-half:]}"


def _plain(output: NotebookNode) -> str:
    if output.output_type == "stream":
        return str(output.text)
    if output.output_type == "error":
        return f"{output.ename}: {output.evalue}"
    data = output.get("data", {})
    return str(data.get("text/plain") or data.get("text/markdown") or "")


def _bare(cell: NotebookNode) -> NotebookCell:
    note = note_of(cell)
    return NotebookCell(
        id=cell["id"],
        kind=cell.cell_type,
        source="",
        task=str(note.get("task", "")),
        source_hash=str(note.get("source_hash", "")),
    )


def _whole(cell: NotebookNode, *, counted: bool) -> NotebookCell:
    return replace(
        _bare(cell),
        source=cell.source,
        count=cell.get("execution_count") if counted else None,
        output=output_text(cell.get("outputs", [])),
    )


def _fit(bare: NotebookCell, full: NotebookCell, left: int) -> tuple[NotebookCell, int]:
    """The most of a cell that fits into `left` bytes more than its bare form, and what is left after it."""
    for shape in (full, replace(full, output="")):
        cost = _size(shape) - _size(bare)
        if cost <= left:
            return shape, left - cost
    return bare, left


def _size(value: Any) -> int:
    return len(json.dumps(to_wire(value)).encode())
