"""An instruction becomes acts: clause by clause, each read against the table as the clauses before it leave it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from ...core.snapshot import FileEntry, Snapshot
from .acts import Act, Context, Unfilled
from .choosing import chosen, strange_reference
from .clauses import Clause, clauses
from .conditions import Condition
from .drafts import Manner, draft
from .figures import TextColumn, figured, unanswered
from .leftovers import left_over
from .literals import literal
from .marking import mark
from .matching import Match, foreign
from .readings import Reading, read
from .recipes import Recipe, library
from .results import named_result
from .sources import likely_files, loading, named_files, words_of
from .tables import Table, files, frames, of_file
from .understanding import PROGRAM, SURER, filled, narrowing, only_loads, sure
from .wishes import Wishes, wishes

_LONGEST = 4000
"""Characters of an instruction; what is longer is no wish for a recipe."""
_RULE = re.compile(
    r"(?:\b(?:using|with|by|via|use)|\bbased on|\baccording to|\(|\d|用|基于)"
    r"\s*(?:the\s+|an?\s+)?[\d.]*\s*[x*×]?\s*"
    r"(?:iqr|interquartile|standard dev|四分位)"
    r"|(?:iqr|interquartile range|四分位距)\s*(?:rule|method|criterion|法|准则|规则)",
    re.IGNORECASE,
)
"""The rule by which outliers are told is no figure that is wanted."""
_ON_DISK = re.compile(
    r"\b(?:delete|remove|erase|move|copy)\b[^.,]*\b(?:files?|folders?|director(?:y|ies))\b|删除[^,。]*(?:文件|目录)"
    r"|\b(?:save|write|export)\b[^.]*\.(?:csv|xlsx?|json|parquet|tsv)\b|(?:保存|导出|写入)[^。]*\.(?:csv|xlsx?|json|parquet)",
    re.IGNORECASE,
)
"""Nothing here changes files."""
_EXAMPLE = re.compile(r"\bexample\b|\be\.g\.|例如|比如|输入", re.IGNORECASE)
_INNARDS = re.compile(r"__\w+__")
"""Python's inner names: no recipe works on them, and code that holds them is rightly distrusted."""
_PROGRAMMING = re.compile(
    r"(?<![a-z])(?:function|program|script|code|algorithm|game|python)(?![a-z])|函数|程序|代码|算法|游戏|脚本",
    re.IGNORECASE,
)
_KINDS = {"to_number": "number", "to_integer": "number", "to_datetime": "time", "to_category": "category"}
_BINS = ("bin", "quantile_bin", "label")


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
    near: str = ""
    name: str = ""
    """The name that the instruction gives to what comes of it."""


def plan(instruction: str, snapshot: Snapshot, done: tuple[str, ...] = ()) -> Plan:
    """Understand an instruction; `done` are the sources of its cells that have run well already."""
    if len(instruction) > _LONGEST or _INNARDS.search(instruction) or _ON_DISK.search(instruction):
        return Plan(refusal="unknown")
    strange = strange_reference(instruction, snapshot)
    if strange:
        near = ", ".join(f"`{each}`" for each in strange[1])
        return Plan(refusal="no_name", detail=f"`@{strange[0]}`", near=near)
    name, rest = named_result(instruction)
    made = _Planner(rest, snapshot, done, wishes(rest), name).plan()
    return replace(made, name=name)


@dataclass
class _Planner:
    instruction: str
    snapshot: Snapshot
    done: tuple[str, ...]
    wishes: Wishes
    name: str = ""
    table: Table | None = None
    acts: list[Act] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    context: Context = field(default_factory=Context)
    refusal: str = ""
    detail: str = ""
    broken: bool = False
    """Whether a step was left out: what follows would work on a table that is not as it should be."""
    halted: int = -1
    """The sentence of which a part was left out: its rest may go on from that part."""
    narrowed: tuple[Condition, ...] = ()
    """Conditions of sentences about the manner: they hold for every act."""
    waiting: tuple[str, ...] = ()
    """A group that a clause of its own named, for the figures of the next."""

    def plan(self) -> Plan:
        """Load first where there is something to load, else read clause by clause."""
        self.table = chosen(self.instruction, self.snapshot)
        named = named_files(self.instruction, self.snapshot)
        wanted = [each for each in named if not self._loaded(each)]
        gone = next((each.name for each in wanted if self._gone(each)), None)
        if gone:
            near = ", ".join(f"`{each.name}`" for each in files(self.snapshot)[:3])
            return Plan(refusal="no_name", detail=f"`{gone}`", near=near or "–")
        if not wanted and self.table is None:
            likely = (each for each in likely_files(self.instruction, self.snapshot) if not self._loaded(each))
            wanted = [each for each in likely if self._about(each)]
        found = tuple(each for each in clauses(self.instruction) if re.search(r"\w", each.text))
        if wanted:
            return self._load(wanted, found)
        if not self._program():
            for clause in found:
                self._take(clause)
        return self._ended()

    def _ended(self) -> Plan:
        self.acts = _sorted_heads(self.acts)
        acts = tuple(each.where(self.narrowed) if each.table else each for each in self.acts)
        if acts:
            return Plan(acts, tuple(self.left))
        return Plan((), tuple(self.left), self.refusal or "unknown", self.detail)

    def _loaded(self, entry: FileEntry) -> bool:
        return any(literal(entry.name) in source for source in self.done)

    def _read(self, clause: Clause) -> Reading:
        names = tuple(each.name for each in frames(self.snapshot))
        paths = tuple(each.name for each in self.snapshot.files)
        return read(clause, self.table, names, paths, words_of(self.snapshot))

    def _gone(self, entry: FileEntry) -> bool:
        """Whether a file that is named plainly is not among those that lie here."""
        known = [each.name for each in self.snapshot.files]
        return bool(known) and "/" not in entry.name and entry.name not in known

    def _about(self, entry: FileEntry) -> bool:
        """Whether the instruction speaks of a table at all, so that a file that it does not name is worth loading."""
        if foreign(self.instruction):
            return False
        table = of_file(entry, frozenset())
        words = words_of(self.snapshot)
        readings = [read(each, table, (table.name,), (entry.name,), words) for each in clauses(self.instruction)]
        return any(
            (each.matches or each.conditions) and sure(each) and all(m.recipe.role != "program" for m in each.matches)
            for each in readings
        )

    def _load(self, entries: list[FileEntry], found: tuple[Clause, ...]) -> Plan:
        wanted = [each for each in found if not each.modifier]
        alone = len(wanted) <= 1 and all(only_loads(self._read(each)) for each in wanted)
        return Plan(loading(entries, self.snapshot, self.name), loading=not alone)

    def _program(self) -> bool:
        """A small program is asked for in one breath: its description is not cut into clauses."""
        paths = tuple(each.name for each in self.snapshot.files)
        reading = read(Clause(self.instruction), None, (), paths, words_of(self.snapshot))
        programs = [each for each in reading.matches if each.recipe.role == "program"]
        others = [each.weight for each in reading.matches if each.recipe.role not in ("program", "statistic")]
        if foreign(self.instruction) or not programs or reading.coverage.share < PROGRAM:
            return False
        heavier = bool(others) and others[0] > programs[0].weight
        if heavier and not _PROGRAMMING.search(self.instruction):
            return False
        if self.table is not None and mark(self.instruction, self.table).of("c", "v") and reading.coverage.strange:
            return False
        act = filled(programs[0].recipe, reading, self.context, self.wishes, ())
        if not self._exact(act, reading):
            return False
        self.acts.append(act)
        return True

    def _exact(self, act: Act, reading: Reading) -> bool:
        """Whether a program works on the file that is named, and on the numbers of who asks for an answer."""
        code = draft(act, Manner(self.wishes, chinese=False), last=False).code
        if any(str(each.value) not in code for each in reading.marked.of("p")):
            return False
        if _PROGRAMMING.search(self.instruction) or _EXAMPLE.search(self.instruction):
            return True
        return all(re.search(rf"\b{re.escape(each.text)}\b", code) for each in reading.marked.of("n"))

    def _take(self, clause: Clause) -> None:
        """One clause: it becomes acts, tells the manner, or is left out."""
        if self.broken or (clause.sentence == self.halted and not clause.modifier):
            if not clause.modifier:
                self.left.append(clause.text)
            return
        reading = self._read(clause)
        named = [each.value for each in reading.marked.of("f")]
        other = next((each for each in frames(self.snapshot) if each.name in named[:1]), None)
        if other is not None and self.table is not None and other.name != self.table.name and not self.acts:
            self.table = other
            reading = self._read(clause)
        if clause.modifier and self.acts:
            known = {each.column for act in self.acts for each in act.conditions}
            self.narrowed += tuple(each for each in narrowing(reading) if each.column not in known)
        elif only_loads(reading):
            return
        elif (foreign(clause.text) and reading.coverage.share < 1) or not self._wholly(reading):
            self.left.append(clause.text)
            steps = any(each.recipe.role == "step" for each in (*reading.matches, *reading.rivals))
            self.halted = clause.sentence
            self.broken = not clause.modifier and (steps or bool(reading.conditions))

    def _wholly(self, reading: Reading) -> bool:
        """Act on the whole clause or not at all: what it names has to be used."""
        acts, table, context, waiting = list(self.acts), self.table, self.context, self.waiting
        if not self._act(reading):
            return False
        partly = self.acts[: len(acts)] == acts and _partly(reading, self.acts[len(acts) :])
        if reading.table is None or self.acts == acts or not (partly or left_over(reading, self.acts, self.wishes)):
            return True
        self.acts, self.table, self.context, self.waiting = acts, table, context, waiting
        return False

    def _act(self, reading: Reading) -> bool:
        """Try what the clause calls for, the surest first; False where nothing can be filled."""
        if not reading.matches:
            return self._without_recipe(reading)
        if not sure(reading):
            return False
        figures = tuple(each.recipe for each in reading.matches if each.recipe.role == "statistic")
        if _RULE.search(reading.clause.text) and any("outlier" in each.recipe.id for each in reading.matches):
            figures = tuple(each for each in figures if each.id not in ("iqr", "std"))
        mains = [each for each in reading.matches if each.recipe.role not in ("statistic", "load")]
        mains.sort(key=lambda each: (each.recipe.weak, each.recipe.role != "plot"))
        rivals = [each for each in reading.rivals if each.recipe.role in ("show", "step", "plot")]
        if mains and mains[0].recipe.role == "step":  # who wants something done is not answered by a look at it
            changes = [each for each in (*mains, *rivals) if each.recipe.role == "step"]
            if any(self._main(each, reading, figures) for each in changes):
                return True
            mains = [each for each in mains if each not in changes]
        if any(self._main(each, reading, figures) for each in mains if not (each.recipe.weak and figures)):
            return True
        if figures and self._figures(reading, figures):
            return True
        return any(self._main(each, reading, figures) for each in rivals)

    def _main(self, match: Match, reading: Reading, figures: tuple[Recipe, ...]) -> bool:
        recipe = match.recipe
        if recipe.role != "program" and self.table is None:
            self.refusal = self.refusal or "no_table"
            return False
        try:
            act = filled(recipe, reading, self.context, self.wishes, figures)
        except Unfilled:
            return False
        if recipe.role == "program" and not self._exact(act, reading):
            return False
        before = len(self.acts), self.table, self.context
        if not any(act.repeats(each) for each in self.acts):
            self._add(act)
        absorbs = bool(recipe.makes) or any(slot.kind == "statistic" for slot in recipe.slots)
        strong = tuple(each for each in figures if not each.weak)
        if not strong or absorbs or recipe.role not in ("show", "step") or self._figures(reading, strong):
            return True
        del self.acts[before[0] :]  # only half of what is wanted would be done
        _, self.table, self.context = before
        return False

    def _figures(self, reading: Reading, figures: tuple[Recipe, ...]) -> bool:
        if self.table is None:
            self.refusal = self.refusal or "no_table"
            return False
        try:
            act = figured(reading, figures, self.context, self.waiting)
        except TextColumn as error:
            self.refusal, self.detail = "text_column", str(error)
            return False
        if act is None:
            return False
        self.waiting = ()
        fresh = unanswered(act, self.acts)
        if fresh:
            self._add(replace(act, recipe=fresh[0], statistics=fresh))
            self.context = replace(self.context, statistics=tuple(each.id for each in fresh))
        return True

    def _without_recipe(self, reading: Reading) -> bool:
        """Conditions alone choose rows; a group alone is kept for what follows."""
        if self.table is None or reading.coverage.share < SURER or reading.loose:
            return False
        if reading.conditions:
            self._add(Act(library()["filter"], self.table, {}, reading.conditions))
            return True
        if reading.group and not reading.operands:
            self.context = replace(self.context, group=reading.group)
            self.waiting = reading.group
            return True
        return False

    def _add(self, act: Act) -> None:
        """Take an act up, and leave the table and the context as it will leave them."""
        self.acts.append(act)
        used = tuple(each for slot, fill in act.fills.items() if slot != "group" for each in fill.columns)
        group = act.fills["group"].columns if "group" in act.fills else self.context.group
        self.context = Context(used or self.context.columns, group, self.context.statistics)
        if self.table is None:
            return
        if act.recipe.id == "filter":
            self.table = replace(self.table, name="selected")
        for name in act.columns if act.recipe.id in _KINDS else ():
            self.table = self.table.adding(name, _KINDS[act.recipe.id])
        made = act.fills.get(act.recipe.makes)
        if made:
            self.table = self.table.adding(made.plain, "category" if act.recipe.id in _BINS else "number")
            self.context = replace(self.context, columns=(made.plain,))


def _sorted_heads(acts: list[Act]) -> list[Act]:
    """`sort by tip and show the top 3`: the rows that are shown are those of the sorted table."""
    found: list[Act] = []
    for each in acts:
        before = found[-1] if found else None
        shown = each.recipe.id in ("head", "top_n", "bottom_n") and "n" in each.fills
        sorts = before is not None and before.recipe.id.startswith("sort") and each.table == before.table
        if before and shown and sorts and (each.recipe.id == "head" or set(each.columns) == set(before.columns)):
            found[-1] = replace(before, fills={**before.fills, "n": each.fills["n"]})
        else:
            found.append(each)
    return found


def _partly(reading: Reading, acts: list[Act]) -> bool:
    """Whether of several steps only one was taken, or the picture that was wanted besides was not drawn."""
    done = {each.recipe.id for each in acts}
    steps = {each.recipe.id for each in reading.matches if each.recipe.role == "step"}
    pictures = any(each.recipe.role == "plot" for each in reading.matches)
    drawn = any(each.recipe.role == "plot" for each in acts)
    return (bool(steps & done) and not steps <= done) or (pictures and not drawn)
