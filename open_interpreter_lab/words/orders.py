"""What the server wants of the one page that holds a notebook, and that page's answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from open_interpreter.core.edits import Append, Insert, Place, Remove, Rewrite, Run, Stamp

Trouble = Literal["", "gone", "edited", "kernel", "readonly", "closed", "fault"]
"""Why an order was not carried out. gone: the cell is not there. edited: the person changed it meanwhile. kernel: the
notebook has another kernel or none. readonly: it cannot be written. closed: it is not open here (any more). fault:
something broke in the page."""


@dataclass(frozen=True, slots=True)
class Read:
    """Tell what stands in the notebook: `Done.place`, whose `prompt` is the active cell's id."""

    seeds: bool = True
    """Whether what stands there counts as known from then on; not so for whoever only looks."""


@dataclass(frozen=True, slots=True)
class Move:
    """Put a cell below the cell `after`, or at the top where that is empty."""

    id: str
    after: str


@dataclass(frozen=True, slots=True)
class Show:
    """Set the outputs of a cell that ran without this page: nbformat outputs, and whether it still runs."""

    id: str
    outputs: tuple[Mapping[str, Any], ...] = ()
    count: int | None = None
    running: bool = False


@dataclass(frozen=True, slots=True)
class Revert:
    """The server has written the file, then changed at `modified`, since this page has loaded it: load it again.

    A document that was changed in the page stays as it is: what was written into the file follows by orders. Where the
    file is still the one of `modified`, saving over it is no conflict.
    """

    modified: str = ""


OrderEdit = Insert | Append | Rewrite | Stamp | Remove | Move | Run | Show | Read | Revert
"""`Run` here means: send an execute request whose id is `msg_id` for the cell's source, as JupyterLab would."""


@dataclass(frozen=True, slots=True)
class Order:
    """Edits of the notebook at `path`, in order. Answered by `Done` where `answered` is set, and on every trouble.

    `kernel` is the id of the kernel that a `Run` is meant for.
    """

    id: str
    path: str
    edits: tuple[OrderEdit, ...]
    answered: bool = True
    kernel: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """The answer to an order. With `trouble` the rest of its edits was left undone because of the cell `cell`."""

    order: str
    trouble: Trouble = ""
    cell: str = ""
    source: str = ""
    """What stands in that cell, where the person edited it."""
    place: Place | None = None
    """The notebook, where the order asked for it by `Read`."""
    said: str = ""
    """More about the trouble in a word, for the log."""
