"""An instruction becomes acts: clause by clause, each read against the table as the clauses before it leave it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from ...core.snapshot import FileEntry, Snapshot
from .acts import Act, Context, Fill, Unfilled, columns_fill, fill
from .clauses import Clause, clauses
from .conditions import Condition
from .drafts import fits
from .literals import literal
from .marks import mark, plain
from .matching import Match, foreign
from .naming import nearest, parts
from .readings import Reading, read
from .recipes import Recipe, library
from .summaries import wordy
from .tables import Table, files, frames, of_file
from .wishes import Wishes, wishes

_LONGEST = 4000
"""Characters of an instruction; what is longer is no wish for a recipe."""
_SURE, _SURER, _PROGRAM = 0.45, 0.66, 0.6
_THRESHOLDS = frozenset(
    {"outliers", "remove_outliers", "normality", "skewed", "correlation", "zscore", "t_test", "column_with_highest"}
)
"""Recipes with thresholds of their own, read by wishes.py."""
_PROGRAMMING = re.compile(
    r"(?<![a-z])(?:function|program|script|code|algorithm|game|python)(?![a-z])|函数|程序|代码|算法|游戏|脚本",
    re.IGNORECASE,
)
_OPPOSITE = {
    ">": "<=",
    "<": ">=",
    ">=": "<",
    "<=": ">",
    "==": "!=",
    "!=": "==",
    "in": "not in",
    "not in": "in",
    "missing": "present",
    "present": "missing",
}
_EXTENSIONS = {
    "csv": "csv",
    "tsv": "csv",
    "txt": "csv",
    "dat": "csv",
    "data": "csv",
    "xls": "excel",
    "xlsx": "excel",
    "json": "json",
    "jsonl": "jsonl",
    "parquet": "parquet",
}


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done, what was not understood, and why nothing is done where `acts` is empty."""

    acts: tuple[Act, ...] = ()
    left_out: tuple[str, ...] = ()
    refusal: str = ""
    """A key of phrases.toml."""
    detail: str = ""
    loading: bool = False
    """The acts only load; the rest of the instruction has to be read again when the table is there."""


@dataclass
class _Planner:
    instruction: str
    snapshot: Snapshot
    done: tuple[str, ...]
    wishes: Wishes
    table: Table | None = None
    acts: list[Act] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    context: Context = field(default_factory=Context)
    refusal: str = ""
    detail: str = ""
    extra: tuple[Condition, ...] = ()
    made: tuple[Table, ...] = ()
    waiting: tuple[str, ...] = ()
    """A group that a clause of its own named, for the figures of the next."""

    @property
    def tables(self) -> tuple[Table, ...]:
        return (*frames(self.snapshot), *self.made)

    def plan(self) -> Plan:
        entries = self._entries()
        self.table = _choose(self.instruction, self.tables, self.made)
        wanted = [entry for entry in entries if not self._loaded(entry)]
        if not wanted and self.table is None:
            wanted = [entry for entry in self._default() if not self._loaded(entry)]
        rest = self._understandable(clauses(self.instruction))
        if wanted and (entries or self._about(wanted[0])):
            return self._load(wanted, rest)
        if not self._program():
            for clause in rest:
                self._take(clause)
        return self._ended()

    def _program(self) -> bool:
        """A small program is asked for in one breath: its description is not cut into clauses."""
        if foreign(self.instruction):
            return False
        paths = tuple(each.name for each in self.snapshot.files)
        reading = read(Clause(self.instruction), None, (), paths, self._names())
        programs = [each for each in reading.matches if each.recipe.role == "program"]
        others = [each for each in reading.matches if each.recipe.role not in ("program", "statistic")]
        asked = bool(_PROGRAMMING.search(self.instruction))
        if (
            not programs
            or reading.coverage.share < _PROGRAM
            or (others and not asked and others[0].weight > programs[0].weight)
        ):
            return False
        best = programs[0]
        if self.table is not None and mark(self.instruction, self.table).of("c", "v") and reading.coverage.share < 1:
            return False
        self.acts.append(self._filled(best.recipe, reading, ()))
        return True

    def _ended(self) -> Plan:
        acts = tuple(
            each.where(self.extra) if each.table and each.recipe.role != "load" else each for each in self.acts
        )
        if acts:
            return Plan(acts, tuple(self.left))
        return Plan((), tuple(self.left), self.refusal or "unknown", self.detail)

    def _understandable(self, found: tuple[Clause, ...]) -> tuple[Clause, ...]:
        """The clauses without the greeting and without a load that is done."""
        return tuple(each for each in found if re.search(r"\w", each.text))

    def _entries(self) -> tuple[FileEntry, ...]:
        """The files that the instruction names, in order; one that is not there is taken by its ending."""
        paths = tuple(each.name for each in self.snapshot.files)
        known = {each.name: each for each in self.snapshot.files}
        found: list[FileEntry] = []
        for mention in mark(self.instruction, None, (), paths).of("p"):
            name = str(mention.value)
            near = (
                name
                if name in known
                else nearest(name, [each.name for each in files(self.snapshot)])
                if mention.score < 1
                else name
            )
            entry = known.get(near or name) or FileEntry(
                name=name, size=0, format=_EXTENSIONS.get(name.rsplit(".", 1)[-1].lower(), "text")
            )  # type: ignore[arg-type]
            if entry.format in ("csv", "excel", "json", "jsonl", "parquet"):
                found.append(entry)
        return tuple(dict.fromkeys(found))

    def _default(self) -> tuple[FileEntry, ...]:
        """Without any table: the file that the words name, else the only one there is."""
        tables = files(self.snapshot)
        words = set(re.findall(r"[^\W_]+", plain(self.instruction).lower()))
        named = tuple(
            each
            for each in tables
            if parts(each.name.rsplit("/", 1)[-1].rsplit(".", 1)[0])[:1]
            and parts(each.name.rsplit("/", 1)[-1].rsplit(".", 1)[0])[0] in words
        )
        return named[:1] or (tables if len(tables) == 1 else ())

    def _loaded(self, entry: FileEntry) -> bool:
        return any(literal(entry.name) in source for source in self.done)

    def _about(self, entry: FileEntry) -> bool:
        """Whether the instruction speaks of a table at all, so that the only file is worth loading."""
        table = of_file(entry, frozenset())
        if foreign(self.instruction):
            return False
        for clause in clauses(self.instruction):
            reading = read(clause, table, (table.name,), (entry.name,), self._names())
            roles = {each.recipe.role for each in reading.matches}
            if "program" not in roles and (roles or reading.conditions) and _sure(reading):
                return True
        return False

    def _names(self) -> frozenset[str]:
        names = [each.name for each in self.snapshot.variables] + [each.name for each in self.tables]
        stems = [part for each in self.snapshot.files for part in parts(each.name.rsplit(".", 1)[0])]
        return frozenset(each.lower() for each in names) | frozenset(stems)

    def _load(self, entries: list[FileEntry], rest: tuple[Clause, ...]) -> Plan:
        taken = frozenset(each.name for each in self.snapshot.variables)
        acts: list[Act] = []
        for entry in entries:
            table = of_file(entry, taken)
            taken |= {table.name}
            acts.append(_loading(entry, table))
        more = [each for each in rest if not each.modifier]
        first = read(more[0], None, (), tuple(each.name for each in entries), self._names()) if more else None
        alone = len(more) <= 1 and (first is None or _only_loads(first))
        return Plan(tuple(acts), loading=not alone)

    def _take(self, clause: Clause) -> None:
        names = tuple(each.name for each in self.tables)
        paths = tuple(each.name for each in self.snapshot.files)
        reading = read(clause, self.table, names, paths, self._names())
        named = [each.value for each in reading.marked.of("f")]
        other = next((each for each in self.tables if each.name in named[:1]), None)
        if other is not None and self.table is not None and other.name != self.table.name and not self._derived(other):
            self.table = other
            reading = read(clause, self.table, names, paths, self._names())
        if clause.modifier and self.acts:
            self._modify(reading)
            return
        if _only_loads(reading):
            return
        if foreign(clause.text) and reading.coverage.share < 1:
            self.left.append(clause.text)
            return
        if not self._act(reading):
            self.left.append(clause.text)

    def _derived(self, table: Table) -> bool:
        return self.table is not None and table.name in ("selected",)

    def _modify(self, reading: Reading) -> None:
        """A sentence about the manner: its conditions narrow what was asked, its recipes only where they are new work."""
        text = reading.clause.text.lower()
        if reading.conditions and re.match(
            r"only|consider only|use only|include only|exclude|ignore|do not (?:include|consider|count)|don't|仅|只|忽略|不要|for\b|where\b|with\b",
            text,
        ):
            negative = re.match(r"exclude|ignore|do not|don't|忽略|不要", text) is not None
            fixed = (
                replace(each, operator=_OPPOSITE.get(each.operator, each.operator))
                if negative and each.operator != "present"
                else each
                for each in reading.conditions
            )  # type: ignore[arg-type]
            known = {each.column for act in self.acts for each in act.conditions}
            self.extra = (*self.extra, *(each for each in fixed if each.column not in known))

    def _act(self, reading: Reading) -> bool:
        mains = [each for each in reading.matches if each.recipe.role != "statistic"]
        mains.sort(key=lambda each: (each.recipe.weak, each.recipe.role != "plot"))
        figures = tuple(each.recipe for each in reading.matches if each.recipe.role == "statistic")
        if not reading.matches:
            return self._without_recipe(reading)
        if not _sure(reading):
            return False
        for each in mains:
            if each.recipe.role != "load" and not (each.recipe.weak and figures) and self._main(each, reading, figures):
                return True
        if figures and self._figures(reading, figures):
            return True
        rivals = [each for each in reading.rivals if each.recipe.role in ("show", "step", "plot")]
        return any(self._main(each, reading, figures) for each in rivals)

    def _main(self, match: Match, reading: Reading, figures: tuple[Recipe, ...]) -> bool:
        recipe = match.recipe
        if recipe.role != "program" and self.table is None:
            self.refusal = self.refusal or "no_table"
            return False
        try:
            act = self._filled(recipe, reading, figures)
        except Unfilled:
            return False
        if not any(
            each.recipe.id == recipe.id
            and set(act.columns) <= set(each.columns)
            and (not act.conditions or act.conditions == each.conditions)
            and act.fills.keys() <= each.fills.keys()
            for each in self.acts
            if recipe.role in ("show", "plot")
        ):
            self._add(act, reading)
        absorbs = any(slot.kind == "statistic" for slot in recipe.slots)
        strong = tuple(each for each in figures if not each.weak)
        if strong and not absorbs and recipe.role in ("show", "step") and recipe.makes == "":
            self._figures(reading, strong)
        elif strong and recipe.makes and act.fills.get(recipe.makes):
            pass
        return True

    def _filled(self, recipe: Recipe, reading: Reading, figures: tuple[Recipe, ...]) -> Act:
        """The recipe filled, by a template that fits. Raises Unfilled."""
        if recipe.id == "count_rows" and reading.compared and not reading.group:
            reading = replace(reading, group=reading.compared)
        act = fill(recipe, reading, self.context, self.wishes, figures)
        if recipe.id in ("percentage", "count_rows") and act.table:
            act = _as_condition(act, act.table)
        if recipe.role == "step" and act.conditions and not any("{where}" in each.text for each in recipe.variants):
            if recipe.id != "replace_value":
                raise Unfilled("conditions")
            act = replace(act, conditions=())
        if not fits(act, self.wishes):
            raise Unfilled(recipe.id)
        return act

    def _figures(self, reading: Reading, figures: tuple[Recipe, ...]) -> bool:
        if self.table is None:
            self.refusal = self.refusal or "no_table"
            return False
        columns = reading.operands
        group = reading.group or reading.compared or self.waiting
        self.waiting = ()
        if not columns and not reading.coverage.strange and group and not self.context.columns:
            columns = ()
        elif not columns:
            columns = self.context.columns
        if not columns and reading.marked.of("q"):
            return False
        if (
            not columns
            and not group
            and (reading.coverage.strange or (all(each.weak for each in figures) and not reading.conditions))
        ):
            return False
        columns, group = _split(columns, group, self.table, figures)
        if any(wordy(self.table, each) for each in columns) and any(
            each.id not in ("count", "nunique", "mode", "min", "max") for each in figures
        ):
            columns = tuple(each for each in columns if not wordy(self.table, each))
            if not columns:
                self.refusal, self.detail = "text_column", next(iter(reading.operands), "")
                return False
        done = {
            stat.id
            for act in self.acts
            if act.recipe.role == "statistic"
            and set(reading.conditions) <= set(act.conditions)
            and (not columns or set(columns) <= set(act.columns))
            for stat in act.statistics
        }
        fresh = tuple(each for each in figures if each.id not in done)
        if not fresh:
            return True
        fills: dict[str, Fill] = {}
        if columns:
            fills["columns"] = columns_fill(columns)
        if group:
            fills["group"] = columns_fill(group, listed=False)
        self._add(Act(fresh[0], self.table, fills, reading.conditions, fresh), reading)
        self.context = replace(self.context, statistics=tuple(each.id for each in fresh))
        return True

    def _without_recipe(self, reading: Reading) -> bool:
        """Conditions alone choose rows; a group alone is kept for what follows."""
        if self.table is None or reading.coverage.share < _SURER:
            return False
        if reading.conditions:
            self._add(Act(library()["filter"], self.table, {}, reading.conditions), reading)
            return True
        if reading.group and not reading.operands:
            self.context = replace(self.context, group=reading.group)
            self.waiting = reading.group
            return True
        return False

    def _add(self, act: Act, reading: Reading) -> None:
        self.acts.append(act)
        columns = tuple(each for slot, fill_ in act.fills.items() if slot != "group" for each in fill_.columns)
        group = act.fills["group"].columns if "group" in act.fills else self.context.group
        self.context = Context(columns or self.context.columns, group, self.context.statistics)
        recipe = act.recipe
        if recipe.makes and self.table is not None and act.fills.get(recipe.makes):
            name = act.fills[recipe.makes].plain
            self.table = self.table.adding(
                name,
                "category"
                if recipe.id in ("bin", "label", "date_part", "quantile_bin") and recipe.id != "date_part"
                else "number",
            )
            self.context = replace(self.context, columns=(name,))
        if recipe.id == "filter" and self.table is not None:
            self.table = replace(self.table, name="selected")
        if recipe.id in ("to_number",) and self.table is not None:
            for name in act.columns:
                self.table = self.table.adding(name, "number")
        if recipe.id in ("to_datetime",) and self.table is not None:
            for name in act.columns:
                self.table = self.table.adding(name, "time")


def _as_condition(act: Act, table: Table) -> Act:
    """`percentage of survivors`: a column of yes and no stands for its yes."""
    column = act.fills.get("column")
    flag = table.flag(column.plain) if column else None
    if column is None or flag is None:
        return act
    fills = {name: each for name, each in act.fills.items() if name != "column"}
    return replace(act, fills=fills, conditions=(*act.conditions, Condition(column.plain, "==", flag[0])))


def _split(
    columns: tuple[str, ...], group: tuple[str, ...], table: Table, figures: tuple[Recipe, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A column that is grouped by is not also averaged."""
    return tuple(each for each in columns if each not in group), group


def _sure(reading: Reading) -> bool:
    """Whether enough of the clause is understood to act on it."""
    if reading.loose and not any(each.recipe.id in _THRESHOLDS for each in reading.matches):
        return False
    if any(each.recipe.role == "program" for each in reading.matches):
        return reading.coverage.share >= _PROGRAM
    named = any(each.score >= 0.7 for each in reading.marked.of("c", "v", "p", "f"))  # noqa: PLR2004 - see naming
    return reading.coverage.share >= (_SURE if named else _SURER)


def _only_loads(reading: Reading) -> bool:
    roles = [each.recipe.role for each in reading.matches]
    return (
        bool(roles)
        and all(role == "load" for role in roles)
        and bool(reading.marked.of("p", "f") or reading.table is not None or not reading.conditions)
    )


def _loading(entry: FileEntry, table: Table) -> Act:
    recipe = library()[f"load_{entry.format}"]
    fills = {"file": Fill(literal(entry.name), entry.name)}
    separator = entry.separator
    if separator and separator != ",":
        fills["separator"] = Fill(literal(separator), separator)
    if entry.encoding and entry.encoding.lower().replace("_", "-") not in ("utf-8", "ascii", "us-ascii", "utf8"):
        fills["encoding"] = Fill(literal(entry.encoding), entry.encoding)
    return Act(recipe, table, fills)


def _choose(instruction: str, tables: tuple[Table, ...], made: tuple[Table, ...]) -> Table | None:
    """The table that is named; else the one whose columns are mentioned most; among equals the last."""
    if not tables:
        return None
    names = tuple(each.name for each in tables)
    named = mark(instruction, None, names).of("f")
    explicit = [
        each
        for each in tables
        if re.search(rf"(?<![\w.]){re.escape(each.name)}(?!\w)", instruction) and len(each.name) > 1
    ]
    if named or explicit:
        wanted = str(named[0].value) if named else explicit[0].name
        return next(each for each in tables if each.name == wanted)

    def score(table: Table) -> float:
        marked = mark(instruction, table)
        return sum({each.column: each.score for each in marked.of("c", "v")}.values())

    ranked = [
        (score(each), each.name not in ("selected", "summary", "outliers", "missing"), at)
        for at, each in enumerate(tables)
    ]
    return tables[max(ranked)[2]]


def plan(instruction: str, snapshot: Snapshot, done: tuple[str, ...] = ()) -> Plan:
    """Understand an instruction; `done` are the sources of its cells that have run well already."""
    if len(instruction) > _LONGEST:
        return Plan(refusal="unknown")
    return _Planner(instruction, snapshot, done, wishes(instruction)).plan()
