"""An instruction with its names found: columns, values, numbers, files and quoted words become short marks.

`mean fare of "female" passengers` becomes `mean ‹c0› of ‹v1› passengers`, so that the patterns behind it see grammar
alone, and what a person wrote never reaches code but through a mention.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

MentionKind = Literal["c", "v", "n", "q", "p", "f"]
"""c column, v value of a column, n number, q quoted or otherwise literal text, p file path, f DataFrame."""
MARK = re.compile(r"‹([cvnqpf])(\d+)›")
_FULL_WIDTH = str.maketrans("“”‘’「」『』（）：，！？％＞＜＝＋－＊／；", '""\'\'""""():,!?%><=+-*/;')


@dataclass(frozen=True, slots=True)
class Mention:
    """One name in an instruction: as it was written, and what it stands for."""

    kind: MentionKind
    text: str
    column: str = ""
    """The column that is meant, or whose value is meant."""
    value: str | int | float | bool | None = None
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Marked:
    """The text with marks in it, in lower case beside them, and the mentions that the marks count through."""

    text: str
    mentions: tuple[Mention, ...] = ()
    raw: str = ""

    def at(self, mark: str) -> Mention:
        """The mention behind a mark such as `‹c3›`."""
        found = MARK.fullmatch(mark)
        if found is None:
            raise ValueError(f"{mark!r} is no mark")
        return self.mentions[int(found.group(2))]

    def of(self, *kinds: MentionKind, text: str | None = None) -> tuple[Mention, ...]:
        """The mentions of these kinds that stand in the text (or in a part of it), in order."""
        found = MARK.finditer(self.text if text is None else text)
        return tuple(self.mentions[int(each.group(2))] for each in found if each.group(1) in kinds)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are named, in order, each once."""
        return tuple(dict.fromkeys(each.column for each in self.of("c")))


def plain(text: str) -> str:
    """The text with full-width signs as ASCII and without the characters that marks are made of."""
    return re.sub(r"[‹›\x00-\x08\x0b-\x1f\x7f]", " ", text.translate(_FULL_WIDTH))
