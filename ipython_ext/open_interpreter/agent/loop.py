"""The loop: ask the model, draft the cells of its reply, run them, look at what came of it, correct, finish."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass, field

from ..context.budget import estimate_messages
from ..context.render import messages
from ..core.cells import Attempt, Cell, Status
from ..core.conversation import Conversation, Delta, Message, Request, Turn, Usage
from ..core.errors import ProviderError
from ..core.events import Asked, Began, Event, Executed, Finished, Judged, Notice
from ..core.protocols import Host, Provider
from ..core.settings import Settings
from ..core.snapshot import Snapshot
from ..safety.policy import Policy, Verdict
from .checklists import Checklist
from .draft import Draft
from .endings import Last, after_cells, after_prose

_BEFORE: dict[Status, str] = {
    "error": "The cell before it failed.",
    "refused": "The cell before it was refused.",
    "aborted": "The cell before it was stopped.",
}
"""Why the cells behind a cell with this status do not run."""


@dataclass(slots=True)
class _Work:
    """The policy for the cells of one turn, what came of them, and how the task ends where a verdict ends it."""

    policy: Policy
    attempts: list[Attempt] = field(default_factory=list)
    ending: Last | None = None


class Agent:
    """Brings one task to its end; keeps nothing between tasks but what it was given."""

    def __init__(self, provider: Provider, host: Host, policy: Policy, settings: Settings) -> None:
        self._provider = provider
        self._host = host
        self._policy = policy
        self._settings = settings

    async def run(self, talk: Conversation) -> AsyncGenerator[Event, None]:
        """Everything that happens, in the order that `core.events` tells.

        What the model or the person does wrong is an event. Raises only what a host raises, and on cancellation, which
        also closes the model's stream.
        """
        profile = self._provider.profile
        yield Began(talk.task, profile.name)
        if talk.task.images and not profile.vision:
            yield Notice(f"{profile.name} does not see pictures: the attached ones are not sent.")
        usage, plan, policy = Usage(), Checklist() if talk.task.plan else None, self._policy.for_task()
        for number in range(1, self._settings.max_turns + 1):
            snapshot = await self._host.snapshot(talk.task)
            draft, work = _draft(talk, snapshot, plan), _Work(policy)
            async with aclosing(self._ask(talk, snapshot, draft)) as asking:
                async for event in asking:
                    yield event
            usage += draft.usage
            async with aclosing(self._work(draft, work, snapshot)) as working:
                async for event in working:
                    yield event
            talk = talk.add(Turn(draft.text, tuple(work.attempts), snapshot))
            last = self._last(talk, draft, work, plan)
            if last is not None:
                yield Finished(last[0], draft.prose, number, usage, last[1])
                return

    async def preview(self, talk: Conversation) -> tuple[Message, ...]:
        """What the first request would send; nothing is sent."""
        return messages(talk, await self._host.snapshot(talk.task), self._provider.profile, self._settings)

    async def _ask(self, talk: Conversation, snapshot: Snapshot, draft: Draft) -> AsyncGenerator[Event, None]:
        """Send the request and let the draft grow; at its end every cell is drafted, or every cell is dropped."""
        rendered = messages(talk, snapshot, self._provider.profile, self._settings)
        yield Asked(draft.turn, rendered, estimate_messages(rendered))
        stream = self._provider.stream(Request(rendered, talk, snapshot))
        try:
            async for delta in stream:
                for event in draft.hear(delta):
                    yield event
                if draft.over:
                    break
        except ProviderError as error:
            draft.trouble = str(error)
        finally:
            await _close(stream)
        for event in draft.end():
            yield event

    async def _work(self, draft: Draft, work: _Work, snapshot: Snapshot) -> AsyncGenerator[Event, None]:
        """Run the cells in order, as far as they are allowed and succeed."""
        for cell in draft.cells:
            verdict = await self._judge(cell, snapshot, work.policy)
            yield Judged(cell.id, verdict.judgement, verdict.runs, verdict.by)
            outcome = await self._host.execute(verdict.cell) if verdict.runs else verdict.outcome
            yield Executed(verdict.cell, outcome)
            written = cell.source if verdict.cell.source != cell.source else ""
            work.attempts.append(Attempt(verdict.cell, outcome, written))
            work.ending = verdict.ending
            if outcome.status in _BEFORE:
                for event in draft.drop_after(cell, _BEFORE[outcome.status]):
                    yield event
                return

    async def _judge(self, cell: Cell, snapshot: Snapshot, policy: Policy) -> Verdict:
        """The policy's verdict, after the person was asked where it asks."""
        verdict = policy.verdict(cell, self._provider.profile, snapshot.variables)
        while verdict.question is not None:
            answer = await self._host.approve(verdict.question)
            verdict = policy.learn(verdict.question, answer)
        return verdict

    def _last(self, talk: Conversation, draft: Draft, work: _Work, plan: Checklist | None) -> Last | None:
        """How the task ends after this turn, or None where it goes on."""
        if draft.trouble:
            return "failed", draft.trouble
        if not draft.cells:
            planning = plan is not None and plan.unfinished
            return after_prose(talk, self._settings.max_turns, planning=planning)
        return work.ending or after_cells(talk, self._settings.max_turns)


def _draft(talk: Conversation, snapshot: Snapshot, plan: Checklist | None) -> Draft:
    """The next reply before its first word; what only explains has no cells."""
    if plan is not None:
        plan.begin()
    language = "" if talk.task.command == "explain" else snapshot.language
    return Draft(len(talk.turns) + 1, language, _to_mend(talk), plan)


def _to_mend(talk: Conversation) -> Cell | None:
    """The cell whose place the next reply's first cell takes: it failed, or a person refused it with a word.

    At the start it is the person's own cell that the task rewrites.
    """
    last = talk.last
    if last is None:
        return talk.task.rewrites
    return None if last.outcome.ok else last.cell


async def _close(stream: AsyncIterator[Delta]) -> None:
    """Let go of the model's connection at once, not when the garbage is collected."""
    close = getattr(stream, "aclose", None)
    if close is not None:
        await close()
