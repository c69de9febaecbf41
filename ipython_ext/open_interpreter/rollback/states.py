"""What is kept of one object: enough to write it back into that same object.

Each state is made of a value when the step has not begun, says what else the value holds (`inner`), what its copy
weighs (`weight`, in bytes), and writes it back (`restore`). Whatever is unchanged is left alone.
"""

from __future__ import annotations

import types
from collections import OrderedDict, deque
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any, Protocol

from .look import attributes, class_dict, slots

REFUSALS = (
    *(ArithmeticError, AssertionError, AttributeError, BufferError, LookupError),
    *(MemoryError, OSError, RuntimeError, TypeError, ValueError),
)
"""What an object of a library may raise when it is read or written; the others still count, and it is told of."""
PLAIN_KEYS = (str, int, float, bytes, bool, type(None))


class State(Protocol):
    """What is kept of one object."""

    weight: int

    @property
    def inner(self) -> Iterable[object]:
        """The objects that it holds."""
        ...

    def restore(self) -> None:
        """Write it back."""
        ...


def same(now: Sequence[object], before: Sequence[object]) -> bool:
    """Whether two sequences hold the very same objects."""
    return len(now) == len(before) and all(one is other for one, other in zip(now, before, strict=True))


class ListState:
    """A list, or what comes from it."""

    __slots__ = ("_value", "inner")
    weight = 0

    def __init__(self, value: list[Any]) -> None:
        self._value = value
        self.inner = list.copy(value)

    def restore(self) -> None:
        """Put the same items back."""
        if not same(list.copy(self._value), self.inner):
            list.__setitem__(self._value, slice(None), self.inner)


class DictState:
    """A dict, or what comes from it."""

    __slots__ = ("_before", "_value")
    weight = 0

    def __init__(self, value: dict[Any, Any]) -> None:
        self._value = value
        self._before = dict.copy(value)

    @property
    def inner(self) -> Iterable[object]:
        """The keys and the values."""
        return chain(self._before.keys(), self._before.values())

    def restore(self) -> None:
        """Put the same entries back, in the same order; their hashes are known and not asked for again."""
        _fill(self._value, self._before)


def _fill(mapping: dict[Any, Any], before: dict[Any, Any]) -> None:
    """Give a dict these entries, unless they are the very ones that it has."""
    now, entries = list(dict.items(mapping)), list(before.items())
    if not (same([key for key, _ in now], [key for key, _ in entries]) and same(_values(now), _values(entries))):
        dict.clear(mapping)
        dict.update(mapping, before)


class OrderedState:
    """An `OrderedDict` with keys that need no code to be found again."""

    weight = 0

    def __init__(self, value: OrderedDict[Any, Any]) -> None:
        self._value = value
        self._before = list(OrderedDict.items(value))

    @property
    def inner(self) -> Iterable[object]:
        """The values: such keys hold nothing."""
        return _values(self._before)

    def restore(self) -> None:
        """Put the same entries back, in the same order."""
        now = list(OrderedDict.items(self._value))
        if [key for key, _ in now] != [key for key, _ in self._before] or not same(_values(now), _values(self._before)):
            OrderedDict.clear(self._value)
            for key, each in self._before:
                OrderedDict.__setitem__(self._value, key, each)


class SetState:
    """A set, or what comes from it."""

    __slots__ = ("_before", "_value")
    weight = 0

    def __init__(self, value: set[Any]) -> None:
        self._value = value
        self._before = set(value)

    @property
    def inner(self) -> Iterable[object]:
        """Its items."""
        return self._before

    def restore(self) -> None:
        """Put the same items back."""
        if {id(each) for each in set(self._value)} != {id(each) for each in self._before}:
            set.clear(self._value)
            set.update(self._value, self._before)


class DequeState:
    """A deque."""

    weight = 0

    def __init__(self, value: deque[Any]) -> None:
        self._value = value
        self.inner = list(deque.__iter__(value))

    def restore(self) -> None:
        """Put the same items back."""
        if not same(list(deque.__iter__(self._value)), self.inner):
            deque.clear(self._value)
            deque.extend(self._value, self.inner)


class BytesState:
    """A bytearray."""

    inner = ()

    def __init__(self, value: bytearray) -> None:
        self._value = value
        self._before = bytes(value)
        self.weight = len(self._before)

    def restore(self) -> None:
        """Put the same bytes back."""
        if self._value != self._before:
            self._value[:] = self._before


class InstanceState:
    """The attributes and slots of an instance."""

    __slots__ = ("_attributes", "_slots", "_value")
    weight = 0

    def __init__(self, value: object) -> None:
        self._value = value
        self._slots = [(slot, _held(slot, value)) for slot in slots(value)]
        mapping = attributes(value)
        self._attributes = dict.copy(mapping) if mapping is not None else {}

    @property
    def inner(self) -> Iterable[object]:
        """What the attributes and slots hold."""
        held = (found for _, found in self._slots if found is not _NOTHING)
        return chain(held, self._attributes.values())

    def restore(self) -> None:
        """Put the same attributes back."""
        mapping = attributes(self._value)
        if mapping is not None:
            _fill(mapping, self._attributes)
        for slot, before in self._slots:
            now = _held(slot, self._value)
            if now is before:
                continue
            if before is _NOTHING:
                slot.__delete__(self._value)
            else:
                slot.__set__(self._value, before)


class ClassState:
    """The attributes of a class that the person has made."""

    weight = 0

    def __init__(self, value: type) -> None:
        self._value = value
        self._before = dict(class_dict(value))

    @property
    def inner(self) -> Iterable[object]:
        """What the attributes hold."""
        return [each for name, each in self._before.items() if type(name) is str and not name.startswith("__")]

    def restore(self) -> None:
        """Give it the same attributes again, without asking its metaclass."""
        now = dict(class_dict(self._value))
        for name in now:
            if type(name) is str and name not in self._before:
                type.__delattr__(self._value, name)
        for name, before in self._before.items():
            if type(name) is str and now.get(name, _NOTHING) is not before:
                type.__setattr__(self._value, name, before)


class FunctionState:
    """What a function closes over, its defaults and attributes."""

    weight = 0

    def __init__(self, value: types.FunctionType) -> None:
        self._value = value
        self._cells = [(cell, _content(cell)) for cell in value.__closure__ or ()]
        self._defaults, self._keywords = value.__defaults__, value.__kwdefaults__

    @property
    def inner(self) -> Iterable[object]:
        """What stands in its cells and defaults, and its attributes."""
        held = (found for _, found in self._cells if found is not _NOTHING)
        return chain(held, self._defaults or (), (self._keywords, self._value.__dict__))

    def restore(self) -> None:
        """Put the same contents back."""
        for cell, before in self._cells:
            if _content(cell) is before:
                continue
            if before is _NOTHING:
                del cell.cell_contents
            else:
                cell.cell_contents = before
        if self._value.__defaults__ is not self._defaults:
            self._value.__defaults__ = self._defaults
        if self._value.__kwdefaults__ is not self._keywords:
            self._value.__kwdefaults__ = self._keywords


_NOTHING = object()


def _values(entries: Sequence[tuple[object, object]]) -> list[object]:
    return [value for _, value in entries]


def _held(slot: types.MemberDescriptorType, value: object) -> object:
    try:
        return slot.__get__(value)
    except AttributeError:
        return _NOTHING


def _content(cell: types.CellType) -> object:
    try:
        return cell.cell_contents
    except ValueError:
        return _NOTHING
