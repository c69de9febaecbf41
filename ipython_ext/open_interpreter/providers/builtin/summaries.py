"""Statistics combine: mean, median and std of two columns by class are one line of pandas, not six recipes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .acts import Act
from .literals import literal, slug
from .recipes import Recipe
from .tables import Table
from .templates import said

LOOSE = ("count", "nunique", "mode", "min", "max")
_WHOLE = ("count", "nunique")
_SPREADS = ("std", "var")


def converted(table: Table | None, column: str) -> bool:
    """Whether a text column holds numbers written as text, so that it has to be converted first."""
    found = table.column(column) if table else None
    if found is None or found.kind not in ("text", "category") or not found.examples:
        return False
    numeric = sum(_numeric(each) for each in found.examples)
    return numeric * 2 > len(found.examples)


def _numeric(value: object) -> bool:
    try:
        float(str(value).replace(",", ""))
    except ValueError:
        return False
    return True


def wordy(table: Table | None, column: str) -> bool:
    """Whether a column holds words, of which there is no mean."""
    kind = table.kind(column) if table else "other"
    return kind in ("text", "category") and not converted(table, column)


@dataclass(frozen=True, slots=True)
class Summary:
    """The statistics of an act as code over the DataFrame that `data` names."""

    act: Act
    data: str
    digits: int
    population: bool = False
    chinese: bool = False
    keep: bool = False
    """Whether one value has to come of it, that a name can hold."""

    def code(self) -> str:
        """The cell's source, without imports."""
        columns = self.act.fills["columns"].columns if "columns" in self.act.fills else ()
        if "group" in self.act.fills:
            return self._grouped(columns)
        if len(columns) == 1:
            return self._figures(columns[0])
        return self._table(columns)

    def _table(self, columns: tuple[str, ...]) -> str:
        picked = f"{self.data}[{literal(list(columns))}]" if columns else f'{self.data}.select_dtypes("number")'
        if not columns and all(each.id in _WHOLE for each in self.act.statistics):
            picked = self.data
        if self._plain and len(self._names) == 1:
            return f"{picked}.{self._names[0]}(){self._rounded}"
        if self._plain:
            return f"{picked}.agg({literal(self._names)}){self._rounded}"
        rows = ",\n".join(
            f"    {literal(each.id)}: picked.agg({self._aggregate(each)})" for each in self.act.statistics
        )
        return f"picked = {picked}\npd.DataFrame({{\n{rows},\n}}){self._rounded}"

    def _grouped(self, columns: tuple[str, ...]) -> str:
        by = f"{self.data}.groupby({self.act.fills['group'].source}{self._observed})"
        if not columns and self._names == ["count"]:
            return f"{by}.size()"
        if not columns and self._plain and len(self._names) == 1:
            return f"{by}.{self._names[0]}(numeric_only=True){self._rounded}"
        picked = f'{by}[list({self.data}.select_dtypes("number"))]'
        if columns:
            picked = f"{by}[{literal(columns[0]) if len(columns) == 1 else literal(list(columns))}]"
        if self._plain and len(self._names) == 1:
            return f"{picked}.{self._names[0]}(){self._rounded}"
        if not self._plain and len(columns) == 1:
            pairs = ", ".join(f"{each.id}={self._aggregate(each)}" for each in self.act.statistics)
            return f"{picked}.agg({pairs}){self._rounded}"
        return f"{picked}.agg([{', '.join(map(self._aggregate, self.act.statistics))}]){self._rounded}"

    def _figures(self, column: str) -> str:
        series, name = f"{self.data}[{literal(column)}]", slug(column)
        if converted(self.act.table, column) and not all(each.id in LOOSE for each in self.act.statistics):
            series = f"pd.to_numeric({series})"
        if len(self.act.statistics) == 1:
            recipe = self.act.statistics[0]
            figure = f"{recipe.id}_{name}"
            return f"{figure} = {self._expression(recipe, series)}\n{self._print(recipe, column, figure)}"
        values = [(each, self._expression(each, name)) for each in self.act.statistics]
        if self.keep:
            pairs = ", ".join(f"{literal(each.id)}: {value}" for each, value in values)
            return f"{name} = {series}\npd.Series({{{pairs}}}).round({self.digits})"
        return "\n".join([f"{name} = {series}", *(self._print(each, column, value) for each, value in values)])

    def _print(self, recipe: Recipe, column: str, value: str) -> str:
        label = literal(said(recipe.label[self.chinese], {"column": column}) + ":")
        numeric = self.act.table is not None and self.act.table.kind(column) == "number"
        if recipe.id == "mode":
            return f'print({label}, ", ".join(map(str, {value})))'
        if recipe.id in _WHOLE or (recipe.id in LOOSE and not numeric):
            return f"print({label}, {value})"
        return f"print({label}, round({value}, {self.digits}))"

    @property
    def _names(self) -> list[str]:
        return [each.aggregate for each in self.act.statistics]

    @property
    def _plain(self) -> bool:
        """Whether pandas knows every statistic by name."""
        return all(self._names) and not (self.population and any(each.id in _SPREADS for each in self.act.statistics))

    @property
    def _rounded(self) -> str:
        return "" if all(each.id in _WHOLE for each in self.act.statistics) else f".round({self.digits})"

    @property
    def _observed(self) -> str:
        """Categories that do not occur are left out."""
        kinds = [self.act.table.kind(each) for each in self.act.fills["group"].columns] if self.act.table else []
        return ", observed=True" if "category" in kinds else ""

    def _aggregate(self, recipe: Recipe) -> str:
        """What `agg` takes: a name as a literal, or a lambda over the Series."""
        if recipe.aggregate and not (self.population and recipe.id in _SPREADS):
            return literal(recipe.aggregate)
        return f"lambda s: {self._expression(recipe, 's')}"

    def _expression(self, recipe: Recipe, series: str) -> str:
        expression = recipe.expression or f"s.{recipe.aggregate}()"
        if self.population and recipe.id in _SPREADS:
            expression = f"s.{recipe.id}(ddof=0)"
        return re.sub(r"\bs\.", lambda _: f"{series}.", expression)
