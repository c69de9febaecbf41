"""What is really there: the kernel's variables, the cells that ran, the files beside the notebook, the last error.

A snapshot is plain text and numbers, taken without calling any code of the user's objects. The rendered prompt and the
built-in provider's recipes are both filled from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ColumnKind = Literal["number", "text", "category", "time", "bool", "other"]
VariableKind = Literal[
    "frame", "series", "array", "collection", "scalar", "text", "function", "class", "module", "other"
]
FileFormat = Literal["csv", "excel", "json", "jsonl", "parquet", "text", "notebook", "image", "archive", "binary"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table. `missing` counts in the sample that was looked at; `examples` are short reprs as text."""

    name: str
    dtype: str = ""
    kind: ColumnKind = "other"
    examples: tuple[str, ...] = ()
    missing: int | None = None
    distinct: int | None = None
    """The number of different values in the sample, None where it was not looked at."""
    low: str = ""
    high: str = ""


@dataclass(frozen=True, slots=True)
class Variable:
    """One name of the user's namespace. `shape` is (rows, columns) for a frame, (length,) for a list."""

    name: str
    type: str
    kind: VariableKind = "other"
    module: str = ""
    shape: tuple[int, ...] = ()
    columns: tuple[Column, ...] = ()
    preview: str = ""
    """A short text: a scalar's value, a function's signature with its first docstring line, the head of a list."""


@dataclass(frozen=True, slots=True)
class PastCell:
    """A cell that the kernel ran, in the order of running; `output` is trimmed text, `id` empty where none was sent."""

    source: str
    count: int | None = None
    id: str = ""
    output: str = ""
    failed: bool = False


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file in the working directory, known by its content: `separator` and `encoding` for a csv, else empty."""

    name: str
    size: int
    format: FileFormat = "binary"
    separator: str = ""
    encoding: str = ""
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trouble:
    """The last error that the kernel saw before the task: its last line, the cell's source, the traceback's text."""

    name: str
    value: str
    source: str = ""
    traceback: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything that one request may tell of. `outline` has one line for each notebook cell that has not run."""

    variables: tuple[Variable, ...] = ()
    cells: tuple[PastCell, ...] = ()
    files: tuple[FileEntry, ...] = ()
    outline: tuple[str, ...] = ()
    trouble: Trouble | None = None
    language: str = "python"
    directory: str = ""
    words: tuple[str, ...] = ()
    """What the person has said since the task began, in order: they steer it."""

    def variable(self, name: str) -> Variable | None:
        """The variable of that exact name, or None."""
        return next((each for each in self.variables if each.name == name), None)

    @property
    def frames(self) -> tuple[Variable, ...]:
        """The tables, in the order of the namespace."""
        return tuple(each for each in self.variables if each.kind == "frame")
