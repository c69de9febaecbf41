"""Settings and a host become a ready agent, its policy and its log: the one place where the rooms are put together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator

    from .agent.loop import Agent
    from .core.conversation import Task
    from .core.events import Event
    from .core.protocols import Host
    from .core.settings import Settings
    from .safety.policy import Policy
    from .sessions.journal import Journal


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


def open_journal(home: Path, task: Task) -> Journal:
    """The log of this task below the data folder."""
    from .sessions.journal import Journal

    return Journal(home / "sessions", task.id)


def logged(events: AsyncIterator[Event], home: Path, task: Task) -> AsyncGenerator[Event, None]:
    """The events of this task, each in its log below the data folder before it is passed on."""
    from .sessions.journal import recorded

    return recorded(events, open_journal(home, task))
