"""One message of a kernel as a value. What a kernel sends is foreign: a field of the wrong kind counts as empty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Heard:
    """`parent` is the id of the request that it answers, `parent_kind` and `parent_session` are that request's."""

    kind: str
    content: Mapping[str, Any]
    session: str
    parent: str
    parent_kind: str
    parent_session: str

    @property
    def status(self) -> str:
        """The kernel's state, where this tells it; else empty."""
        return text_of(self.content, "execution_state") if self.kind == "status" else ""


def heard_from(message: Mapping[str, Any]) -> Heard:
    """The message that Jupyter's session has unpacked, as a value."""
    header, parent = mapping_of(message, "header"), mapping_of(message, "parent_header")
    return Heard(
        kind=text_of(header, "msg_type"),
        content=mapping_of(message, "content"),
        session=text_of(header, "session"),
        parent=text_of(parent, "msg_id"),
        parent_kind=text_of(parent, "msg_type"),
        parent_session=text_of(parent, "session"),
    )


def mapping_of(fields: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """The object in that field, empty where none is."""
    value = fields.get(name)
    return value if isinstance(value, Mapping) else {}


def text_of(fields: Mapping[str, Any], name: str) -> str:
    """The text in that field (nbformat's lists of lines joined), empty where none is."""
    value = fields.get(name)
    if isinstance(value, (list, tuple)):
        return "".join(each for each in value if isinstance(each, str))
    return value if isinstance(value, str) else ""


def count_of(fields: Mapping[str, Any]) -> int | None:
    """The execution count, where there is one."""
    value = fields.get("execution_count")
    return value if isinstance(value, int) and not isinstance(value, bool) else None
