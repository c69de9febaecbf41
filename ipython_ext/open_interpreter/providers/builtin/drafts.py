"""Acts become cells: rows are chosen, templates filled, imports stand at the top, names avoid the person's."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, replace

from .acts import Act
from .conditions import mask, needs_pandas, spoken
from .derived import DIGITS, fill_source, manner_source, more_source
from .literals import assigned, avoiding, renamed
from .recipes import Variant
from .summaries import Summary
from .templates import render, said
from .wishes import Wishes

_IMPORTS = {
    "pd": "import pandas as pd",
    "np": "import numpy as np",
    "plt": "import matplotlib.pyplot as plt",
    "stats": "from scipy import stats",
    "math": "import math",
    "warnings": "import warnings",
    "random": "import random",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A cell to be, with the line of prose before it."""

    code: str
    prose: str
    recipe: str


@dataclass(frozen=True, slots=True)
class Manner:
    """What holds for every cell of a reply."""

    wishes: Wishes
    chinese: bool
    taken: frozenset[str] = frozenset()
    """Names of the person's that no cell may overwrite."""
    assign: str = ""
    name: str = ""
    """What the instruction calls its result."""


def draft(act: Act, manner: Manner, *, last: bool) -> Draft:
    """The cell for an act."""
    assign = manner.assign if last else ""
    data, before = _rows(act)
    body = (
        _statistics(act, data, manner, keep=bool(assign))
        if act.statistics and act.recipe.role == "statistic"
        else _filled(act, data, manner)
    )
    code = f"{before}\n{body}" if before else body
    code = avoiding(code, manner.taken - {act.table.name if act.table else ""})
    code = _called(code, manner.name) if last and manner.name else code
    code = _assigning(code, assign) if assign else code
    return Draft(_imported(act, code), _prose(act, manner), act.recipe.id)


def _rows(act: Act) -> tuple[str, str]:
    """The name of the data to work on, and the line that chooses its rows."""
    if act.table is None:
        return "", ""
    name = act.table.name
    if (
        not act.conditions
        or act.recipe.role == "load"
        or "{where}" in "".join(each.text for each in act.recipe.variants)
    ):
        return name, ""
    return "selected", f"selected = {name}[{mask(act.conditions, name, act.table)}]"


def _statistics(act: Act, data: str, manner: Manner, *, keep: bool) -> str:
    wishes = manner.wishes
    digits = DIGITS if wishes.digits is None else wishes.digits
    summary = Summary(act, data, digits, population=wishes.population, chinese=manner.chinese, keep=keep)
    return (
        summary.code()
        if wishes.digits is not None
        else re.sub(r"\.round\(4\)$", "", summary.code(), flags=re.MULTILINE)
    )


def _filled(act: Act, data: str, manner: Manner) -> str:
    source, plain = _values(act, data, manner)
    variant = next(each for each in act.recipe.variants if _fits(each, source) and _grouped(each, act))
    code = render(variant.text, source, plain, chinese=manner.chinese)
    return _plainer(code, rounded=manner.wishes.digits is not None)


def _plainer(code: str, *, rounded: bool) -> str:
    """No loop over one column, and no rounding of what is displayed where none was asked for."""

    def once(match: re.Match[str]) -> str:
        body = re.sub(r"^ {4}", "", match["body"], flags=re.MULTILINE)
        return re.sub(r"(?<![\w.\"'])column(?![\w\"'=])", lambda _: match["name"], body)

    code = re.sub(
        r"^for column in \[(?P<name>\"[^\",\\]*\")\]:\n(?P<body>(?: {4}.*(?:\n|\Z))+)", once, code, flags=re.MULTILINE
    )
    return code if rounded else re.sub(r"\.round\(4\)$", "", code, flags=re.MULTILINE)


def _fits(variant: Variant, source: dict[str, str]) -> bool:
    return all(source.get(each) for each in variant.needs) and not any(source.get(each) for each in variant.without)


def _grouped(variant: Variant, act: Act) -> bool:
    """A template that leaves out the groups that were asked for answers another question."""
    return "group" not in act.fills or "{group" in variant.text or "?group" in variant.text


def _values(act: Act, data: str, manner: Manner) -> tuple[dict[str, str], dict[str, str]]:
    """What stands for each slot in code, and in prose."""
    source = manner_source(manner.wishes, chinese=manner.chinese)
    source |= {"data": data, "table": act.table.name if act.table else "", "where": ""}
    if act.table and act.conditions:
        source["where"] = mask(act.conditions, act.table.name, act.table)
        joined = all(each.joined == "and" for each in act.conditions) and act.conditions[-1].chained
        if len(act.conditions) > 1 and not joined:
            source["base"] = mask(act.conditions[:-1], act.table.name, act.table)
            source["test"] = mask(act.conditions[-1:], "among", act.table)
    for name, fill in act.fills.items():
        source |= fill_source(name, replace(fill, source=fill.source.replace("{data}", data)), act)
    source |= more_source(act, data, source)
    plain = {key: value.strip('"') for key, value in source.items()}
    plain |= {name: fill.plain for name, fill in act.fills.items()}
    plain["where"] = spoken(act.conditions)
    plain["base_words"], plain["test_words"] = spoken(act.conditions[:-1]), spoken(act.conditions[-1:])
    return source, plain


def _prose(act: Act, manner: Manner) -> str:
    _, raw = _values(act, "", manner)
    plain = {key: escaped(value) for key, value in raw.items()} | {
        key: raw[key] for key in ("table", "data", "other") if key in raw
    }
    plain["statistics"] = ("、" if manner.chinese else ", ").join(
        _named(each.label[manner.chinese]) for each in act.statistics
    )
    group = act.fills.get("group")
    text = act.recipe.prose[manner.chinese]
    if act.recipe.role == "statistic":
        plain.setdefault("columns", "所有数值列" if manner.chinese else "all numeric columns")
        text = "<columns> 的<statistics>" if manner.chinese else "<statistics> of <columns>"
        if group:
            text = f"按 <group> 分组,{text}" if manner.chinese else f"{text} for each <group>"
    text = _optional(text, plain)
    line = said(text, plain).strip().rstrip(".。")
    if act.conditions and act.recipe.id != "filter" and "<where>" not in text:
        line += f"(仅限 {plain['where']})" if manner.chinese else f", where {plain['where']}"
    end = "。" if manner.chinese else "."
    first = (
        line[:1] if (text.startswith("<c") and act.recipe.role != "statistic") or manner.chinese else line[:1].upper()
    )
    return (first + line[1:] + end).replace("\n", " ")


def escaped(text: str) -> str:
    """A person's words as Markdown: what could be read as markup stands in backticks."""
    pieces = text.replace("\n", " ").split(", ")
    return ", ".join(_ticked(each) if re.search(r"[`*_<>\[\]\\]", each) else each for each in pieces)


def _ticked(text: str) -> str:
    fence = "``" if "`" in text else "`"
    gap = " " if "`" in text else ""
    return f"{fence}{gap}{text}{gap}{fence}"


def fits(act: Act, wishes: Wishes) -> bool:
    """Whether the recipe has a template for what is filled."""
    if not act.recipe.variants:
        return bool(act.statistics)
    source, _ = _values(act, act.table.name if act.table else "", Manner(wishes, chinese=False))
    return any(_fits(each, source) and _grouped(each, act) for each in act.recipe.variants)


def _named(label: str) -> str:
    return re.sub(r"\s*(?:of )?<column>\s*的?(?:in )?", "", label).strip()


def _optional(text: str, plain: dict[str, str]) -> str:
    """`{, by <group>}` stands only where its slots are filled."""

    def keep(match: re.Match[str]) -> str:
        inner = match.group(1)
        return inner if all(plain.get(each) for each in re.findall(r"<([a-z_]+)>", inner)) else ""

    return re.sub(r"\{([^{}]*)\}", keep, text)


def _imported(act: Act, code: str) -> str:
    wanted = [
        line for name, line in _IMPORTS.items() if re.search(rf"(?<![\w.\"']){name}\.", code) and line not in code
    ]
    if act.table and "pd" not in act.recipe.imports and needs_pandas(act.conditions, act.table):
        wanted = list(dict.fromkeys([*wanted, _IMPORTS["pd"]]))
    head = sorted(dict.fromkeys(wanted), key=lambda line: (line.startswith("from"), line))
    inner = [line for line in code.splitlines() if re.match(r"(?:import|from) \w", line)]
    rest = "\n".join(line for line in code.splitlines() if line not in inner).strip("\n")
    lines = [*[each for each in head if each not in inner], *inner]
    gap = ["", ""] if rest.startswith("def ") else [""]
    return "\n".join([*sorted(lines, key=lambda line: (line.startswith("from"), line)), *gap, rest]) if lines else rest


def _called(code: str, name: str) -> str:
    """The code with its result under the name that the person gave it."""
    last = ast.parse(code).body[-1]
    shown = last.value.id if isinstance(last, ast.Expr) and isinstance(last.value, ast.Name) else ""
    return renamed(code, {shown: name}) if shown in assigned(code) else _assigning(code, name)


def _assigning(code: str, name: str) -> str:
    """The code with its answer's value under that name too: the last expression, the last thing made, the function."""
    tree = ast.parse(code)
    last = tree.body[-1]
    if isinstance(last, ast.Expr) and not _said(last.value):
        lines = code.splitlines()
        head, tail = lines[: last.lineno - 1], "\n".join(lines[last.lineno - 1 :])
        return "\n".join([*head, f"{name} = {tail}", name])
    made = assigned(code)
    functions = [each.name for each in tree.body if isinstance(each, ast.FunctionDef)]
    value = next(iter(functions or made[-1:]), None)
    return f"{code}\n{name} = {value}" if value and value != name else code


def _said(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func) in ("print", "plt.show", "display")
