"""Stands between the client library and the network: a request leaves with our headers, and stays with its host."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin

from .endpoint import DUMMY_KEY, Endpoint, origin

PLAIN_HEADERS = frozenset(
    {"host", "accept", "accept-encoding", "connection", "content-type", "content-length", "user-agent", "authorization"}
)
OPENAI = "https://api.openai.com"
MOVED = {301: 308, 302: 307}
"""A redirect that would turn the request into a GET, and the one that keeps it as it is."""


class Elsewhere(ConnectionError):
    """A redirect leads to another host."""


class Guard:
    """Event hooks of an HTTP client for one endpoint."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint

    async def before(self, request: Any) -> None:
        """Send no header that the library took from the environment for OpenAI, nor its telling of this machine."""
        if self._endpoint.origin == OPENAI:
            return
        for name in [each for each in request.headers if each.lower() not in PLAIN_HEADERS]:
            del request.headers[name]
        request.headers["authorization"] = f"Bearer {self._endpoint.api_key or DUMMY_KEY}"

    async def after(self, response: Any) -> None:
        """Follow a redirect within the host; raises Elsewhere where it leads to another one."""
        if not response.has_redirect_location:
            return
        target = origin(urljoin(str(response.request.url), response.headers["location"]))
        if target != self._endpoint.origin:
            raise Elsewhere(
                f"{self._endpoint.host} sends requests on to {target}, another host: "
                "if that is right, set base_url to it, with its own key."
            )
        response.status_code = MOVED.get(response.status_code, response.status_code)
