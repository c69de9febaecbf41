"""The description of the routes, as it stands in openapi.yaml."""

from __future__ import annotations

import asyncio
from pathlib import Path

from jupyter_server.auth.decorator import authorized
from tornado import web

from .base import Handler

FILE = Path(__file__).with_name("openapi.yaml")


class OpenApiHandler(Handler):
    """`openapi.yaml`."""

    @web.authenticated
    @authorized
    async def get(self) -> None:
        """The document."""
        self.finish(await asyncio.to_thread(FILE.read_text, "utf-8"), set_content_type="application/yaml")
