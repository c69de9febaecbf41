"""Short texts of values of exact builtin types; of anything else no more than its type's name.

Why so strict: a `__repr__`, `__len__`, `__class__`, `__eq__` or `__hash__` of the user's, or of a metaclass, may do
anything, and nobody asked for it to run. So: types are compared by identity or by `id`, never hashed; names are read
through the descriptors of `type` itself; a str subclass is copied by `str.__str__`; mappings are walked, not looked up.

This file, tables.py and probe.py are also sent as source to kernels without this package: the standard library alone.
"""

from __future__ import annotations

import datetime as dt
import sys
import types
from itertools import islice
from typing import Any

HEAD = 5
"""Elements of a collection that are shown."""
LETTERS = 60
"""Letters of a text that are shown."""
_BITS = 256
_PLAIN = (float, complex, bool, type(None), type(...), type(NotImplemented), range)
_BRACKETS = {id(list): ("[", "]"), id(tuple): ("(", ")"), id(set): ("{", "}"), id(frozenset): ("{", "}")}
_NAME = type.__dict__["__name__"].__get__
_MODULE = type.__dict__["__module__"].__get__
_FLAGS = type.__dict__["__flags__"].__get__
_HEAP = 1 << 9
_MRO = type.__dict__["__mro__"].__get__
_DICT = type.__dict__["__dict__"].__get__
_DATE = dt.date.__dict__
_TIME = dt.datetime.__dict__


def exact(text: Any) -> str:
    """A str of exact type with the same letters; raises TypeError on what is no str."""
    return str.__str__(text)


def entry(mapping: Any, key: str) -> Any:
    """The value under an exact str key, else None; it walks, for a lookup may call a strange key's __eq__."""
    for name, value in mapping.items():
        if type(name) is str and name == key:
            return value
    return None


def loaded(module: str, name: str) -> Any:
    """What a loaded module holds under a name, else None; imports nothing and calls no module's __getattr__."""
    found = sys.modules.get(module)
    return vars(found).get(name) if type(found) is types.ModuleType else None


def type_name(kind: type) -> str:
    """A class's name, not what its metaclass says it is."""
    return exact(_NAME(kind))[:80]


def type_module(kind: type) -> str:
    """The module that a class says it is from, empty where that is no text."""
    module = entry(_DICT(kind), "__module__") if _FLAGS(kind) & _HEAP else _MODULE(kind)
    return module[:120] if type(module) is str else ""


def is_class(value: object) -> bool:
    """Whether a value is a class, with whatever metaclass."""
    return any(base is type for base in _MRO(type(value)))


def is_number(value: object) -> bool:
    """Whether a value is exactly an int or a float."""
    return type(value) is int or type(value) is float


def is_moment(value: object) -> bool:
    """Whether a value is exactly a date, a datetime or a pandas Timestamp."""
    kind = type(value)
    return kind is dt.date or kind is dt.datetime or kind is loaded("pandas", "Timestamp")


def moment(value: Any) -> str:
    """`2024-05-01` or `2024-05-01 12:30:00` of such a value, without asking its time zone."""
    day = "{:04d}-{:02d}-{:02d}".format(*(_DATE[part].__get__(value) for part in ("year", "month", "day")))
    if type(value) is dt.date:
        return day
    clock = [_TIME[part].__get__(value) for part in ("hour", "minute", "second")]
    return day + " {:02d}:{:02d}:{:02d}".format(*clock) if any(clock) else day


def unboxed(value: Any) -> Any:
    """The Python number or text of an exact numpy scalar; anything else as it is."""
    generic = loaded("numpy", "generic")
    kind = type(value)
    if generic is None or not any(base is generic for base in _MRO(kind)):
        return value
    return value.item() if loaded("numpy", type_name(kind)) is kind else value


def short(value: Any, depth: int = 2) -> str:
    """A short text of a value: reprs for exact builtin types only, `<TypeName>` for all others."""
    value = unboxed(value)
    kind = type(value)
    if kind is str or kind is bytes:
        return repr(value) if len(value) <= LETTERS else f"{value[:LETTERS]!r}… ({len(value)} in all)"
    if kind is int:
        bits = value.bit_length()
        return repr(value) if bits <= _BITS else f"<int of {bits} bits>"
    if any(kind is each for each in _PLAIN):
        return repr(value)
    if id(kind) in _BRACKETS or kind is dict:
        return _collection(value, depth)
    if kind is dt.timedelta or kind is loaded("decimal", "Decimal"):
        return str(value)
    return moment(value) if is_moment(value) else f"<{type_name(kind)}>"


def _collection(value: Any, depth: int) -> str:
    opening, closing = ("{", "}") if type(value) is dict else _BRACKETS[id(type(value))]
    more = len(value) - HEAD
    if depth <= 0:
        return f"{opening}… {len(value)} …{closing}"
    if type(value) is dict:
        parts = [f"{short(key, 0)}: {short(each, depth - 1)}" for key, each in islice(value.items(), HEAD)]
    else:
        parts = [short(each, depth - 1) for each in islice(value, HEAD)]
    return opening + ", ".join(parts) + (f", … {more} more" if more > 0 else "") + closing
