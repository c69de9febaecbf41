"""The probe's plain JSON as values, and the probe as source for a kernel that has no copy of this package."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from ..core.snapshot import Column, Variable
from . import probe

_NOTHING: Mapping[str, object] = MappingProxyType({})
_PARTS = ("glance", "arrays", "columns", "tables", "probe")


def variables(
    namespace: dict[str, Any], *, hidden: Mapping[str, object] = _NOTHING, only: Collection[str] = ()
) -> tuple[Variable, ...]:
    """The variables of a namespace of this process; with `only`, of these names alone.

    `hidden` is IPython's `user_ns_hidden`: a name that still stands for what it stood for there is left out.
    """
    return read(probe.look(namespace, only, hidden))


def read(told: object) -> tuple[Variable, ...]:
    """What the probe told, as values. Raises ValueError on what is no answer of the probe."""
    try:
        return tuple(_variable(each) for each in told)  # type: ignore[attr-defined]
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"no answer of the probe: {error}") from None


def read_text(text: str) -> tuple[Variable, ...]:
    """The same from JSON text."""
    return read(json.loads(text))


def expression(only: Collection[str] = ()) -> str:
    """One Python expression whose value is the probe's JSON about `globals()`; it leaves no name behind.

    Meant for `user_expressions` of an execute request; `read_text` takes the text that it gives.
    """
    return (
        f'(lambda s: (exec({_program()!r}, s), s["dump"](globals(), {tuple(only)!r}))[1])({{"__name__": "oi_probe"}})'
    )


@cache
def _program() -> str:
    """The five files as one program: imports from one another, which are now above, are left out."""
    lines = ["from __future__ import annotations"]
    for part in _PARTS:
        source = resources.files(__package__).joinpath(f"{part}.py").read_text("utf-8")
        lines += [line for line in source.splitlines() if not line.startswith(("from .", "from __future__"))]
    return "\n".join(lines)


def _variable(told: Mapping[str, Any]) -> Variable:
    return Variable(
        name=str(told["name"]),
        type=str(told["type"]),
        kind=told.get("kind", "other"),
        module=str(told.get("module", "")),
        shape=tuple(int(side) for side in told.get("shape", ())),
        columns=tuple(_column(each) for each in told.get("columns", ())),
        preview=str(told.get("preview", "")),
    )


def _column(told: Mapping[str, Any]) -> Column:
    return Column(
        name=str(told["name"]),
        dtype=str(told["dtype"]),
        kind=told.get("kind", "other"),
        examples=tuple(str(each) for each in told.get("examples", ())),
        missing=told.get("missing"),
        distinct=told.get("distinct"),
        low=str(told.get("low", "")),
        high=str(told.get("high", "")),
    )
