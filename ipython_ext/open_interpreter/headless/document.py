"""The notebook in memory and the kernel's edits on it, by cell id.

It refuses to know kernels and messages: `Run`, which routes outputs, belongs to the client.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from nbformat import NotebookNode, from_dict, v4

from open_interpreter.core.cells import new_id
from open_interpreter.core.edits import METADATA_KEY, Append, Edit, Insert, Remove, Rewrite, Settle, Stamp

node: Callable[[Any], NotebookNode] = from_dict
"""A plain value as nbformat has it."""
PROMPTS = ("%%interpret", "%interpret")
CELL_IDS = (4, 5)
"""The first nbformat whose cells have ids."""


def identify(notebook: dict[str, Any]) -> None:
    """Give every cell an id of its own and the notebook the format version that allows it (nbformat 4.5)."""
    if notebook.get("nbformat") != CELL_IDS[0]:
        return  # nbformat gives ids when it converts an older one
    seen: set[str] = set()
    for cell in notebook["cells"]:
        if not cell.get("id") or cell["id"] in seen:
            cell["id"] = new_id()
        seen.add(cell["id"])
    notebook["nbformat_minor"] = max(notebook.get("nbformat_minor", 0), CELL_IDS[1])


def is_prompt(cell: NotebookNode) -> bool:
    """Whether this is a prompt cell: code that begins, after blank lines, with the magic as a whole word."""
    words = str(cell.source).split(None, 1)
    return cell.cell_type == "code" and bool(words) and words[0] in PROMPTS


def instruction_of(source: str) -> str:
    """The instruction of a prompt cell, without the magic and the options of a cell magic's first line."""
    first, _, rest = source.strip().partition("\n")
    return rest.strip() if first.startswith("%%") else first.partition(" ")[2].strip()


def note_of(cell: NotebookNode) -> Mapping[str, Any]:
    """What stands under our key in a cell's metadata; empty where nothing does, or nothing of ours."""
    note = cell.metadata.get(METADATA_KEY)
    return note if isinstance(note, Mapping) else {}


class Document:
    """A notebook whose cells are found by id; an edit for a cell that is not there changes nothing."""

    def __init__(self, notebook: NotebookNode) -> None:
        self._notebook = notebook
        if "cells" in notebook:
            identify(notebook)

    @property
    def cells(self) -> list[NotebookNode]:
        """All cells, in order."""
        cells: list[NotebookNode] = self._notebook.get("cells", [])
        return cells

    def position(self, cell_id: str) -> int | None:
        """The index of that cell, or None."""
        return next((index for index, cell in enumerate(self.cells) if cell["id"] == cell_id), None)

    def find(self, cell_id: str) -> NotebookNode | None:
        """The cell of that id, or None."""
        index = self.position(cell_id)
        return None if index is None else self.cells[index]

    def owned(self, prompt_id: str) -> Iterator[NotebookNode]:
        """The cells of the same task below this prompt and above the next one, in order."""
        index = self.position(prompt_id)
        task = note_of(self.cells[index]).get("task") if index is not None else None
        if index is None or not task:
            return
        for cell in self.cells[index + 1 :]:
            if is_prompt(cell):
                return
            if note_of(cell).get("task") == task:
                yield cell

    def carry_out(self, edit: Edit) -> None:
        """Do one edit that concerns the text, order or metadata of cells; any other is left to the caller."""
        match edit:
            case Insert():
                self._insert(edit)
            case Remove():
                self.cells[:] = [cell for cell in self.cells if cell["id"] not in edit.ids]
            case Append() | Rewrite() | Stamp() | Settle():
                cell = self.find(edit.id)
                if cell is not None:
                    _change(cell, edit)

    def _insert(self, edit: Insert) -> None:
        above = self.position(edit.after)
        if above is None or self.find(edit.id) is not None:
            return
        make: Any = v4.new_markdown_cell if edit.kind == "markdown" else v4.new_code_cell
        cell = make(source=edit.source, id=edit.id, metadata=node(dict(edit.metadata)))
        self.cells.insert(above + 1, cell)


def _change(cell: NotebookNode, edit: Append | Rewrite | Stamp | Settle) -> None:
    match edit:
        case Append():
            cell.source += edit.text
        case Rewrite():
            cell.source = edit.source
        case Stamp():
            cell.metadata[METADATA_KEY] = node(dict(edit.metadata))
        case Settle():
            cell.source = _with_first_line(cell.source, edit.first_line)
            cell.metadata[METADATA_KEY] = node({"task": edit.task, "prompt": True})


def _with_first_line(source: str, first_line: str) -> str:
    """The source with its first line that is not blank replaced."""
    lines = source.split("\n")
    index = next((number for number, line in enumerate(lines) if line.strip()), 0)
    return "\n".join([*lines[:index], first_line, *lines[index + 1 :]])
