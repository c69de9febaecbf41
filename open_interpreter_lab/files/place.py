"""What stands in a notebook file, within the room that a place has on the wire: the twin of `src/notebook/reader.ts`.

No cell is the active one in a file. New cells go to its end, so what is nearest to the end is told first.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from open_interpreter.core.edits import METADATA_KEY, NotebookCell, Place
from open_interpreter.core.wire import to_wire

LIMIT = 256 * 1024
"""The most that a place may weigh on the wire, in bytes of JSON."""
OUTPUT_LIMIT = 2_000
"""The most text of one cell's outputs, in characters."""
CUT = "\n…"

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_HALF = re.compile("[\ud800-\udfff]")
_KINDS: Mapping[str, Literal["code", "markdown"]] = {"code": "code", "markdown": "markdown"}


def place_of(cells: Sequence[Mapping[str, Any]], path: str, limit: int = LIMIT) -> Place:
    """The place of a whole notebook. Where even the bare cells are too many, the first ones are left out."""
    room = limit - _weight(to_wire(Place(prompt="", path=path)))
    told: dict[int, NotebookCell] = {}
    for index in range(len(cells) - 1, -1, -1):
        bare = _bare(cells[index])
        cost = _weight(to_wire(bare)) + 2
        if room - cost < limit // 2:
            break
        room -= cost
        told[index] = bare
    for index, bare in tuple(told.items()):
        source, room = _fit(joined(cells[index].get("source")), room)
        output, room = _fit(output_text(cells[index]), room)
        told[index] = replace(bare, source=source, output=output)
    return Place(prompt="", cells=tuple(told[index] for index in sorted(told)), path=path)


def output_text(cell: Mapping[str, Any]) -> str:
    """What a cell's outputs say as plain text, without colours and cut where it is long."""
    text = "\n".join(_texts(cell))
    return text if len(text) <= OUTPUT_LIMIT else text[: OUTPUT_LIMIT - len(CUT)] + CUT


def joined(text: object) -> str:
    """Text of nbformat: one string, or lines."""
    whole = "".join(each for each in text if isinstance(each, str)) if isinstance(text, (list, tuple)) else text
    return _HALF.sub("\ufffd", whole) if isinstance(whole, str) else ""


def note_of(cell: Mapping[str, Any]) -> Mapping[str, Any]:
    """What stands under our key in a cell's metadata; empty where nothing does, or nothing of ours."""
    metadata = cell.get("metadata")
    note = metadata.get(METADATA_KEY) if isinstance(metadata, Mapping) else None
    return note if isinstance(note, Mapping) else {}


def _bare(cell: Mapping[str, Any]) -> NotebookCell:
    note = note_of(cell)
    count = cell.get("execution_count")
    return NotebookCell(
        id=str(cell.get("id", "")),
        kind=_KINDS.get(str(cell.get("cell_type")), "raw"),
        source="",
        task=joined(note.get("task")),
        source_hash=joined(note.get("source_hash")),
        count=count if isinstance(count, int) else None,
    )


def _texts(cell: Mapping[str, Any]) -> Iterator[str]:
    for output in cell.get("outputs") or ():
        data = output.get("data") or {}
        if isinstance(output.get("ename"), str):
            text = f"{output['ename']}: {joined(output.get('evalue'))}"
        else:
            text = joined(output.get("text") or data.get("text/plain")).rstrip()
        if text:
            yield _COLOUR.sub("", text)


def _fit(text: str, room: int) -> tuple[str, int]:
    """As much of a text as there is room for, and the room that is left then."""
    weight = _weight(text) - 2
    kept = text
    while kept and weight > room:
        share = max(room - _weight(CUT), 0) / weight
        kept = kept[: min(len(kept) - 1, int(len(kept) * share))]
        weight = _weight(kept + CUT) - 2
    if kept != text:
        kept = kept and kept + CUT
    return kept, room - (_weight(kept) - 2)


def _weight(value: Any) -> int:
    return len(json.dumps(value, ensure_ascii=False).encode("utf-8"))
