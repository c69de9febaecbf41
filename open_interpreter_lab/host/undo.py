"""Taking back what a task did to the notebook, from its records: what somebody has changed since is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from open_interpreter.core.edits import Place, Remove, Rewrite
from open_interpreter.core.events import CellOpened, Drafted, Dropped

from ..desks import DeskGone
from ..words import Decided, OrderEdit, Record, Replaces, Undone, Waits
from .notebook import GONE, HOPELESS, Notebook, NotebookTrouble

TRIES = 12


@dataclass(slots=True)
class Deed:
    """A cell that a task wrote last as `source`; `before` is what the person had there, None where it was made."""

    id: str
    source: str = ""
    before: str | None = None


def deeds(records: Sequence[Record]) -> list[Deed]:
    """What the task of these records did, in order."""
    done: dict[str, Deed] = {}
    asked: dict[str, str] = {}
    for event in (record.event for record in records):
        match event:
            case Replaces():
                done[event.id] = Deed(event.id, event.source, event.source)
            case CellOpened():
                done.setdefault(event.id, Deed(event.id))
            case Drafted():
                done.setdefault(event.cell.id, Deed(event.cell.id)).source = event.cell.source
            case Waits():
                asked[event.question.id] = event.question.cell.id
            case Decided() if event.answer.source and event.question in asked:
                done.setdefault(asked[event.question], Deed(asked[event.question])).source = event.answer.source
            case Dropped() if event.id in done:
                _drop(done, event)
    return list(done.values())


def made(records: Sequence[Record]) -> list[str]:
    """The ids of the cells that the task of these records made."""
    return [each.id for each in deeds(records) if each.before is None]


async def take_back(notebook: Notebook, done: Sequence[Deed]) -> Undone:
    """Take these deeds back. Raises NotebookTrouble and PaperTrouble where the notebook cannot be written."""
    kept: dict[str, None] = {}
    taken = 0
    for _ in range(TRIES):
        desk = await notebook.come_back()
        try:
            place = await notebook.read(desk)
            edits = _edits(place, done, kept)
            if not edits:
                return Undone(taken, tuple(kept))
            written = {cell.id: cell.source for cell in place.cells}
            answer = await (notebook.give(desk, *edits) if desk else notebook.write_file(tuple(edits), written))
        except DeskGone:
            continue
        if not answer.trouble:
            return Undone(taken + len(edits), tuple(kept))
        if answer.trouble in HOPELESS:
            raise NotebookTrouble(HOPELESS[answer.trouble])
        if answer.trouble == "edited":
            kept[answer.cell] = None
        taken += next((at for at, each in enumerate(edits) if _id_of(each) == answer.cell), 0)
    raise NotebookTrouble(GONE)


def _edits(place: Place, done: Sequence[Deed], kept: dict[str, None]) -> list[OrderEdit]:
    """What is still to be done; cells that read otherwise than the task left them are added to `kept`."""
    standing = {cell.id: cell.source for cell in place.cells}
    edits: list[OrderEdit] = []
    for deed in done:
        source = standing.get(deed.id)
        if source is None or source == deed.before or deed.id in kept:
            continue
        if source != deed.source:
            kept[deed.id] = None
        elif deed.before is None:
            edits.append(Remove((deed.id,)))
        else:
            edits.append(Rewrite(deed.id, deed.before))
    return edits


def _drop(done: dict[str, Deed], event: Dropped) -> None:
    if event.restored is not None:
        done[event.id].source = event.restored
    elif done[event.id].before is None:
        del done[event.id]


def _id_of(edit: OrderEdit) -> str:
    return edit.ids[0] if isinstance(edit, Remove) else getattr(edit, "id", "")
