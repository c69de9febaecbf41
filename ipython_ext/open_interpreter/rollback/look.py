"""What an object is, asked of CPython itself: no `__class__`, `__eq__`, `__hash__` or metaclass is called."""

from __future__ import annotations

import sys
import types
from collections.abc import Iterator
from typing import Any

mro = type.__dict__["__mro__"].__get__
class_dict = type.__dict__["__dict__"].__get__
_NAME = type.__dict__["__name__"].__get__
_FLAGS = type.__dict__["__flags__"].__get__
_HEAP = 1 << 9


def is_kind(kind: type, wanted: object) -> bool:
    """Whether a class is, or comes from, another one."""
    return any(base is wanted for base in mro(kind))


def name_of(value: object) -> str:
    """The name of a value's class."""
    return str.__str__(_NAME(type(value)))


def is_heap(kind: type) -> bool:
    """Whether a class was made by a class statement, or as if by one."""
    return bool(_FLAGS(kind) & _HEAP)


def module_of(kind: type) -> str:
    """The module that a class of the heap says it is from."""
    told = next((value for name, value in class_dict(kind).items() if type(name) is str and name == "__module__"), "")
    return told if type(told) is str else ""


def loaded(module: str, name: str) -> Any:
    """What a loaded module holds under a name, else None; imports nothing and calls no module's `__getattr__`."""
    found = sys.modules.get(module)
    return vars(found).get(name) if type(found) is types.ModuleType else None


def attributes(value: object) -> dict[str, Any] | None:
    """The instance's own attributes, by the descriptor that CPython made; None where it has none."""
    for base in mro(type(value)):
        for name, found in class_dict(base).items():
            if type(name) is str and name == "__dict__":
                if type(found) is not types.GetSetDescriptorType:
                    return None
                told = found.__get__(value)
                return told if type(told) is dict else None
    return None


def slots(value: object) -> Iterator[types.MemberDescriptorType]:
    """The descriptors of the `__slots__` of an instance of classes of the heap."""
    for base in mro(type(value)):
        if is_heap(base):
            for found in class_dict(base).values():
                if type(found) is types.MemberDescriptorType:
                    yield found
