"""Statistics combine: mean, median and std of two columns by class are one line of pandas, not six recipes."""

from __future__ import annotations

from .acts import Act
from .literals import literal, slug
from .recipes import Recipe
from .tables import Table
from .templates import said

LOOSE = ("count", "nunique", "mode", "min", "max")
_NUMERIC = ("number", "bool", "other")


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


def summary(act: Act, data: str, digits: int, *, population: bool, keep: bool, chinese: bool) -> str:
    """The code for the statistics of an act; `keep` makes one value of it that a name can hold."""
    group = act.fills.get("group")
    columns = act.fills["columns"].columns if "columns" in act.fills else ()
    names = [_aggregate(each, population=population) for each in act.statistics]
    if group:
        return _grouped(act, data, group.source, columns, names, digits)
    if len(columns) == 1:
        return _figures(act, data, columns[0], digits, population=population, keep=keep, chinese=chinese)
    picked = f"{data}[{literal(list(columns))}]" if columns else f'{data}.select_dtypes("number")'
    if len(names) == 1 and '"' in names[0]:
        return f"{picked}.{names[0].strip(chr(34))}(){_round(act, digits)}"
    if all('"' in each for each in names):
        return f"{picked}.agg([{', '.join(names)}]){_round(act, digits)}"
    rows = ",\n".join(
        f"    {literal(each.id)}: picked.apply({name})" for each, name in zip(act.statistics, names, strict=True)
    )
    rows = rows.replace('apply("', 'agg("')
    return f"picked = {picked}\npd.DataFrame({{\n{rows},\n}}){_round(act, digits)}"


def _aggregate(recipe: Recipe, *, population: bool) -> str:
    """What `agg` takes: a name as a literal, or a lambda over the Series."""
    expression = _expression(recipe, "s", population=population)
    if recipe.aggregate and not (population and recipe.id in ("std", "var")):
        return literal(recipe.aggregate)
    return f"lambda s: {expression}"


def _expression(recipe: Recipe, series: str, *, population: bool) -> str:
    expression = recipe.expression or f"s.{recipe.aggregate}()"
    if population and recipe.id in ("std", "var"):
        expression = f"s.{recipe.id}(ddof=0)"
    return expression.replace("s.", f"{series}.") if series != "s" else expression


def _round(act: Act, digits: int) -> str:
    return "" if all(each.id in ("count", "nunique") for each in act.statistics) else f".round({digits})"


def _grouped(act: Act, data: str, group: str, columns: tuple[str, ...], names: list[str], digits: int) -> str:
    by = f"{data}.groupby({group}, observed=True)" if _categorical(act) else f"{data}.groupby({group})"
    if not columns and [each.id for each in act.statistics] == ["count"]:
        return f"{by}.size()"
    single = len(names) == 1 and '"' in names[0]
    if not columns:
        return (
            f"{by}.{names[0].strip(chr(34))}(numeric_only=True).round({digits})"
            if single
            else (f'{by}[{data}.select_dtypes("number").columns.tolist()].agg([{", ".join(names)}]).round({digits})')
        )
    picked = f"{by}[{literal(columns[0]) if len(columns) == 1 else literal(list(columns))}]"
    if single:
        return f"{picked}.{names[0].strip(chr(34))}(){_round(act, digits)}"
    if all('"' in each for each in names):
        return f"{picked}.agg([{', '.join(names)}]){_round(act, digits)}"
    if len(columns) == 1:
        pairs = ", ".join(f"{each.id}={name}" for each, name in zip(act.statistics, names, strict=True))
        return f"{picked}.agg({pairs}){_round(act, digits)}"
    return f"{picked}.agg([{', '.join(names)}]){_round(act, digits)}"


def _categorical(act: Act) -> bool:
    group = act.fills["group"].columns
    return any(
        act.table is not None and (act.table.column(each) is not None) and act.table.kind(each) == "category"
        for each in group
    )


def _figures(act: Act, data: str, column: str, digits: int, *, population: bool, keep: bool, chinese: bool) -> str:
    series = f"{data}[{literal(column)}]"
    if converted(act.table, column) and not all(each.id in LOOSE for each in act.statistics):
        series = f"pd.to_numeric({series})"
    name = slug(column)
    if keep and len(act.statistics) > 1:
        pairs = ", ".join(
            f"{literal(each.id)}: {_expression(each, name, population=population)}" for each in act.statistics
        )
        return f"{name} = {series}\npd.Series({{{pairs}}}).round({digits})"
    if len(act.statistics) == 1:
        recipe = act.statistics[0]
        figure = f"{recipe.id}_{name}"
        value = _expression(recipe, series, population=population)
        return f"{figure} = {value}\n{_print(act, recipe, column, figure, digits, chinese=chinese)}"
    lines = [f"{name} = {series}"]
    lines += [
        _print(act, each, column, _expression(each, name, population=population), digits, chinese=chinese)
        for each in act.statistics
    ]
    return "\n".join(lines)


def _print(act: Act, recipe: Recipe, column: str, value: str, digits: int, *, chinese: bool) -> str:
    label = literal(said(recipe.label[chinese], {"column": column}) + (":" if not chinese else ":"))
    whole = recipe.id in ("count", "nunique")
    textual = recipe.id in ("min", "max") and (act.table is None or act.table.kind(column) != "number")
    if recipe.id == "mode":
        return f'print({label}, ", ".join(map(str, {value})))'
    return f"print({label}, {value})" if whole or textual else f"print({label}, round({value}, {digits}))"
