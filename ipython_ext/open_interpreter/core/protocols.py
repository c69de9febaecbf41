"""The contracts. Implementers do not inherit; mypy checks them where they are passed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Protocol

from .cells import Cell, Outcome
from .conversation import Delta, Profile, Request, Task
from .questions import Answer, Question
from .snapshot import Snapshot


class Host(Protocol):
    """Where cells live and run: a live kernel, a notebook file, the server."""

    async def snapshot(self, task: Task) -> Snapshot:
        """What is really there now; describes no variable outside `task.only` where that is not empty."""
        ...

    async def approve(self, question: Question) -> Answer:
        """Ask the person; where nobody can answer, an answer with `nobody` set."""
        ...

    async def execute(self, cell: Cell) -> Outcome:
        """Run one cell to its end. The user's mistake is data in the outcome; raises only on cancellation."""
        ...


class Provider(Protocol):
    """A model."""

    @property
    def profile(self) -> Profile:
        """What the loop must know of this model."""
        ...

    def stream(self, request: Request) -> AsyncIterator[Delta]:
        """Answer a request piece by piece. Raises ProviderError, at the start or in the middle."""
        ...


class Listener(Protocol):
    """Anything that reads the stream of events: the notebook, the log, the terminal."""

    async def hear(self, event: object) -> None:
        """Take in one event, in order."""
        ...
