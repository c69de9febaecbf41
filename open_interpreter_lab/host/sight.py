"""What there is to tell of a notebook and its kernel: the pieces put together as a snapshot. Asks nobody anything."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from open_interpreter.core.conversation import Task
from open_interpreter.core.edits import NotebookCell, Place
from open_interpreter.core.languages import is_python
from open_interpreter.core.snapshot import FileEntry, PastCell, Snapshot, Trouble

from ..kernels import Look, Witness

LINE = 100
NOTHING = Look()


@dataclass(frozen=True, slots=True)
class Sight:
    """What was seen at one moment. `folder` is where the notebook's file lies, empty where that is not known."""

    place: Place
    language: str = "python"
    past: tuple[PastCell, ...] = ()
    look: Look = NOTHING
    folder: str = ""
    trouble: Trouble | None = None
    """What went wrong with the kernel itself."""

    @property
    def directory(self) -> str:
        """Where the kernel works, as far as this machine can tell."""
        told = self.look.directory
        return told if told and os.path.isdir(told) else self.folder  # noqa: PTH112 - a text, not a path of ours

    @property
    def cells(self) -> tuple[PastCell, ...]:
        """What ran, each with its id in the notebook where it is known there."""
        heard = {each.count for each in self.past if each.count is not None}
        known = {(cell.count, cell.source): cell for cell in self.place.cells}
        before = [_typed(count, source, known) for count, source in self.look.history if count not in heard]
        named = [replace(each, id=id_of(each, self.place)) for each in self.past]
        return tuple(sorted([*before, *named], key=lambda each: each.count or 0))


async def snapshot(sight: Sight, task: Task, words: Sequence[str]) -> Snapshot:
    """The snapshot of what was seen; of nothing but the language where the person shares nothing."""
    if not task.shares:
        return Snapshot(language=sight.language, words=tuple(words))
    cells = sight.cells
    return Snapshot(
        variables=sight.look.variables,
        cells=cells,
        files=await _files(sight.directory, " ".join((task.instruction, *words))),
        outline=_outline(sight.place.cells, {each.id for each in cells if each.id}),
        trouble=_trouble(cells) or sight.trouble,
        language=sight.language,
        directory=sight.directory,
        words=tuple(words),
    )


def id_of(past: PastCell, place: Place) -> str:
    """The id of the cell that ran: as it was sent, or of the one that reads so; empty where that is not known."""
    if past.id:
        return past.id
    same = [cell for cell in place.cells if cell.kind == "code" and cell.source == past.source]
    exact = next((cell.id for cell in same if cell.count == past.count), "")
    return exact or (same[0].id if len(same) == 1 else "")


def language_of(witness: Witness) -> str:
    """The kernel's language by the name that the rest of us uses."""
    return "python" if is_python(witness.language) else witness.language


def _typed(count: int, source: str, known: dict[tuple[int | None, str], NotebookCell]) -> PastCell:
    """A cell that ran before anybody listened; its output is what stands in the notebook."""
    cell = known.get((count, source))
    return PastCell(source, count, cell.id if cell else "", cell.output if cell else "")


async def _files(directory: str, said: str) -> tuple[FileEntry, ...]:
    from open_interpreter.context import files

    return await asyncio.to_thread(files.look, directory, said) if directory else ()


def _outline(cells: Iterable[NotebookCell], ran: set[str]) -> tuple[str, ...]:
    """One line for each cell that the kernel has not run: its number, kind and first line."""
    lines = []
    for number, cell in enumerate(cells, 1):
        first = next((line for line in cell.source.splitlines() if line.strip()), "")
        if first and cell.id not in ran:
            lines.append(f"cell {number}, {cell.kind}: {first[:LINE]}")
    return tuple(lines)


def _trouble(cells: Sequence[PastCell]) -> Trouble | None:
    """The last error, where no cell has run well since."""
    last = cells[-1] if cells else None
    if last is None or not last.failed:
        return None
    line = last.output.strip().splitlines()[-1] if last.output.strip() else "Error"
    name, _, value = line.partition(": ")
    return Trouble(name, value, last.source)
