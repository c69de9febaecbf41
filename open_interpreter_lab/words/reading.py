"""Text from a page becomes a word, or a ValueError that says what does not fit."""

from __future__ import annotations

import json
import typing
from typing import Any

from open_interpreter.core.wire import from_wire

from .asking import FromPage
from .records import Happening

PAGE_WORDS: dict[str, type[Any]] = {each.__name__: each for each in typing.get_args(FromPage)}
HAPPENINGS: dict[str, type[Any]] = {each.__name__: each for each in typing.get_args(Happening)}


def page_word(text: str | bytes) -> FromPage:
    """What a page says with this JSON text. Raises ValueError on what is no word."""
    wire = json.loads(text)
    name = wire.get("type") if isinstance(wire, dict) else None
    kind = PAGE_WORDS.get(name) if isinstance(name, str) else None
    if kind is None:
        raise ValueError(f"{name!r} is no word of a page")
    word: FromPage = from_wire(kind, wire)
    return word


def happening(kind: str, text: str) -> Happening:
    """The event of a record that was kept as JSON text. Raises ValueError on what is none."""
    if kind not in HAPPENINGS:
        raise ValueError(f"{kind!r} is no record")
    event: Happening = from_wire(HAPPENINGS[kind], json.loads(text))
    return event
