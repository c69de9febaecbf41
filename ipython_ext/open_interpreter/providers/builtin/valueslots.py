"""Slots that no column fills: numbers, words, values, statistics, tables, files, periods of time."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .acts import Fill
from .columnslots import SlotKind
from .hands import Hand
from .literals import identifier, literal
from .recipes import Slot, library

_QUARTILES = {"first quartile": 0.25, "lower quartile": 0.25, "third quartile": 0.75, "upper quartile": 0.75}
_BECOMES = r"(?:with|by|to|into|替换为|替换成|改为|改成|换成|为|成)"
_RENAMED = r"(?:to|as|into|重命名为|改名为|改为|改成|为|成)"
_SIDES = {"左": "left", "右": "right", "外": "outer"}
_PAIR = 2
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


def _integer(hand: Hand, slot: Slot) -> Fill | None:
    whole = next((each for each in hand.numbers if isinstance(each, int) and each >= 0), None)
    value = slot.default if whole is None else str(whole)
    return Fill(value, value) if value else None


def _second(hand: Hand, slot: Slot) -> Fill | None:
    whole = [each for each in hand.numbers if isinstance(each, int)]
    value = str(whole[1] if len(whole) > 1 else slot.default)
    return Fill(value, value)


def _fraction(hand: Hand, _: Slot) -> Fill | None:
    """A percentile: 90, 90th and 0.9 are 0.9; quartile words are numbers too."""
    value = next((share for word, share in _QUARTILES.items() if word in hand.text), None)
    ordinal = re.search(r"(\d+(?:\.\d+)?)\s*(?:st|nd|rd|th)\b", hand.text)
    number = float(ordinal.group(1)) if ordinal else next(iter(hand.numbers), None)
    if value is None and number is not None:
        value = number / 100 if number > 1 else number
    return Fill(repr(value), f"{value:g}") if value is not None and 0 <= value <= 1 else None


def _value(hand: Hand, _: Slot) -> Fill | None:
    found = hand.reading.marked.of("v", "q", "n")
    return Fill(literal(found[-1].value), str(found[-1].value)) if found else None


def _replacement(hand: Hand, _: Slot) -> Fill | None:
    """The old and the new value, as a dictionary; the old one's column becomes an operand."""
    values = [each.value for each in hand.reading.marked.of("v", "q", "n")]
    word = hand.spelled(_BECOMES)
    if len(values) == 1 and word:
        values.append(word)
    if len(values) != _PAIR:
        return None
    owners = [each.column for each in hand.reading.marked.of("v")][:1]
    hand.left += [each for each in owners if each not in hand.left]
    return Fill(f"{{{literal(values[0])}: {literal(values[1])}}}", f"{values[0]} → {values[1]}")


def _newname(hand: Hand, _: Slot) -> Fill | None:
    quoted = hand.reading.marked.of("q")
    word = str(quoted[0].value) if quoted else hand.spelled(_RENAMED)
    return Fill(literal(word), word) if word else None


def _statistic(hand: Hand, slot: Slot) -> Fill | None:
    """What `agg` takes: the statistic of the clause, else of the clause before, else the recipe's own."""
    named = [each.aggregate for each in hand.statistics]
    inherited = [] if hand.reading.operands else [library()[each].aggregate for each in hand.context.statistics]
    name = next((each for each in (*named, *inherited) if each), slot.default)
    return Fill(literal(name), name) if name else None


def _expression(hand: Hand, _: Slot) -> Fill | None:
    created = hand.created
    return Fill(created.source, created.plain) if created and created.source else None


def _frame(hand: Hand, _: Slot) -> Fill | None:
    own = hand.reading.table.name if hand.reading.table else ""
    others = [str(each.value) for each in hand.reading.marked.of("f") if each.value != own]
    name = next((each for each in others if identifier(each)), None)
    return Fill(name, name) if name else None


def _file(hand: Hand, _: Slot) -> Fill | None:
    found = next(iter(hand.reading.marked.of("p")), None)
    return Fill(literal(str(found.value)), str(found.value)) if found else None


def _word(hand: Hand, slot: Slot) -> Fill | None:
    """One of the words that the slot lists as its default, `a|b|c`; else the first of them."""
    options = (slot.default or "").split("|")
    found = next(
        (each for each in options if re.search(rf"\b{each}" if each.isascii() else each, hand.text)), options[0]
    )
    found = _SIDES.get(found, found)
    return Fill(literal(found), found)


def _period(hand: Hand, _: Slot) -> Fill | None:
    return next((Fill(source, plain) for pattern, source, plain in _PERIODS if re.search(pattern, hand.text)), None)


VALUE_SLOTS: Mapping[str, SlotKind] = {
    "integer": _integer,
    "second": _second,
    "fraction": _fraction,
    "value": _value,
    "replacement": _replacement,
    "newname": _newname,
    "statistic": _statistic,
    "expression": _expression,
    "frame": _frame,
    "file": _file,
    "textfile": _file,
    "word": _word,
    "period": _period,
}
