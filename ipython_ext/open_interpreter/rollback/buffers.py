"""What is kept of arrays and tables: their numbers by copy, or, where pandas copies on write, by a share in them.

numpy, pandas and torch are looked at only where they are loaded already, and only in objects of their own classes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

from .look import loaded

COPIES_ON_WRITE = 3
"""The first major version of pandas in which every write is to a copy."""


class ArrayState:
    """A numpy array that owns its buffer; views into it are kept with it."""

    def __init__(self, value: Any) -> None:
        self._value = value
        self._shape = value.shape
        self._copy = value.copy(order="K")
        self.weight = int(self._copy.nbytes)

    @property
    def inner(self) -> Iterable[object]:
        """What an array of objects holds."""
        return self._copy.ravel().tolist() if self._copy.dtype.kind == "O" else ()

    def restore(self) -> None:
        """Write the same numbers into the same buffer, in the same shape."""
        value, locked = self._value, not self._value.flags.writeable
        if value.shape != self._shape:
            value.resize(self._shape, refcheck=False)
        if locked:
            value.flags.writeable = True
        sys.modules["numpy"].copyto(value, self._copy, casting="no")
        if locked:
            value.flags.writeable = False


class ViewState:
    """A numpy array that looks into another one's buffer."""

    weight = 0

    def __init__(self, value: Any) -> None:
        self._value = value
        self._shape = value.shape
        self.inner = (value.base,)

    def restore(self) -> None:
        """Give it the same shape again."""
        if self._value.shape != self._shape:
            self._value.shape = self._shape


class SharedFrame:
    """A table or column of a pandas that copies on write: a share in its blocks is enough."""

    def __init__(self, value: Any) -> None:
        self._value = value
        self._kept = object.__getattribute__(value, "_mgr").copy(deep=False)
        self._about = _about(value)
        self.weight = 0

    @property
    def inner(self) -> Iterable[object]:
        """What stands in its cells of Python objects."""
        return _objects(self._kept)

    def restore(self) -> None:
        """Let it hold the same blocks again."""
        object.__setattr__(self._value, "_mgr", self._kept)
        _put_back(self._value, self._about)


class CopiedFrame:
    """A table or column of an older pandas: its blocks' numbers by copy, and which blocks stand where."""

    weight = 0

    def __init__(self, value: Any) -> None:
        self._value = value
        manager = self._manager = object.__getattribute__(value, "_mgr")
        self._axes = [axis.view() for axis in manager.axes]
        self._blocks = tuple(manager.blocks)
        self._places = [block.mgr_locs for block in self._blocks]
        self._others = {
            index: block.values.copy() for index, block in enumerate(self._blocks) if not _is_array(block.values)
        }
        self._about = _about(value)

    @property
    def inner(self) -> Iterable[object]:
        """The arrays of its blocks."""
        return [block.values for block in self._blocks if _is_array(block.values)]

    def restore(self) -> None:
        """Let it hold the same blocks again."""
        manager = self._manager
        for index, values in self._others.items():
            self._blocks[index].values = values
        for block, place in zip(self._blocks, self._places, strict=True):
            block.mgr_locs = place
        manager.axes = self._axes
        manager.blocks = self._blocks
        if hasattr(manager, "_rebuild_blknos_and_blklocs"):
            manager._known_consolidated = False  # noqa: SLF001 - there is no public way to put blocks back
            manager._rebuild_blknos_and_blklocs()  # noqa: SLF001
        object.__setattr__(self._value, "_mgr", manager)
        _put_back(self._value, self._about)


class TensorState:
    """A tensor of torch in the machine's own memory."""

    inner = ()

    def __init__(self, value: Any) -> None:
        self._value = value
        self._copy = value.detach().clone()
        self.weight = self._copy.numel() * self._copy.element_size()

    def restore(self) -> None:
        """Write the same numbers into the same tensor."""
        self._value.data.copy_(self._copy)


def frame_state(value: Any) -> SharedFrame | CopiedFrame:
    """What is kept of a DataFrame or Series of the pandas that is loaded."""
    version = loaded("pandas", "__version__")
    copies = type(version) is str and int(version.split(".")[0]) >= COPIES_ON_WRITE
    return SharedFrame(value) if copies else CopiedFrame(value)


def _is_array(values: object) -> bool:
    return type(values) is loaded("numpy", "ndarray")


def _objects(manager: Any) -> list[object]:
    return [
        each
        for block in manager.blocks
        if _is_array(block.values) and block.values.dtype.kind == "O"
        for each in block.values.ravel().tolist()
        if type(each) is not str
    ]


def _about(value: Any) -> dict[str, Any]:
    """Its name, flags and notes."""
    attributes = object.__getattribute__(value, "__dict__")
    return {
        key: dict(attributes[key]) if key == "_attrs" else attributes[key]
        for key in ("_attrs", "_flags", "_name")
        if key in attributes
    }


def _put_back(value: Any, about: dict[str, Any]) -> None:
    attributes = object.__getattribute__(value, "__dict__")
    attributes.update(about)
    if "_item_cache" in attributes:
        attributes["_item_cache"] = {}
