"""Tells a model's inline reasoning from its answer, piece by piece.

Reasoning stands at the head of a reply, between `<think>` and `</think>`. Anywhere else the same letters are the
answer's own: code that prints a tag must reach its cell.
"""

from __future__ import annotations

from typing import Literal

TAGS = ("<think>", "<thinking>")


class ThoughtSplitter:
    """Feed pieces of content; get (text, thought) of each. What may still become a tag is held back, nothing else."""

    def __init__(self) -> None:
        self._state: Literal["head", "thought", "text"] = "head"
        self._held = ""
        self._close = ""

    def feed(self, piece: str) -> tuple[str, str]:
        """The text and the thought that are certain by now."""
        if self._state == "text":
            return piece, ""
        self._held += piece
        text = thought = ""
        while True:
            before = self._state, self._held
            if self._state == "head":
                text += self._read_head()
            elif self._state == "thought":
                thought += self._read_thought()
            if (self._state, self._held) == before:
                return text, thought

    def end(self) -> tuple[str, str]:
        """What was still held back."""
        held, self._held = self._held, ""
        return ("", held) if self._state == "thought" else (held, "")

    def _read_head(self) -> str:
        bare = self._held.lstrip()
        tag = next((each for each in TAGS if bare.startswith(each)), None)
        if tag is not None:
            self._state, self._close, self._held = "thought", tag.replace("<", "</"), bare[len(tag) :]
            return ""
        if any(each.startswith(bare) for each in TAGS):
            return ""
        self._state = "text"
        text, self._held = (bare if self._close else self._held), ""
        return text

    def _read_thought(self) -> str:
        thought, found, rest = self._held.partition(self._close)
        if found:
            self._state, self._held = "head", rest
            return thought
        kept = _overlap(self._held, self._close)
        thought, self._held = self._held[: len(self._held) - kept], self._held[len(self._held) - kept :]
        return thought


def _overlap(text: str, tag: str) -> int:
    """How many letters at the end of the text begin the tag."""
    return next((size for size in range(min(len(tag) - 1, len(text)), 0, -1) if tag.startswith(text[-size:])), 0)
