"""The turns so far as messages: each reply, and what came of its cells. Old turns are shortened, then dropped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..core.cells import Attempt
from ..core.conversation import Conversation, Message, Turn
from ..core.snapshot import Snapshot
from ..prompts import render
from .budget import MESSAGE_TOKENS, clip, estimate, estimate_messages
from .changes import changes, hints
from .outputs import error_text, outputs_text
from .text import fence, one_line, sendable, trim

_RESULT_LETTERS = 3_000
_NOTE_LETTERS = 500
_REPLY_TOKENS, _SHORT_REPLY_TOKENS = 4_000, 200
_FOLD_TO = 0.6
"""Once the turns outgrow their room, the oldest are shortened until the rest takes no more than this part of it."""


@dataclass(frozen=True, slots=True)
class _Told:
    """One turn as messages, in full and in short."""

    full: tuple[Message, Message]
    short: tuple[Message, Message]


def turn_messages(conversation: Conversation, seen: Sequence[Snapshot], room: int) -> tuple[Message, ...]:
    """The turns in at most `room` tokens, the latest in full where it fits; before turn n, `seen[n]` was there."""
    only = conversation.task.only
    told = [_told(turn, seen[at], seen[at + 1], only) for at, turn in enumerate(conversation.turns)]
    dropped, shortened = _folds(told, room)
    kept = [each.short if at < shortened else each.full for at, each in enumerate(told)][dropped:]
    sent = [message for pair in kept for message in pair]
    if dropped:
        sent[1] = Message("user", f"({dropped:,} earlier replies and their cells are left out.)\n\n{sent[1].text}")
    return _fitted(sent, room)


def _folds(told: Sequence[_Told], room: int) -> tuple[int, int]:
    """How many of the first turns are dropped and how many shortened.

    Counted as if turn by turn, so that a turn once shortened stays so and several are at one time.
    """
    dropped = shortened = 0
    for count in range(1, len(told) + 1):
        goal = room
        while _cost(told[:count], dropped, shortened) > goal and dropped < count - 1:
            goal = int(room * _FOLD_TO)
            if shortened < count - 1:
                shortened += 1
            else:
                dropped += 1
    return dropped, shortened


def _cost(told: Sequence[_Told], dropped: int, shortened: int) -> int:
    return sum(
        estimate_messages(each.short if at < shortened else each.full) for at, each in enumerate(told) if at >= dropped
    )


def _fitted(sent: list[Message], room: int) -> tuple[Message, ...]:
    """The messages, the last reply and its results clipped where even they alone are too much."""
    over = estimate_messages(sent) - room
    if over <= 0 or not sent:
        return tuple(sent)
    reply, result = sent[-2:]
    free = room - estimate_messages(sent[:-2]) - 2 * MESSAGE_TOKENS
    if free <= 1:
        return ()
    words = min(estimate(result.text), max(free // 2, free - estimate(reply.text)))
    return (
        *sent[:-2],
        Message("assistant", clip(reply.text, free - words)),
        Message("user", clip(result.text, words)),
    )


def _told(turn: Turn, before: Snapshot, after: Snapshot, only: tuple[str, ...]) -> _Told:
    reply = sendable(turn.reply).strip() or "(nothing)"
    results = [_result(attempt, after, only) for attempt in turn.attempts]
    short = [f"Cell {each.cell.id}: {_status(each)}." for each in turn.attempts] or [render("nothing")]
    changed = changes(before, after, only)
    if not any(each.outcome.status == "error" for each in turn.attempts):
        results.append(render("forward") if turn.attempts else render("nothing"))
    full = "\n\n".join([*results[:-1], *([changed] if changed else []), results[-1]])
    return _Told(
        (Message("assistant", clip(reply, _REPLY_TOKENS)), Message("user", full)),
        (Message("assistant", clip(reply, _SHORT_REPLY_TOKENS)), Message("user", "\n".join(short))),
    )


def _result(attempt: Attempt, after: Snapshot, only: tuple[str, ...]) -> str:
    cell, outcome = attempt.cell, attempt.outcome
    if outcome.status == "inserted":
        return render("inserted", cell=cell.id)
    note = f"\n{fence(trim(outcome.note, _NOTE_LETTERS))}" if outcome.note else ""
    if outcome.status in ("refused", "aborted"):
        return render(outcome.status, cell=cell.id, word=f" A word on it:{note}\n" if note else "")
    shown = outputs_text(outcome, _RESULT_LETTERS)
    if outcome.status == "error" and outcome.error is not None:
        text = error_text(outcome.error, cell.source)
        told = fence(f"{shown}\n{text}" if shown else text)
        return render("failed", cell=cell.id, error=told, hints=hints(attempt, after, only), language=cell.language)
    return render("ran", cell=cell.id, result=(f"It showed:\n{fence(shown)}" if shown else "It showed nothing.") + note)


def _status(attempt: Attempt) -> str:
    error = attempt.outcome.error
    return f"error, {one_line(error.line)}" if error is not None else attempt.outcome.status
