"""The smallest fresh context after a turn: which variables are new or other, and what a failed cell may have meant."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence

from ..core.cells import Attempt
from ..core.snapshot import Snapshot, Variable
from .budget import clip
from .portraits import brief
from .text import fence, one_line

_TOKENS = 250
_NAME = re.compile(r"[^\W\d]\w*")
_QUOTED = re.compile(r"['\"]([^'\"]{1,80})['\"]|([^\W\d]\w*)")
_TABLES = ("frame", "series")


def changes(before: Snapshot, after: Snapshot, only: Sequence[str] = ()) -> str:
    """The variables that are new or other than before, one line each; empty where nothing changed."""
    if before is after:
        return ""
    known = {each.name: each for each in before.variables}
    new = [each for each in _allowed(after, only) if known.get(each.name) != each and each.kind != "module"]
    return f"Variables that are new or have changed:\n{fence(clip(_lines(new), _TOKENS))}" if new else ""


def hints(attempt: Attempt, after: Snapshot, only: Sequence[str] = ()) -> str:
    """The tables that a failed cell speaks of with their columns, and the known names nearest to what it missed."""
    error = attempt.outcome.error
    if error is None:
        return ""
    used = set(_NAME.findall(attempt.cell.source))
    every = _allowed(after, only)
    tables = [each for each in every if each.name in used and each.kind in _TABLES]
    said = [first or second for first, second in _QUOTED.findall(error.value[:2_000].replace(": ", "' '"))]
    wanted = [word for word in dict.fromkeys(said) if word in attempt.cell.source and len(word) > 1][:3]
    names = [column.name for table in tables for column in table.columns] + [each.name for each in every]
    near = [match for word in wanted if word not in names for match in difflib.get_close_matches(word, names, 3, 0.5)]
    lines = [_lines(tables)] if tables else []
    if near:
        lines.append(f"nearest names: {', '.join(one_line(name, 60) for name in dict.fromkeys(near))}")
    return f"\n\nWhat is there now:\n{fence(clip(chr(10).join(lines), _TOKENS))}" if lines else ""


def _allowed(snapshot: Snapshot, only: Sequence[str]) -> tuple[Variable, ...]:
    """With `--with`, only the variables named there may be described."""
    return tuple(each for each in snapshot.variables if not only or each.name in only)


def _lines(variables: Iterable[Variable]) -> str:
    return "\n".join(brief(each) for each in variables)
