"""The files of a directory, known by what is in their first bytes and not by their ending.

Reads at most 64 kB of each, opens nothing but regular files, and never waits: a pipe or a device is left out, and so is
whatever cannot be read. Does not descend into directories.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from ..core.snapshot import FileEntry
from .content import recognize

HEAD_BYTES = 64 * 1024
_ENTRIES = 20_000
"""Directory entries that are listed at most, before sorting."""
_LAST = (".ipynb", ".py", ".pyc")


def working_directory() -> str:
    """Where the process stands; empty where that directory was deleted under it."""
    try:
        return os.getcwd()  # noqa: PTH109 - Path.cwd() of a deleted directory raises as well
    except OSError:
        return ""


def look(directory: str | Path, instruction: str = "", limit: int = 100) -> tuple[FileEntry, ...]:
    """The visible regular files of a directory, by name; empty where it cannot be listed.

    Of more than `limit` those stay that the instruction names, and others before notebooks and programs.
    """
    try:
        with os.scandir(directory) as entries:
            names = sorted(entry.name for entry in islice(entries, _ENTRIES) if not entry.name.startswith("."))
    except OSError:
        return ()
    wanted = sorted(names, key=lambda name: (name not in instruction, name.endswith(_LAST)))
    return tuple(sorted(islice(_entries(Path(directory), wanted), limit), key=lambda entry: entry.name))


def _entries(directory: Path, names: list[str]) -> Iterator[FileEntry]:
    for name in names:
        try:
            entry = _entry(directory / name)
        except (OSError, ValueError):
            continue
        if entry is not None:
            yield entry


def _entry(path: Path) -> FileEntry | None:
    if not stat.S_ISREG(path.stat().st_mode):
        return None
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with open(descriptor, "rb", buffering=0) as file:  # noqa: PTH123 - an open descriptor, not a path
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            return None
        head = file.read(HEAD_BYTES) or b""
    return recognize(path.name, head, status.st_size)
