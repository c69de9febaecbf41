"""A recipe's slots are filled from a clause: first those behind words of their own, then the others in order."""

from __future__ import annotations

from .acts import Act, Context, Fill, Unfilled, column_fill, columns_fill
from .columnslots import COLUMN_SLOTS
from .expressions import made
from .hands import Hand
from .readings import Reading
from .recipes import Recipe, Slot
from .valueslots import VALUE_SLOTS

_KINDS = {**COLUMN_SLOTS, **VALUE_SLOTS}
_WORDED = ("text", "category", "bool")
_FEW = 12
_LISTS = ("columns", "numbers", "texts")


def fill(recipe: Recipe, reading: Reading, context: Context, statistics: tuple[Recipe, ...]) -> Act:
    """The recipe with its slots filled. Raises Unfilled with the kind of what is missing."""
    hand = _dealt(recipe, reading, context, statistics)
    fills: dict[str, Fill] = {}
    for slot in sorted(recipe.slots, key=lambda slot: not (slot.after or slot.before)):
        found = _one(slot, hand)
        if found is not None:
            fills[slot.name] = found
            hand.take(found)
        elif not slot.optional:
            raise Unfilled(slot.kind)
    return Act(recipe, reading.table, fills, reading.conditions, statistics)


def _dealt(recipe: Recipe, reading: Reading, context: Context, statistics: tuple[Recipe, ...]) -> Hand:
    hand = Hand(reading, context, statistics, list(reading.operands), list(reading.numbers()))
    if recipe.role == "plot" and not hand.left and not reading.group:
        hand.left = list(context.columns)
    if recipe.makes:
        hand.created = made(reading.marked, reading.table, recipe.suffix or recipe.id)
        hand.left = [each for each in hand.left if hand.created is None or each != hand.created.name]
    if not any(slot.kind == "group" for slot in recipe.slots):
        hand.left += [each for each in reading.group if each not in hand.left]
    return hand


def _keyed(hand: Hand) -> Fill | None:
    """What the groups of a comparison are made by: a key that was read, else a column of words or of yes and no."""
    table = hand.reading.table
    keys = [each for each in hand.reading.group if each not in hand.used]
    keys += [each for each in hand.left if table and (hand.kind(each) in _WORDED or table.flag(each))]
    return column_fill(keys[0]) if keys else None


def _few(hand: Hand) -> Fill | None:
    """A number with few different values can make groups too."""
    table = hand.reading.table
    found = [table.column(each) for each in hand.left] if table else []
    few = [each.name for each in found if each and each.distinct is not None and each.distinct <= _FEW]
    return column_fill(few[-1]) if few else None


def _one(slot: Slot, hand: Hand) -> Fill | None:
    placed = bool(slot.after or slot.before)
    if slot.name == "group" and slot.kind == "column":
        return _keyed(hand) or _few(hand)
    spoken = hand.reading.after(slot) if placed and hand.reading.table else ()
    named = tuple(each for each in spoken if each not in hand.used)
    if named:
        return columns_fill(named) if slot.kind in _LISTS else column_fill(named[0])
    if placed and slot.optional:
        return None
    return _KINDS[slot.kind](hand, slot)
