"""How much memory is free."""

from __future__ import annotations

import os
from pathlib import Path

UNKNOWN = 1 << 30
"""Bytes that are counted on where the machine does not tell."""


def room() -> int:
    """Bytes that can be had now: what Linux calls available, elsewhere the free pages."""
    try:
        for line in Path("/proc/meminfo").read_text("ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
        return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, AttributeError):
        return UNKNOWN
