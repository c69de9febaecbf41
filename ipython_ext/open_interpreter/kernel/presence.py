"""Whether a front end of ours holds the notebook open, and what it tells of the place of the prompt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from open_interpreter.core.edits import CLIENT_KEY, PLACE_KEY, REMOVED_KEY, Place
from open_interpreter.core.wire import from_wire

COMMS_WHILE_AWAITING = (7, 4)
"""The first ipykernel that delivers comm messages to the main thread while a cell awaits."""


@dataclass(frozen=True, slots=True)
class Presence:
    """The sender of one execute request. `place` is None where no front end of ours sent it."""

    session: str = ""
    place: Place | None = None
    attended: bool = False
    """Whether somebody can answer a question."""
    removed: int = 0

    @property
    def live(self) -> bool:
        """Whether real cells can be inserted."""
        return self.place is not None


def presence_of(parent: Mapping[str, Any]) -> Presence:
    """Read a request. Its metadata may hold anything that a notebook file had: only a true sender is believed."""
    header, metadata = parent.get("header", {}), parent.get("metadata") or {}
    session = str(header.get("session", ""))
    attended = bool(parent.get("content", {}).get("allow_stdin", False))
    if not session or metadata.get(CLIENT_KEY) != session:
        return Presence(session, None, attended)
    removed = metadata.get(REMOVED_KEY)
    return Presence(session, _place(metadata), attended, removed if isinstance(removed, int) else 0)


def _place(metadata: Mapping[str, Any]) -> Place | None:
    try:
        return from_wire(Place, metadata.get(PLACE_KEY))
    except ValueError:
        return Place(str(metadata["cellId"])) if metadata.get("cellId") else None


def comms_arrive() -> bool:
    """Whether an answer over a comm reaches a cell that awaits it, in this kernel."""
    from ipykernel._version import version_info

    return tuple(version_info[:2]) >= COMMS_WHILE_AWAITING
