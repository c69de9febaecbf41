"""Which state keeps which object, and which objects cannot be kept: those are told of, never passed over in silence."""

from __future__ import annotations

import threading
import types
from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Any

from .buffers import ArrayState, TensorState, ViewState, frame_state
from .look import attributes, is_heap, is_kind, loaded, module_of, mro, name_of
from .states import (
    PLAIN_KEYS,
    BytesState,
    ClassState,
    DequeState,
    DictState,
    FunctionState,
    InstanceState,
    ListState,
    OrderedState,
    SetState,
    State,
)

FIXED = frozenset(
    map(
        id,
        (
            *(int, float, complex, bool, str, bytes, range, slice, type(None), type(...), type(NotImplemented)),
            *(
                types.BuiltinFunctionType,
                types.ModuleType,
                types.CodeType,
                types.MethodWrapperType,
                types.GetSetDescriptorType,
            ),
            *(
                types.WrapperDescriptorType,
                types.MethodDescriptorType,
                types.ClassMethodDescriptorType,
                types.MappingProxyType,
            ),
            *(types.MemberDescriptorType, types.GenericAlias, types.UnionType, property, staticmethod, classmethod),
        ),
    )
)
"""Kinds of objects that never change, or are nobody's variable."""
CONTAINERS = ((list, ListState), (dict, DictState), (set, SetState), (deque, DequeState), (bytearray, BytesState))
LOCKS = frozenset(map(id, (type(threading.Lock()), type(threading.RLock()), threading.Condition)))
STEPS: dict[int, str] = {
    id(types.GeneratorType): "generator",
    id(types.CoroutineType): "coroutine",
    id(types.AsyncGeneratorType): "generator",
    id(map): "iterator",
    id(filter): "iterator",
    id(zip): "iterator",
    id(enumerate): "iterator",
    id(reversed): "iterator",
    id(type(iter([]))): "iterator",
    id(type(iter(()))): "iterator",
    id(type(iter({}))): "iterator",
    id(type(iter(""))): "iterator",
    id(type(iter(range(0)))): "iterator",
}
"""What is used up when it is looked at."""
OUTSIDE = {
    "matplotlib": "figure",
    "ipywidgets": "widget",
    "threading": "thread",
    "concurrent": "pool of workers",
    "multiprocessing": "process",
    "subprocess": "process",
    "sqlite3": "connection",
    "sqlalchemy": "connection",
    "socket": "connection",
    "requests": "connection",
    "asyncio": "event loop",
    "logging": "logger",
    "dask": "lazy table",
    "pyspark": "lazy table",
    "tensorflow": "object of tensorflow",
    "jax": "object of jax",
}
"""Libraries whose objects stand for something outside of Python's memory, or are too entangled to be put back."""
_SILENT = ("datetime", "decimal", "re", "functools", "operator", "_operator", "weakref", "typing", "zoneinfo", "uuid")
"""Where the builtin classes come from whose objects never change."""
FIXED_BASES = (int, float, str, bytes, tuple, BaseException, Exception)
"""What a class may come from whose instances change in their attributes alone."""
_MODULE = type.__dict__["__module__"].__get__


def kind_of(value: object) -> Callable[[Any], State] | str | None:
    """What keeps a value: a state, None where nothing need be kept, or a word for what cannot be kept."""
    kind = type(value)
    if id(kind) in FIXED:
        return None
    if id(kind) in DIRECT:
        return DIRECT[id(kind)]
    if is_kind(kind, type):
        made: Any = value
        return ClassState if is_heap(made) and module_of(made) == "__main__" else None
    if id(kind) in STEPS:
        return STEPS[id(kind)]
    return _library(value, kind) or _made(value, kind)


class Inner:
    """What never changes itself but holds what may."""

    weight = 0

    def __init__(self, value: Any) -> None:
        if type(value) is types.MethodType:
            self.inner: tuple[object, ...] = (value.__self__, value.__func__)
        else:
            self.inner = tuple(value)

    def restore(self) -> None:
        """Nothing of its own."""


DIRECT: dict[int, Callable[[Any], State]] = {
    **{id(kind): state for kind, state in CONTAINERS},
    **{id(kind): Inner for kind in (tuple, frozenset, types.MethodType)},
    id(types.FunctionType): FunctionState,
}
"""What keeps objects of exactly these kinds."""


def _library(value: Any, kind: type) -> Callable[[Any], State] | str | None:
    if kind is loaded("numpy", "ndarray"):
        return ViewState if type(value.base) is kind else ArrayState
    if kind is loaded("pandas", "DataFrame") or kind is loaded("pandas", "Series"):
        return frame_state
    if kind is loaded("torch", "Tensor") or kind is loaded("torch.nn.parameter", "Parameter"):
        return TensorState if value.device.type == "cpu" else "tensor on a device"
    if kind is OrderedDict:
        plain = all(any(type(key) is each for each in PLAIN_KEYS) for key in OrderedDict.keys(value))
        return OrderedState if plain else "ordered dict"
    return None


def _made(value: object, kind: type) -> Callable[[Any], State] | str | None:
    """An object of a class that was made by a class statement, or of a builtin container."""
    bases = [base for base in mro(kind) if not is_heap(base) and base is not object]
    if any(base is OrderedDict for base in bases):
        return "ordered dict"
    if is_heap(kind):
        library = module_of(kind).split(".")[0]
        if library in OUTSIDE:
            return OUTSIDE[library]
        if _is_shared(value):
            return "object that threads share"
    container = next((state for base, state in CONTAINERS if any(each is base for each in bases)), None)
    if container is None:
        if not is_heap(kind):
            return None if _is_number(kind) else _opaque(value)
        return InstanceState if all(base in FIXED_BASES for base in bases) else _opaque(value)
    return _Both.of(container) if is_heap(kind) else container


def is_foreign(value: object) -> bool:
    """Whether a value is an instance of a class that neither the person nor Python itself has made."""
    kind = type(value)
    return is_heap(kind) and module_of(kind) not in ("__main__", "collections", "builtins")


def _is_shared(value: object) -> bool:
    """Whether a value holds a lock: others change it meanwhile, and would lose what they did."""
    mapping = attributes(value) or {}
    return any(id(type(each)) in LOCKS for each in mapping.values())


def _is_number(kind: type) -> bool:
    generic = loaded("numpy", "generic")
    return generic is not None and is_kind(kind, generic)


def _opaque(value: object) -> str | None:
    return None if _MODULE(type(value)) in _SILENT else name_of(value)


class _Both:
    """A container with attributes of its own."""

    def __init__(self, value: Any, container: Callable[[Any], State]) -> None:
        self._parts = (container(value), InstanceState(value))
        self.weight = sum(part.weight for part in self._parts)

    @classmethod
    def of(cls, container: Callable[[Any], State]) -> Callable[[Any], State]:
        """What makes the state of such a container."""
        return lambda value: cls(value, container)

    @property
    def inner(self) -> list[object]:
        """What either of both holds."""
        return [each for part in self._parts for each in part.inner]

    def restore(self) -> None:
        """Put both back."""
        for part in self._parts:
            part.restore()
