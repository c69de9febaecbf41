"""How values cross between a process and a kernel of its own: as Arrow or JSON in a file, never as a pickle.

This file is also sent as source to the kernel, so it imports nothing of ours, and nothing heavy before it is needed.
JSON carries what plain Python has, with a tag for what JSON lacks; Arrow carries tables, columns and arrays.
"""

from __future__ import annotations

import base64
import datetime as dt
import importlib
import json
import sys
from collections.abc import Callable
from typing import Any

MISSING = "pyarrow is needed to carry tables: pip install 'open-interpreter-lab[data]'"


def pack(value: Any, path: str) -> dict[str, Any]:
    """Write a value into the file `path`; the label that comes back is what `unpack` needs. Raises TypeError."""
    pandas, polars = sys.modules.get("pandas"), sys.modules.get("polars")
    numpy, arrow = sys.modules.get("numpy"), sys.modules.get("pyarrow")
    if pandas and isinstance(value, pandas.Series):
        _write_table(_arrow().Table.from_pandas(value.to_frame("value")), path)
        return {"kind": "series", "name": _plain(value.name)}
    if pandas and isinstance(value, pandas.DataFrame):
        _write_table(_arrow().Table.from_pandas(value), path)
        return {"kind": "frame"}
    if polars and isinstance(value, polars.DataFrame):
        _write_table(value.to_arrow(), path)
        return {"kind": "polars"}
    if arrow and isinstance(value, arrow.Table):
        _write_table(value, path)
        return {"kind": "table"}
    if numpy and isinstance(value, numpy.ndarray) and value.ndim and value.dtype.kind in "iufb":
        return _write_array(value, path)
    with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123  (standard library only, and one line)
        json.dump(_plain(value), file)
    return {"kind": "json"}


def unpack(label: dict[str, Any], path: str) -> Any:
    """The value that `pack` wrote. Builds tables, arrays and plain Python values, and nothing else."""
    kind = label["kind"]
    if kind == "json":
        with open(path, encoding="utf-8") as file:  # noqa: PTH123
            return _value(json.load(file))
    if kind == "array":
        return _read_array(label, path)
    with _arrow().ipc.open_file(path) as file:
        table = file.read_all()
    if kind == "polars":
        return importlib.import_module("polars").from_arrow(table)
    if kind == "table":
        return table
    frame = table.to_pandas()
    return frame["value"].rename(_value(label["name"])) if kind == "series" else frame


def _arrow() -> Any:
    try:
        importlib.import_module("pyarrow.ipc")
        return importlib.import_module("pyarrow")
    except ImportError:
        raise TypeError(MISSING) from None


def _write_table(table: Any, path: str) -> None:
    with _arrow().ipc.new_file(path, table.schema) as file:
        file.write_table(table)


def _write_array(value: Any, path: str) -> dict[str, Any]:
    flat = value.reshape(-1)
    if value.dtype.kind == "b":
        flat = flat.view("uint8")
    arrow = _arrow()
    _write_table(arrow.table({"value": arrow.array(flat)}), path)
    return {"kind": "array", "shape": list(value.shape), "dtype": str(value.dtype)}


def _read_array(label: dict[str, Any], path: str) -> Any:
    np: Any = importlib.import_module("numpy")
    if np.dtype(label["dtype"]).kind not in "iufb":
        raise TypeError("an array of numbers was announced")
    with _arrow().ipc.open_file(path) as file:
        flat = file.read_all()["value"].to_numpy()
    return flat.astype(label["dtype"]).reshape(label["shape"])


def _plain(value: Any) -> Any:
    """JSON of a plain value; what JSON lacks becomes an object with the one key that names it. Raises TypeError."""
    if isinstance(value, (bool, int, float, str, type(None))):
        boxed: Any = value
        return boxed.item() if type(value).__module__ == "numpy" else value
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if type(value).__module__ == "numpy" and hasattr(value, "tolist"):
        return _plain(value.tolist())
    for kind, name, told in _TELL:
        if isinstance(value, kind):
            return {name: told(value)}
    raise TypeError(f"a {type(value).__name__} is neither a table nor a plain value")


def _parts(values: Any) -> list[Any]:
    return [_plain(each) for each in values]


_TELL: tuple[tuple[type, str, Callable[[Any], Any]], ...] = (
    (tuple, "tuple", _parts),
    (set, "set", _parts),
    (frozenset, "frozenset", _parts),
    (dict, "dict", lambda value: [_parts(pair) for pair in value.items()]),
    (bytes, "bytes", lambda value: base64.b64encode(value).decode("ascii")),
    (dt.datetime, "datetime", lambda value: value.isoformat()),
    (dt.date, "date", lambda value: value.isoformat()),
    (complex, "complex", lambda value: [value.real, value.imag]),
)

_BUILD: dict[str, Callable[[Any], Any]] = {
    "tuple": lambda parts: tuple(_value(each) for each in parts),
    "set": lambda parts: {_value(each) for each in parts},
    "frozenset": lambda parts: frozenset(_value(each) for each in parts),
    "dict": lambda pairs: {_value(key): _value(each) for key, each in pairs},
    "bytes": base64.b64decode,
    "datetime": dt.datetime.fromisoformat,
    "date": dt.date.fromisoformat,
    "complex": lambda parts: complex(*parts),
}


def _value(told: Any) -> Any:
    if isinstance(told, list):
        return [_value(each) for each in told]
    if isinstance(told, dict):
        [(name, content)] = told.items()
        return _BUILD[name](content)
    return told
