"""Classes that override all that can be overridden and note each call: what only looks must never set one off."""

from __future__ import annotations

import contextlib
import datetime as dt
import decimal
import types

import numpy as np
import pandas as pd
from open_interpreter.context import reader

# Calls that a tripwire has seen. It counts only while `armed`, for pandas itself hashes and compares labels when it
# builds an index of them.
CALLS: list[str] = []
ARMED = [False]

_LEFT_ALONE = {
    "__new__", "__init__", "__init_subclass__", "__class_getitem__", "__slots__", "__dict__", "__weakref__", "__doc__",
    "__module__", "__qualname__", "__type_params__", "__static_attributes__", "__firstlineno__", "__abstractmethods__",
    "__base__", "__bases__", "__basicsize__", "__dictoffset__", "__flags__", "__itemsize__", "__weakrefoffset__",
    "__text_signature__", "__annotations__", "__annotate__", "__globals__", "__closure__", "__code__", "__builtins__",
    "__subclasshook__", "__prepare__", "__build_class__", "__mro_entries__", "__del__",
}  # fmt: skip


def _wire(name):
    def tripped(self, *args, **kwargs):
        if ARMED[0]:
            CALLS.append(name)
        return _answer(name, self, args)

    return tripped


def _answer(name, self, args):
    if name in ("__getattribute__", "__getattr__"):
        return object.__getattribute__(self, args[0])
    if name in ("__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__", "__contains__", "__bool__"):
        return name == "__eq__" and bool(args) and args[0] is self
    plain = {
        "__hash__": 7,
        "__class__": str,
        "__iter__": iter(()),
        "__instancecheck__": True,
        "__subclasscheck__": True,
    }
    plain |= dict.fromkeys(("__repr__", "__str__", "__format__"), "TRIPPED")
    plain |= dict.fromkeys(("__len__", "__index__", "__int__", "__length_hint__"), 1)
    return plain.get(name, NotImplemented)


def dunders():
    kinds = (object, int, str, list, dict, set, float, type, types.FunctionType, np.ndarray, pd.DataFrame, pd.Index)
    found = {name for kind in kinds for name in dir(kind) if name.startswith("__") and name.endswith("__")}
    found |= {
        "__getattr__",
        "__array__",
        "__dataframe__",
        "__fspath__",
        "__length_hint__",
        "__rich_repr__",
        "__arrow_array__",
    }
    return sorted(found - _LEFT_ALONE - {"__class__", "__setattr__", "__delattr__", "__set_name__"})


NAMES = dunders()


def body():
    wired = {name: _wire(name) for name in NAMES}
    wired["__class__"] = property(_wire("__class__"))
    wired |= {
        name: property(_wire(name)) for name in ("_mgr", "_data", "_ndarray", "_pa_array", "dtype", "shape", "ndim")
    }
    wired |= {name: _wire(name) for name in ("_repr_html_", "_repr_mimebundle_", "_ipython_display_", "keys", "items")}
    return wired


def _meta_body():
    wired = {name: _wire(f"type.{name}") for name in NAMES}
    for name in ("__call__", "__getattribute__", "__setattr__", "__instancecheck__", "__subclasscheck__", "__hash__"):
        wired.pop(name, None)
    wired["__getattribute__"] = _meta_getattribute
    wired["__hash__"] = _wire_meta_hash
    wired |= {name: property(_wire(f"type.{name}")) for name in ("__name__", "__mro__")}
    return wired


def _meta_getattribute(cls, name):
    if ARMED[0]:
        CALLS.append(f"type.__getattribute__ {name}")
    return type.__getattribute__(cls, name)


def _wire_meta_hash(cls):
    if ARMED[0]:
        CALLS.append("type.__hash__")
    return type.__hash__(cls)


Meta = type("Meta", (type,), _meta_body())
Trip = Meta("Trip", (), body())


def derived(base):
    wired = body()
    for name in ("__init__", "__array_finalize__", "__setstate__", "__reduce__", "__reduce_ex__", "__sizeof__"):
        wired.pop(name, None)
    return type(f"Trip{base.__name__}", (base,), wired)


def instances():
    """Instances of subclasses of what the probe knows, each overriding all that it can."""
    made = {}
    for base in (int, str, float, bytes, list, tuple, dict, set, frozenset, dt.date, dt.datetime, decimal.Decimal):
        kind = derived(base)
        args = {dt.date: (2020, 1, 1), dt.datetime: (2020, 1, 1)}.get(base, ())
        made[kind.__name__] = base.__new__(kind, *args)
    for base in (np.ndarray,):
        made["TripArray"] = np.arange(3).view(
            type("TripArray", (base,), {k: v for k, v in body().items() if k in _SAFE})
        )
    for base in (pd.DataFrame, pd.Series, pd.Index):
        bare = {k: v for k, v in body().items() if k in _SAFE}
        kind = type(f"Trip{base.__name__}", (base,), bare)
        frame = object.__new__(kind)
        object.__setattr__(frame, "__dict__", dict(vars(base({"a": [1]}) if base is pd.DataFrame else base([1]))))
        made[kind.__name__] = frame
    return made


_SAFE = {
    "__repr__",
    "__str__",
    "__len__",
    "__iter__",
    "__eq__",
    "__hash__",
    "__getattribute__",
    "__class__",
    "__bool__",
}


@contextlib.contextmanager
def armed():
    """What runs in here is noted in CALLS, which starts empty."""
    CALLS.clear()
    ARMED[0] = True
    try:
        yield CALLS
    finally:
        ARMED[0] = False


def look(namespace):
    with armed():
        return reader.variables(namespace)


class Strange(pd.api.extensions.ExtensionArray):
    """An extension array of a user's own, that notes what is called."""

    dtype = pd.api.types.pandas_dtype("Int64")

    def __init__(self):
        self.quiet = True

    def __len__(self):
        if ARMED[0]:
            CALLS.append("len")
        return 2

    def __getitem__(self, item):
        if ARMED[0]:
            CALLS.append("getitem")
        return 1

    def copy(self):
        return self

    def view(self, dtype=None):
        return self

    @property
    def _ndarray(self):
        CALLS.append("_ndarray")
        return np.arange(2)

    @property
    def nbytes(self):
        return 2

    @classmethod
    def _from_sequence(cls, scalars, *, dtype=None, copy=False):
        return cls()

    def isna(self):
        return np.array([False, False])

    def take(self, indices, *, allow_fill=False, fill_value=None):
        return self

    @classmethod
    def _concat_same_type(cls, to_concat):
        return cls()
