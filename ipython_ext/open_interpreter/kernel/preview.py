"""`--preview`: exactly what would be sent, as text."""

from __future__ import annotations

from collections.abc import Sequence

from ..context.budget import estimate_messages
from ..core.conversation import Message


def preview_text(messages: Sequence[Message], model: str) -> str:
    """The messages one below the other, after a line with their size in tokens and bytes."""
    size = sum(len(message.text.encode()) for message in messages)
    tokens = estimate_messages(messages)
    head = f"To {model}: about {tokens:,} tokens, {size:,} bytes in {len(messages)} messages; price unknown. Not sent."
    return "\n\n".join([head, *(_told(message) for message in messages)])


def _told(message: Message) -> str:
    pictures = f"\n[{len(message.images)} pictures]" if message.images else ""
    return f"── {message.role} ──\n{message.text}{pictures}"
