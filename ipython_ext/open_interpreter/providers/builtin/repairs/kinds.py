"""Values of another kind than the code takes them for: text instead of numbers or dates."""

from __future__ import annotations

import re

from ....core.snapshot import Column
from ..edits import before, calls, with_keyword
from ..literals import literal
from .fixes import Break, Fix
from .names import WELL_KNOWN

_NUMERIC = re.compile(
    r"could not convert|could not be converted|unable to parse string|unsupported operand|not supported between|"
    r"invalid comparison|"
    r"can only concatenate str|cannot perform|does not support (?:reduction|operation)|agg function failed|"
    r"must be real number|not all arguments converted|dtype .*(?:object|str)|can't multiply|invalid literal",
    re.IGNORECASE,
)
_GROUPED = ("mean", "median", "std", "var", "sum", "corr", "quantile", "skew", "sem")


def strict(broken: Break) -> Fix | None:
    """`to_numeric` or `to_datetime` met a value that is none: it becomes missing."""
    for function, names in (
        ("to_numeric", ("ValueError", "TypeError")),
        ("to_datetime", ("ValueError", "DateParseError", "OutOfBoundsDatetime", "TypeError")),
    ):
        if broken.error.name in names and any(calls(broken.source, lambda name, function=function: name == function)):  # type: ignore[misc]
            fixed = with_keyword(broken.source, function, "errors", '"coerce"')
            if fixed != broken.source:
                english = "Some values cannot be read that way; they count as missing."
                return Fix(fixed, english, "部分值无法转换,按缺失处理。", also=lambda source: source)
    return None


def _numeric(column: Column) -> bool:
    """Whether some of its texts are numbers: words would only be lost."""
    return not column.examples or any(re.fullmatch(r"\W*\d[\d.,]*\W*", each.strip()) for each in column.examples)


def numbers(broken: Break) -> Fix | None:
    """Arithmetic on text: the text columns that the cell names become numbers; else only numeric columns count."""
    if broken.error.name not in ("TypeError", "ValueError", "DataError") or not _NUMERIC.search(broken.error.value):
        return None
    grouped = _grouped_keys(broken.source)
    named = [(frame, each) for frame, each in broken.columns("text", "other", "category") if each.name not in grouped]
    texts = [(frame, each) for frame, each in named if _numeric(each)]
    if texts:
        fixed = broken.source
        for frame, each in texts:
            cell = f"{frame.name}[{literal(each.name)}]"
            fixed = before(fixed, f'{cell} = pd.to_numeric({cell}, errors="coerce")')
        names = ", ".join(each.name for _, each in texts)
        return Fix(
            _imported(fixed),
            f"{names} holds text; it is read as numbers, and what is none counts as missing.",
            f"{names} 是文本;转换为数值,无法转换的按缺失处理。",
        )
    fixed = broken.source
    for function in _GROUPED:
        fixed = with_keyword(fixed, function, "numeric_only", "True")
    return (
        Fix(fixed, "Only the numeric columns have such figures.", "只有数值列才有这样的统计量。")
        if fixed != broken.source
        else None
    )


def moments(broken: Break) -> Fix | None:
    """`.dt` on text: the column becomes a date first; `.str` on numbers: it becomes text."""
    accessor = re.search(r"use \.(dt|str) accessor", broken.error.value)
    if broken.error.name != "AttributeError" or accessor is None:
        return None
    word = accessor.group(1)
    used = re.findall(rf"(\w+)\[(\"[^\"]+\"|'[^']+')\]\.{word}\b|(\w+)\.(\w+)\.{word}\b", broken.source)
    fixed = broken.source
    for frame, key, other, attribute in dict.fromkeys(used):
        cell = f"{frame}[{key}]" if frame else f"{other}[{literal(attribute)}]"
        fixed = before(
            fixed, f"{cell} = pd.to_datetime({cell})" if word == "dt" else f'{cell} = {cell}.astype("string")'
        )
    if fixed == broken.source:
        return None
    english = (
        "The column is no date yet; it is read as one."
        if word == "dt"
        else "The column is no text yet; it is turned into text."
    )
    return Fix(
        _imported(fixed), english, "该列还不是日期;先转换为日期。" if word == "dt" else "该列还不是文本;先转换为文本。"
    )


def _grouped_keys(source: str) -> frozenset[str]:
    found = re.findall(r"groupby\(([^)]*)\)", source)
    return frozenset(each for text in found for each in re.findall(r"[\"']([^\"']+)[\"']", text))


def _imported(source: str) -> str:
    return source if "import pandas as pd" in source or "pd." not in source else before(source, WELL_KNOWN["pd"])
