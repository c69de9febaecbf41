"""Variables and files in words: in full where the instruction is about them, in one line otherwise."""

from __future__ import annotations

from collections.abc import Iterable

from ..core.snapshot import Column, FileEntry, Variable
from .outputs import size_text
from .references import References
from .tables import SAMPLE
from .text import one_line

_COLUMNS = 60
_EXAMPLES = 5
_NAMES = 40


def full(variable: Variable, names: References, columns: int = _COLUMNS) -> str:
    """A variable with a line for each of its columns, those that the instruction names kept first."""
    if variable.kind not in ("frame", "series") or not variable.columns:
        return brief(variable)
    every = variable.columns
    order = sorted(range(len(every)), key=lambda at: not names.names_column(every[at]))
    shown = set(order[:columns])
    lines = [f"  {_column(each, names)}" for at, each in enumerate(every) if at in shown]
    rest = [each.name for at, each in enumerate(every) if at not in shown]
    if rest:
        lines.append(f"  and {_listed(rest)}")
    return "\n".join([_head(variable), *lines])


def brief(variable: Variable) -> str:
    """A variable in one line, a table with the names of its columns."""
    if variable.kind == "frame":
        return f"{_head(variable)}; columns {_listed(each.name for each in variable.columns)}"
    return _head(variable)


def file_line(entry: FileEntry) -> str:
    """A file in one line."""
    facts = [size_text(entry.size), entry.format]
    if entry.separator not in ("", ","):
        facts.append(f"separator {entry.separator!r}")
    if entry.encoding not in ("", "utf-8"):
        facts.append(entry.encoding)
    columns = f"; columns {_listed(entry.columns)}" if entry.columns else ""
    return f"{one_line(entry.name)}: {', '.join(facts)}{columns}"


def _head(variable: Variable) -> str:
    sides = " × ".join(f"{side:,}" for side in variable.shape)
    text = f"{one_line(variable.name)}: {one_line(variable.type, 60)}"
    if variable.kind in ("frame", "series", "array"):
        preview = f", {one_line(variable.preview)}" if variable.preview else ""
        sampled = ", figures from a sample" if variable.shape and variable.shape[0] > SAMPLE else ""
        return f"{text}, {sides or 'one value'}{preview}{sampled}"
    if variable.kind in ("text", "collection"):
        return f"{text} of {sides} = {one_line(variable.preview, 200)}"
    if variable.kind == "scalar":
        return f"{text} = {one_line(variable.preview)}"
    if variable.kind in ("function", "class", "module"):
        return f"{one_line(variable.name)}: {variable.kind} {one_line(variable.preview, 200)}".rstrip()
    where = f" ({one_line(variable.module, 60)})" if variable.module not in ("", "builtins", "__main__") else ""
    return text + where + (f" = {one_line(variable.preview)}" if variable.preview else "")


def _column(column: Column, names: References) -> str:
    facts = [one_line(column.dtype, 40)]
    if column.low and column.high:
        facts.append(f"{one_line(column.low, 30)} to {one_line(column.high, 30)}")
    elif column.examples:
        facts.append(_values(column, names))
    if column.missing:
        facts.append(f"{column.missing:,} missing")
    return f"{one_line(column.name) or 'unnamed'}: {', '.join(fact for fact in facts if fact)}"


def _values(column: Column, names: References) -> str:
    """A few values: those that the instruction speaks of, then the most frequent."""
    named = [each for each in column.examples if names.speaks_of(each)]
    shown = list(dict.fromkeys([*named, *column.examples]))[: max(_EXAMPLES, len(named))]
    more = (column.distinct or 0) - len(shown)
    listed = " | ".join(one_line(each, 40) for each in shown)
    return f"{listed} | {more:,} more" if more > 0 else listed


def _listed(names: Iterable[str]) -> str:
    every = [one_line(name, 60) for name in names]
    more = f" and {len(every) - _NAMES:,} more" if len(every) > _NAMES else ""
    return ", ".join(every[:_NAMES]) + more
