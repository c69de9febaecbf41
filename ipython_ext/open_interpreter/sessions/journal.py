"""The log of a task: each event one JSON line in a file that only its owner can read.

Attempts that failed are kept here and nowhere else. A log that cannot be written never stops a task: it gives one
notice. No key ever comes here, since no event carries settings.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from ..core.events import Event, Finished, Notice
from ..core.wire import to_wire

_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Journal:
    """Hears the events of one task and writes each into `<folder>/<task>.jsonl` at once, until the last one."""

    def __init__(self, folder: Path, task: str) -> None:
        self.trouble = ""
        """Why nothing is written any more; empty while all is well."""
        self._folder = folder
        self._task = task
        self._file: int | None = None

    async def hear(self, event: object) -> None:
        """Write one event. Never raises for want of room or rights: `trouble` says so then."""
        if self.trouble:
            return
        line = json.dumps(to_wire(event), default=str) + "\n"
        try:
            self._file = self._open() if self._file is None else self._file
            os.write(self._file, line.encode("ascii"))
        except OSError as error:
            self.trouble = f"This task is not logged: {self._folder} cannot be written ({error.strerror or error})."
        if self.trouble or isinstance(event, Finished):
            self.close()

    def close(self) -> None:
        """Let go of the file. What is heard later opens it again and goes on at its end."""
        if self._file is not None:
            with suppress(OSError):
                os.close(self._file)
        self._file = None

    def delete(self) -> None:
        """Take the file away. Never raises: what may not be taken away stays."""
        self.close()
        with suppress(OSError):
            self._path.unlink()

    @property
    def _path(self) -> Path:
        if not _NAME.fullmatch(self._task):
            raise OSError(f"{self._task[:80]!r} is no name of a log")
        return self._folder / f"{self._task}.jsonl"

    def _open(self) -> int:
        path = self._path
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder.chmod(0o700)
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
        return os.open(path, flags, 0o600)


async def recorded(events: AsyncIterator[Event], journal: Journal) -> AsyncGenerator[Event, None]:
    """The same events, each written down before it is passed on, and one notice where that fails."""
    told = False
    try:
        async for event in events:
            await journal.hear(event)
            if journal.trouble and not told and not isinstance(event, Finished):
                told = True
                yield event
                yield Notice(journal.trouble)
            else:
                yield event
    finally:
        journal.close()
        close = getattr(events, "aclose", None)
        if close is not None:
            await close()


def read(path: Path) -> tuple[dict[str, Any], ...]:
    """The events of a log as they are on the wire. A last line that was torn by a crash is left out.

    Raises OSError where there is no such log.
    """
    events = []
    for line in path.read_text("ascii", errors="replace").splitlines():
        with suppress(ValueError):
            event = json.loads(line)
            if isinstance(event, dict):
                events.append(event)
    return tuple(events)
