"""The words that go to a model, one prompt a file, so that they can be read and changed without reading code."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

_SLOT = re.compile(r"\{\{(\w+)\}\}")


def render(name: str, /, **values: str) -> str:
    """The prompt `name`.md with each `{{slot}}` filled, without its last newline.

    Values are put in as they are and not looked into for further slots. Raises ValueError where a value is missing or
    none of the slots asks for it, LookupError where there is no such prompt.
    """
    template = _read(name)
    slots = set(_SLOT.findall(template))
    if slots != set(values):
        wrong = sorted(slots ^ set(values))
        raise ValueError(f"prompt {name!r} has the slots {sorted(slots)}: missing or surplus {wrong}")
    return _SLOT.sub(lambda slot: values[slot.group(1)], template)


@cache
def _read(name: str) -> str:
    file = resources.files(__package__).joinpath(f"{name}.md")
    if not re.fullmatch(r"\w+", name) or not file.is_file():
        raise LookupError(f"there is no prompt {name!r}")
    return file.read_text("utf-8").rstrip("\n")
