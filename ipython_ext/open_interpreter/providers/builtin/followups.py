"""`and by sex?` goes on from the question before it: what it does not say, the earlier instruction says."""

from __future__ import annotations

import re

from ...core.conversation import Conversation
from .marks import plain
from .matching import matches

_FOLLOWS = re.compile(
    r"^\s*(?:and|now|what about|how about|the same|same|also|instead|那么?|还有|换成|再)\s*(.*)",
    re.IGNORECASE | re.DOTALL,
)
_GROUP = re.compile(
    r"\s*(?:grouped |group |split |broken down )?\b(?:by|per|for each|in each)\b[^,.;?]*", re.IGNORECASE
)


def spelled_out(conversation: Conversation) -> str:
    """The instruction, with the earlier one's words where it only changes a part of that."""
    instruction = conversation.task.instruction
    found = _FOLLOWS.match(instruction)
    if (
        not conversation.earlier
        or not found
        or any(each.recipe.role != "load" for each in matches(plain(instruction).lower())[0])
    ):
        return instruction
    earlier = conversation.earlier[-1].instruction
    change = found.group(1).strip(" ?,.")
    if re.match(r"(?:by|per|for each|按|每)", change):
        return f"{_GROUP.sub('', earlier).rstrip(' .?')} {change}"
    return f"{earlier.rstrip(' .?')} {change}"
