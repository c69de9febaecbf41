"""The outputs of a run that is over, as an outcome of the core."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from open_interpreter.core.cells import CellError, Output, OutputKind

from .heard import mapping_of, text_of
from .terminal import uncoloured

_KINDS: Mapping[str, OutputKind] = {"display_data": "display", "execute_result": "result"}
NAMELESS = "Error"
"""What an error is called whose kernel gives it no name; bash's has only the exit status."""


def outputs_of(nbformat: Iterable[Mapping[str, Any]]) -> tuple[Output, ...]:
    """The outputs without the errors."""
    return tuple(_output(each) for each in nbformat if each.get("output_type") != "error")


def error_of(content: Mapping[str, Any]) -> CellError:
    """The error of an nbformat output, or of the kernel's message."""
    lines = content.get("traceback")
    return CellError(
        name=text_of(content, "ename") or NAMELESS,
        value=uncoloured(text_of(content, "evalue")),
        traceback=tuple(uncoloured(str(line)) for line in lines) if isinstance(lines, list) else (),
    )


def _output(told: Mapping[str, Any]) -> Output:
    kind = _KINDS.get(text_of(told, "output_type"))
    if kind is None:
        return Output("stream", {"text/plain": text_of(told, "text")}, text_of(told, "name"))
    data = mapping_of(told, "data")
    return Output(kind, {str(mime): _text(value) for mime, value in data.items()})


def _text(value: object) -> str:
    if isinstance(value, (list, tuple)) and all(isinstance(each, str) for each in value):
        return "".join(value)
    return value if isinstance(value, str) else json.dumps(value, default=str)
