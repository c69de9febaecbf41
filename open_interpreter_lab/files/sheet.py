"""A notebook in memory, as nbformat's plain JSON, and an order's edits on it, by cell id.

The twin of what a page does to a notebook that is open there (`src/notebook/orders.ts`): a cell that reads otherwise
than the server last wrote it is a person's now, and is neither written nor removed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from open_interpreter.core.edits import METADATA_KEY, Append, Insert, Remove, Rewrite, Run, Stamp

from ..words import Move, Show, Trouble
from .place import CUT, joined

ID_MINOR = 5
"""The first minor version of nbformat 4 whose cells have ids."""

Written = dict[str, str]
SheetEdit = Insert | Append | Rewrite | Stamp | Remove | Move | Run | Show


@dataclass(frozen=True, slots=True)
class Fault:
    """Why an edit was not carried out, because of which cell, and what stands there."""

    trouble: Trouble
    cell: str
    source: str = ""


class Sheet:
    """A notebook's cells. `written` is what the server last wrote into each; edits bring it up to date."""

    def __init__(self, notebook: dict[str, Any], written: Mapping[str, str]) -> None:
        self._notebook = notebook
        self._written: Written = dict(written)
        self._trusted = all(_metadata(each).get("trusted") is not False for each in self.cells)
        identify(notebook)
        self.changed = False

    @property
    def cells(self) -> list[dict[str, Any]]:
        """All cells, in order."""
        cells: list[dict[str, Any]] = self._notebook["cells"]
        return cells

    def remember(self) -> None:
        """Everything that stands there now counts as known."""
        self._written = {str(each["id"]): joined(each.get("source")) for each in self.cells}

    def carry_out(self, edit: SheetEdit) -> Fault | None:
        """Do one edit, or tell what is in its way. `Run` is only looked at: what would run must stand there."""
        match edit:
            case Insert():
                return self._insert(edit)
            case Move():
                return self._move(edit)
            case Remove():
                return self._remove(edit)
            case _:
                index = self._find(edit.id)
                return Fault("gone", edit.id) if index is None else self._change(self.cells[index], edit)

    def _change(self, cell: dict[str, Any], edit: Append | Rewrite | Stamp | Run | Show) -> Fault | None:
        source = joined(cell.get("source"))
        if isinstance(edit, (Append, Rewrite, Run)) and not self._knows(edit.id, source):
            return Fault("edited", edit.id, source)
        match edit:
            case Run():
                return None if edit.source == source else Fault("edited", edit.id, source)
            case Append():
                self._write(cell, source + edit.text)
            case Rewrite():
                self._write(cell, edit.source)
            case Stamp():
                cell["metadata"] = {**_metadata(cell), METADATA_KEY: deepcopy(dict(edit.metadata))}
            case Show():
                self._show(cell, edit)
        self.changed = True
        return None

    def _insert(self, edit: Insert) -> Fault | None:
        there = self._find(edit.id)
        if there is not None:  # an order that comes twice has been carried out
            source = joined(self.cells[there].get("source"))
            return None if source == edit.source else Fault("edited", edit.id, source)
        at = self._below(edit.after)
        if at is None:
            return Fault("gone", edit.after)
        cell: dict[str, Any] = {"cell_type": edit.kind, "id": edit.id, "metadata": deepcopy(dict(edit.metadata))}
        if edit.kind == "code":
            cell |= {"execution_count": None, "outputs": []}
        self.cells.insert(at, cell)
        self._write(cell, edit.source)
        self.changed = True
        return None

    def _move(self, edit: Move) -> Fault | None:
        start, below = self._find(edit.id), self._below(edit.after)
        if start is None or below is None:
            return Fault("gone", edit.id if start is None else edit.after)
        end = below - 1 if start < below else below
        if end != start and edit.after != edit.id:
            self.cells.insert(end, self.cells.pop(start))
            self.changed = True
        return None

    def _remove(self, edit: Remove) -> Fault | None:
        """Cells that are gone already are no trouble; one that a person has edited is, and then all stay."""
        for cell in self.cells:
            source = joined(cell.get("source"))
            if cell["id"] in edit.ids and not self._knows(cell["id"], source):
                return Fault("edited", cell["id"], source)
        kept = [cell for cell in self.cells if cell["id"] not in edit.ids]
        self.changed = self.changed or len(kept) < len(self.cells)
        self.cells[:] = kept
        return None

    def _show(self, cell: dict[str, Any], edit: Show) -> None:
        """What a cell put out that ran for the person; a notebook is trusted after that if it was before."""
        if cell.get("cell_type") != "code":
            return
        cell["outputs"] = [deepcopy(dict(each)) for each in edit.outputs]
        cell["execution_count"] = edit.count
        cell["metadata"] = {**_metadata(cell), "trusted": self._trusted}

    def _write(self, cell: dict[str, Any], source: str) -> None:
        cell["source"] = self._written[cell["id"]] = source

    def _knows(self, cell: str, source: str) -> bool:
        written = self._written.get(cell)
        if written is not None and written.endswith(CUT):  # it was told cut, since the place was full
            return written == source or source.startswith(written.removesuffix(CUT))
        return written == source

    def _find(self, cell: str) -> int | None:
        return next((index for index, each in enumerate(self.cells) if each["id"] == cell), None)

    def _below(self, after: str) -> int | None:
        """The index right below a cell, 0 for the top."""
        if not after:
            return 0
        above = self._find(after)
        return None if above is None else above + 1


def identify(notebook: dict[str, Any]) -> None:
    """Give every cell an id of its own, the same at every reading, and the notebook the version that allows it."""
    seen: set[str] = set()
    upgraded = "orig_nbformat" in _metadata(notebook)  # ids that nbformat has made up at this very reading
    for index, cell in enumerate(notebook["cells"]):
        if upgraded or not cell.get("id") or cell["id"] in seen:
            text = f"{index}:{cell.get('cell_type')}:{joined(cell.get('source'))}"
            cell["id"] = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12]
        seen.add(cell["id"])
    notebook["nbformat_minor"] = max(int(notebook.get("nbformat_minor", 0)), ID_MINOR)


def _metadata(cell: Mapping[str, Any]) -> dict[str, Any]:
    metadata = cell.get("metadata")
    return dict(metadata) if isinstance(metadata, Mapping) else {}
