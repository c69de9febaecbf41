"""Text to tokens: lower-case singular words, and overlapping pairs of characters where a script has no spaces.

FTS5's own tokenizers find no Chinese (unicode61) or fail on two characters (trigram), so the text is cut here.
"""

from __future__ import annotations

import re

_PIECE = re.compile(r"[぀-ヿ㐀-鿿가-힯]+|[^\W_぀-ヿ㐀-鿿가-힯]+")
_SPACELESS = re.compile(r"[぀-ヿ㐀-鿿가-힯]")
_SHORT = 3


def singular(word: str) -> str:
    """The lower-case word without a plural's ending: `boxes` and `Box` are both `box`."""
    word = word.lower()
    if len(word) <= _SHORT or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > _SHORT + 1:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    return word.removesuffix("s")


def tokens(text: str) -> tuple[str, ...]:
    """The tokens of a text, in order, repeats kept."""
    found: list[str] = []
    for piece in _PIECE.findall(text):
        if not _SPACELESS.match(piece):
            found.append(singular(piece))
        elif len(piece) == 1:
            found.append(piece)
        else:
            found.extend(piece[at : at + 2] for at in range(len(piece) - 1))
    return tuple(found)
