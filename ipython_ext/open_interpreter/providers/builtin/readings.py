"""One clause, read: its marks, which rows, by which groups, which recipes, and how much of it is understood."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .clauses import Clause
from .conditions import Condition
from .marking import mark
from .marks import Marked
from .matching import Coverage, Match, Span, coverage, matches
from .recipes import Slot
from .rows import find, loose
from .spots import COL, Found
from .tables import Table

_LIST = rf"(?P<cols>{COL}(?:\s*(?:,|and|&|和|与|及|、|/|\+|, and)\s*{COL})*)"
_EACH = (
    r"(?:(?:unique|different|distinct|separate|individual|the|of|one of"
    r"|(?:value|categor(?:y|ie)|level|type|kind|group|number)s? of"
    r"|combination of) |个|种|一个|类|一种)*"
)
_LEADS = (
    r"(?:group(?:ed|ing)?(?: (?:the |all )?(?:data|rows|it|them|results?|\w+))? (?:by|on)|broken down by|split by"
    r"|separately for|separated by|stratified by|for each|for every|for different"
    r"|(?:in|within|at|of|on|from|by|to) each"
    r"|per|by|across|each|every|among(?: the)? different|within|分组按|按照|按|根据|依据|对每|每一?|各|不同|以)"
)
_TAIL = r"(?:\s*(?:分组|分类|汇总|分别|groups?\b|separately|category|categories))?"
_GROUPS = (
    re.compile(rf"(?<![\w‹]){_LEADS}\s*{_EACH}{_LIST}{_TAIL}"),
    re.compile(rf"{_LIST}\s*(?:分组|分类汇总|-?wise\b)"),
)
_NOT_GROUP = re.compile(
    r"(?:sort(?:ed|ing)?|order(?:ed)?|rank(?:ed|ing)?|multipl\w+|divid\w+|weighted|increas\w+|ascending|descending"
    r"|top ‹n\d+›[^.]*|colou?r(?:ed)?|explained|predict\w*|subtract\w*|adding|summing|排序|从[大高小低]到[小低大高])\s*"
    r"(?:the \w+ |values |rows |it |them |data |results? |‹c\d+› )*$"
)
_COMPARED = re.compile(r"\s*(?:=|>|<|is |was |大于|小于)")
_SORTED = re.compile(r"^\s*(?:列|的值)?\s*(?:从|升序|降序|排序|进行排序|由)")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a clause says, before recipes are filled."""

    clause: Clause
    marked: Marked
    table: Table | None
    conditions: tuple[Condition, ...] = ()
    group: tuple[str, ...] = ()
    matches: tuple[Match, ...] = ()
    rivals: tuple[Match, ...] = ()
    """Recipes whose words a surer one has taken: tried where that cannot be filled."""
    taken: tuple[Span, ...] = ()
    """Places of conditions and groups: the columns there are no operands."""
    compared: tuple[str, ...] = ()
    """Columns of which several values are listed: men and women."""
    loose: bool = False
    """Whether a comparison was not understood."""
    coverage: Coverage = field(default_factory=lambda: Coverage(0, ()))

    @property
    def operands(self) -> tuple[str, ...]:
        """The columns that the clause works on, in order, each once."""
        marks = re.finditer(COL, self.marked.text)
        free = [each for each in marks if not any(start <= each.start() < end for start, end in self.taken)]
        return tuple(dict.fromkeys(self.marked.at(each.group()).column for each in free))

    def after(self, slot: Slot) -> tuple[str, ...]:
        """The columns that stand after one of the slot's words."""
        words = "|".join(rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word) for word in slot.after)
        for found in re.finditer(
            rf"(?:{words})\s*(?:the |a |each |different |column |value of |values of |of )*{_LIST}", self.marked.text
        ):
            return tuple(self.marked.at(each.group()).column for each in re.finditer(COL, found["cols"]))
        return self._before(slot)

    def _before(self, slot: Slot) -> tuple[str, ...]:
        for word in slot.before:
            found = re.search(rf"(?P<col>{COL})\s*(?:column\s+)?{re.escape(word)}", self.marked.text)
            if found:
                return (self.marked.at(found["col"]).column,)
        return ()

    def numbers(self) -> tuple[float | int, ...]:
        """The numbers that no condition uses, in order."""
        marks = re.finditer(r"‹n\d+›", self.marked.text)
        free = [each for each in marks if not any(start <= each.start() < end for start, end in self.taken)]
        return tuple(value for each in free if isinstance(value := self.marked.at(each.group()).value, (int, float)))


def read(
    clause: Clause, table: Table | None, frames: tuple[str, ...], paths: tuple[str, ...], extra: frozenset[str]
) -> Reading:
    """Read one clause against a table; `extra` are words that are names here (frames, files)."""
    marked = mark(clause.text, table, frames, paths)
    called, rivals = matches(marked.text)
    sites = _wanted(find(marked, table), (*called, *rivals)) if table else ()
    found = tuple(each for each in called if not _inside(each, sites))
    claimed = tuple(span for each in found for span in each.spans)
    group, spots = _groups(marked, table)
    taken = (*((each.start, each.end) for each in sites), *spots)
    conditions, versus = _compared(tuple(each.condition for each in sites))
    group = tuple(dict.fromkeys((*group, *versus)))
    listed = tuple(
        each.condition.column
        for each in sites
        if each.condition.operator == "in" and re.search(r"and|和|与|vs|versus", marked.text[each.start : each.end])
    )
    program = any(each.recipe.role == "program" for each in found)
    return Reading(
        clause=clause,
        marked=marked,
        table=table,
        conditions=conditions,
        group=group,
        matches=found,
        rivals=rivals,
        compared=listed,
        loose=loose(marked.text, tuple((each.start, each.end) for each in sites)),
        taken=taken,
        coverage=coverage(
            marked.text, (*claimed, *((each.start, each.end) for each in sites)), program=program, names=extra
        ),
    )


def _wanted(found: tuple[Found, ...], called: tuple[Match, ...]) -> tuple[Found, ...]:
    """To drop or count missing values is not to look at the rows that have them."""
    about = any(each.recipe.id.startswith(("drop_missing", "fill_", "missing_", "interpolate")) for each in called)
    return tuple(each for each in found if not (about and each.condition.operator == "missing"))


def _inside(match: Match, sites: tuple[Found, ...]) -> bool:
    """Whether the words that call for a recipe are only part of a condition: more than the average fare."""
    return bool(match.spans) and all(
        any(each.start <= start and end <= each.end for each in sites) for start, end in match.spans
    )


def _compared(found: tuple[Condition, ...]) -> tuple[tuple[Condition, ...], tuple[str, ...]]:
    """Two values of one column cannot both hold: who survived versus who did not are groups, not conditions."""
    values: dict[str, list[object]] = {}
    for each in found:
        if each.operator == "==" and each.joined == "and":
            values.setdefault(each.column, []).append(each.value)
    both = {column: known for column, known in values.items() if len(set(map(repr, known))) > 1}
    rest = tuple(each for each in found if not (each.column in both and each.operator == "=="))
    return rest, tuple(both)


def _further(pattern: re.Pattern[str], marked: Marked, table: Table, start: int) -> tuple[tuple[str, Span], ...]:
    """`of each species on each island`: further keys, behind words that can mean nothing else."""
    found: list[tuple[str, Span]] = []
    for match in pattern.finditer(marked.text, start):
        if re.search(r"\b(?:each|every|per)\b|每|各", match.group()) and not _SORTED.match(marked.text[match.end() :]):
            columns = [marked.at(each.group()).column for each in re.finditer(COL, match["cols"])]
            found += [(each, match.span()) for each in columns if not table.unique(each)]
    return tuple(found)


def _groups(marked: Marked, table: Table | None) -> tuple[tuple[str, ...], tuple[Span, ...]]:
    if table is None:
        return (), ()
    adverb = re.search(r"(?<![\w‹])‹c\d+›", marked.text)
    if adverb and re.fullmatch(r"(?:year|month|week|dai|hour|quarter)ly", marked.at(adverb.group()).text.lower()):
        return (marked.at(adverb.group()).column,), (adverb.span(),)
    for pattern in _GROUPS:
        for match in pattern.finditer(marked.text):
            before, behind = marked.text[: match.start()], marked.text[match.end() :]
            if _NOT_GROUP.search(before) or _SORTED.match(behind) or _COMPARED.match(behind):
                continue
            columns = [marked.at(each.group()).column for each in re.finditer(COL, match["cols"])]
            useful = tuple(dict.fromkeys(each for each in columns if not table.unique(each)))
            more = _further(pattern, marked, table, match.end())
            keys = tuple(dict.fromkeys((*useful, *(key for key, _ in more))))
            return keys, ((match.start(), match.end()), *(span for _, span in more))
    return (), ()
