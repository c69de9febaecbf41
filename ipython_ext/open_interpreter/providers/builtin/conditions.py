"""Which rows? `age is over 30 and sex is female` becomes conditions, and they a mask in pandas."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from .lexicon import lexicon
from .literals import literal, parsed
from .marks import Marked, Mention
from .naming import meant
from .tables import Table, values

Operator = Literal[
    ">",
    ">=",
    "<",
    "<=",
    "==",
    "!=",
    "in",
    "not in",
    "between",
    "missing",
    "present",
    "contains",
    "starts",
    "ends",
    "year",
]
COL, NUM, VAL, ANY = r"‹c\d+›", r"‹n\d+›", r"‹v\d+›", r"‹[nvq]\d+›"
_LINK = r"(?:\s|column|variable|values?|\bis\b|\bare\b|\bwas\b|\bwere\b|\bbe\b|being|\bhas\b|\bhave\b|\bhad\b|\bof\b|\bthat\b|which|列|的|值|在|年|岁|,)*"
_NOT = re.compile(
    r"(?:\bnot|\bexcept|\bexcluding|\bwithout|\bnon-?|\bother than|除了|不含|不包括)\s+(?:for\s+|the\s+|rows with\s+|all\s+|on\s+|in\s+|from\s+|at\s+)*$"
)


@dataclass(frozen=True, slots=True)
class Condition:
    """One test on the rows of a table."""

    column: str
    operator: Operator
    value: object = None
    joined: Literal["and", "or"] = "and"
    """How it joins the condition before it."""
    chained: bool = False
    """Whether it stands directly behind the condition before it, with an "and" between."""

    def mask(self, data: str, table: Table) -> str:
        """The test as a boolean expression over the DataFrame that `data` names."""
        series = f"{data}[{literal(self.column)}]"
        simple = {
            "missing": f"{series}.isna()",
            "present": f"{series}.notna()",
            "in": f"{series}.isin({literal(list(self.value)) if isinstance(self.value, tuple) else ''})",
            "not in": f"~{series}.isin({literal(list(self.value)) if isinstance(self.value, tuple) else ''})",
        }
        if self.operator in simple:
            return simple[self.operator]
        return self._compared(series, table)

    def _compared(self, series: str, table: Table) -> str:
        if self.operator == "between" and isinstance(self.value, tuple):
            low, high = self.value
            return f"{_timed(series, low, self.column, table)}.between({literal(low)}, {literal(high)})"
        if self.operator in ("contains", "starts", "ends"):
            method = {"contains": "contains", "starts": "startswith", "ends": "endswith"}[self.operator]
            options = ", case=False, regex=False, na=False" if method == "contains" else ", na=False"
            return f"{series}.astype(str).str.{method}({literal(str(self.value))}{options if method == 'contains' else ''})"
        if self.operator == "year":
            inner = series if table.kind(self.column) == "time" else f"pd.to_datetime({series})"
            return f"{inner}.dt.year == {literal(self.value)}"
        if isinstance(self.value, bool) and self.operator in ("==", "!=") and table.kind(self.column) == "bool":
            return series if self.value is (self.operator == "==") else f"~{series}"
        if isinstance(self.value, Statistic):
            return f"{series} {self.operator} {series}.{self.value.name}()"
        return f"{_timed(series, self.value, self.column, table)} {self.operator} {literal(self.value)}"


@dataclass(frozen=True, slots=True)
class Statistic:
    """A figure of the column itself that it is compared with: above average."""

    name: Literal["mean", "median"]


def _timed(series: str, value: object, column: str, table: Table) -> str:
    is_date = isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}.*", value)
    return f"pd.to_datetime({series})" if is_date and table.kind(column) != "time" else series


def needs_pandas(conditions: tuple[Condition, ...], table: Table) -> bool:
    """Whether a mask will call `pd`."""
    return any("pd." in each.mask("df", table) for each in conditions)


def mask(conditions: tuple[Condition, ...], data: str, table: Table) -> str:
    """All conditions as one boolean expression; `and` binds tighter than `or`, as people speak."""
    groups: list[list[Condition]] = []
    for each in conditions:
        if each.joined == "or" and groups:
            groups.append([each])
        elif groups:
            groups[-1].append(each)
        else:
            groups.append([each])
    wrapped = [
        " & ".join(_wrap(each.mask(data, table), alone=len(conditions) == 1) for each in group) for group in groups
    ]
    if len(wrapped) == 1:
        return wrapped[0]
    return " | ".join(f"({each})" if " & " in each else each for each in wrapped)


def _wrap(test: str, *, alone: bool) -> str:
    return test if alone or not re.search(r" [<>=!]=? ", test) else f"({test})"


def spoken(conditions: tuple[Condition, ...]) -> str:
    """The conditions for a line of prose."""
    words = {"missing": "is missing", "present": "is not missing", "==": "=", "in": "in", "not in": "not in"}
    pieces: list[str] = []
    for at, each in enumerate(conditions):
        value = each.value
        if isinstance(value, Statistic):
            value = f"its {value.name}"
        elif isinstance(value, tuple):
            value = (" and " if each.operator == "between" else ", ").join(str(item) for item in value)
        piece = f"{each.column} {words.get(each.operator, each.operator)}{'' if value is None else f' {value}'}"
        pieces.append(piece if at == 0 else f"{each.joined} {piece}")
    return " ".join(pieces).replace("`", "'")


@dataclass(frozen=True, slots=True)
class Found:
    """A condition with the place in the text that it was read from."""

    condition: Condition
    start: int
    end: int


@cache
def _operators() -> tuple[str, dict[str, str]]:
    pairs = [
        (phrase, symbol)
        for phrase, symbol in lexicon().operators
        if phrase not in ("of", "is", "are", "was", "were", "是", "为")
    ]
    words = "|".join((rf"\b{re.escape(p)}\b" if p.isascii() and p[0].isalpha() else re.escape(p)) for p, _ in pairs)
    return f"(?P<op>{words})", dict(pairs)


def find(marked: Marked, table: Table) -> tuple[Found, ...]:
    """Every condition in a text, in order, none overlapping another."""
    taken: list[Found] = []
    for search in (
        _ranges,
        _comparisons,
        _comparative,
        _missing,
        _texts,
        _flags,
        _equalities,
        _ordinals,
        _years,
        _values,
    ):
        for found in search(marked, table):
            if not any(found.start < each.end and each.start < found.end for each in taken):
                taken.append(found)
    ordered = sorted(taken, key=lambda each: each.start)
    return tuple(_joined(marked.text, ordered))


def _joined(text: str, ordered: list[Found]) -> Iterator[Found]:
    before: Found | None = None
    for each in ordered:
        between = text[before.end : each.start] if before else ""
        either = before is not None and re.fullmatch(
            r"[\s,]*(?:or|或者?|or (?:with|have|has|where|the|a|whose))\s*", between
        )
        chained = before is not None and re.fullmatch(r"[\s,]*(?:and|且|并且|而且|和)\s*(?:with|have|has|who|are|is|in|the|a|were|was|\s)*", between) is not None
        yield replace(each, condition=replace(each.condition, joined="or" if either else "and", chained=chained))
        before = each


def _value(mention: Mention, column: str, table: Table) -> object:
    value = mention.value
    kind = table.kind(column)
    if mention.kind in ("q", "v") and isinstance(value, str) and kind == "number":
        number = parsed(value)
        return number if isinstance(number, (int, float)) else value
    if mention.kind == "n" and kind in ("text", "category"):
        return mention.text if values(table.column(column)) else value
    if isinstance(value, str):
        known = values(table.column(column))
        return next((each for each in known if isinstance(each, str) and each.lower() == value.lower()), value)
    return value


def _ranges(marked: Marked, table: Table) -> Iterator[Found]:
    edge = r"(?P<low>‹[nq]\d+›)\s*(?:and|to|-|–|与|和|到|至|~)\s*(?P<high>‹[nq]\d+›)"
    for match in re.finditer(
        rf"(?P<col>{COL}){_LINK}(?:between|from|in the range(?: of| from)?|ranging from|介于|从|在)?\s*{edge}(?:\s*之间)?",
        marked.text,
    ):
        if not re.search(r"between|range|from|之间|介于|从|到", match.group()):
            continue
        column = marked.at(match["col"]).column
        low, high = (_value(marked.at(match[side]), column, table) for side in ("low", "high"))
        yield Found(Condition(column, "between", (low, high)), match.start(), match.end())


def _comparisons(marked: Marked, table: Table) -> Iterator[Found]:
    words, symbols = _operators()
    for match in re.finditer(
        rf"(?P<col>{COL}){_LINK}{words}\s*(?:the\s+|a\s+)?(?P<value>{ANY}|(?:overall\s+)?(?:average|mean|median)(?:\s+{COL})?|平均值?|均值|中位数)",
        marked.text,
    ):
        column = marked.at(match["col"]).column
        if table.kind(column) in ("text", "category") and symbols[match["op"]] not in ("==", "!=") and marked.at(match["value"]).kind == "n" if match["value"].startswith("‹") else False:
            continue
        negated = re.search(r"\bnot\s+(?:be\s+)?$", marked.text[: match.start("op")]) is not None
        yield Found(
            _comparison(column, symbols[match["op"]], match["value"], marked, table, negated=negated),
            match.start(),
            match.end(),
        )
    postfix = rf"(?P<col>{COL}){_LINK}(?P<value>{NUM})\s*(?:years?\s*(?:old\s*)?)?(?P<op>or (?:more|older|higher|above|over|greater|later)|or (?:less|younger|lower|below|under|fewer|earlier)|and (?:above|over|older|up)|以上|以下)"
    for match in re.finditer(postfix, marked.text):
        up = re.search(r"more|older|higher|above|over|greater|later|up|以上", match["op"])
        column = marked.at(match["col"]).column
        yield Found(
            _comparison(column, ">=" if up else "<=", match["value"], marked, table), match.start(), match.end()
        )
    for match in re.finditer(rf"{words}\s*(?:the\s+)?(?:overall\s+)?(?P<value>average|mean|median|平均|中位数)\s*(?:of\s+|的)?(?P<col>{COL})", marked.text):
        yield Found(_comparison(marked.at(match["col"]).column, symbols[match["op"]], match["value"], marked, table), match.start(), match.end())
    for match in re.finditer(rf"{words}\s*(?P<value>{NUM})\s*(?P<col>{COL})", marked.text):
        column = marked.at(match["col"]).column
        if symbols[match["op"]] not in ("==", "!=") and table.kind(column) in ("number", "other"):
            yield Found(
                _comparison(column, symbols[match["op"]], match["value"], marked, table), match.start(), match.end()
            )


_OPPOSITE = {">": "<=", "<": ">=", ">=": "<", "<=": ">", "==": "!=", "!=": "=="}


def _comparison(
    column: str, symbol: str, value: str, marked: Marked, table: Table, *, negated: bool = False
) -> Condition:
    operator = _OPPOSITE[symbol] if negated else symbol
    if value.startswith("‹"):
        return Condition(column, operator, _value(marked.at(value), column, table))  # type: ignore[arg-type]
    name: Literal["mean", "median"] = "median" if re.search("median|中位数", value) else "mean"
    return Condition(column, operator, Statistic(name))  # type: ignore[arg-type]


def _comparative(marked: Marked, table: Table) -> Iterator[Found]:
    """`older than 30` names a quantity without its column; `30岁以上` too."""
    lex = lexicon().comparatives
    for match in re.finditer(
        rf"\b(?P<word>older|younger|aged|heavier|lighter|taller)\b\s*(?:than\s+)?(?:or equal to\s+)?(?P<value>{NUM})",
        marked.text,
    ):
        found = meant((lex[match["word"]],), table.names)
        if found:
            symbol = "<" if match["word"] in ("younger", "lighter") else "==" if match["word"] == "aged" else ">"
            yield Found(_comparison(found.name, symbol, match["value"], marked, table), match.start(), match.end())
    people = r"\b(?:child(?:ren)?|kids?|adults?|people|persons?|passengers?|anyone|everyone|those|‹v\d+›)\s+(?:who (?:are|were)\s+)?"
    limit = r"(?P<word>under|over|above|below|at least|up to)\s+(?:the age of\s+)?"
    for match in re.finditer(rf"{people}{limit}(?P<value>{NUM})(?!\s*(?:{COL}|%))", marked.text):
        found = meant(("age",), table.names)
        if found:
            symbol = {"under": "<", "below": "<", "at least": ">=", "up to": "<="}.get(match["word"], ">")
            condition = _comparison(found.name, symbol, match["value"], marked, table)
            yield Found(condition, match.start("word"), match.end())
    for match in re.finditer(
        rf"(?P<before>大于|超过|小于|不到)?\s*(?P<value>{NUM})\s*岁\s*(?P<after>以上|以下)?", marked.text
    ):
        found = meant(("age",), table.names) or meant(("年龄",), table.names)
        word = match["before"] or match["after"]
        if found and word:
            symbol = {"大于": ">", "超过": ">", "小于": "<", "不到": "<", "以上": ">=", "以下": "<="}[word]
            yield Found(_comparison(found.name, symbol, match["value"], marked, table), match.start(), match.end())


def _missing(marked: Marked, _: Table) -> Iterator[Found]:
    empty = r"(?:missing|null|nan|empty|na|unknown|none|缺失|空值?|为空)"
    for match in re.finditer(
        rf"(?P<col>{COL})\s*(?:value\s+)?(?:is|are|was)(?P<no>\s+not|n't)?\s*{empty}\b|(?P<col2>{COL})(?P<no2>不)(?:为空|缺失)",
        marked.text,
    ):
        negated = match["no"] or match["no2"]
        column = marked.at(match["col"] or match["col2"]).column
        yield Found(Condition(column, "present" if negated else "missing"), match.start(), match.end())
    for match in re.finditer(rf"\b(?:with|have|has|having|where)\s+(?:a\s+)?(?:missing|null|nan|unknown)\s+(?:values?\s+(?:in|for|of)\s+)?(?:the\s+)?(?P<col>{COL})", marked.text):
        yield Found(Condition(marked.at(match["col"]).column, "missing"), match.start(), match.end())
    have = r"(?:with|have|has|having) (?:a )?(?:known|recorded|non-?null|non-?missing|valid|available)(?: value)?(?: (?:in|for|of|their|the))*"
    for match in re.finditer(rf"{have}\s*(?P<col>{COL})", marked.text):
        yield Found(Condition(marked.at(match["col"]).column, "present"), match.start(), match.end())


def _texts(marked: Marked, table: Table) -> Iterator[Found]:
    verbs = {
        "contain": "contains",
        "includ": "contains",
        "包含": "contains",
        "含有": "contains",
        "start": "starts",
        "begin": "starts",
        "开头": "starts",
        "end": "ends",
    }
    for match in re.finditer(
        rf"(?P<col>{COL}){_LINK}(?P<verb>contain|includ|start|begin|end|包含|含有)(?:s|ing|e|es)?\s*(?:with\s+|the\s+(?:word|text|string)\s+)*(?P<value>‹[qv]\d+›)",
        marked.text,
    ):
        column = marked.at(match["col"]).column
        operator = verbs[match["verb"]]
        yield Found(Condition(column, operator, marked.at(match["value"]).text), match.start(), match.end())  # type: ignore[arg-type]


def _flags(marked: Marked, table: Table) -> Iterator[Found]:
    """`who survived`, `non-smokers`, `did not survive`: a column of yes and no, used as a verb or noun."""
    lead = r"(?P<lead>\b(?:who|that|which|and|were|are|only|among|for|of|by|所有|只看|只)\s+(?:have\s+|had\s+|were\s+|are\s+|the\s+|all\s+)*)?"
    for match in re.finditer(
        rf"{lead}(?P<not>\bnot\s+|did not\s+|didn't\s+|non[- ]?|不|未|没有?|非)?(?P<col>{COL})", marked.text
    ):
        flag = table.flag(marked.at(match["col"]).column)
        lead_word = (match["lead"] or "").split(" ")[0]
        strong = lead_word in ("who", "that", "which", "only", "所有", "只看", "只") or match["not"]
        noun = lead_word in ("among", "for", "of") and marked.at(match["col"]).text.lower().endswith(("ers", "ors"))
        follows = re.match(r"\s*(?:is|are|was|=|by|column|‹|rate|率|列)", marked.text[match.end() :])
        if flag and (strong or noun) and not follows:
            value = flag[1] if match["not"] else flag[0]
            start = match.start("not") if match["not"] else match.start("col")
            yield Found(Condition(marked.at(match["col"]).column, "==", value), start, match.end())


def _equalities(marked: Marked, table: Table) -> Iterator[Found]:
    link = r"\s*(?P<link>column is|value is|values? of|rating of|is equal to|is exactly|is|are|was|were|of|in|==?|equals?|等于|为|是|in the)\s*(?P<not>not\s+)?(?:the\s+|either\s+|in\s+|\[\s*|\(\s*)*"
    many = rf"(?P<values>{ANY}(?:\s*(?:,|or|and|、|或|和|, or|, and)\s*{ANY})*)(?!\s*(?:{COL}|[+*/]))"
    for match in re.finditer(rf"(?P<col>{COL}){link}{many}", marked.text):
        column = marked.at(match["col"]).column
        mentions = [marked.at(each.group()) for each in re.finditer(ANY, match["values"])]
        strangers = [each.column for each in mentions if each.kind == "v" and each.value not in values(table.column(column))]
        if strangers and match["link"].startswith("of"):
            continue
        if strangers:
            column = strangers[0]
        if match["link"] in ("in", "of", "in the") and not all(_known(each, column, table) for each in mentions):
            continue
        negated = bool(match["not"]) or _NOT.search(marked.text[: match.start()]) is not None
        yield Found(_equal(column, mentions, table, negated=negated), match.start(), match.end())
    for match in re.finditer(
        rf"(?P<col>{COL})\s*(?P<op>is|==?|equals|为|是)\s*(?P<word>true|false|yes|no|是|否)\b", marked.text
    ):
        column = marked.at(match["col"]).column
        flag = table.flag(column)
        if flag:
            value = flag[0] if match["word"] in ("true", "yes", "是") else flag[1]
            yield Found(Condition(column, "==", value), match.start(), match.end())
    for match in re.finditer(
        rf"(?:for|in|with|where|on|when)\s+(?:the\s+)?(?P<col>{COL})\s+(?P<value>{NUM})(?!\s*(?:‹|%))", marked.text
    ):
        column = marked.at(match["col"]).column
        yield Found(
            Condition(column, "==", _value(marked.at(match["value"]), column, table)), match.start("col"), match.end()
        )


def _known(mention: Mention, column: str, table: Table) -> bool:
    return mention.kind == "n" or mention.column == column or table.kind(column) in ("text", "category", "other")


def _equal(column: str, mentions: list[Mention], table: Table, *, negated: bool = False) -> Condition:
    meant_values = [_value(each, column, table) for each in mentions]
    if len(meant_values) == 1:
        return Condition(column, "!=" if negated else "==", meant_values[0])
    return Condition(column, "not in" if negated else "in", tuple(meant_values))


def _ordinals(marked: Marked, table: Table) -> Iterator[Found]:
    """`first class` is class "First" or pclass 1, whichever the table holds."""
    words = lexicon().ordinals
    for match in re.finditer(rf"\b(?P<word>{'|'.join(words)}|1st|2nd|3rd)[\s-]+(?P<col>{COL}|class)", marked.text):
        named = marked.at(match["col"]).column if match["col"].startswith("‹") else None
        found = (
            named
            or getattr(meant(("class",), table.names), "name", None)
            or getattr(meant(("pclass",), table.names), "name", None)
        )
        column = table.column(found) if found else None
        rank = words.get(match["word"]) or int(match["word"][0])
        known = {str(each).lower(): each for each in values(column)}
        value = known.get(match["word"], known.get(str(rank), known.get(f"{rank}.0")))
        if column and value is not None:
            yield Found(Condition(column.name, "==", value), match.start(), match.end())


def _years(marked: Marked, table: Table) -> Iterator[Found]:
    for match in re.finditer(
        rf"(?:\bin|\bduring|\bfor(?: the)? year|\bof|在)\s+(?:the year\s+)?(?P<value>{NUM})\s*年?(?!\s*(?:or|‹))",
        marked.text,
    ):
        year = marked.at(match["value"]).value
        if not (isinstance(year, int) and 1800 <= year <= 2100):
            continue
        column = next((each for each in table.columns if each.kind == "time"), None)
        numeric = meant(("year",), table.names, loose=False)
        if numeric:
            yield Found(Condition(numeric.name, "==", year), match.start(), match.end())
        elif column:
            yield Found(Condition(column.name, "year", year), match.start(), match.end())


def _values(marked: Marked, table: Table) -> Iterator[Found]:
    """A value alone: `female passengers`, `Adelie or Gentoo penguins`, `excluding Sunday`."""
    for match in re.finditer(rf"{VAL}(?:\s*(?:,|or|and|/|vs\.?|versus|、|或|和|与|, and)\s*{VAL})*", marked.text):
        mentions = [marked.at(each.group()) for each in re.finditer(VAL, match.group())]
        column = mentions[0].column
        if any(each.column != column for each in mentions):
            for each in re.finditer(VAL, match.group()):
                own = marked.at(each.group())
                yield Found(_equal(own.column, [own], table), match.start() + each.start(), match.start() + each.end())
            continue
        negated = _NOT.search(marked.text[: match.start()]) is not None
        yield Found(_equal(column, mentions, table, negated=negated), match.start(), match.end())


def loose(text: str, taken: tuple[tuple[int, int], ...]) -> bool:
    """Whether a comparison stands in the text that no condition has taken: then not all is understood."""
    words, _ = _operators()
    found = re.finditer(rf"{words}\s*(?:the\s+)?(?:‹n\d+›|average|mean|median|平均)(?!\s*(?:%|standard|percentile))", text)
    return any(not any(start <= each.start() < end for start, end in taken) for each in found if each["op"] not in ("=", "==", "exactly"))
