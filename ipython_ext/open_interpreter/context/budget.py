"""How large a text is for a model, and how a text is made to fit.

The rule, without a tokenizer: four ASCII characters are a token, and so is each other character (Chinese and Japanese
run at 0.6 to 1.1 tokens a character, code at 3 to 4 characters a token). It errs on the large side for most texts, and
`n` tokens are never more than `4 n` bytes of UTF-8.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..core.conversation import Message, Profile
from ..core.settings import Settings

MESSAGE_TOKENS = 4
"""What a message costs beside its text."""
IMAGE_TOKENS = 1000
_HEAD = 0.65


def estimate(text: str) -> int:
    """The tokens of a text. The estimate of two texts joined is never more than the sum of both estimates."""
    if text.isascii():
        return (len(text) + 3) // 4
    plain = len(text.encode("ascii", "ignore"))
    return (plain + 3) // 4 + len(text) - plain


def estimate_messages(messages: Iterable[Message]) -> int:
    """The tokens of whole messages, pictures included."""
    return sum(estimate(each.text) + MESSAGE_TOKENS + IMAGE_TOKENS * len(each.images) for each in messages)


def limit(profile: Profile, settings: Settings) -> int:
    """The most tokens that a request may have: the setting, or what the model can hold beside its reply."""
    room = max(profile.context - settings.max_tokens, profile.context // 2)
    return min(settings.context_tokens, room)


def clip(text: str, tokens: int) -> str:
    """A text of at most so many tokens: its head and its tail, and between them how much is missing."""
    if estimate(text) <= tokens:
        return text
    note = f"\n… {len(text):,} characters left out …\n"
    room = tokens - estimate(note)
    if room < tokens // 4:
        return _leading(text, max(tokens - 1, 0)) + "…" * (tokens > 0)
    head = _leading(text, int(room * _HEAD))
    tail = _leading(text[-4 * room :][::-1], room - estimate(head))[::-1]
    return f"{head}\n… {len(text) - len(head) - len(tail):,} characters left out …\n{tail}"


def _leading(text: str, tokens: int) -> str:
    """The longest beginning of at most so many tokens."""
    if tokens <= 0:
        return ""
    end = min(len(text), 4 * tokens)
    while end and estimate(text[:end]) > tokens:
        end -= estimate(text[:end]) - tokens
    return text[:end]
