"""The kernel of one task's notebook: found anew each time, so that a restart or another kernel is noticed and told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from open_interpreter.core.cells import CellError, Outcome
from open_interpreter.core.edits import Place
from open_interpreter.core.snapshot import PastCell, Trouble
from open_interpreter.prompts import render

from ..kernels import KernelLost, Witness, Witnesses
from ..words import KernelGone, Queued
from .notebook import Notebook
from .sight import id_of

NO_KERNEL = "This notebook has no kernel: choose one at the right of its toolbar, then ask again."
LOST = "KernelLost"
"""The error's name of a cell whose kernel was lost."""
MOST_NAMES = 60


@dataclass(eq=False)
class Known:
    """What a chat has seen last of its kernel: the kernel's id with which of its lives that was, and what it held."""

    life: tuple[str, int] | None = None
    names: tuple[str, ...] = ()
    past: tuple[PastCell, ...] = ()


@dataclass(eq=False)
class Kernel:
    """One task's view of the kernel. `told` gets what the person is to know, `known` outlives the task."""

    notebook: Notebook
    witnesses: Witnesses
    told: Callable[[KernelGone | Queued], None]
    known: Known = field(default_factory=Known)
    trouble: Trouble | None = None
    """What the model is told where a kernel was lost, and with it what it has seen of it."""

    @property
    def life(self) -> tuple[str, int]:
        """The kernel's id and which of its lives this is, as it was last seen; an empty id where there is none."""
        return self.known.life or ("", 0)

    async def id(self) -> str:
        """The kernel's id, as the desk or the server's sessions have it; empty where there is none."""
        desk = self.notebook.desk
        holding = self.notebook.desks.holding(desk, self.notebook.path) if desk is not None else None
        if holding is not None and holding.kernel:
            return holding.kernel
        return await self.witnesses.kernel_of(self.notebook.path)

    async def witness(self) -> Witness:
        """Whoever hears the kernel. Raises KernelLost where there is no kernel, or it is not the one of before."""
        kernel = await self.id()
        if not kernel:
            raise KernelLost.gone() if self.known.life else KernelLost(NO_KERNEL)
        witness = await self.witnesses.of(kernel)
        life = (kernel, witness.life)
        if self.known.life is None:
            self.known.life = life
        if self.known.life != life or not witness.alive:
            raise KernelLost.restarted() if witness.alive else KernelLost.died()
        return witness

    async def rested(self) -> Witness:
        """The witness once the kernel has nothing to do. Raises KernelLost."""
        witness = await self.witness()
        if witness.busy:
            self.told(Queued())
        await witness.rest()
        return witness

    def saw(self, witness: Witness) -> None:
        """Remember what the kernel holds now, in case that it is lost."""
        self.known.names = witness.names
        self.known.past = tuple(replace(each, output="") for each in witness.past)

    async def meet(self, place: Place) -> None:
        """Where it is not the one that the chat knew any more, tell so before anything else."""
        try:
            await self.witness()
        except KernelLost:
            await self.lose(place)

    async def lose(self, place: Place) -> KernelGone | None:
        """The kernel is not the one of before: tell what went with it, and go on with the one that is there now.

        None where there was none to lose.
        """
        known = self.known
        if known.life is None:
            return None
        kernel = await self.id()
        witness = None
        try:
            witness = await self.witnesses.of(kernel) if kernel else None
        except KernelLost:
            kernel = ""
        alive = witness is not None and witness.alive
        past = (witness.lost if witness is not None and kernel == known.life[0] else ()) or known.past
        standing = {cell.id for cell in place.cells}
        cells = tuple(dict.fromkeys(id_of(each, place) for each in past))
        gone = KernelGone(alive, known.names, tuple(each for each in cells if each in standing))
        known.names = known.past = ()
        known.life = (kernel, witness.life) if alive and witness is not None else None
        self.trouble = lost(gone, place)
        self.told(gone)
        return gone


def lost(gone: KernelGone, place: Place) -> Trouble:
    """What the model is told of it."""
    names = ", ".join(gone.variables[:MOST_NAMES]) or "whatever it held"
    numbers = {cell.id: number for number, cell in enumerate(place.cells, 1)}
    cells = ", ".join(f"cell {numbers[each]}" for each in gone.cells if each in numbers) or "none that is known"
    return Trouble(LOST, render("kernel_gone", variables=names, cells=cells))


def lost_outcome(gone: KernelGone, place: Place) -> Outcome:
    """What comes of a cell whose kernel was lost."""
    trouble = lost(gone, place)
    return Outcome("error", error=CellError(trouble.name, trouble.value))
