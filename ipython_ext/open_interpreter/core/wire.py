"""One pair for every border: a frozen value to plain JSON and back.

A value becomes {"type": its class's name, …its fields}; `from_wire` reads what `to_wire` wrote, ignores fields that it
does not know, and raises ValueError on anything else. Golden files hold both ends to this.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar

Value = TypeVar("Value")


def to_wire(value: object) -> Any:
    """JSON of a value: dataclasses as objects with a "type", tuples as lists."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        named = {each.name: to_wire(getattr(value, each.name)) for each in dataclasses.fields(value)}
        return {"type": type(value).__name__, **named}
    if isinstance(value, Mapping):
        return {str(key): to_wire(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [to_wire(each) for each in value]
    return value


def from_wire(kind: type[Value], wire: object) -> Value:
    """The value of class `kind` that this JSON stands for. Raises ValueError where it does not fit."""
    try:
        return typing.cast("Value", _build(kind, wire))
    except (TypeError, KeyError) as error:
        raise ValueError(f"not a {kind.__name__} on the wire: {error}") from None


def _build(hint: Any, wire: Any) -> Any:
    if dataclasses.is_dataclass(hint):
        return _build_value(hint, _expect(dict, wire))
    if typing.get_origin(hint) is not None:
        return _build_generic(typing.get_origin(hint), typing.get_args(hint), wire)
    if hint is float:
        return float(_expect((int, float), wire))
    return wire if hint is Any else _expect(hint, wire)


def _build_value(kind: Any, given: dict[str, Any]) -> Any:
    hints = _hints(kind)
    names = [each.name for each in dataclasses.fields(kind) if each.name in given]
    return kind(**{name: _build(hints[name], given[name]) for name in names})


@cache
def _hints(kind: Any) -> dict[str, Any]:
    """The types of a class's fields; working them out takes longer than all the rest."""
    return typing.get_type_hints(kind)


def _build_generic(origin: Any, parts: tuple[Any, ...], wire: Any) -> Any:
    if origin in (typing.Union, types.UnionType):
        return _build_union(parts, wire)
    if origin is typing.Literal:
        if wire not in parts:
            raise ValueError(f"{wire!r} is none of {parts}")
        return wire
    if origin is tuple:
        return tuple(_build(parts[0], each) for each in _expect(list, wire))
    return {key: _build(parts[1], each) for key, each in _expect(dict, wire).items()}


def _build_union(parts: tuple[Any, ...], wire: Any) -> Any:
    if wire is None and type(None) in parts:
        return None
    named = {part.__name__: part for part in parts if isinstance(part, type) and dataclasses.is_dataclass(part)}
    if isinstance(wire, dict) and wire.get("type") in named:
        return _build(named[wire["type"]], wire)
    plain = [part for part in parts if part is not type(None) and part not in named.values()]
    if len(plain) == 1:
        return _build(plain[0], wire)
    if len(named) == 1 and not plain:
        return _build(next(iter(named.values())), wire)
    raise ValueError(f"{wire!r} is none of {parts}")


def _expect(kind: Any, wire: Any) -> Any:
    if not isinstance(wire, kind) or (isinstance(wire, bool) and kind is int):
        raise ValueError(f"{wire!r} is no {kind}")
    return wire
