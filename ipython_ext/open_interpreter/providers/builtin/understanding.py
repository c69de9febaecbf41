"""When is enough of a clause understood, and what does a recipe make of it?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from .acts import Act, Context, Unfilled
from .conditions import Condition, Operator
from .drafts import fits
from .filling import fill
from .readings import Reading
from .recipes import Recipe
from .tables import Table
from .wishes import Wishes

SURER, PROGRAM = 0.66, 0.6
_SURE = 0.45
"""The explained share that is enough where a real column, value or table is named; SURER is asked where none is."""
_NAMED = 0.7
_THRESHOLDS = frozenset(
    {"outliers", "remove_outliers", "normality", "skewed", "correlation", "zscore", "t_test", "column_with_highest"}
)
"""Recipes with thresholds of their own, read by wishes.py."""
_OF_GROUPS = frozenset({"count_rows", "t_test", "anova", "mann_whitney"})
"""Recipes that compare the values that are listed: men and women."""
_NARROWS = re.compile(
    r"(?P<not>exclude|ignore|do not (?:include|consider|count)|don't|忽略|不要)"
    r"|only|consider only|use only|include only|仅|只|for\b|where\b|with\b"
)
_OPPOSITE: dict[Operator, Operator] = {
    ">": "<=",
    "<": ">=",
    ">=": "<",
    "<=": ">",
    "==": "!=",
    "!=": "==",
    "in": "not in",
    "not in": "in",
    "missing": "present",
}


def sure(reading: Reading) -> bool:
    """Whether enough of the clause is understood to act on it."""
    if reading.loose and not any(each.recipe.id in _THRESHOLDS for each in reading.matches):
        return False
    if any(each.recipe.role == "program" for each in reading.matches):
        return reading.coverage.share >= PROGRAM
    named = any(each.score >= _NAMED for each in reading.marked.of("c", "v", "p", "f"))
    return reading.coverage.share >= (_SURE if named else SURER)


def only_loads(reading: Reading) -> bool:
    """Whether the clause asks for nothing but to load."""
    roles = {each.recipe.role for each in reading.matches}
    return roles == {"load"} and (
        bool(reading.marked.of("p", "f")) or reading.table is not None or not reading.conditions
    )


def narrowing(reading: Reading) -> Iterator[Condition]:
    """The conditions of a sentence about the manner, such as `only consider` and `exclude`."""
    found = _NARROWS.match(reading.clause.text.lower())
    for each in reading.conditions if found else ():
        yield replace(each, operator=_OPPOSITE.get(each.operator, each.operator)) if found and found["not"] else each


def filled(recipe: Recipe, reading: Reading, context: Context, wishes: Wishes, figures: tuple[Recipe, ...]) -> Act:
    """The recipe filled, by a template that fits. Raises Unfilled."""
    if recipe.id in _OF_GROUPS and reading.compared and not reading.group:
        reading = replace(reading, group=reading.compared)
    if recipe.id == "most_common" and re.search(r"most\s+‹c\d+›", reading.marked.text):
        raise Unfilled("group")  # the most passengers are a sum, not the most frequent value
    act = fill(recipe, reading, context, figures)
    if recipe.id in ("percentage", "count_rows") and act.table:
        act = _as_condition(act, act.table)
    if recipe.id in _OF_GROUPS and "group" in act.fills:
        keys = act.fills["group"].columns
        kept = tuple(each for each in act.conditions if each.column not in keys or each.operator == "in")
        act = replace(act, conditions=kept) if recipe.id != "count_rows" else act
    if recipe.role == "step" and act.conditions and not any("{where}" in each.text for each in recipe.variants):
        if recipe.id != "replace_value":
            raise Unfilled("conditions")
        act = replace(act, conditions=())
    if not fits(act, wishes):
        raise Unfilled(recipe.id)
    return act


def _as_condition(act: Act, table: Table) -> Act:
    """`percentage of survivors`: a column of yes and no stands for its yes."""
    column = act.fills.get("column")
    flag = table.flag(column.plain) if column else None
    if column is None or flag is None:
        return act
    fills = {name: each for name, each in act.fills.items() if name != "column"}
    return replace(act, fills=fills, conditions=(*act.conditions, Condition(column.plain, "==", flag[0])))
