"""A conversation and what is really there -> the messages of one request, within the budget.

Made so that servers can keep what they have read: the system prompt is always the same, the first message tells what
was there when the task began, and each turn adds to the end. Only where the turns outgrow the budget are the oldest
shortened, and then several at once, so that the next requests share their beginning again.
"""

from __future__ import annotations

from ..core.conversation import Conversation, Image, Message, Profile, Task
from ..core.languages import is_python, tag, title
from ..core.settings import Settings
from ..core.snapshot import Snapshot
from ..prompts import render
from .attached import attached
from .budget import IMAGE_TOKENS, MESSAGE_TOKENS, clip, estimate, estimate_messages, limit
from .references import references
from .sections import context
from .text import sendable
from .turns import spoken, turn_messages

_FIRST_SHARE = 0.6
"""The part of the budget for everything before the first turn; an instruction that needs more takes more."""
_EARLIER_SHARE = 0.25
_ATTACHED_SHARE = 0.6
"""The part of what the instruction leaves that the task's own cell and the attached texts may take."""
_LOOKED_AT = 4_000
"""Characters of attached code or text in which names are looked for."""
_JOINT = 1
_ATTEMPTS = (1.0, 0.85, 0.7, 0.5, 0.25, 0.0)


def messages(
    conversation: Conversation, snapshot: Snapshot, profile: Profile, settings: Settings
) -> tuple[Message, ...]:
    """All that is sent: system prompt, earlier exchanges, what is there with the instruction, the turns so far.

    `snapshot` is the present one; where the turns carry what was there before them, the first message tells that.
    The whole is never more than `budget.limit`, as long as that holds the system prompt, and the instruction is whole
    unless it alone is too long.
    """
    before = [turn.seen or snapshot for turn in conversation.turns]
    start = before[0] if before else snapshot
    room = limit(profile, settings)
    system = Message("system", _system(start.language))
    opening = (system, *_opening(conversation, start, profile, room - estimate_messages([system])))
    left = room - estimate_messages(opening)
    return (*opening, *turn_messages(conversation, [*before, snapshot], left))


def _system(language: str) -> str:
    if is_python(language):
        return render("system", language=tag(language))
    return render("system_other", language=tag(language), title=title(language))


def _opening(conversation: Conversation, start: Snapshot, profile: Profile, room: int) -> tuple[Message, ...]:
    """Earlier exchanges and the first message: at most `room` tokens, `_FIRST_SHARE` of them where that does."""
    task = conversation.task
    images = task.images if profile.vision else ()
    around = estimate(render("first", context="", instruction="")) + MESSAGE_TOKENS + IMAGE_TOKENS * len(images)
    instruction = _instruction(task, start, profile, room - around)
    beside = attached(task, start, int((room - around - estimate(instruction)) * _ATTACHED_SHARE))
    needed = around + estimate(instruction) + estimate(beside)
    share = max(int(room * _FIRST_SHARE), needed)
    earlier = _earlier(conversation, int((share - needed) * _EARLIER_SHARE))
    first_room = min(share, room) - estimate_messages(earlier)
    return (*earlier, _first(task, start, (beside, instruction), images, first_room))


def _instruction(task: Task, start: Snapshot, profile: Profile, room: int) -> str:
    """What the command asks for, the person's words, what they have added since, and what the options ask for."""
    command = f"command_{task.command}" if task.command not in ("", "plan") else ""
    before = f"{render(command)}\n\n" if command else ""
    after = _asked(task, profile)
    if start.words:
        after += f"\n\n{spoken(start.words)}"
    free = max(room - estimate(before) - estimate(after), 0)
    whole = f"{before}{clip(sendable(task.instruction), free)}".rstrip("\n") + after
    return clip(whole.lstrip("\n"), max(room, 0))


def _asked(task: Task, profile: Profile) -> str:
    """What the options of the task ask for beside the instruction."""
    parts = [render("rewrite")] if task.rewrites is not None and not task.command else []
    if task.assign:
        parts.append(render("assign", name=task.assign))
    if task.plan:
        parts.append(render("plan"))
    if task.images and not profile.vision:
        parts.append(render("blind", count=str(len(task.images))))
    return "".join(f"\n\n{part}" for part in parts)


def _first(task: Task, start: Snapshot, texts: tuple[str, str], images: tuple[Image, ...], room: int) -> Message:
    """The first message: what is there, what is attached, the instruction; what is there gets smaller until it fits."""
    beside, instruction = texts
    names = references(_speaking(task, start), start)
    bare = Message("user", render("first", context=beside, instruction=instruction).lstrip("\n"), images)
    free = room - estimate_messages([bare])
    for share in _ATTEMPTS if task.shares else ():
        told = context(start, names, task.only, int(free * share)) if share * free > 0 else ""
        if told and estimate(told) + _JOINT <= free:
            told = f"{told}\n\n{beside}" if beside else told
            return Message("user", render("first", context=told, instruction=instruction), images)
    return bare


def _speaking(task: Task, start: Snapshot) -> str:
    """The words and the code whose names are looked for among what is there."""
    code = task.target.source[:_LOOKED_AT] if task.target is not None else ""
    quotes = (each.text[:_LOOKED_AT] for each in task.quotes)
    return "\n".join(part for part in (task.instruction, *start.words, code, *quotes) if part)


def _earlier(conversation: Conversation, room: int) -> tuple[Message, ...]:
    """The latest exchanges that fit, each as a question and an answer, in their order."""
    told: list[Message] = []
    for exchange in reversed(conversation.earlier):
        pair = [
            Message("user", clip(sendable(exchange.instruction), max(room // 3, 1))),
            Message("assistant", clip(sendable(exchange.answer), max(room // 2, 1))),
        ]
        room -= estimate_messages(pair)
        if room < 0:
            break
        told = [*pair, *told]
    return tuple(told)
