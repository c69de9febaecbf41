"""A Chromium to drive: the one of OPEN_INTERPRETER_CHROMIUM, or of the machine, or the one that playwright brought."""

from __future__ import annotations

import os
import shutil

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def executable(brought: str) -> str | None:
    """The program's path, None where there is none; `brought` is where playwright would have put its own."""
    wanted = os.environ.get("OPEN_INTERPRETER_CHROMIUM")
    found = wanted or next(filter(None, map(shutil.which, NAMES)), None)
    return found or (brought if os.path.exists(brought) else None)
