"""Chunks of any make's stream into pieces of a reply.

Reads by name alone, from objects or dicts, since what servers send differs from every type that was written for it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from open_interpreter.core.conversation import Delta, Finish, Request, Usage

from .thoughts import ThoughtSplitter

CUT = frozenset({"error", "abort", "cancelled", "network_error", "insufficient_system_resource"})
"""Finish reasons of servers that broke off: as good as none."""
LENGTH = frozenset({"length", "max_tokens", "model_length", "max_output_tokens"})
FILTER = frozenset({"content_filter", "content_filtered", "safety", "recitation", "sensitive", "blocklist", "refusal"})
PICTURE_TOKENS = 800
LONGEST = 1_000_000
"""Letters of a reply, thoughts included: no model's answer is that long, and memory stays flat."""
MOST_TOKENS = 100_000_000
SURROGATE = re.compile("[\ud800-\udfff]")
FIRST_WIDE = 0x2E80
"""From here on (Chinese, Japanese, Korean) a letter is about one token; before it four letters are."""


class PieceReader:
    """One reply: feed the chunks in order, then ask for the end."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._splitter = ThoughtSplitter()
        self._reason = ""
        self._usage: Usage | None = None
        self._received = 0
        self._letters = 0
        self._half = ""
        self.spoke = False
        """Whether there was any text or thought."""

    @property
    def finished(self) -> bool:
        """Whether a finish reason has come."""
        return bool(self._reason)

    @property
    def endless(self) -> bool:
        """Whether the reply is longer than any model's answer."""
        return self._letters > LONGEST

    def read(self, chunk: object) -> Delta | None:
        """What a chunk adds to the reply, None where it is nothing to show."""
        self._usage = _usage(chunk) or self._usage
        choices = _get(chunk, "choices") or ()
        if not isinstance(choices, (list, tuple)) or not choices:
            return None
        choice = choices[0]
        self._reason = _text(_get(choice, "finish_reason")) or self._reason
        said = _get(choice, "delta") or _get(choice, "message")
        content, thinking = _content(_get(said, "content"))
        content += _text(_get(said, "refusal"))
        thinking += _text(_get(said, "reasoning_content")) or _text(_get(said, "reasoning"))
        text, thought = self._splitter.feed(self._join(content)) if content else ("", "")
        return self._piece(text, _whole(thinking) + thought)

    def end(self) -> list[Delta]:
        """The last pieces: what was held back, then the finish and the usage."""
        rest = self._piece(*self._splitter.end())
        usage = self._usage or Usage(estimate(self._request), self._received, estimated=True)
        last = Delta(finish=to_finish(self._reason), usage=usage)
        return [last] if rest is None else [rest, last]

    def _join(self, text: str) -> str:
        """The text with its letters whole: some servers cut one beyond U+FFFF into two escapes of two chunks."""
        text, self._half = self._half + text, ""
        if text and "\ud800" <= text[-1] <= "\udbff":
            text, self._half = text[:-1], text[-1]
        return _whole(text)

    def _piece(self, text: str, thought: str) -> Delta | None:
        if not text and not thought:
            return None
        self.spoke = self.spoke or bool(text.strip())
        self._received += tokens(text) + tokens(thought)
        self._letters += len(text) + len(thought)
        return Delta(text=text, thought=thought)


def to_finish(reason: str) -> Finish | None:
    """The finish reason of any make in our three words; None for a reply that was broken off."""
    word = reason.lower()
    if not word or word in CUT:
        return None
    if word in LENGTH:
        return "length"
    return "filter" if word in FILTER else "stop"


def tokens(text: str) -> int:
    """About how many tokens a text is."""
    wide = sum(ord(char) >= FIRST_WIDE for char in text)
    return wide + (len(text) - wide + 3) // 4


def estimate(request: Request) -> int:
    """About how many tokens a request is."""
    return sum(tokens(each.text) + 4 + PICTURE_TOKENS * len(each.images) for each in request.messages)


def _get(value: object, name: str) -> Any:
    return value.get(name) if isinstance(value, Mapping) else getattr(value, name, None)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _content(value: object) -> tuple[str, str]:
    """Text and thought of a `content` field: a text, or parts of which some may be reasoning."""
    if not isinstance(value, (list, tuple)):
        return _text(value), ""
    text = thought = ""
    for part in value:
        inner, _ = _content(_get(part, "thinking"))
        thought += inner
        text += _text(_get(part, "text"))
    return text, thought


def _usage(chunk: object) -> Usage | None:
    told = _get(chunk, "usage") or _get(_get(chunk, "x_groq"), "usage")
    sent, received = _get(told, "prompt_tokens"), _get(told, "completion_tokens")
    sane = all(type(each) is int and 0 <= each <= MOST_TOKENS for each in (sent, received))
    return Usage(sent, received) if sane else None


def _whole(text: str) -> str:
    """The text without half letters, which no file and no message of Jupyter can hold."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if SURROGATE.search(text) else text
