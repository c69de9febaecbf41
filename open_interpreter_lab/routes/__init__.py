"""The routing table, and only that; below the server's base URL, which Jupyter puts in front."""

from __future__ import annotations

from typing import Any

from .live import LiveSocket
from .models import ListHandler, LocalHandler, OneTrialHandler, PresetsHandler, TrialHandler
from .openapi import OpenApiHandler
from .settings import SettingsHandler

API = "open-interpreter/api"

ROUTES: tuple[tuple[str, type[Any]], ...] = (
    (f"{API}/live", LiveSocket),
    (f"{API}/settings", SettingsHandler),
    (f"{API}/models/presets", PresetsHandler),
    (f"{API}/models/local", LocalHandler),
    (f"{API}/models/list", ListHandler),
    (f"{API}/models/test", TrialHandler),
    (rf"{API}/models/test/([\w-]+)", OneTrialHandler),
    (rf"{API}/openapi\.yaml", OpenApiHandler),
)
