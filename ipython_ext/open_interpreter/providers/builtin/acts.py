"""A recipe with its slots filled from a clause, the wishes and what came before; not yet code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from .conditions import Condition
from .literals import literal
from .recipes import Recipe
from .tables import Table


@dataclass(frozen=True, slots=True)
class Fill:
    """What fills a slot: the source that stands in code, the words for prose, and the columns behind it."""

    source: str
    plain: str
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """What earlier clauses leave to later ones that say `it` or name no column."""

    columns: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    statistics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Act:
    """One recipe, filled. `conditions` choose the rows first; `statistics` are recipes that it combines."""

    recipe: Recipe
    table: Table | None
    fills: Mapping[str, Fill] = field(default_factory=dict)
    conditions: tuple[Condition, ...] = ()
    statistics: tuple[Recipe, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns that fill its slots."""
        return tuple(dict.fromkeys(column for each in self.fills.values() for column in each.columns))

    def where(self, more: tuple[Condition, ...]) -> Act:
        """The same over fewer rows."""
        fresh = tuple(each for each in more if each not in self.conditions)
        return replace(self, conditions=(*self.conditions, *fresh)) if fresh else self

    def repeats(self, other: Act) -> bool:
        """Whether another act shows already what this one would."""
        return (
            self.recipe.role in ("show", "plot")
            and self.recipe.id == other.recipe.id
            and set(self.columns) <= set(other.columns)
            and self.fills.keys() <= other.fills.keys()
            and self.conditions in ((), other.conditions)
        )


class Unfilled(LookupError):
    """A slot that has to be filled and is not; its text is the slot's kind."""


def column_fill(name: str) -> Fill:
    """A column as a fill."""
    return Fill(literal(name), name, (name,))


def columns_fill(names: tuple[str, ...], *, listed: bool = True) -> Fill:
    """Several columns as a fill: a list, or for a group of one the name alone."""
    source = literal(list(names)) if listed or len(names) != 1 else literal(names[0])
    return Fill(source, ", ".join(names), names)
