"""Which DataFrame is meant: the named one, else the person's own that holds what is mentioned."""

from __future__ import annotations

import re
from functools import cache

from ...core.snapshot import Snapshot
from .clauses import body
from .literals import identifier
from .marking import mark
from .naming import nearest
from .recipes import library
from .tables import Table, frames

_TARGETS = re.compile(r"^(?!\s)((?:[A-Za-z_]\w*\s*,\s*)*[A-Za-z_]\w*)\s*=(?!=)|^\s*for ([\w, ]+) in", re.MULTILINE)
_REFERENCE = re.compile(r"(?<![\w@])@(?P<name>[^\W\d]\w*)(?![\w:])")
_MARGIN = 0.5
"""How much more a working frame must hold of what is mentioned, before it is preferred to the person's own."""


@cache
def working_names() -> frozenset[str]:
    """The names that the library's own templates give to what they make on the way."""
    found = {"selected", "picked"}
    for recipe in library().values():
        for variant in recipe.variants:
            for match in _TARGETS.finditer(re.sub(r"(?m)^[?!][a-z_]+ ", "", variant.text)):
                found |= {each.strip() for each in (match.group(1) or match.group(2)).split(",")}
    return frozenset(found)


def working(name: str) -> bool:
    """Whether a name is one of our own, with or without a number behind it."""
    return re.sub(r"_\d+$", "", name) in working_names()


@cache
def _written() -> tuple[re.Pattern[str], ...]:
    """Every assignment of the library's templates, whatever filled its slots."""
    lines = {r"selected = \w+\[.+\]"}
    for recipe in library().values():
        for line in (each for variant in recipe.variants for each in variant.text.splitlines()):
            text = re.sub(r"^[?!][a-z_]+ ", "", line)
            if _TARGETS.match(text) and not text.startswith(" "):
                pieces = re.split(r"\{[a-z_]+\}|\[\[[^\]]*\]\]", text.replace("{{", "{").replace("}}", "}"))
                lines.add(".+".join(re.escape(each) for each in pieces))
    return tuple(re.compile(each) for each in lines)


def reusable(snapshot: Snapshot) -> frozenset[str]:
    """The names that cells of ours bound last: to bind them again takes nothing from the person."""
    found: dict[str, bool] = {}
    for line in (line for each in snapshot.cells for line in each.source.splitlines()):
        target = _TARGETS.match(line)
        if target and target.group(1):
            ours = any(each.fullmatch(line) for each in _written())
            found |= {each.strip(): ours for each in target.group(1).split(",")}
    return frozenset(name for name, ours in found.items() if ours and working(name))


def chosen(instruction: str, snapshot: Snapshot) -> Table | None:
    """The table that is named; else one that holds most of what is mentioned, the person's own before ours."""
    tables = frames(snapshot)
    if not tables:
        return None
    named = [str(each.value) for each in mark(instruction, None, tuple(each.name for each in tables)).of("f")]
    named += [each.name for each in tables if len(each.name) > 1 and _stands(each.name, instruction)]
    if named:
        return next(each for each in tables if each.name == named[0])
    sources = [each.source for each in snapshot.cells if not each.failed]
    loaded = {each.name for each in tables if _read_in(each.name, sources)}
    own = [each for each in tables if each.name in loaded or not working(each.name)]
    return _best(instruction, own, tables, sources) if own else _best(instruction, list(tables), tables, sources)


def _best(instruction: str, own: list[Table], tables: tuple[Table, ...], sources: list[str]) -> Table:
    def rank(table: Table) -> tuple[float, int, int]:
        return _score(instruction, table), _last_use(table.name, sources), tables.index(table)

    best = max(own, key=rank)
    others = [each for each in tables if each not in own]
    rival = max(others, key=rank, default=best)
    return rival if _score(instruction, rival) >= _score(instruction, best) + _MARGIN else best


def _read_in(name: str, sources: list[str]) -> bool:
    return any(re.search(rf"(?m)^\s*{re.escape(name)}\s*=\s*\w*\.?read_\w+\(", each) for each in sources)


def _last_use(name: str, sources: list[str]) -> int:
    used = [at for at, each in enumerate(sources) if re.search(rf"(?<![\w.]){re.escape(name)}(?!\w)", each)]
    return max(used, default=-1)


def _stands(name: str, instruction: str) -> bool:
    return re.search(rf"(?<![\w.]){re.escape(name)}(?!\w)", instruction) is not None


def _score(instruction: str, table: Table) -> float:
    marked = mark(instruction, table)
    return sum({each.column: each.score for each in marked.of("c", "v")}.values())


def strange_reference(instruction: str, snapshot: Snapshot) -> tuple[str, tuple[str, ...]] | None:
    """The first `@name` that names nothing here, with the nearest names; None where all are known."""
    names = [each.name for each in snapshot.variables if identifier(each.name)]
    columns = {column.name.lower() for each in snapshot.frames for column in each.columns}
    for found in _REFERENCE.finditer(body(instruction)):
        name = found["name"]
        if name in names or name.lower() in columns or name.startswith("file"):
            continue
        near = nearest(name, [each for each in names if not each.startswith("_")])
        own = [each.name for each in frames(snapshot) if not working(each.name)]
        return name, tuple(dict.fromkeys([*([near] if near else []), *own]))[:3]
    return None
