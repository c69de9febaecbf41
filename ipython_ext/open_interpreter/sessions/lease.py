"""Whether this server is the only one that uses the chats: else what has no end may still run in another."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: every server counts as the only one
    fcntl = None  # type: ignore[assignment,unused-ignore]

FILE = "servers.lock"


class Lease:
    """Held as long as the server lives; the system takes it back from a server that was killed."""

    def __init__(self, file: Path) -> None:
        self.alone = True
        """Whether no other server held one when this one was taken."""
        self._file: int | None = None
        if fcntl is None:
            return
        with suppress(OSError):  # a disk that knows no locks: as if alone
            self._file = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                self.alone = False
            fcntl.flock(self._file, fcntl.LOCK_SH)

    def close(self) -> None:
        """Give it back."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
