"""A look at a notebook that changes nothing and waits for nobody: for a preview, for names, for a sketch."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from open_interpreter.core.cells import Cell, Outcome
from open_interpreter.core.conversation import Task
from open_interpreter.core.edits import Place
from open_interpreter.core.questions import Answer, Question
from open_interpreter.core.snapshot import Snapshot

from ..desks import DeskGone, Page
from ..kernels import KernelLost, Look
from ..words import Name
from .kernel import Kernel
from .notebook import GONE, Notebook, NotebookTrouble
from .sight import Sight, language_of, snapshot
from .site import Site

TRIES = 3
FEW_LETTERS = 60


class Onlooker:
    """A host that runs nothing; of a busy kernel it tells what was seen last."""

    def __init__(self, site: Site, path: str, page: Page) -> None:
        self._site = site
        self._notebook = Notebook(path, site.desks, site.papers, page)
        self._kernel = Kernel(self._notebook, site.witnesses, lambda _: None)

    async def place(self) -> Place:
        """The notebook. Raises NotebookTrouble and PaperTrouble."""
        for _ in range(TRIES):
            with suppress(DeskGone):
                return await self._notebook.read(self._notebook.desk, seeds=False)
        raise NotebookTrouble(GONE)

    async def look(self, task: Task | None = None) -> Sight:
        """What is there now, as far as it can be told without waiting for the kernel."""
        place = await self.place()
        folder = self._site.folder(self._notebook.path)
        try:
            witness = await self._kernel.witness()
            seen = witness.seen if witness.busy else await witness.look(task.only if task is not None else ())
        except KernelLost:
            return Sight(place, folder=folder)
        return Sight(place, language_of(witness), witness.past, seen or Look(), folder)

    async def snapshot(self, task: Task) -> Snapshot:
        """What a request would tell of."""
        return await snapshot(await self.look(task), task, ())

    async def approve(self, _: Question) -> Answer:
        """Nobody is asked."""
        return Answer("refuse", nobody=True)

    async def execute(self, _: Cell) -> Outcome:
        """Nothing runs."""
        return Outcome("inserted")


def names(seen: Snapshot) -> Iterator[Name]:
    """What an instruction can refer to by `@`."""
    for variable in seen.variables:
        shape = " × ".join(str(side) for side in variable.shape)
        detail = " ".join(filter(None, (variable.type, shape)))
        yield Name(f"@{variable.name}", "variable", detail)
        for column in variable.columns:
            if column.name.isidentifier():
                yield Name(f"@{variable.name}.{column.name}", "column", column.dtype or column.kind)
    for cell in reversed(seen.cells):
        if cell.count is not None:
            first = next((line for line in cell.source.splitlines() if line.strip()), "")
            yield Name(f"@[{cell.count}]", "cell", first[:FEW_LETTERS])
    for file in seen.files:
        name = f'"{file.name}"' if " " in file.name else file.name
        yield Name(f"@file:{name}", "file", file.format)
