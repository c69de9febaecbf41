"""More or less than something: `age over 30`, `between 1 and 5`, `older than 30`, `above the average fare`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

from .conditions import Condition, Operator, Statistic
from .lexicon import lexicon
from .marks import Marked
from .naming import meant
from .spots import ANY, COL, LINK, NUM, Found, at_column, value_of
from .tables import Table

_OPPOSITE: dict[str, Operator] = {">": "<=", "<": ">=", ">=": "<", "<=": ">", "==": "!=", "!=": "=="}
_EQUAL = ("of", "is", "are", "was", "were", "是", "为")
_FIGURE = rf"(?:overall\s+)?(?:average|mean|median)(?:\s+{COL})?|平均值?|均值|中位数"
_MORE = r"or (?:more|older|higher|above|over|greater|later)|and (?:above|over|older|up)|以上"
_LESS = r"or (?:less|younger|lower|below|under|fewer|earlier)|以下"
_PEOPLE = (
    r"\b(?:child(?:ren)?|kids?|adults?|people|persons?|passengers?|anyone|everyone|those|‹v\d+›)\s+"
    r"(?:who (?:are|were)\s+)?(?P<word>under|over|above|below|at least|up to)\s+(?:the age of\s+)?"
)
_AGED = {"under": "<", "below": "<", "at least": ">=", "up to": "<=", "over": ">", "above": ">"}
_AGED_ZH = {"大于": ">", "超过": ">", "小于": "<", "不到": "<", "以上": ">=", "以下": "<="}


@cache
def operators() -> tuple[str, dict[str, str]]:
    """A pattern with the group `op` for every phrase that compares, and the phrases' signs."""
    pairs = [(phrase, sign) for phrase, sign in lexicon().operators if phrase not in _EQUAL]
    words = "|".join(rf"\b{re.escape(p)}\b" if p.isascii() and p[0].isalpha() else re.escape(p) for p, _ in pairs)
    return f"(?P<op>{words})", dict(pairs)


def ranges(marked: Marked, table: Table) -> Iterator[Found]:
    """`age between 20 and 30`."""
    lead = r"(?P<lead>between|from|in the range(?: of| from)?|ranging from|介于|从|在)?"
    edges = r"(?P<low>‹[nq]\d+›)\s*(?:and|to|-|–|与|和|到|至|~)\s*(?P<high>‹[nq]\d+›)\s*(?P<tail>之间)?"
    for match in re.finditer(rf"(?P<col>{COL}){LINK}{lead}\s*{edges}", marked.text):
        if not (match["lead"] or match["tail"] or re.search("到|至", match.group())):
            continue
        column = at_column(marked, match["col"])
        low, high = (value_of(marked.at(match[side]), column, table) for side in ("low", "high"))
        yield Found(Condition(column, "between", (low, high)), match.start(), match.end())


def comparisons(marked: Marked, table: Table) -> Iterator[Found]:
    """`fare above 50`, `fare of 50 or more`, `above the average fare`, `more than 2 siblings`."""
    words, signs = operators()
    value = rf"(?P<value>{ANY}|{_FIGURE})"
    for match in re.finditer(rf"(?P<col>{COL}){LINK}{words}\s*(?:the\s+|a\s+)?{value}", marked.text):
        if _sensible(match, marked, table, signs):
            negated = re.search(r"\bnot\s+(?:be\s+)?$", marked.text[: match.start("op")]) is not None
            sign = signs[match["op"]]
            yield _found(match, _OPPOSITE[sign] if negated else sign, marked, table)
    years = r"\s*(?:years?\s*(?:old\s*)?)?"
    for match in re.finditer(rf"(?P<col>{COL}){LINK}(?P<value>{NUM}){years}(?P<op>{_MORE}|{_LESS})", marked.text):
        yield _found(match, ">=" if re.fullmatch(_MORE, match["op"]) else "<=", marked, table)
    figure = r"(?:the\s+)?(?:overall\s+)?(?P<value>average|mean|median|平均|中位数)\s*(?:of\s+|的)?"
    for match in re.finditer(rf"{words}\s*{figure}(?P<col>{COL})", marked.text):
        yield _found(match, signs[match["op"]], marked, table)
    for match in re.finditer(rf"{words}\s*(?P<value>{NUM})\s*(?P<col>{COL})", marked.text):
        counted = table.kind(at_column(marked, match["col"])) in ("number", "other")
        if counted and signs[match["op"]] not in ("==", "!="):
            yield _found(match, signs[match["op"]], marked, table)


def _sensible(match: re.Match[str], marked: Marked, table: Table, signs: dict[str, str]) -> bool:
    """A text is not more than a number."""
    worded = table.kind(at_column(marked, match["col"])) in ("text", "category")
    number = match["value"].startswith("‹n")
    return not (worded and number and signs[match["op"]] not in ("==", "!="))


def _found(match: re.Match[str], sign: str, marked: Marked, table: Table) -> Found:
    condition = _condition(at_column(marked, match["col"]), sign, match["value"], marked, table)
    return Found(condition, match.start(), match.end())


def _condition(column: str, sign: str, value: str, marked: Marked, table: Table) -> Condition:
    if value.startswith("‹"):
        return Condition(column, sign, value_of(marked.at(value), column, table))  # type: ignore[arg-type]
    name: Literal["mean", "median"] = "median" if re.search("median|中位数", value) else "mean"
    return Condition(column, sign, Statistic(name))  # type: ignore[arg-type]


def comparatives(marked: Marked, table: Table) -> Iterator[Found]:
    """`older than 30` names a quantity without its column; `children under 12` and `30岁以上` too."""
    words = lexicon().comparatives
    named = r"\b(?P<word>older|younger|aged|heavier|lighter|taller)\b\s*(?:than\s+)?(?:or equal to\s+)?"
    for match in re.finditer(rf"{named}(?P<value>{NUM})", marked.text):
        found = meant((words[match["word"]],), table.names)
        sign = "<" if match["word"] in ("younger", "lighter") else "==" if match["word"] == "aged" else ">"
        if found:
            condition = _condition(found.name, sign, match["value"], marked, table)
            yield Found(condition, match.start(), match.end())
    age = meant(("age",), table.names) or meant(("年龄",), table.names)
    if age is None:
        return
    for match in re.finditer(rf"{_PEOPLE}(?P<value>{NUM})(?!\s*(?:{COL}|%))", marked.text):
        condition = _condition(age.name, _AGED[match["word"]], match["value"], marked, table)
        yield Found(condition, match.start("word"), match.end())
    chinese = rf"(?P<before>大于|超过|小于|不到)?\s*(?P<value>{NUM})\s*岁\s*(?P<after>以上|以下)?"
    for match in re.finditer(chinese, marked.text):
        word = match["before"] or match["after"]
        if word:
            condition = _condition(age.name, _AGED_ZH[word], match["value"], marked, table)
            yield Found(condition, match.start(), match.end())
