"""Source that templates need beside what fills their slots: figures of the manner, and forms of a fill."""

from __future__ import annotations

from collections.abc import Mapping

from .acts import Act, Fill
from .literals import literal, slug
from .wishes import Wishes

DIGITS = 4
_PERCENT_DIGITS = 2


def manner_source(wishes: Wishes, *, chinese: bool) -> dict[str, str]:
    """What holds for every template: rounding, seeds, thresholds, the words of a verdict."""
    yes, no = wishes.verdict or (("是", "否") if chinese else ("yes", "no"))
    digits = DIGITS if wishes.digits is None else wishes.digits
    source = {
        "digits": str(digits),
        "asked": "" if wishes.digits is None else "1",
        "percent_digits": str(_PERCENT_DIGITS if wishes.digits is None else wishes.digits),
        "method": literal(wishes.method),
        "alpha": f"{wishes.alpha:g}",
        "threshold": f"{3 if wishes.threshold is None else wishes.threshold:g}",
        "factor": f"{wishes.factor:g}",
        "seed": str(wishes.seed),
        "held_out": f"{wishes.held_out:g}",
        "ddof": "0" if wishes.population else "1",
        "zscore_ddof": "1" if wishes.sample else "0",
        "relation": "1" if wishes.relation else "",
        "yes": literal(yes),
        "no": literal(no),
        "skewness": "" if wishes.skewness is None else f"{wishes.skewness:g}",
    }
    return source | {each: "1" for each in (wishes.method, wishes.test, wishes.outliers) if each}


def fill_source(name: str, fill: Fill, act: Act) -> dict[str, str]:
    """A fill under its slot's name, and its forms: as a name, as a list, whether text."""
    source = {name: fill.source}
    if not fill.columns:
        return source
    kind = act.table.kind(fill.columns[0]) if act.table else ""
    forms = {
        "name": slug(fill.columns[0]),
        "list": literal(list(fill.columns)),
        "single": literal(fill.columns[0]) if len(fill.columns) == 1 else literal(list(fill.columns)),
        "many": "1" if len(fill.columns) > 1 else "",
        "three": "1" if len(fill.columns) > 2 else "",  # noqa: PLR2004 - rows, columns, values
        "text": "1" if kind in ("text", "category") else "",
        "sorted": str(kind in ("number", "time")),
    }
    ordinals = zip(("first", "second", "third"), fill.columns, strict=False)
    forms |= {ordinal: literal(column) for ordinal, column in ordinals}
    return source | {f"{name}_{form}": text for form, text in forms.items()}


def more_source(act: Act, data: str, source: Mapping[str, str]) -> dict[str, str]:
    """Forms that depend on more than one fill."""
    statistic = source.get("statistic", "").strip('"')
    columns = source.get("columns_list", "")
    loading = [source.get("file", "")]
    loading += [f"sep={source['separator']}"] if source.get("separator") else []
    loading += [f"encoding={source['encoding']}"] if source.get("encoding") else []
    more = {
        "options": ", ".join(loading),
        "statistic_word": "mode().iloc[0]" if statistic == "mode" else f"{statistic}()",
        "statistic_or_mean": literal(statistic or "mean"),
        "columns_or_all": columns or f"list({data}.columns)",
        "numbers_or_all": columns or f'list({data}.select_dtypes("number"))',
    }
    if "column" not in source and "columns" in act.fills:
        more["column"] = literal(act.fills["columns"].columns[0])
    return more
