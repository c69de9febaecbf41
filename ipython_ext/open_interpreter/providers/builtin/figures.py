"""Statistics of a clause as one act: of which columns, by which groups, and which of them are new."""

from __future__ import annotations

from .acts import Act, Context, Fill, columns_fill
from .readings import Reading
from .recipes import Recipe
from .summaries import LOOSE, wordy
from .tables import Table


class TextColumn(LookupError):
    """A figure of numbers is wanted of a column of words; the text is the column's name."""


def figured(reading: Reading, figures: tuple[Recipe, ...], context: Context, waiting: tuple[str, ...]) -> Act | None:
    """The act for these statistics, None where it is not clear of what. Raises TextColumn."""
    table = reading.table
    if table is None or reading.numbers():
        return None  # a number that nothing explains: the mean of the first ten rows is not the mean
    group = reading.group or reading.compared or waiting
    columns = reading.operands or context.columns
    if not columns and (reading.marked.of("q") or not _of_everything(reading, figures, group)):
        return None
    columns = _countable(tuple(each for each in columns if each not in group), table, figures)
    fills: dict[str, Fill] = {}
    if columns:
        fills["columns"] = columns_fill(columns)
    if group:
        fills["group"] = columns_fill(group, listed=False)
    return Act(figures[0], table, fills, reading.conditions, figures)


def _of_everything(reading: Reading, figures: tuple[Recipe, ...], group: tuple[str, ...]) -> bool:
    """Whether figures without a column are figures of all: only where nothing else was said that is not understood."""
    if group:
        return True
    return not reading.coverage.strange and (bool(reading.conditions) or not all(each.weak for each in figures))


def _countable(columns: tuple[str, ...], table: Table, figures: tuple[Recipe, ...]) -> tuple[str, ...]:
    if all(each.id in LOOSE for each in figures):
        return columns
    numeric = tuple(each for each in columns if not wordy(table, each))
    if columns and not numeric:
        raise TextColumn(columns[0])
    return numeric


def unanswered(act: Act, acts: list[Act]) -> tuple[Recipe, ...]:
    """The statistics of an act that no earlier act has given of the same columns and rows."""
    known = {
        each.id
        for other in acts
        if other.recipe.role == "statistic"
        and set(act.conditions) <= set(other.conditions)
        and set(act.columns) <= set(other.columns)
        for each in other.statistics
    }
    return tuple(each for each in act.statistics if each.id not in known)
