"""The routing table, and only that; below the server's base URL, which Jupyter puts in front."""

from __future__ import annotations

from typing import Any

API = "open-interpreter/api"

ROUTES: tuple[tuple[str, type[Any]], ...] = ()
