"""New columns: the name that an instruction gives, and arithmetic over columns that it spells out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .literals import literal
from .marks import Marked
from .spots import COL, NUM
from .tables import Table

_NAMED = re.compile(
    r"(?:\b(?:called|named|as|name it|call it|column|feature|variable|field)\b|名为|叫做?|命名为|新列|新的一列|列)"
    r"\s*[:,]?\s*(?:called\s+|named\s+)?(?P<name>‹[qc]\d+›|[a-z_][a-z0-9_]{1,40}\b)"
)
_STOP = frozenset(
    "that which with the a an by of for from to is as and in on called named new based using where it equal".split()  # noqa: SIM905 - reads better
)
_SIGNS = {
    **dict.fromkeys(("+", "plus", "加", "加上"), "+"),
    **dict.fromkeys(("-", "minus", "减", "减去"), "-"),
    **dict.fromkeys(("*", "x", "×", "times", "multiplied by", "乘", "乘以"), "*"),
    **dict.fromkeys(("/", "÷", "divided by", "over", "除以"), "/"),
}
_SHARE = r"as (?:a )?(?:share|percentage|percent|fraction|proportion) of"
_LIST = rf"{COL}(?:\s*(?:,|and|, and|和|与|、|with|by|from|to|{_SHARE})\s*(?:the )?{COL})+"


@dataclass(frozen=True, slots=True)
class Made:
    """A new column: its name, and its source over `{data}` where the words give one."""

    name: str
    source: str = ""
    plain: str = ""
    named: bool = True


def made(marked: Marked, table: Table | None, hint: str) -> Made | None:
    """The new column that a clause describes, or None where it describes none."""
    if table is None:
        return None
    name = _chinese_name(marked) or _name(marked)
    source = _percent(_written(marked) or _worded(marked), marked)
    columns = [each for each in marked.columns if each != name]
    if name is None and not source and not columns:
        return None
    spoken = name or "_".join([*(each.lower() for each in columns[:2]), hint])
    return Made(spoken, source, source.replace("{data}", table.name), named=name is not None)


def _percent(source: str, marked: Marked) -> str:
    """`in percent` multiplies what is divided."""
    wanted = re.search(r"\b(?:in|as)\s+(?:a\s+)?(?:percent|percentage|%)|百分比|百分数", marked.text)
    return f"{source} * 100" if source and wanted and " / " in source and "* 100" not in source else source


def _chinese_name(marked: Marked) -> str | None:
    found = re.search(
        r"(?:新增|添加|增加|新建|创建|生成)(?:一个)?(?:新的?)?(?:一)?列[\s::]*(?:名为|叫做?|命名为)?\s*"
        r"[“\"]?(?P<name>[\u4e00-\u9fff]{1,12}?)[”\"]?\s*(?:=|,|,|:|等于|为|是|$)",
        marked.raw,
    )
    return found["name"] if found else None


def _name(marked: Marked) -> str | None:
    """A quoted word, or the first word after `column`, `called`, `as` that is no grammar; in its own spelling."""
    equation = re.search(r"(?P<name>‹[qc]\d+›|\b[a-z_]\w*)\s*=(?!=)", marked.text)
    for found in ([equation] if equation else []) + list(_NAMED.finditer(marked.text)):
        name = found["name"]
        if name.startswith("‹"):
            mention = marked.at(name)
            if mention.kind == "q":
                return mention.text
            if equation and found is equation:
                return mention.column
        elif name not in _STOP:
            spelled = re.search(rf"\b{re.escape(name)}\b", marked.raw, re.IGNORECASE)
            return spelled.group() if spelled else name
    return None


def _written(marked: Marked) -> str:
    """Arithmetic with signs or their words, `‹c0› / ‹c1› * ‹n2›`."""
    words = sorted(_SIGNS, key=len, reverse=True)
    signs = "|".join(_sign(each) for each in words)
    item = rf"(?:{COL}|{NUM})"
    for found in re.finditer(rf"[(\s]*{item}[)\s]*(?:(?:{signs})[(\s]*(?:the\s+)?{item}[)\s]*)+", marked.text):
        text = found.group()
        if not re.search(COL, text):
            continue
        text = text if text.count("(") == text.count(")") else re.sub("[()]", "", text)
        text = re.sub(signs, lambda match: f" {_SIGNS[match.group().strip()]} ", re.sub(r"\bthe\b", "", text))
        text = re.sub(r"\s+", " ", text).strip()
        return re.sub(r"‹[cn]\d+›", lambda match: _source(match.group(), marked), text)
    return ""


def _sign(word: str) -> str:
    return rf"\b{word}\b" if word.isascii() and word.isalpha() else re.escape(word).replace(r"\ ", r"\s+")


def _source(mark: str, marked: Marked) -> str:
    mention = marked.at(mark)
    return f"{{data}}[{literal(mention.column)}]" if mention.kind == "c" else literal(mention.value)


def _worded(marked: Marked) -> str:
    """Arithmetic in words: the sum, difference, product or ratio of columns."""
    text = marked.text
    listed = re.search(_LIST, text)
    if listed is None:
        return ""
    series = [_source(each.group(), marked) for each in re.finditer(COL, listed.group())]
    first, second, *_ = series
    if re.search(r"subtract|deduct", text) and " from " in listed.group():
        return f"{second} - {first}"
    kinds = (
        (r"percent\w* of|百分比", f"{first} / {second} * 100"),
        (r"ratio|divid|quotient|\bper\b|share|比值|比例|之比|除", f"{first} / {second}"),
        (r"differ|subtract|minus|差", f"{first} - {second}"),
        (r"product|multipl|times|乘|积", " * ".join(series)),
        (r"average|mean|平均", f"({' + '.join(series)}) / {len(series)}"),
        (r"sum|add|total|plus|combin|和|总", " + ".join(series)),
    )
    return next((source for pattern, source in kinds if re.search(pattern, text)), "")
