"""What the person says while a task runs: the last of it is the instruction from then on, where it is understood."""

from __future__ import annotations

from dataclasses import replace

from ...core.conversation import Conversation, Exchange
from ...core.snapshot import Snapshot


def steered(conversation: Conversation, snapshot: Snapshot) -> Conversation | None:
    """The conversation as if it had begun with the last words, going on from the instruction; None without words.

    What ran before these words were there belongs to the instruction before them.
    """
    if not snapshot.words:
        return None
    count, task = len(snapshot.words), conversation.task
    since = tuple(turn for turn in conversation.turns if turn.seen is not None and len(turn.seen.words) >= count)
    earlier = snapshot.words[-2] if count > 1 else task.instruction
    return replace(
        conversation,
        task=replace(task, instruction=snapshot.words[-1], command="", target=None, plan=False, quotes=()),
        turns=since,
        earlier=(*conversation.earlier, Exchange(earlier, "")),
    )
