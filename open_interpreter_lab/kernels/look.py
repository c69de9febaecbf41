"""A look into a Python kernel: its variables, its working directory, what was typed into it. Nothing is left behind."""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from open_interpreter.context import reader
from open_interpreter.core.snapshot import Variable

from .heard import mapping_of, text_of

VARIABLES = "variables"
AROUND = "around"


@dataclass(frozen=True, slots=True)
class Look:
    """What was there. `history` has (count, source) of the last cells that the kernel ran, oldest first."""

    variables: tuple[Variable, ...] = ()
    directory: str = ""
    history: tuple[tuple[int, str], ...] = ()


def request(only: Sequence[str] = ()) -> dict[str, Any]:
    """The content of an execute request that runs nothing, counts nothing and asks for the two expressions."""
    return {
        "code": "",
        "silent": True,
        "store_history": False,
        "user_expressions": {VARIABLES: reader.expression(tuple(only)), AROUND: _around()},
        "allow_stdin": False,
        "stop_on_error": False,
    }


def read(reply: Mapping[str, Any]) -> Look:
    """The reply to `request` as a value; what cannot be read is left empty."""
    answers = mapping_of(reply, "user_expressions")
    around = _json(mapping_of(answers, AROUND))
    around = around if isinstance(around, dict) else {}
    return Look(
        variables=_variables(_json(mapping_of(answers, VARIABLES))),
        directory=text_of(around, "directory"),
        history=tuple(_typed(around.get("history"))),
    )


@cache
def _around() -> str:
    program = resources.files(__package__).joinpath("around.py").read_text("utf-8")
    return f'(lambda s: (exec({program!r}, s), s["tell"]())[1])({{"__name__": "oi_around"}})'


def _json(answer: Mapping[str, Any]) -> object:
    """The JSON whose text the kernel shows as a Python literal; None where the expression failed."""
    shown = text_of(mapping_of(answer, "data"), "text/plain")
    try:
        literal = ast.literal_eval(shown)
        return json.loads(literal) if isinstance(literal, str) else None
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None


def _variables(told: object) -> tuple[Variable, ...]:
    try:
        return reader.read(told)
    except ValueError:
        return ()


def _typed(told: object) -> list[tuple[int, str]]:
    pairs = told if isinstance(told, list) else []
    return [(pair[0], pair[1]) for pair in pairs if isinstance(pair, list) and len(pair) == 2]  # noqa: PLR2004
