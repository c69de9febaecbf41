"""The shape, columns and head of exact DataFrames, Series and ndarrays, from their storage.

Figures come from a sample of rows: a scan of a large frame takes seconds (missing values of 1 GB 129 to 365 ms,
extremes 413 to 1,694 ms). Also sent as source to kernels without this package: see glance.py for what is allowed here.
"""

from __future__ import annotations

from typing import Any

from .arrays import Arrays, dtype_name, in_seconds
from .columns import figures
from .glance import HEAD, LETTERS, loaded, short, type_name

SAMPLE = 10_000
"""Rows of a table that are looked at, at most; with more columns or more tables fewer, but never under `LEAST`."""
LEAST = 100
BUDGET = 150_000
"""Values that are read in one look."""
SPANS = 10
COLUMNS = 100
"""Columns with figures; further ones, up to `NAMES`, with their name and type only."""
NAMES = 1_000
_GET = object.__getattribute__


class Tables:
    """The table classes that are loaded now, and how many values this look may still read. Lives for one look."""

    def __init__(self) -> None:
        """Find the classes; a module that is not loaded is not imported."""
        self._arrays, self._left = Arrays(), BUDGET
        found = {"frame": loaded("pandas", "DataFrame"), "series": loaded("pandas", "Series")}
        found["array"] = loaded("numpy", "ndarray")
        self._kinds = {id(each): kind for kind, each in found.items() if each is not None}
        managers = ("BlockManager", "SingleBlockManager")
        self._managers = tuple(id(loaded("pandas.core.internals.managers", name)) for name in managers)

    def kind(self, value: object) -> str:
        """frame, series, array, or nothing for what is no exact object of these."""
        return self._kinds.get(id(type(value)), "")

    def describe(self, value: Any) -> dict[str, Any]:
        """Shape, columns and a preview. Raises TypeError or AttributeError where the storage is not as we know it."""
        return {"frame": self._frame, "series": self._series, "array": self._array}[self.kind(value)](value)

    def _frame(self, value: Any) -> dict[str, Any]:
        manager = self._manager(value)
        labels, index = manager.axes
        wide = self._length(labels)
        arrays, high = self._columns(manager), self._length(index)
        spans = self._spans(high, min(wide, COLUMNS))
        columns = [
            self._column(name, arrays[at], spans if at < COLUMNS else [])
            for at, name in enumerate(self._labels(labels, min(wide, NAMES)))
        ]
        return {"shape": [high, wide], "columns": columns, "preview": self._index(index)}

    def _series(self, value: Any) -> dict[str, Any]:
        manager = self._manager(value)
        high = self._length(manager.axes[0])
        (block,) = _own_blocks(manager)
        column = self._column(_label(_GET(value, "_name")), block.values, self._spans(high, 1))
        return {"shape": [high], "columns": [column], "preview": self._index(manager.axes[0])}

    def _array(self, value: Any) -> dict[str, Any]:
        text = dtype_name(value.dtype)
        if value.size and value.dtype.fields is None:
            corner = in_seconds(value[(0,) * (value.ndim - 1)][:HEAD]).tolist() if value.ndim else [value[()]]
            shown = [short(each, 1) for each in corner] + ["…"] * (value.size > len(corner))
            text += f" [{', '.join(shown)}]"
        return {"shape": [int(side) for side in value.shape], "preview": text}

    def _column(self, name: str, array: Any, spans: list[slice]) -> dict[str, Any]:
        dtype = self._arrays.dtype(array)
        return {"name": name, "dtype": dtype, **figures(dtype, *self._arrays.read(array, spans))}

    def _columns(self, manager: Any) -> dict[int, Any]:
        """Position -> the column's array; a row of a block is a view, nothing is copied."""
        found = {}
        for block in _own_blocks(manager):
            flat = self._arrays.is_flat(block.values)
            for row, at in enumerate(block.mgr_locs.as_array.tolist()):
                if at < NAMES:
                    found[at] = block.values if flat else block.values[row]
        return found

    def _manager(self, value: Any) -> Any:
        manager = _GET(value, "_mgr")
        if id(type(manager)) not in self._managers:
            raise TypeError(type_name(type(manager)))
        return manager

    def _spans(self, high: int, wide: int) -> list[slice]:
        rows = min(SAMPLE, max(LEAST, self._left // max(wide, 1)))
        self._left = max(0, self._left - min(rows, high) * wide)
        if high <= rows:
            return [slice(0, high)]
        step = rows // SPANS
        return [slice(start, start + step) for start in (at * (high - step) // (SPANS - 1) for at in range(SPANS))]

    def _length(self, index: Any) -> int:
        slots = self._arrays.slots(index)
        if "_range" in slots:
            return len(slots["_range"])
        codes = _plain_list(slots["_codes"])[0] if "_codes" in slots else slots["_data"]
        length = self._arrays.length(codes)
        if length is None:
            raise TypeError(type_name(type(codes)))
        return length

    def _labels(self, index: Any, count: int) -> list[str]:
        slots = self._arrays.slots(index)
        if "_range" in slots:
            return [repr(label) for label in slots["_range"][:count]]
        if "_codes" not in slots:
            return [_label(label) for label in self._arrays.pick(slots["_data"], range(count))]
        levels = []
        for level, codes in zip(_plain_list(slots["_levels"]), _plain_list(slots["_codes"]), strict=True):
            inner = self._arrays.slots(level)
            source, picked = inner.get("_data"), codes[:count].tolist()
            every = list(inner["_range"]) if "_range" in inner else None
            levels.append([every[at] for at in picked] if every is not None else self._arrays.pick(source, picked))
        return [f"({', '.join(short(part) for part in parts)})" for parts in zip(*levels, strict=True)]

    def _index(self, index: Any) -> str:
        """A word on an index that is more than a numbering, else nothing."""
        slots = self._arrays.slots(index)
        names = _plain_list(slots["_names"]) if "_names" in slots else [slots.get("_name")]
        shown = [_label(name) for name in names]
        if "_range" in slots and not any(shown):
            return ""
        kind = (
            "MultiIndex" if "_codes" in slots else "int64" if "_range" in slots else self._arrays.dtype(slots["_data"])
        )
        return f"index {', '.join(name or 'unnamed' for name in shown)} ({kind})"


def _own_blocks(manager: Any) -> tuple[Any, ...]:
    for kind in map(type, manager.blocks):
        if loaded("pandas.core.internals.blocks", type_name(kind)) is not kind:
            raise TypeError(type_name(kind))
    return tuple(manager.blocks)


def _plain_list(values: Any) -> list[Any]:
    """The elements of a list of pandas' own, whatever class of list it is."""
    return list.__getitem__(values, slice(None))


def _label(label: Any) -> str:
    """A column's name as text; of a label that is no exact builtin value only the type."""
    return "" if label is None else label[: LETTERS * 4] if type(label) is str else short(label, 1)
