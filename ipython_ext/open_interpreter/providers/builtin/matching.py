"""Which recipes does a clause call for, and how much of the clause do they explain?"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...retrieval import singular
from .lexicon import lexicon
from .marks import MARK
from .recipes import Recipe, index, library

_CANDIDATES = 40
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Match:
    """A recipe that a clause calls for, and where the words stand that call for it."""

    recipe: Recipe
    spans: tuple[Span, ...]
    weight: float


def matches(text: str) -> tuple[tuple[Match, ...], tuple[Match, ...]]:
    """The recipes that a marked clause calls for, the surest first; and those whose words a surer one has taken."""
    hits = index().search(MARK.sub(" ", text), limit=_CANDIDATES)
    found = [match for hit in hits if (match := _best(library()[hit.key], text)) is not None]
    found.sort(key=lambda each: (-each.weight, each.recipe.weak, each.recipe.role != "step", each.spans))
    kept: list[Match] = []
    for each in found:
        if not any(_overlap(one, other) for one in each.spans for kin in kept for other in kin.spans):
            kept.append(each)
    return tuple(kept), tuple(each for each in found if each not in kept)


def _best(recipe: Recipe, text: str) -> Match | None:
    best: Match | None = None
    for trigger in recipe.triggers:
        found = trigger.pattern.search(text)
        if found and (best is None or trigger.weight > best.weight):
            spans = tuple(found.span(at) for at in range(1, trigger.pattern.groups + 1))
            best = Match(recipe, spans, trigger.weight)
    return best


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many words of a clause are explained and which are not. Neutral words count for neither."""

    explained: float
    strange: tuple[str, ...]

    @property
    def share(self) -> float:
        """The explained share, 1 where nothing counts."""
        total = self.explained + len(self.strange)
        return self.explained / total if total else 1.0


def coverage(
    text: str, spans: tuple[Span, ...], *, program: bool = False, names: frozenset[str] = frozenset()
) -> Coverage:
    """Weigh what recipes, conditions and mentions explain against the words that nothing explains."""
    rest = "".join(" " if any(start <= at < end for start, end in spans) else sign for at, sign in enumerate(text))
    claimed = sum(
        len(text[start:end].split()) if text[start:end].isascii() else (end - start) / 2 for start, end in spans
    )
    marks = len([each for each in MARK.finditer(rest) if each.group(1) != "n"])
    rest = MARK.sub(" ", rest)
    lex = lexicon()
    known = lex.neutral | names | (lex.programming if program else frozenset())
    words = re.findall(r"[a-z][a-z'_]*", rest)
    strange = [word for word in words if word not in known and singular(word) not in known and len(word) > 1]
    for phrase in (*lex.programming_zh, *lex.neutral_zh) if program else lex.neutral_zh:
        rest = rest.replace(phrase, " ")
    for run in re.findall(r"[㐀-鿿]+", rest):
        strange.extend(run[at : at + 2] for at in range(0, len(run), 2))
    return Coverage(claimed + marks, tuple(strange))


def foreign(text: str) -> bool:
    """Whether the text asks for something that no table and no short program answers."""
    lex = lexicon()
    lowered = text.lower()
    return any(re.search(rf"(?<!\w){re.escape(word)}s?(?!\w)", lowered) for word in lex.foreign) or any(
        word in lowered for word in lex.foreign_zh
    )
