"""Is or is not something: a value, one of several, missing, a yes in a column of yes and no, a text that contains."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .conditions import Condition, Operator
from .lexicon import lexicon
from .marks import Marked, Mention
from .naming import meant
from .spots import ANY, COL, LINK, NUM, VAL, Found, at_column, value_of
from .tables import Table, values

_NOT = re.compile(
    r"(?:\bnot|\bexcept|\bexcluding|\bwithout|\bnon-?|\bother than|除了|不含|不包括)\s+"
    r"(?:(?:for|the|rows with|all|on|in|from|at)\s+)*$"
)
_EMPTY = r"(?:missing|null|nan|empty|na|unknown|none|缺失|空值?|为空)"
_PRESENT = (
    r"(?:with|have|has|having) (?:a )?(?:known|recorded|non-?null|non-?missing|valid|available)"
    r"(?: value)?(?: (?:in|for|of|their|the))*"
)
_ABSENT = (
    r"\b(?:with|have|has|having|where)\s+(?:a\s+)?(?:missing|null|nan|unknown)\s+"
    r"(?:values?\s+(?:in|for|of)\s+)?(?:the\s+)?"
)
_VERBS: dict[str, Operator] = {
    "contain": "contains",
    "includ": "contains",
    "包含": "contains",
    "含有": "contains",
    "start": "starts",
    "begin": "starts",
    "end": "ends",
}
_LEAD = (
    r"(?P<lead>\b(?:who|that|which|and|were|are|only|among|for|of|by|所有|只看|只)\s+"
    r"(?:(?:have|had|were|are|the|all)\s+)*)?"
)
_IS = (
    r"\s*(?P<link>column is|value is|values? of|rating of|is equal to|is exactly|is|are|was|were|of|in|==?|equals?"
    r"|等于|为|是|in the)\s*(?P<not>not\s+)?(?:(?:the|either|in)\s+|[\[(]\s*)*"
)
_MANY = rf"(?P<values>{ANY}(?:\s*(?:,|or|and|、|或|和|, or|, and)\s*{ANY})*)(?!\s*(?:{COL}|[+*/]))"
_FIRST_YEAR, _LAST_YEAR = 1800, 2100


def missing(marked: Marked, _: Table) -> Iterator[Found]:
    """`age is missing`, `with a recorded age`."""
    plain = rf"(?P<col>{COL})\s*(?:value\s+)?(?:is|are|was)(?P<no>\s+not|n't)?\s*{_EMPTY}\b"
    chinese = rf"(?P<col>{COL})(?P<no>不)?(?:为空|缺失)(?!值|率|比|情|数)"
    for pattern in (plain, chinese):
        for match in re.finditer(pattern, marked.text):
            condition = Condition(at_column(marked, match["col"]), "present" if match["no"] else "missing")
            yield Found(condition, match.start(), match.end())
    for match in re.finditer(rf"{_ABSENT}(?P<col>{COL})", marked.text):
        yield Found(Condition(at_column(marked, match["col"]), "missing"), match.start(), match.end())
    for match in re.finditer(rf"{_PRESENT}\s*(?P<col>{COL})", marked.text):
        yield Found(Condition(at_column(marked, match["col"]), "present"), match.start(), match.end())


def texts(marked: Marked, _: Table) -> Iterator[Found]:
    """`name contains "Mrs"`."""
    verb = rf"(?P<verb>{'|'.join(_VERBS)})(?:s|ing|e|es)?\s*(?:with\s+|the\s+(?:word|text|string)\s+)*"
    for match in re.finditer(rf"(?P<col>{COL}){LINK}{verb}(?P<value>‹[qv]\d+›)", marked.text):
        text = marked.at(match["value"]).text
        yield Found(Condition(at_column(marked, match["col"]), _VERBS[match["verb"]], text), match.start(), match.end())


def flags(marked: Marked, table: Table) -> Iterator[Found]:
    """`who survived`, `non-smokers`, `did not survive`: a column of yes and no, used as a verb or noun."""
    negation = r"(?P<not>\bnot\s+|did not\s+|didn't\s+|non[- ]?|不|未|没有?|非)?"
    for match in re.finditer(rf"{_LEAD}{negation}(?P<col>{COL})", marked.text):
        mention = marked.at(match["col"])
        flag = table.flag(mention.column)
        lead = (match["lead"] or "").split(" ")[0]
        strong = lead in ("who", "that", "which", "only", "所有", "只看", "只") or match["not"]
        noun = lead in ("among", "for", "of") and mention.text.lower().endswith(("ers", "ors"))
        follows = re.match(r"\s*(?:is|are|was|=|by|column|‹|rate|率|列)", marked.text[match.end() :])
        if flag and (strong or noun) and not follows:
            start = match.start("not") if match["not"] else match.start("col")
            yield Found(Condition(mention.column, "==", flag[bool(match["not"])]), start, match.end())


def equalities(marked: Marked, table: Table) -> Iterator[Found]:
    """`sex is female`, `class in First or Second`, `alone is true`, `for pclass 3`."""
    for match in re.finditer(rf"(?P<col>{COL}){_IS}{_MANY}", marked.text):
        found = _equality(match, marked, table)
        if found:
            yield found
    truth = r"\s*(?:is|==?|equals|为|是)\s*(?P<word>true|false|yes|no|是|否)\b"
    for match in re.finditer(rf"(?P<col>{COL}){truth}", marked.text):
        column = at_column(marked, match["col"])
        flag = table.flag(column)
        if flag:
            value = flag[match["word"] in ("false", "no", "否")]
            yield Found(Condition(column, "==", value), match.start(), match.end())
    counted = rf"(?:with|having|have|has|had)\s+(?:exactly\s+)?(?P<value>{NUM})\s+(?P<col>{COL})(?!\s*[=‹])"
    for match in re.finditer(counted, marked.text):
        column = at_column(marked, match["col"])
        if table.kind(column) == "number":
            value = value_of(marked.at(match["value"]), column, table)
            yield Found(Condition(column, "==", value), match.start("value"), match.end())
    bare = rf"(?:for|in|with|where|on|when)\s+(?:the\s+)?(?P<col>{COL})\s+(?P<value>{NUM})(?!\s*(?:‹|%))"
    for match in re.finditer(bare, marked.text):
        column = at_column(marked, match["col"])
        condition = Condition(column, "==", value_of(marked.at(match["value"]), column, table))
        yield Found(condition, match.start("col"), match.end())


def _equality(match: re.Match[str], marked: Marked, table: Table) -> Found | None:
    column = at_column(marked, match["col"])
    mentions = [marked.at(each.group()) for each in re.finditer(ANY, match["values"])]
    known = values(table.column(column))
    strangers = [each.column for each in mentions if each.kind == "v" and each.value not in known]
    if strangers and match["link"].startswith("of"):
        return None
    if strangers:
        column = strangers[0]
    if match["link"] in ("in", "of", "in the") and not all(_fits(each, column, table) for each in mentions):
        return None
    negated = bool(match["not"]) or _NOT.search(marked.text[: match.start()]) is not None
    return Found(_equal(column, mentions, table, negated=negated), match.start(), match.end())


def _fits(mention: Mention, column: str, table: Table) -> bool:
    return mention.kind == "n" or mention.column == column or table.kind(column) in ("text", "category", "other")


def _equal(column: str, mentions: list[Mention], table: Table, *, negated: bool = False) -> Condition:
    several = [value_of(each, column, table) for each in mentions]
    if len(several) == 1:
        return Condition(column, "!=" if negated else "==", several[0])
    return Condition(column, "not in" if negated else "in", tuple(several))


def ordinals(marked: Marked, table: Table) -> Iterator[Found]:
    """`first class` is class "First" or pclass 1, whichever the table holds."""
    words = lexicon().ordinals
    for match in re.finditer(rf"\b(?P<word>{'|'.join(words)}|1st|2nd|3rd)[\s-]+(?P<col>{COL}|class)", marked.text):
        likely = meant(("class",), table.names) or meant(("pclass",), table.names)
        name = at_column(marked, match["col"]) if match["col"].startswith("‹") else likely and likely.name
        rank = words.get(match["word"]) or int(match["word"][0])
        known = {str(each).lower(): each for each in values(table.column(name) if name else None)}
        value = known.get(match["word"], known.get(str(rank), known.get(f"{rank}.0")))
        if name and value is not None:
            yield Found(Condition(name, "==", value), match.start(), match.end())


def years(marked: Marked, table: Table) -> Iterator[Found]:
    """`in 2015`, where the table has a year or a date."""
    lead = r"(?:\bin|\bduring|\bfor(?: the)? year|\bof|在)\s+(?:the year\s+)?"
    for match in re.finditer(rf"{lead}(?P<value>{NUM})\s*年?(?!\s*(?:or|‹))", marked.text):
        year = marked.at(match["value"]).value
        if not (isinstance(year, int) and _FIRST_YEAR <= year <= _LAST_YEAR):
            continue
        moment = next((each.name for each in table.columns if each.kind == "time"), None)
        numeric = meant(("year",), table.names, loose=False)
        if numeric:
            yield Found(Condition(numeric.name, "==", year), match.start(), match.end())
        elif moment:
            yield Found(Condition(moment, "year", year), match.start(), match.end())


def lone_values(marked: Marked, table: Table) -> Iterator[Found]:
    """A value alone: `female passengers`, `Adelie or Gentoo penguins`, `excluding Sunday`."""
    joint = r"(?:,|or|and|/|vs\.?|versus|、|或|和|与|, and)"
    for match in re.finditer(rf"{VAL}(?:\s*{joint}\s*{VAL})*", marked.text):
        marks = list(re.finditer(VAL, match.group()))
        mentions = [marked.at(each.group()) for each in marks]
        column = mentions[0].column
        if any(each.column != column for each in mentions):
            for each, own in zip(marks, mentions, strict=True):
                place = match.start() + each.start(), match.start() + each.end()
                yield Found(_equal(own.column, [own], table), *place)
            continue
        negated = _NOT.search(marked.text[: match.start()]) is not None
        yield Found(_equal(column, mentions, table, negated=negated), match.start(), match.end())
