"""One column's figures from a sample of its values: kind, examples, distinct values, lowest and highest.

Also sent as source to kernels without this package: see glance.py for what is allowed here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from .arrays import in_seconds
from .glance import HEAD, LETTERS, is_moment, loaded, moment, short, unboxed

VALUES = 20
"""Texts that are kept of a column, the most frequent first, so that a value named in an instruction can be found."""
_NATIVE = {"i": "number", "u": "number", "f": "number", "c": "number", "b": "bool", "M": "time"}
_BY_NAME = {"Decimal": "number", "int": "number", "float": "number", "bool": "bool", "str": "text"}
_BY_DTYPE = {"category": "category", "str": "text", "string": "text", "boolean": "bool", "bool": "bool"}


def figures(dtype: str, values: Any, missing: int | None) -> dict[str, Any]:
    """What a column's values tell; `missing` None means that nothing was read, then only the kind is told."""
    if missing is None:
        return {"kind": kind_of(dtype)}
    told = _of_list(values) if type(values) is list else _of_native(values)
    told["kind"] = _BY_DTYPE.get(dtype) or told.get("kind") or kind_of(dtype)
    return {**told, "missing": missing}


def kind_of(dtype: str) -> str:
    """The kind that a dtype's name alone tells."""
    name = dtype.lower()
    if name in _BY_DTYPE or name.startswith(("str", "large_string", "<u", "bool")):
        return _BY_DTYPE.get(name, "bool" if name.startswith("bool") else "text")
    if (
        name.startswith(("int", "uint", "float", "double", "complex", "halffloat", "decimal"))
        and "interval" not in name
    ):
        return "number"
    return "time" if name.startswith(("datetime", "timestamp", "date")) else "other"


def _of_native(values: Any) -> dict[str, Any]:
    letter, values = values.dtype.kind, in_seconds(values)
    if letter not in _NATIVE:
        return _of_list(values.tolist())
    if not len(values):
        return {"kind": _NATIVE[letter], "distinct": 0}
    ordered = loaded("numpy", "unique")(values)
    first = dict.fromkeys(values[:200].tolist())
    told = {
        "kind": _NATIVE[letter],
        "distinct": len(ordered),
        "examples": [_figure(each) for each in list(first)[:HEAD]],
    }
    if letter in "iufM":
        told["low"], told["high"] = _figure(ordered[:1].tolist()[0]), _figure(ordered[-1:].tolist()[0])
    return told


def _of_list(values: list[Any]) -> dict[str, Any]:
    values = [unboxed(each) for each in values] if _boxed(values) else values
    kinds = {id(type(each)): type(each) for each in values}.values()
    names = {_kind_name(kind) for kind in kinds}
    if not values:
        return {"distinct": 0}
    if names == {"text"}:
        return {"kind": "text", **_of_texts(values)}
    if names <= {"number", "bool", "time"} and len(names) == 1:
        return _of_plain(values, names.pop())
    texts = sum(type(each) is str for each in values)
    shown = dict.fromkeys(each[:LETTERS] if type(each) is str else short(each, 1) for each in values[:200])
    return {"kind": "text" if texts * 2 > len(values) else "other", "examples": list(shown)[:HEAD]}


def _of_texts(values: list[str]) -> dict[str, Any]:
    counted = Counter(values)
    return {"distinct": len(counted), "examples": [text[:LETTERS] for text, _ in counted.most_common(VALUES)]}


def _of_plain(values: list[Any], kind: str) -> dict[str, Any]:
    shown = list(dict.fromkeys(_figure(each) for each in values))
    told = {"kind": kind, "distinct": len(shown), "examples": shown[:HEAD]}
    if kind == "time":
        told["low"], told["high"] = min(shown), max(shown)
    if kind == "number" and all(type(each) is int or type(each) is float for each in values):
        told["low"], told["high"] = _figure(min(values)), _figure(max(values))
    return told


def _kind_name(kind: type) -> str:
    for name, plain in (("text", str), ("bool", bool), ("number", int), ("number", float)):
        if kind is plain:
            return name
    if kind is loaded("decimal", "Decimal"):
        return "number"
    times = (loaded("datetime", "date"), loaded("datetime", "datetime"), loaded("pandas", "Timestamp"))
    return "time" if any(kind is each for each in times if each is not None) else "other"


def _boxed(values: Iterable[Any]) -> bool:
    plain = {id(str), id(int), id(float), id(bool)}
    return any(id(type(each)) not in plain for each in values)


def _figure(value: Any) -> str:
    if type(value) is float:
        text = repr(value)
        return text if len(text) <= LETTERS // 5 else f"{value:.6g}"
    return moment(value) if is_moment(value) else short(value, 1)
