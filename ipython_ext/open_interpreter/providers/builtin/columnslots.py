"""Slots that columns fill: one, several, by kind, and names of new ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from .acts import Fill, column_fill, columns_fill
from .hands import NUMERIC, Hand
from .recipes import Slot

SlotKind = Callable[[Hand, Slot], "Fill | None"]
_WORDED = ("text", "category", "other", "bool")
_START = r"start|begin|from|open|first|check.?in|开始|起"
_END = r"end|finish|stop|to$|close|last|check.?out|结束|止"
_PARTS = re.compile(r"year|month|weekday|day of (?:the )?week|day|hour|quarter|年|月|星期|小时|季度")
_PARTS_ZH = {"年": "year", "月": "month", "星期": "dayofweek", "小时": "hour", "季度": "quarter"}


def _column(hand: Hand, slot: Slot) -> Fill | None:
    return hand.pick(slot)


def _number(hand: Hand, slot: Slot) -> Fill | None:
    """A number; unnamed, the only numeric column that the table has."""
    found = hand.pick(slot, "number", "bool") or hand.pick(slot, *NUMERIC)
    table = hand.reading.table
    if found or table is None or slot.optional or hand.reading.coverage.strange:
        return found
    numeric = [each.name for each in table.columns if each.kind == "number"]
    return column_fill(numeric[0]) if len(numeric) == 1 else None


def _time(hand: Hand, slot: Slot) -> Fill | None:
    """A date that is named, else the first of the table, by its kind or by its name."""
    table = hand.reading.table
    found = hand.pick(replace(slot, optional=True), "time")
    if found or table is None:
        return found
    named = [each for each in hand.left if _timelike(each)]
    moments = [each.name for each in table.columns if each.kind == "time"]
    likely = [each for each in table.names if _timelike(each) and table.kind(each) in ("text", "other")]
    return next((column_fill(each) for each in (*named, *moments, *likely)), None)


def _timelike(name: str) -> bool:
    return re.search(r"date|time|timestamp|day$|日期|时间", name, re.IGNORECASE) is not None


def _columns(hand: Hand, slot: Slot) -> Fill | None:
    names = tuple(hand.pool(slot))
    return columns_fill(names) if names else None


def _numbers(hand: Hand, _: Slot) -> Fill | None:
    names = tuple(each for each in hand.left if hand.kind(each) in NUMERIC)
    return columns_fill(names) if names else None


def _texts(hand: Hand, _: Slot) -> Fill | None:
    names = tuple(each for each in hand.left if hand.kind(each) in _WORDED)
    return columns_fill(names) if names else None


def _group(hand: Hand, slot: Slot) -> Fill | None:
    names = tuple(each for each in hand.reading.group if each not in hand.used)
    if not names and (not slot.optional or not hand.reading.operands):
        names = hand.context.group
    return columns_fill(names, listed=False) if names else None


def _name(hand: Hand, _: Slot) -> Fill | None:
    return column_fill(hand.created.name) if hand.created else None


def _cluster(hand: Hand, _: Slot) -> Fill | None:
    return column_fill(hand.created.name if hand.created and hand.created.named else "cluster")


def _partname(hand: Hand, _: Slot) -> Fill | None:
    """The part of a date, by its name in pandas."""
    found = _PARTS.search(hand.text)
    word = found.group() if found else "month"
    name = "dayofweek" if "week" in word else _PARTS_ZH.get(word, word)
    return Fill(name, name)


def _part(hand: Hand, slot: Slot) -> Fill | None:
    if hand.created and hand.created.named:
        return column_fill(hand.created.name)
    name = _partname(hand, slot)
    return column_fill(name.plain) if name else None


def _edge(pattern: str) -> SlotKind:
    def kind(hand: Hand, _: Slot) -> Fill | None:
        pool = [*hand.left, *(hand.reading.table.names if hand.reading.table else ())]
        found = next((each for each in pool if re.search(pattern, each, re.IGNORECASE)), None)
        return column_fill(found) if found else None

    return kind


COLUMN_SLOTS: Mapping[str, SlotKind] = {
    "column": _column,
    "number": _number,
    "time": _time,
    "columns": _columns,
    "numbers": _numbers,
    "texts": _texts,
    "group": _group,
    "name": _name,
    "cluster": _cluster,
    "partname": _partname,
    "part": _part,
    "timestart": _edge(_START),
    "timeend": _edge(_END),
}
