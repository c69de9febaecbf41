"""What a recipe's slots are filled from: the operands of a clause, taken one after another."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .acts import Context, Fill, column_fill
from .expressions import Made
from .readings import Reading
from .recipes import Recipe, Slot

NUMERIC = ("number", "bool", "other")


@dataclass
class Hand:
    """The operands that are left, and what else a slot may be filled from."""

    reading: Reading
    context: Context
    statistics: tuple[Recipe, ...] = ()
    left: list[str] = field(default_factory=list)
    numbers: list[float | int] = field(default_factory=list)
    created: Made | None = None
    used: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The clause with marks."""
        return self.reading.marked.text

    def kind(self, column: str) -> str:
        """The kind of a column of the clause's table."""
        return self.reading.table.kind(column) if self.reading.table else "other"

    def pool(self, slot: Slot) -> list[str]:
        """The columns that a slot may take: what the clause names, else what the clauses before were about."""
        return self.left or ([] if slot.optional else list(self.context.columns))

    def pick(self, slot: Slot, *kinds: str) -> Fill | None:
        """The first column of one of the kinds; where a slot must be filled, of any kind."""
        pool = self.pool(slot)
        found = next((each for each in pool if not kinds or self.kind(each) in kinds), None)
        if found is None and kinds and not slot.optional:
            found = next(iter(pool), None)
        return column_fill(found) if found is not None else None

    def take(self, found: Fill) -> None:
        """The columns of a fill are used up."""
        self.used += found.columns
        self.left = [each for each in self.left if each not in found.columns]

    def spelled(self, lead: str) -> str | None:
        """The bare word behind such a word, as it was written."""
        tail = r"\s*([A-Za-z_]\w*)\s*(?:$|[.,;]|in\b|for\b|column\b)"
        found = re.search(rf"(?:\b{lead}\b|{lead}){tail}", self.reading.marked.raw)
        return found.group(1) if found else None
