"""Which rows does a text speak of? Every condition in it, in order, and whether a comparison was left over."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from .belonging import equalities, flags, lone_values, missing, ordinals, texts, years
from .comparing import comparatives, comparisons, operators, ranges
from .marks import Marked
from .spots import NUM, Found
from .tables import Table

_SEARCHES: tuple[Callable[[Marked, Table], Iterator[Found]], ...] = (
    ranges,
    comparisons,
    comparatives,
    missing,
    texts,
    flags,
    equalities,
    ordinals,
    years,
    lone_values,
)
"""The surest first: a place that one has taken, no later one takes."""
_OR = re.compile(r"[\s,]*(?:or|或者?|or (?:with|have|has|where|the|a|whose))\s*")
_AND = re.compile(r"[\s,]*(?:and|且|并且|而且|和)\s*(?:with|have|has|who|are|is|in|the|a|were|was|\s)*")


def find(marked: Marked, table: Table) -> tuple[Found, ...]:
    """Every condition in a text, in order, none overlapping another."""
    taken: list[Found] = []
    for search in _SEARCHES:
        for found in search(marked, table):
            if not any(found.start < each.end and each.start < found.end for each in taken):
                taken.append(found)
    return tuple(_joined(marked.text, sorted(taken, key=lambda each: each.start)))


def _joined(text: str, ordered: list[Found]) -> Iterator[Found]:
    before: Found | None = None
    for each in ordered:
        between = text[before.end : each.start] if before else None
        either = between is not None and _OR.fullmatch(between) is not None
        chained = between is not None and _AND.fullmatch(between) is not None
        yield replace(each, condition=replace(each.condition, joined="or" if either else "and", chained=chained))
        before = each


def loose(text: str, taken: tuple[tuple[int, int], ...]) -> bool:
    """Whether a comparison stands in the text that no condition has taken: then not all is understood."""
    words, _ = operators()
    value = rf"(?:{NUM}|average|mean|median|平均)(?!\s*(?:%|standard|percentile))"
    found = (
        each for each in re.finditer(rf"{words}\s*(?:the\s+)?{value}", text) if each["op"] not in ("=", "==", "exactly")
    )
    return any(not any(start <= each.start() < end for start, end in taken) for each in found)
