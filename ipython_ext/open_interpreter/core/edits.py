"""The words between a kernel and whoever holds the notebook open (our front end, or a headless run): see docs/wire.md.

An *edit* goes from the kernel to the notebook's owner, over a comm; a `Place` comes with the request of a prompt cell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from .questions import Question

COMM_TARGET = "open_interpreter"
CLIENT_KEY = "open_interpreter_client"
"""Key in an execute request's metadata; a front end is present only if its value equals the header's session."""
PLACE_KEY = "open_interpreter_place"
"""Key in an execute request's metadata with a `Place` on the wire; believed only together with the client key."""
REMOVED_KEY = "open_interpreter_removed"
"""Key in an execute request's metadata with the number of the last `Remove` that the sender has carried out."""
METADATA_KEY = "open_interpreter"
"""Key in a cell's own metadata. Nothing under it is ever executed and none of it loosens a policy."""


@dataclass(frozen=True, slots=True)
class Insert:
    """Put a new cell directly below the cell `after`."""

    id: str
    after: str
    kind: Literal["code", "markdown"] = "code"
    source: str = ""
    metadata: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Append:
    """Add text at the end of a cell's source, while the model writes."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Rewrite:
    """Replace a cell's whole source; its outputs stay until it runs."""

    id: str
    source: str


@dataclass(frozen=True, slots=True)
class Run:
    """The cell runs now, under a parent message of this id: clear its outputs and route what is published to it."""

    id: str
    msg_id: str
    source: str


@dataclass(frozen=True, slots=True)
class Stamp:
    """Set the value under METADATA_KEY of a cell's metadata."""

    id: str
    metadata: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Remove:
    """Take these cells out of the notebook.

    `number` counts up within a kernel. The notebook sends the highest number it has carried out with every execute
    request (REMOVED_KEY), so that the kernel knows requests for removed cells that were queued before (Run All).
    """

    ids: tuple[str, ...]
    number: int = 0


@dataclass(frozen=True, slots=True)
class Settle:
    """Give the prompt cell this first line (with or without `--settled`, without `--fresh`) and this task id."""

    id: str
    first_line: str
    task: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A settled prompt was run and `ids` stand for it: offer Run them, Ask again, Detach, unless they are queued."""

    id: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """Show a question at the prompt cell; the answer comes back on the same comm as `Answer` on the wire."""

    id: str
    question: Question


@dataclass(frozen=True, slots=True)
class Choose:
    """A person edited owned cells: Keep mine, Replace or Cancel. The answer comes back as {"type": "Chosen", …}."""

    id: str
    question: str
    edited: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The answer to Choose."""

    question: str
    choice: Literal["keep", "replace", "cancel"]


Edit = Insert | Append | Rewrite | Run | Stamp | Remove | Settle | Standing | Ask | Choose


@dataclass(frozen=True, slots=True)
class NotebookCell:
    """A cell of the open notebook as its owner sees it; `output` is trimmed text."""

    id: str
    kind: Literal["code", "markdown", "raw"]
    source: str
    task: str = ""
    source_hash: str = ""
    count: int | None = None
    output: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a prompt cell stands: its id, the task of its metadata, all cells in order, and the notebook's path."""

    prompt: str
    cells: tuple[NotebookCell, ...] = ()
    path: str = ""
    task: str = ""
