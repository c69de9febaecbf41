"""A recipe with its slots filled from a clause, the wishes and what came before; not yet code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from .conditions import Condition
from .expressions import Made, made
from .literals import identifier, literal, slug
from .readings import Reading
from .recipes import Recipe, Slot, library
from .tables import Table
from .wishes import Wishes

NUMERIC = ("number", "bool", "other")
_LISTS = ("columns", "numbers", "group", "texts")


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
    sure: float = 1.0

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns that fill its slots."""
        return tuple(dict.fromkeys(column for each in self.fills.values() for column in each.columns))

    def where(self, more: tuple[Condition, ...]) -> Act:
        """The same over fewer rows."""
        fresh = tuple(each for each in more if each not in self.conditions)
        return replace(self, conditions=(*self.conditions, *fresh)) if fresh else self


class Unfilled(LookupError):
    """A slot that has to be filled and is not; its text is the slot's kind."""


def column_fill(name: str) -> Fill:
    """A column as a fill."""
    return Fill(literal(name), name, (name,))


def columns_fill(names: tuple[str, ...], *, listed: bool = True) -> Fill:
    """Several columns as a fill: a list, or for a group of one the name alone."""
    source = literal(list(names)) if listed or len(names) != 1 else literal(names[0])
    return Fill(source, ", ".join(names), names)


@dataclass
class _Filler:
    """Gives the operands of a clause to the slots of one recipe, in the order of the slots."""

    reading: Reading
    context: Context
    wishes: Wishes
    statistics: tuple[Recipe, ...]
    left: list[str] = field(default_factory=list)
    numbers: list[float | int] = field(default_factory=list)
    created: Made | None = None
    used: tuple[str, ...] = ()

    def fill(self, recipe: Recipe) -> dict[str, Fill]:
        """Every slot that can be filled. Raises Unfilled."""
        self.left = list(self.reading.operands)
        self.numbers = list(self.reading.numbers())
        if recipe.role == "plot" and not self.left and not self.reading.group:
            self.left = list(self.context.columns)
        if recipe.makes:
            self.created = made(self.reading.marked, self.reading.table, recipe.suffix or recipe.id)
            if self.created:
                self.left = [each for each in self.left if each != self.created.name]
        fills: dict[str, Fill] = {}
        ordered = sorted(recipe.slots, key=lambda slot: not (slot.after or slot.before))
        if not any(slot.kind == "group" for slot in recipe.slots):
            self.left += [each for each in self.reading.group if each not in self.left]
        for slot in ordered:
            found = self._one(slot)
            if found is not None:
                fills[slot.name] = found
                self.used += found.columns
                self.left = [each for each in self.left if each not in found.columns]
            elif not slot.optional:
                raise Unfilled(slot.kind)
        return fills

    def _one(self, slot: Slot) -> Fill | None:
        if (slot.after or slot.before) and self.reading.table:
            named = self.reading.after(slot)
            if named:
                return (
                    columns_fill(named, listed=slot.kind in _LISTS and slot.kind != "group")
                    if slot.kind in _LISTS
                    else column_fill(named[0])
                )
            if slot.optional:
                return None
        method = getattr(self, f"_{slot.kind}", None)
        if method is None:
            raise ValueError(f"no such kind of slot: {slot.kind}")
        found: Fill | None = method(slot)
        return found

    def _pick(self, slot: Slot, *kinds: str) -> Fill | None:
        table = self.reading.table
        if table is None:
            return None
        pool = self.left or ([] if slot.optional else list(self.context.columns))
        found = next((each for each in pool if not kinds or table.kind(each) in kinds), None)
        if found is None and kinds and not slot.optional:
            found = next(iter(pool), None)
        return column_fill(found) if found is not None else None

    def _column(self, slot: Slot) -> Fill | None:
        return self._pick(slot)

    def _number(self, slot: Slot) -> Fill | None:
        found = self._pick(slot, "number", "bool") or self._pick(slot, *NUMERIC)
        return found or self._only(("number",), slot)

    def _category(self, slot: Slot) -> Fill | None:
        return self._pick(slot, "text", "category", "bool") or (None if slot.optional else self._pick(slot))

    def _time(self, slot: Slot) -> Fill | None:
        table = self.reading.table
        found = self._pick(replace(slot, optional=True), "time")
        if found or table is None:
            return found
        named = next((each for each in self.left if _timelike(each)), None)
        kinds = [each.name for each in table.columns if each.kind == "time"]
        like = [each for each in table.names if _timelike(each) and table.kind(each) in ("text", "other", "time")]
        name = named or next(iter(kinds), None) or next(iter(like), None)
        return column_fill(name) if name else None

    def _only(self, kinds: tuple[str, ...], slot: Slot) -> Fill | None:
        """The one column of a kind that a table has: then nobody needs to name it."""
        table = self.reading.table
        if table is None or slot.optional or self.reading.coverage.strange:
            return None
        found = [each.name for each in table.columns if each.kind in kinds]
        return column_fill(found[0]) if len(found) == 1 else None

    def _columns(self, slot: Slot) -> Fill | None:
        names = tuple(self.left) or (() if slot.optional else self.context.columns)
        return columns_fill(names) if names else None

    def _numbers(self, slot: Slot) -> Fill | None:
        table = self.reading.table
        names = tuple(each for each in self.left if table and table.kind(each) in NUMERIC)
        return columns_fill(names) if names else None

    def _texts(self, slot: Slot) -> Fill | None:
        table = self.reading.table
        names = tuple(each for each in self.left if table and table.kind(each) in ("text", "category", "other", "bool"))
        return columns_fill(names) if names else None

    def _group(self, slot: Slot) -> Fill | None:
        names = tuple(each for each in self.reading.group if each not in self.used)
        if not names and (not slot.optional or not self.reading.operands):
            names = self.context.group
        return columns_fill(names, listed=False) if names else None

    def _integer(self, slot: Slot) -> Fill | None:
        whole = next((each for each in self.numbers if isinstance(each, int) and each >= 0), None)
        value = str(whole) if whole is not None else slot.default
        return Fill(value, value) if value else None

    def _decimal(self, slot: Slot) -> Fill | None:
        value = repr(self.numbers[0]) if self.numbers else slot.default
        return Fill(value, value) if value else None

    def _fraction(self, slot: Slot) -> Fill | None:
        """A percentile: 90 or 0.9 is 0.9; quartile words are numbers too."""
        text = self.reading.marked.text
        words = {"first quartile": 0.25, "lower quartile": 0.25, "third quartile": 0.75, "upper quartile": 0.75}
        value = next((share for word, share in words.items() if word in text), None)
        ordinal = re.search(r"(\d+(?:\.\d+)?)\s*(?:st|nd|rd|th)\b", text)
        number = float(ordinal.group(1)) if ordinal else next(iter(self.numbers), None)
        if value is None and number is not None:
            value = number / 100 if number > 1 else number
        return Fill(repr(value), f"{value:g}") if value is not None and 0 <= value <= 1 else None

    def _quoted(self, slot: Slot) -> Fill | None:
        found = self.reading.marked.of("q")
        return Fill(literal(str(found[0].value)), str(found[0].value)) if found else None

    def _value(self, slot: Slot) -> Fill | None:
        found = self.reading.marked.of("v", "q", "n")
        return Fill(literal(found[-1].value), str(found[-1].value)) if found else None

    def _statistic(self, slot: Slot) -> Fill | None:
        names = [each.aggregate for each in self.statistics if each.aggregate]
        inherited = [library()[each].aggregate for each in self.context.statistics if not self.reading.operands]
        name = next(iter(names or [each for each in inherited if each]), slot.default)
        return Fill(literal(name), name) if name else None

    def _name(self, slot: Slot) -> Fill | None:
        return column_fill(self.created.name) if self.created else None

    def _expression(self, slot: Slot) -> Fill | None:
        return Fill(self.created.source, self.created.plain) if self.created and self.created.source else None

    def _frame(self, slot: Slot) -> Fill | None:
        table = self.reading.table
        others = [each.text.lstrip("@") for each in self.reading.marked.of("f") if table and each.value != table.name]
        name = next((each for each in others if identifier(each)), None)
        return Fill(name, name) if name else None

    def _file(self, slot: Slot) -> Fill | None:
        found = next(iter(self.reading.marked.of("p")), None)
        return Fill(literal(str(found.value)), str(found.value)) if found else None

    def _word(self, slot: Slot) -> Fill | None:
        """One of the words that the slot lists as its default, `a|b|c`; else the first of them."""
        options = (slot.default or "").split("|")
        found = next((each for each in options if re.search(rf"\b{each}", self.reading.marked.text)), options[0])
        return Fill(literal(found), found)

    def _second(self, slot: Slot) -> Fill | None:
        whole = [each for each in self.numbers if isinstance(each, int)]
        value = str(whole[1] if len(whole) > 1 else slot.default)
        return Fill(value, value)

    def _cluster(self, _: Slot) -> Fill | None:
        return column_fill(self.created.name if self.created and self.created.named else "cluster")

    def _partname(self, _: Slot) -> Fill | None:
        found = re.search(
            r"year|month|weekday|day of (?:the )?week|day|hour|quarter|年|月|星期|小时|季度", self.reading.marked.text
        )
        names = {"年": "year", "月": "month", "星期": "weekday", "小时": "hour", "季度": "quarter"}
        word = found.group() if found else "month"
        name = "dayofweek" if "week" in word or word == "星期" else names.get(word, word)
        return Fill(name, name)

    def _part(self, slot: Slot) -> Fill | None:
        if self.created and self.created.named:
            return column_fill(self.created.name)
        name = self._partname(slot)
        return column_fill(name.plain) if name else None

    def _period(self, _: Slot) -> Fill | None:
        text = self.reading.marked.text
        for pattern, source, plain in _PERIODS:
            if re.search(pattern, text):
                return Fill(source, plain)
        return None

    def _timestart(self, _: Slot) -> Fill | None:
        return self._edge(r"start|begin|from|open|first|check.?in|开始|起")

    def _timeend(self, _: Slot) -> Fill | None:
        return self._edge(r"end|finish|stop|to$|close|last|check.?out|结束|止")

    def _edge(self, pattern: str) -> Fill | None:
        table = self.reading.table
        pool = [*self.left, *(table.names if table else ())]
        found = next((each for each in pool if re.search(pattern, each, re.IGNORECASE)), None)
        return column_fill(found) if found else None

    def _replacement(self, _: Slot) -> Fill | None:
        values = [each.value for each in self.reading.marked.of("v", "q", "n")]
        word = self._spelled(r"(?:with|by|to|into|替换为|替换成|改为|改成|换成|为|成)")
        if len(values) == 1 and word:
            values.append(word)
        if len(values) != 2:  # noqa: PLR2004 - old and new
            return None
        pair = f"{literal(values[0])}: {literal(values[1])}"
        columns = tuple(each.column for each in self.reading.marked.of("v") if each.column)[:1]
        self.left = [*self.left, *(each for each in columns if each not in self.left)]
        return Fill("{" + pair + "}", f"{values[0]} → {values[1]}")

    def _newname(self, slot: Slot) -> Fill | None:
        quoted = self._quoted(slot)
        word = self._spelled(r"(?:to|as|into|重命名为|改名为|改为|改成|为|成)")
        return quoted or (Fill(literal(word), word) if word else None)

    def _spelled(self, lead: str) -> str | None:
        """The bare word behind such a word, as it was written."""
        found = re.search(
            rf"(?:\b{lead}\b|{lead})\s*([A-Za-z_]\w*)\s*(?:$|[.,;]|in\b|for\b|column\b)", self.reading.marked.raw
        )
        return found.group(1) if found else None

    def _textfile(self, slot: Slot) -> Fill | None:
        return self._file(slot)


_PERIODS = (
    (r"weekday|day of the week|星期", ".dt.day_name()", "weekday"),
    (r"month of the year|calendar month", ".dt.month", "month"),
    (r"month|月", '.dt.to_period("M")', "month"),
    (r"quarter|季", '.dt.to_period("Q")', "quarter"),
    (r"week|周", '.dt.to_period("W")', "week"),
    (r"hour|小时", ".dt.hour", "hour"),
    (r"year|annual|年", ".dt.year", "year"),
    (r"day|daily|天|日", ".dt.date", "day"),
)


def _timelike(name: str) -> bool:
    return bool(re.search(r"date|time|timestamp|day$|日期|时间", name, re.IGNORECASE))


def fill(recipe: Recipe, reading: Reading, context: Context, wishes: Wishes, statistics: tuple[Recipe, ...]) -> Act:
    """The recipe with its slots filled. Raises Unfilled with the kind of what is missing."""
    filler = _Filler(reading, context, wishes, statistics)
    fills = filler.fill(recipe)
    return Act(recipe, reading.table, fills, reading.conditions, statistics)


def short(name: str) -> str:
    """A column's name as an identifier."""
    return slug(name)
