"""What numpy and pandas arrays hold, read from their storage; no method that a subclass could override is called.

Only classes that numpy, pandas and pyarrow themselves define are read, known by identity; of any other array the type's
name is told. Also sent as source to kernels without this package: see glance.py for what is allowed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from .glance import exact, loaded, type_name

_GET = object.__getattribute__
_ARRAYS = (
    ("native", "numpy", ("ndarray",)),
    ("categorical", "pandas", ("Categorical",)),
    ("masked", "pandas.arrays", ("IntegerArray", "FloatingArray", "BooleanArray")),
    (
        "backed",
        "pandas.arrays",
        ("DatetimeArray", "TimedeltaArray", "StringArray", "NumpyExtensionArray", "PandasArray"),
    ),
    ("backed", "pandas.core.arrays.string_", ("StringArrayNumpySemantics",)),
    ("arrow", "pandas.arrays", ("ArrowStringArray", "ArrowExtensionArray")),
    ("arrow", "pandas.core.arrays.string_arrow", ("ArrowStringArrayNumpySemantics",)),
)
_INDEXES = tuple(f"{kind}Index" for kind in ("", "Range", "Multi", "Datetime", "Timedelta", "Categorical", "Interval"))
_ARROW_TYPES = ("DataType", "TimestampType", "Decimal128Type")
_ARROW_PLAIN = (
    "bool",
    "int",
    "uint",
    "float",
    "double",
    "halffloat",
    "string",
    "large_string",
    "date",
    "timestamp",
    "decimal",
)
_CAPITALS = {"bool": "boolean", "uint": "UInt", "int": "Int", "float": "Float"}


class Arrays:
    """The array classes that are loaded now, and how each is read. Lives for one look and holds no object."""

    def __init__(self) -> None:
        """Find the classes; a module that is not loaded is not imported."""
        found = [(loaded(module, name), kind) for kind, module, names in _ARRAYS for name in names]
        self._kinds = {id(array): kind for array, kind in found if array is not None}
        self._indexes = tuple(loaded("pandas", name) for name in _INDEXES)
        self._absent = tuple(id(loaded("pandas", name)) for name in ("NA", "NaT"))
        self._arrow = tuple(loaded("pyarrow.lib", name) for name in _ARROW_TYPES)

    def kind(self, array: object) -> str:
        """native, categorical, masked, backed or arrow; empty for what is not read."""
        return self._kinds.get(id(type(array)), "")

    def slots(self, index: Any) -> dict[str, Any]:
        """The storage of an exact pandas index. Raises TypeError for a class that is not pandas' own."""
        kind = type(index)
        if not any(kind is each for each in self._indexes):
            raise TypeError(type_name(kind))
        slots: dict[str, Any] = _GET(index, "__dict__")
        return slots

    def is_flat(self, array: Any) -> bool:
        """Whether a block's array holds one column; else it holds one in each row."""
        return self.kind(array) not in ("native", "backed") or self._inner(array).ndim == 1

    def length(self, array: Any) -> int | None:
        """The number of elements, None where the array is not one that is read."""
        kind = self.kind(array)
        if not kind:
            return None
        return len(_GET(array, "_pa_array")) if kind == "arrow" else int(self._inner(array).shape[0])

    def read(self, array: Any, spans: Sequence[slice]) -> tuple[Any, int | None]:
        """The values in these spans of rows without the missing ones, and how many are missing (None: not read).

        The values are a native ndarray where the storage is one, else a list.
        """
        kind = self.kind(array)
        if not kind or not spans:
            return [], None
        if kind == "arrow":
            return self._read_arrow(array, spans)
        part = _joined([self._inner(array)[span] for span in spans])
        if kind == "categorical":
            return self._read_codes(array, part)
        if kind == "masked":
            mask = _joined([_GET(array, "_mask")[span] for span in spans])
            return part[~mask], int(mask.sum())
        return self._present(part)

    def pick(self, array: Any, positions: Iterable[int]) -> list[Any]:
        """The elements at some positions: labels and categories. Not read: None for each."""
        kind = self.kind(array)
        if kind == "arrow" and self._plain(array):
            return [_GET(array, "_pa_array")[at].as_py() if at >= 0 else None for at in positions]
        if kind == "categorical":
            return self.pick(self._categories(array), self._inner(array)[list(positions)].tolist())
        if kind not in ("native", "backed"):
            return [None for _ in positions]
        inner = in_seconds(self._inner(array))
        return [inner[at : at + 1].tolist()[0] if at >= 0 else None for at in positions]

    def dtype(self, array: Any) -> str:
        """The dtype as pandas names it."""
        kind, name = self.kind(array), type_name(type(array))
        if kind in ("", "categorical"):
            return "category" if kind else name.removesuffix("Array").lower()
        if name.startswith(("StringArray", "ArrowStringArray")):
            missing = entry_of(_GET(array, "_dtype"), "_na_value")
            return "str" if type(missing) is float else "string"
        if kind == "arrow":
            return f"{_GET(array, '_pa_array').type if self._plain(array) else 'nested'}[pyarrow]"
        plain = dtype_name(self._inner(array).dtype)
        return _capital(plain) if kind == "masked" else _zoned(array, plain) if kind == "backed" else plain

    def _inner(self, array: Any) -> Any:
        kind = self.kind(array)
        return array if kind == "native" else _GET(array, "_data" if kind == "masked" else "_ndarray")

    def _categories(self, array: Any) -> Any:
        dtype = _GET(array, "_dtype")
        if type(dtype) is not loaded("pandas", "CategoricalDtype"):
            raise TypeError(type_name(type(dtype)))
        slots = self.slots(_GET(dtype, "_categories"))
        return loaded("numpy", "array")(list(slots["_range"])) if "_range" in slots else slots["_data"]

    def _plain(self, array: Any) -> bool:
        chunks = _GET(array, "_pa_array")
        if type(chunks) is not loaded("pyarrow.lib", "ChunkedArray"):
            return False
        standard = any(type(chunks.type) is each for each in self._arrow if each is not None)
        return standard and str(chunks.type).split("[")[0].split("(")[0].rstrip("0123456789") in _ARROW_PLAIN

    def _read_arrow(self, array: Any, spans: Sequence[slice]) -> tuple[Any, int | None]:
        if not self._plain(array):
            return [], None
        chunks = _GET(array, "_pa_array")
        parts = [chunks.slice(span.start, span.stop - span.start) for span in spans]
        text = str(chunks.type) in ("string", "large_string")
        values = [each for part in parts for each in (part.to_numpy().tolist() if text else part.to_pylist())]
        return self._present(values)

    def _read_codes(self, array: Any, codes: Any) -> tuple[list[Any], int]:
        valid = codes[codes >= 0].tolist()
        distinct = list(dict.fromkeys(valid))
        labels = dict(zip(distinct, self.pick(self._categories(array), distinct), strict=True))
        return [labels[code] for code in valid], len(codes) - len(valid)

    def _present(self, values: Any) -> tuple[Any, int]:
        if type(values) is list or values.dtype.kind == "O":
            present = [each for each in values if not self._is_missing(each)]
            return present, len(values) - len(present)
        if values.dtype.kind in "fcMm":
            missing = values != values  # noqa: PLR0124 - true for NaN and NaT alone, without a module's functions
            return values[~missing], int(missing.sum())
        return values, 0

    def _is_missing(self, value: Any) -> bool:
        return value is None or id(value) in self._absent or (type(value) is float and value != value)  # noqa: PLR0124 - NaN


def dtype_name(dtype: Any) -> str:
    """A numpy dtype's name; a structured one is only called so, for its field names are the user's."""
    return "structured" if dtype.fields is not None else exact(str(dtype))


def entry_of(value: Any, name: str) -> Any:
    """An attribute from an object's own slots, None where it has none."""
    try:
        return _GET(value, name)
    except AttributeError:
        return None


def _joined(parts: list[Any]) -> Any:
    return parts[0] if len(parts) == 1 else loaded("numpy", "concatenate")(parts)


def in_seconds(array: Any) -> Any:
    """Times and spans of time in whole seconds, so that they become Python's own; other arrays as they are."""
    return array.astype(array.dtype.kind + "8[s]") if array.dtype.kind in "Mm" else array


def _capital(name: str) -> str:
    letters = name.rstrip("0123456789")
    return _CAPITALS.get(letters, letters) + name[len(letters) :]


def _zoned(array: Any, name: str) -> str:
    zone = entry_of(entry_of(array, "_dtype"), "_tz")
    if zone is None:
        return name
    known = type(zone) is loaded("zoneinfo", "ZoneInfo")
    return f"{name[:-1]}, {zone.key if known and type(zone.key) is str else 'UTC' if _is_utc(zone) else 'tz'}]"


def _is_utc(zone: Any) -> bool:
    timezone = loaded("datetime", "timezone")
    return timezone is not None and zone is timezone.utc
