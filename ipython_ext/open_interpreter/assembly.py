"""Settings and a host become a ready agent, its policy and its log: the one place where the rooms are put together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .agent.commands import make_task

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Sequence

    from .agent.loop import Agent
    from .core.cells import Cell
    from .core.conversation import Exchange, Task
    from .core.events import Event
    from .core.protocols import Host
    from .core.settings import Settings
    from .core.sketches import Sketched
    from .core.snapshot import Snapshot
    from .safety.policy import Policy
    from .sessions.journal import Journal

__all__ = ["exchange", "logged", "make_task", "open_agent", "open_journal", "open_policy", "open_sketch"]


def open_policy(settings: Settings, directory: Path | None = None) -> Policy:
    """The policy of one kernel and notebook: keep it as long as the kernel lives, since it remembers what was answered.

    `settings` are the person's and the admin's, without the options of a cell. `directory` is where the cells run, the
    present one where it is not given.
    """
    from .safety.paths import looking_in
    from .safety.policy import Policy, looking_here

    return Policy(
        mode=settings.effective_mode,
        answered=settings.answered,
        allow=frozenset(settings.allow),
        look=looking_in(directory) if directory else looking_here,
    )


def open_agent(settings: Settings, host: Host, policy: Policy | None = None) -> Agent:
    """An agent for these settings, which may carry a cell's options: they can only tighten the policy's mode.

    Raises SettingsError for an unknown model and KeyMissing where the model needs a key that is not there.
    """
    from .agent.loop import Agent
    from .providers import open_provider

    policy = policy or open_policy(settings)
    return Agent(open_provider(settings), host, policy.under(settings.effective_mode), settings)


def exchange(instruction: str, prose: str, cells: Sequence[Cell]) -> Exchange:
    """A task that is over as later tasks of the same conversation are told of it."""
    from .context.earlier import exchange as told

    return told(instruction, prose, cells)


def open_sketch(settings: Settings, snapshot: Snapshot, source: str, text: str) -> AsyncGenerator[Sketched, None]:
    """One cell for these words, piece by piece; `source` is what stands in the cell now, empty for a new one.

    What the model does wrong is told in the last piece. Raises UsageError for empty words, SettingsError for an unknown
    model and KeyMissing where it needs a key that is not there.
    """
    from .agent.sketch import sketch, sketch_task
    from .providers import open_provider

    task = sketch_task(source, text, snapshot.language)
    return sketch(open_provider(settings), snapshot, settings, task)


def open_journal(home: Path, task: Task) -> Journal:
    """The log of this task below the data folder."""
    from .sessions.journal import Journal

    return Journal(home / "sessions", task.id)


def logged(events: AsyncIterator[Event], home: Path, task: Task) -> AsyncGenerator[Event, None]:
    """The events of this task, each in its log below the data folder before it is passed on."""
    from .sessions.journal import recorded

    return recorded(events, open_journal(home, task))
