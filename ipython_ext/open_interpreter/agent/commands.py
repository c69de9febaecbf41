"""A person's wish becomes a task: the words, the command, and the cell that it is about.

What a command asks of the model stands in `prompts/command_….md`; the task keeps the person's own words apart from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast, get_args

from ..core.cells import Cell, new_id
from ..core.conversation import Command, Image, Quote, Task
from ..core.errors import UsageError
from ..core.languages import is_python

_NEEDS_CELL: dict[str, str] = {
    "fix": "select the cell that fails",
    "explain": "select the cell that is to be explained",
    "document": "select the cell that is to be documented",
    "test": "select the cell that is to be tested",
    "optimise": "select the cell that is to be made better",
}
_SPOKEN = tuple(each for each in get_args(Command) if each != "sketch")


def make_task(  # noqa: PLR0913 - a wish has so many parts
    command: str,
    text: str,
    *,
    target: Cell | None = None,
    images: Sequence[Image] = (),
    quotes: Sequence[Quote] = (),
    shares: bool = True,
    id: str = "",  # noqa: A002 - the task's own word
    language: str = "python",
) -> Task:
    """The task for the person's words and a command; either may be empty.

    `language` is the kernel's: a target that does not tell its own has it. Raises UsageError, with what to do, for an
    empty wish, a command that there is not, and a command without the cell that it is about.
    """
    words = text.strip()
    if command not in _SPOKEN:
        raise UsageError(f"There is no command /{command}: the commands are {_listed()}.")
    if not command and not words and not images:
        raise UsageError("The instruction is empty: say what is to be done.")
    if command == "plan" and not words and not images:
        raise UsageError("/plan needs an instruction: say what is to be planned.")
    source = target.source.strip() if target is not None else ""
    if command in _NEEDS_CELL and not source:
        raise UsageError(f"/{command} is about a cell with code: {_NEEDS_CELL[command]}, then ask again.")
    return Task(
        instruction=words,
        id=id or new_id(),
        images=tuple(images),
        plan=command == "plan",
        quotes=tuple(quotes),
        target=None if target is None else _told(target, language),
        shares=shares,
        command=cast("Command", command),
    )


def _told(target: Cell, language: str) -> Cell:
    return target if is_python(language) else replace(target, language=language)


def _listed() -> str:
    return ", ".join(f"/{each}" for each in _SPOKEN if each)
