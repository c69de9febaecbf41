"""What the readers of conditions share: the marks as patterns, a condition with its place, and a mention as a value."""

from __future__ import annotations

from dataclasses import dataclass

from .conditions import Condition
from .literals import parsed
from .marks import Marked, Mention
from .tables import Table, values

COL, NUM, VAL, ANY = r"‹c\d+›", r"‹n\d+›", r"‹v\d+›", r"‹[nvq]\d+›"
LINK = (
    r"(?:\s|column|variable|values?|\bis\b|\bare\b|\bwas\b|\bwere\b|\bbe\b|being|\bhas\b|\bhave\b|\bhad\b|\bof\b"
    r"|\bthat\b|which|列|的|值|在|年|岁|,)*"
)
"""What may stand between a column and what is said of it."""


@dataclass(frozen=True, slots=True)
class Found:
    """A condition with the place in the text that it was read from."""

    condition: Condition
    start: int
    end: int


def value_of(mention: Mention, column: str, table: Table) -> object:
    """What a mention is worth in a column: a number where it holds numbers, the text as the column spells it."""
    value, kind = mention.value, table.kind(column)
    if mention.kind in ("q", "v") and isinstance(value, str) and kind == "number":
        number = parsed(value)
        return number if isinstance(number, (int, float)) else value
    if mention.kind == "n" and kind in ("text", "category"):
        return mention.text if values(table.column(column)) else value
    if isinstance(value, str):
        known = (each for each in values(table.column(column)) if isinstance(each, str))
        return next((each for each in known if each.lower() == value.lower()), value)
    return value


def at_column(marked: Marked, mark: str) -> str:
    """The column behind a mark."""
    return marked.at(mark).column
