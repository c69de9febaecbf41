"""What outlasts one prompt, for the life of a kernel; nothing of it is ever written down."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Any

from open_interpreter.core.conversation import Exchange
from open_interpreter.core.edits import NotebookCell

KEPT_EXCHANGES = 3


@dataclass(frozen=True)
class MadeTask:
    """A task that made cells: enough to take them back."""

    id: str
    prompt: str
    first_line: str
    ids: tuple[str, ...]
    replaced: tuple[NotebookCell, ...] = ()
    """The cells that made way for these."""
    before: str = ""
    """The task that the prompt had before."""


@dataclass
class Memory:
    """What outlasts one task, for this kernel's life."""

    policies: dict[str, Any] = field(default_factory=dict)
    confirmed: set[str] = field(default_factory=set)
    exchanges: deque[Exchange] = field(default_factory=lambda: deque(maxlen=KEPT_EXCHANGES))
    tasks: list[MadeTask] = field(default_factory=list)
    withdrawn: dict[str, tuple[str, int]] = field(default_factory=dict)
    removals: int = 0
    told_plain: bool = False
