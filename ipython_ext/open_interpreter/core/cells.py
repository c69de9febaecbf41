"""What the model writes and what comes of it: a cell, its outputs, its outcome.

A correction keeps the id of the cell that it corrects and raises `attempt`, so "replace" needs no field of its own.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

Status = Literal["ok", "error", "refused", "inserted", "aborted"]
"""ok, error: it ran. refused: a person or the policy said no. inserted: it stands there, not run. aborted: stopped."""

OutputKind = Literal["stream", "display", "result"]


def new_id() -> str:
    """A fresh id of 12 hexadecimal digits, valid as a cell id of nbformat 4.5."""
    return uuid.uuid4().hex[:12]


@dataclass(frozen=True, slots=True)
class Cell:
    """One code cell of a reply; `attempt` counts from 1 and `turn` is the reply that wrote it, from 1."""

    id: str
    source: str
    language: str = "python"
    turn: int = 1
    attempt: int = 1


@dataclass(frozen=True, slots=True)
class Output:
    """One output. `data` maps MIME types to text (binary types as base64); a stream has only text/plain.

    `name` is stdout or stderr for a stream and empty otherwise.
    """

    kind: OutputKind
    data: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    name: str = ""

    @property
    def text(self) -> str:
        """The plain text of this output, empty where there is none."""
        return self.data.get("text/plain", "")


@dataclass(frozen=True, slots=True)
class CellError:
    """The exception that a cell raised: class name, message, and the traceback's lines without ANSI colours."""

    name: str
    value: str
    traceback: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """`NameError: name 'x' is not defined`, as Python's last line says it; some kernels tell only one part."""
        return f"{self.name}: {self.value}" if self.name and self.value else self.name or self.value


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one execution. `seconds` is wall time, `count` the execution count, where there is one."""

    status: Status
    outputs: tuple[Output, ...] = ()
    error: CellError | None = None
    count: int | None = None
    seconds: float = 0.0
    note: str = ""
    """A person's word with a refusal, or what could not be kept."""

    @property
    def ok(self) -> bool:
        """Whether the cell ran to its end."""
        return self.status == "ok"


@dataclass(frozen=True, slots=True)
class Attempt:
    """A cell as it ran, or was to run, together with what came of it.

    `written` is the source that the model wrote, where the person changed it before it ran; else it is empty.
    """

    cell: Cell
    outcome: Outcome
    written: str = ""
