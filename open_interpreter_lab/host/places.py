"""Where the first new cell of a task goes."""

from __future__ import annotations

from collections.abc import Sequence

from open_interpreter.core.conversation import Task
from open_interpreter.core.edits import Place

from ..words import Wish


def anchor(place: Place, wish: Wish, task: Task, before: Sequence[str], last_anchor: str | None) -> str:
    """The id of the cell below which it goes, empty for the top.

    `before` are the cells of the task before, `last_anchor` the cell that was active when that was said: where the
    person has not gone elsewhere, it goes below the last of them.
    """
    ids = [cell.id for cell in place.cells]
    if task.target is not None and task.target.id in ids:
        return task.target.id
    standing = [cell for cell in before if cell in ids]
    if standing and wish.anchor in (last_anchor, *standing):
        return max(standing, key=ids.index)
    if wish.anchor not in ids:
        return ids[-1] if ids else ""
    at = ids.index(wish.anchor)
    active = place.cells[at]
    if active.kind == "code" and not active.source.strip():
        return ids[at - 1] if at else ""
    return active.id
