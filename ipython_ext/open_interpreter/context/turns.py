"""The turns so far as messages: each reply, and what came of its cells. Old turns are shortened, then dropped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..core.cells import Attempt
from ..core.conversation import Conversation, Message, Task, Turn
from ..core.languages import tag
from ..core.snapshot import Snapshot
from ..prompts import render
from .budget import MESSAGE_TOKENS, clip, estimate, estimate_messages
from .changes import changes, hints
from .outputs import error_text, outputs_text
from .text import fence, one_line, sendable, trim

_RESULT_LETTERS = 3_000
_NOTE_LETTERS = 500
_SOURCE_LETTERS = 4_000
_WORD_TOKENS = 1_000
_REPLY_TOKENS, _SHORT_REPLY_TOKENS = 4_000, 200
_FOLD_TO = 0.6
"""Once the turns outgrow their room, the oldest are shortened until the rest takes no more than this part of it."""


@dataclass(frozen=True, slots=True)
class _Told:
    """One turn as messages, in full and in short."""

    full: tuple[Message, Message]
    short: tuple[Message, Message]
    said: str = ""
    """What the person said meanwhile; both forms end with it."""


def spoken(words: Sequence[str]) -> str:
    """What the person said while the task runs, as orders."""
    return render("words", words="\n\n".join(clip(sendable(each.strip()), _WORD_TOKENS) for each in words))


def turn_messages(conversation: Conversation, seen: Sequence[Snapshot], room: int) -> tuple[Message, ...]:
    """The turns in at most `room` tokens, the latest in full where it fits; before turn n, `seen[n]` was there."""
    told = [_told(turn, seen[at], seen[at + 1], conversation.task) for at, turn in enumerate(conversation.turns)]
    dropped, shortened = _folds(told, room)
    kept = [each.short if at < shortened else each.full for at, each in enumerate(told)][dropped:]
    sent = [message for pair in kept for message in pair]
    if dropped:
        note = f"({dropped:,} earlier replies and their cells are left out.)"
        said = [text for each in told[:dropped] if (text := each.said)]
        sent[1] = Message("user", "\n\n".join([note, *said, sent[1].text]))
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
    words = sum(estimate(each.said) + 1 for each in told[:dropped] if each.said)
    return words + sum(
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


def _told(turn: Turn, before: Snapshot, after: Snapshot, task: Task) -> _Told:
    reply = sendable(turn.reply).strip() or "(nothing)"
    results = [_result(attempt, after, task) for attempt in turn.attempts]
    short = [f"Cell {each.cell.id}: {_status(each)}." for each in turn.attempts] or [render("nothing")]
    changed = changes(before, after, task.only) if task.shares else ""
    words = after.words[len(before.words) :]
    said = render("said", words=spoken(words)) if words else ""
    if not any(each.outcome.status == "error" for each in turn.attempts):
        results.append(render("forward") if turn.attempts else render("nothing"))
    full = "\n\n".join(part for part in (*results[:-1], changed, results[-1], said) if part)
    brief = "\n\n".join(part for part in ("\n".join(short), said) if part)
    return _Told(
        (Message("assistant", clip(reply, _REPLY_TOKENS)), Message("user", full)),
        (Message("assistant", clip(reply, _SHORT_REPLY_TOKENS)), Message("user", brief)),
        said,
    )


def _result(attempt: Attempt, after: Snapshot, task: Task) -> str:
    told = _came(attempt, after, task)
    if not attempt.written:
        return told
    cell = attempt.cell
    source = fence(trim(cell.source, _SOURCE_LETTERS), tag(cell.language))
    return f"{render('edited', cell=cell.id, source=source)}\n\n{told}"


def _came(attempt: Attempt, after: Snapshot, task: Task) -> str:
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
        more = hints(attempt, after, task.only) if task.shares else ""
        state = f"\n\n{outcome.note}" if outcome.note else ""
        return render("failed", cell=cell.id, error=told, hints=more, state=state, language=tag(cell.language))
    return render("ran", cell=cell.id, result=(f"It showed:\n{fence(shown)}" if shown else "It showed nothing.") + note)


def _status(attempt: Attempt) -> str:
    error = attempt.outcome.error
    return f"error, {one_line(error.line)}" if error is not None else attempt.outcome.status
