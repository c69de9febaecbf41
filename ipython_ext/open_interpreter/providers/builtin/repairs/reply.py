"""The reply to a failed cell: the corrected one in its place, then the cells that it held up."""

from __future__ import annotations

from ....core.cells import CellError
from ....core.conversation import Conversation
from ....core.snapshot import Snapshot
from ..lexicon import chinese
from ..replies import Declined, block, blocks, phrase
from .fixes import Break, Fix, Repair
from .kinds import moments, numbers, strict
from .names import column, file, missing_module, variable
from .reading import encoding, separator, single_column

_REPAIRS: tuple[Repair, ...] = (single_column, column, variable, file, encoding, separator, strict, moments, numbers)


def repaired(conversation: Conversation, snapshot: Snapshot) -> str:
    """Correct the failed cell of a conversation, or say honestly that no repair is known."""
    instruction = conversation.task.instruction
    failure = conversation.failure
    if failure is None or failure.outcome.error is None:
        raise ValueError("nothing has failed")
    attempts = [each for turn in conversation.turns for each in turn.attempts]
    tried = tuple(each.cell.source for each in attempts)
    earlier = tuple(each.source for each in snapshot.cells) + tried
    broken = Break(failure.cell.source, failure.outcome.error, snapshot, earlier)
    fix = _fix(broken, tried)
    if fix is None:
        return hopeless(broken, instruction)
    last = next(turn for turn in reversed(conversation.turns) if turn.attempts)
    held_up = blocks(last.reply)[len(last.attempts) :]
    pieces = [_said(fix, instruction), block(fix.source, replace=failure.cell.id)]
    pieces += [block(fix.also(each)) for each in held_up]
    return "\n\n".join(pieces)


def mended(source: str, error: CellError, snapshot: Snapshot, instruction: str) -> str:
    """A corrected form of a cell of the person's that failed, or honest words where no repair is known."""
    broken = Break(source, error, snapshot, tuple(each.source for each in snapshot.cells))
    fix = _fix(broken, (source,))
    if fix is None:
        return Declined(hopeless(broken, instruction))
    return f"{_said(fix, instruction)}\n\n{block(fix.source)}"


def last_mended(snapshot: Snapshot, instruction: str) -> str | None:
    """A corrected form of the cell that failed last in the kernel; None where none failed."""
    trouble = snapshot.trouble
    if trouble is None or not trouble.source:
        return None
    error = CellError(trouble.name, trouble.value, tuple(trouble.traceback.splitlines()))
    return mended(trouble.source, error, snapshot, instruction)


def _fix(broken: Break, tried: tuple[str, ...]) -> Fix | None:
    """The first repair that fits and gives something new. A source that is no Python has none."""
    for repair in _REPAIRS:
        try:
            fix = repair(broken)
        except SyntaxError:
            return None
        if fix is not None and fix.source.strip() not in {each.strip() for each in tried}:
            return fix
    return None


def hopeless(broken: Break, instruction: str) -> str:
    """Nothing is known against this error: what to install, or where to turn."""
    package = missing_module(broken)
    if package:
        return phrase("install", instruction, detail=package, package=package)
    line = broken.error.line.replace("\n", " ")
    return phrase("stuck", instruction, detail=f"`{line[:160].replace('`', chr(39))}`")


def _said(fix: Fix, instruction: str) -> str:
    return fix.chinese if chinese(instruction) else fix.english
