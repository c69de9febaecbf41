"""Looks at a namespace and tells what is in it, as plain JSON, without running any code of the user's objects.

Refuses to: import anything, call a method that a user's class could have overridden, keep an object beyond the look.
With glance.py, arrays.py, columns.py and tables.py before it, it is also sent as source to kernels that have no copy of
this package; `reader.expression` puts that together.
"""

from __future__ import annotations

import json
import types
from collections.abc import Collection
from typing import Any

from .glance import LETTERS, entry, exact, is_class, is_moment, short, type_module, type_name, unboxed
from .tables import Tables

LIMIT = 600
"""Variables that are told of at most; tables, data and the user's own functions before imported ones."""
_PREVIEW = 5 * LETTERS
_HIDDEN = ("In", "Out", "exit", "quit", "get_ipython", "open", "display")
_MISFIT = (AttributeError, TypeError, ValueError, LookupError, RuntimeError, OverflowError, AssertionError)
_SCALARS = (int, float, bool, complex, type(None))
_COLLECTIONS = (str, list, tuple, set, frozenset, dict)
_CODE = types.FunctionType.__dict__["__code__"].__get__
_DEFAULTS = types.FunctionType.__dict__["__defaults__"].__get__
_KEYWORDS = types.FunctionType.__dict__["__kwdefaults__"].__get__
_FUNCTION_DOC = types.FunctionType.__dict__["__doc__"].__get__
_FUNCTION_MODULE = types.FunctionType.__dict__["__module__"].__get__
_BUILTIN_NAME = types.BuiltinFunctionType.__dict__["__name__"].__get__
_MODULE_DICT = vars(types.ModuleType)["__dict__"].__get__
_CLASS_DICT = type.__dict__["__dict__"].__get__


def look(namespace: dict[str, Any], only: Collection[str] = (), hidden: Any = None) -> list[dict[str, Any]]:
    """What the names of a namespace stand for, in its order; with `only`, of these names alone.

    A name for which `hidden` has the very same object is left out.
    """
    tables, hidden = Tables(), hidden or {}
    names = [
        (name, value)
        for name, value in list(namespace.items())
        if type(name) is str
        and not name.startswith("_")
        and name not in _HIDDEN
        and (not only or name in only)
        and not (name in hidden and hidden[name] is value)
    ]
    told = [{"name": name, **_describe(value, tables)} for name, value in names]
    if len(told) <= LIMIT:
        return told
    order = sorted(range(len(told)), key=lambda at: (_is_clutter(told[at]), at))
    return [told[at] for at in sorted(order[:LIMIT])]


def dump(namespace: dict[str, Any], only: Collection[str] = ()) -> str:
    """The same as JSON in ASCII."""
    return json.dumps(look(namespace, only))


def _is_clutter(told: dict[str, Any]) -> bool:
    imported = told["kind"] in ("function", "class") and told["module"] not in ("", "__main__")
    return imported or told["kind"] == "module"


def _describe(value: Any, tables: Tables) -> dict[str, Any]:
    kind = type(value)
    named = {"type": type_name(kind), "module": type_module(kind)}
    try:
        if tables.kind(value):
            return {**named, "kind": tables.kind(value), **tables.describe(value)}
        return {**named, **_plain(value)}
    except _MISFIT:
        return {**named, "kind": "other"}


def _plain(value: Any) -> dict[str, Any]:
    value = unboxed(value)
    kind = type(value)
    if any(kind is each for each in _SCALARS) or is_moment(value):
        return {"kind": "scalar", "preview": short(value)}
    if any(kind is each for each in _COLLECTIONS):
        return {"kind": "text" if kind is str else "collection", "shape": [len(value)], "preview": _cut(short(value))}
    teller = next((tell for each, tell in _TELLERS if kind is each), _class if is_class(value) else _other)
    return teller(value)


def _other(value: Any) -> dict[str, Any]:
    shown = short(value)
    return {"kind": "other", "preview": "" if shown == f"<{type_name(type(value))}>" else _cut(shown)}


def _builtin(value: Any) -> dict[str, Any]:
    return {"kind": "function", "module": "builtins", "preview": f"{exact(_BUILTIN_NAME(value))}(…)"}


def _module(value: Any) -> dict[str, Any]:
    name = entry(_MODULE_DICT(value), "__name__")
    return {"kind": "module", "preview": _cut(name) if type(name) is str else ""}


def _function(value: Any) -> dict[str, Any]:
    module, doc = _FUNCTION_MODULE(value), _FUNCTION_DOC(value)
    return {
        "kind": "function",
        "module": _cut(module) if type(module) is str else "",
        "preview": _signature(value) + _first_line(doc),
    }


def _class(value: Any) -> dict[str, Any]:
    slots = _CLASS_DICT(value)
    start = entry(slots, "__init__")
    arguments = _signature(start, skip=1) if type(start) is types.FunctionType else "()"
    preview = type_name(value) + arguments[arguments.index("(") :] + _first_line(entry(slots, "__doc__"))
    return {"kind": "class", "type": "type", "module": type_module(value), "preview": preview}


def _first_line(doc: object) -> str:
    line = doc.strip().split("\n", 1)[0][: LETTERS * 2] if type(doc) is str else ""
    return f": {line}" if line else ""


def _signature(function: Any, skip: int = 0) -> str:
    """`async name(a, b=1, *rest, c)` from the code object alone."""
    code = _CODE(function)
    names = [exact(name) for name in code.co_varnames]
    plain, keyword = code.co_argcount, code.co_kwonlyargcount
    defaults, given = _DEFAULTS(function) or (), _KEYWORDS(function) or {}
    shown = list(names[:plain])
    for at, default in enumerate(defaults, plain - len(defaults)):
        shown[at] += f"={short(default, 0)}"
    if code.co_posonlyargcount:
        shown.insert(code.co_posonlyargcount, "/")
    rest = plain + keyword
    starred = bool(code.co_flags & 0x04)
    if starred or keyword:
        shown.append("*" + (names[rest] if starred else ""))
    for name in names[plain:rest]:
        default = [f"={short(each, 0)}" for key, each in given.items() if type(key) is str and key == name]
        shown.append(name + "".join(default))
    if code.co_flags & 0x08:
        shown.append("**" + names[rest + starred])
    return ("async " if code.co_flags & 0x80 else "") + f"{exact(code.co_name)}({', '.join(shown[skip:])})"


def _cut(text: str) -> str:
    return text if len(text) <= _PREVIEW else text[: _PREVIEW - 1] + "…"


_TELLERS = ((types.FunctionType, _function), (types.BuiltinFunctionType, _builtin), (types.ModuleType, _module))
