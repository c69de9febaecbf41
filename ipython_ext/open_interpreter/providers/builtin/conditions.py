"""Which rows? `age is over 30 and sex is female` becomes conditions, and they a mask in pandas."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from .literals import literal
from .tables import Table

Operator = Literal[
    ">", ">=", "<", "<=", "==", "!=", "in", "not in", "between", "missing", "present",
    "contains", "starts", "ends", "year",
]  # fmt: skip


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
            options = ", case=False, regex=False" if method == "contains" else ""
            return f"{series}.astype(str).str.{method}({literal(str(self.value))}{options})"
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
