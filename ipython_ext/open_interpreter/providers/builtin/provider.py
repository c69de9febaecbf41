"""The model that needs no network: it reads the instruction, takes recipes, fills them from the snapshot.

It only answers requests; what runs when is the loop's business. Where nothing fits it says so and writes no cell.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

from ...core.cells import Attempt
from ...core.conversation import Conversation, Delta, Profile, Request, Usage
from ...core.languages import is_python, title
from ...core.snapshot import Snapshot
from .choosing import reusable
from .commands import commanded
from .drafts import Manner, draft
from .followups import spelled_out
from .lexicon import chinese
from .plans import Plan, plan
from .repairs import last_mended, repaired
from .replies import Declined, closing, phrase, written
from .steering import steered
from .wishes import wishes

_PIECE = 64
_FIX = re.compile(r"\b(?:fix|repair|correct|mend|debug)\b|修复|改正|修正|修一下", re.IGNORECASE)


class Builtin:
    """The built-in model; see Provider."""

    @property
    def profile(self) -> Profile:
        """Trusted: its code is ours, written from recipes."""
        return Profile(name="builtin", trusted=True)

    async def stream(self, request: Request) -> AsyncIterator[Delta]:
        """Answer a request. Never raises for what a person wrote."""
        text = answer(request.conversation, request.snapshot)
        for at in range(0, len(text), _PIECE):
            yield Delta(text=text[at : at + _PIECE])
        yield Delta(finish="declined" if isinstance(text, Declined) else "stop", usage=Usage())


def answer(conversation: Conversation, snapshot: Snapshot) -> str:
    """The reply to a conversation as it stands."""
    if not is_python(snapshot.language):
        return Declined(phrase("python_only", conversation.task.instruction, detail=title(snapshot.language)))
    follow_up = steered(conversation, snapshot)
    if follow_up is None:
        return _answer(conversation, snapshot)
    told = _answer(follow_up, snapshot)
    if not isinstance(told, Declined) or not conversation.turns:
        return told
    words = phrase("left_out", follow_up.task.instruction, detail=f"“{follow_up.task.instruction}”".replace("`", "'"))
    before = _answer(conversation, snapshot)
    return before if isinstance(before, Declined) else f"{words}\n\n{before}"


def _answer(conversation: Conversation, snapshot: Snapshot) -> str:
    attempts = [each for turn in conversation.turns for each in turn.attempts]
    if conversation.failure is not None:
        return repaired(conversation, snapshot)
    if attempts and conversation.task.command in ("fix", "document"):
        return closing(conversation, snapshot, ())
    commands = None if attempts else commanded(conversation.task, snapshot)
    return commands or _instructed(conversation, snapshot, attempts)


def _instructed(conversation: Conversation, snapshot: Snapshot, attempts: list[Attempt]) -> str:
    """The reply to an instruction in the person's own words."""
    done = tuple(each.cell.source for each in attempts if each.outcome.ok)
    instruction = spelled_out(conversation)
    made = plan(instruction, snapshot, done)
    if not made.acts and not attempts and _FIX.search(instruction):
        found = last_mended(snapshot, instruction)
        if found:
            return found
    if attempts and not (made.acts and _only_loads_so_far(done)):
        return closing(conversation, snapshot, tuple(dict.fromkeys(each.recipe.id for each in made.acts)))
    if attempts and not made.acts and not made.refusal:
        return closing(conversation, snapshot, ())
    return _reply(made, conversation, snapshot, instruction)


def _wished(made: Plan) -> str:
    """A name for the result; what is loaded has it already."""
    return "" if any(each.recipe.role == "load" for each in made.acts) else made.name


def _only_loads_so_far(done: tuple[str, ...]) -> bool:
    return all("pd.read_" in each and "plt." not in each and "groupby" not in each for each in done)


def _reply(made: Plan, conversation: Conversation, snapshot: Snapshot, instruction: str) -> str:
    if not made.acts:
        return Declined(phrase(made.refusal, instruction, detail=made.detail, near=made.near))
    manner = Manner(
        wishes=wishes(instruction),
        chinese=chinese(instruction),
        taken=frozenset(each.name for each in snapshot.variables) - reusable(snapshot),
        assign=conversation.task.assign if not made.loading else "",
        name=_wished(made),
    )
    last = len(made.acts) - 1
    drafts = tuple(draft(act, manner, last=at == last) for at, act in enumerate(made.acts))
    return written(drafts, () if made.loading else made.left_out, instruction)
