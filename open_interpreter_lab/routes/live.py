"""The one WebSocket of a page: docs/live.md. It carries words, and knows none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jupyter_core.utils import ensure_async
from jupyter_server.auth.decorator import ws_authenticated
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.base.websocket import WebSocketMixin
from tornado.web import HTTPError
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from ..services import SETTING, Services

if TYPE_CHECKING:
    from ..live import Live
    from ..words import FromServer

LARGEST = 16 * 1024 * 1024
"""Bytes of one message: pictures go with what is said."""


class LiveSocket(WebSocketMixin, WebSocketHandler, JupyterHandler):
    """A page of `live.Live`. Whoever may run code in kernels may connect."""

    auth_resource = "kernels"
    _live: Live | None = None

    def set_default_headers(self) -> None:
        """None: those of a page mean nothing here."""

    def get_compression_options(self) -> Any:
        """As the server's administrator has it for kernels."""
        return self.settings.get("websocket_compression_options", None)

    @property
    def max_message_size(self) -> int:
        """The limit in bytes; a larger message ends the connection."""
        return LARGEST

    @ws_authenticated
    async def get(self, *args: Any, **kwargs: Any) -> None:
        """Connect, for whoever may execute."""
        allowed = self.authorizer.is_authorized(self, self.current_user, "execute", "kernels")
        if not await ensure_async(allowed):
            raise HTTPError(403)
        await super().get(*args, **kwargs)

    def open(self, *args: Any, **kwargs: Any) -> None:
        """The page is there."""
        super().open(*args, **kwargs)
        services: Services = self.settings[SETTING]
        self._live = services.live()
        self._live.join(self)

    def on_message(self, message: str | bytes) -> None:
        """The page says something."""
        from ..text import whole_json

        if self._live is not None:
            self._live.hear(self, whole_json(message))

    def on_close(self) -> None:
        """The page is gone."""
        if self._live is not None:
            self._live.leave(self)
        super().on_close()

    def tell(self, word: FromServer) -> None:
        """Say this to the page; nothing happens where it is gone."""
        from ..text import json_of

        try:
            sent = self.write_message(json_of(word))
        except WebSocketClosedError:
            return
        sent.add_done_callback(_forgive)


def _forgive(sent: Any) -> None:
    """That the page went away while it was told something is no news."""
    if not sent.cancelled() and not isinstance(sent.exception(), (WebSocketClosedError, type(None))):
        sent.result()
