"""The outputs of one run as nbformat has them, put together as a notebook does it, and kept within bounds.

Streams are joined, `clear_output` clears now or with the next output, displays are updated by their id. Text is bounded
together; pictures, charts and HTML are whole or left out, since a part of one is nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from .heard import count_of, mapping_of, text_of
from .terminal import StreamText

TEXT_LIMIT = 1_000_000
"""Characters of streams, plain text and tracebacks that one run keeps."""
RICH_LIMIT = 32_000_000
"""Characters of pictures (base64), charts and HTML that one run keeps."""
KINDS = frozenset({"stream", "display_data", "execute_result", "error", "clear_output", "update_display_data"})

_PLAIN = "text/plain"


class Outputs:
    """What one run has put out so far."""

    def __init__(self, text_limit: int = TEXT_LIMIT, rich_limit: int = RICH_LIMIT) -> None:
        self._items: list[dict[str, Any]] = []
        self._displays: dict[str, list[dict[str, Any]]] = {}
        self._limits = (text_limit, rich_limit)
        self._text = 0
        self._rich = 0
        self._left_out = 0
        self._clears = False

    def add(self, kind: str, content: Mapping[str, Any]) -> None:
        """Take in one message of the kernel, of one of `KINDS`."""
        if kind == "clear_output":
            self._clears = True
            if not content.get("wait"):
                self._clear()
            return
        if kind == "update_display_data":
            self.update(content)
            return
        if self._clears:
            self._clear()
        if kind == "stream":
            self._stream("stderr" if content.get("name") == "stderr" else "stdout", text_of(content, "text"))
        elif kind == "error":
            self._error(content)
        else:
            self._display(kind, content)

    def update(self, content: Mapping[str, Any]) -> bool:
        """Show this in every output of its display id; whether there is one."""
        shown = self._displays.get(_display_id(content), [])
        for item in shown:
            self._rich -= _weight(item["data"])
            item.update(self._bundle(content))
        return bool(shown)

    @property
    def weight(self) -> int:
        """What is kept of them, in characters."""
        return self._text + self._rich

    def as_nbformat(self) -> list[dict[str, Any]]:
        """The outputs as they stand now; the list and its dicts are the caller's."""
        told = [
            {**item, "text": str(item["text"])} if item["output_type"] == "stream" else dict(item)
            for item in self._items
        ]
        if self._left_out:
            text = f"\n… {self._left_out:,} characters of output left out …\n"
            told.append({"output_type": "stream", "name": "stderr", "text": text})
        return told

    def _clear(self) -> None:
        self._clears = False
        self._items.clear()
        self._displays.clear()
        self._text = self._rich = self._left_out = 0

    def _stream(self, name: str, text: str) -> None:
        text = self._fitting(text)
        if not text:
            return
        last = self._items[-1] if self._items else None
        if last is None or last["output_type"] != "stream" or last["name"] != name:
            last = {"output_type": "stream", "name": name, "text": StreamText()}
            self._items.append(last)
        before = len(last["text"])
        last["text"].add(text)
        self._text += len(last["text"]) - before

    def _error(self, content: Mapping[str, Any]) -> None:
        lines = content.get("traceback")
        traceback = [str(line) for line in lines] if isinstance(lines, list) else []
        self._items.append(
            {
                "output_type": "error",
                "ename": text_of(content, "ename"),
                "evalue": self._counted(text_of(content, "evalue")),
                "traceback": [self._counted(line) for line in traceback],
            }
        )

    def _display(self, kind: str, content: Mapping[str, Any]) -> None:
        self.update(content)
        item: dict[str, Any] = {"output_type": kind, **self._bundle(content)}
        if kind == "execute_result":
            item["execution_count"] = count_of(content)
        display = _display_id(content)
        if item["data"] or display:
            self._items.append(item)
        if display:
            self._displays.setdefault(display, []).append(item)

    def _bundle(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """Data and metadata, as far as there is room for them."""
        data = dict(mapping_of(content, "data"))
        plain = text_of(data, _PLAIN)
        plain = self._counted(plain)
        kept = {_PLAIN: plain} if plain else {}
        rich = {mime: value for mime, value in data.items() if mime != _PLAIN}
        weight = _weight(rich)
        if self._rich + weight > self._limits[1]:
            self._left_out += weight
            rich = {}
        self._rich += _weight(rich)
        return {"data": {**kept, **rich}, "metadata": dict(mapping_of(content, "metadata"))}

    def _counted(self, text: str) -> str:
        text = self._fitting(text)
        self._text += len(text)
        return text

    def _fitting(self, text: str) -> str:
        """The part of a text that there is room for; the rest is counted as left out."""
        room = max(self._limits[0] - self._text, 0)
        self._left_out += max(len(text) - room, 0)
        return text[:room]


def _display_id(content: Mapping[str, Any]) -> str:
    return text_of(mapping_of(content, "transient"), "display_id")


def _weight(data: Mapping[str, Any]) -> int:
    """The size of what is not plain text, in characters."""
    return sum(
        len(value) if isinstance(value, str) else len(json.dumps(value, default=str))
        for mime, value in data.items()
        if mime != _PLAIN
    )
