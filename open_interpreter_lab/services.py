"""What the handlers share: the settings as they are now, and the chats that live, made when the first one asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from open_interpreter.core.settings import Settings
    from open_interpreter.sessions.store import Store

    from .live import Live  # type: ignore[import-not-found,unused-ignore]

SETTING = "open_interpreter_services"
"""Under this name the services stand among the web application's settings."""


@dataclass(frozen=True, slots=True)
class Server:
    """The managers of the Jupyter server."""

    kernels: Any
    sessions: Any
    contents: Any


class Services:
    """One for a server. Making it opens nothing."""

    def __init__(self, traits: Mapping[str, object], server: Server) -> None:
        self._traits = dict(traits)
        self._server = server
        self._store: Store | None = None
        self._live: Live | None = None

    @property
    def traits(self) -> Mapping[str, object]:
        """What the server's configuration says."""
        return self._traits

    def settings(self) -> Settings:
        """The settings as a task that begins now would have them. Raises SettingsError on what has no meaning."""
        from open_interpreter.configuration import load_settings

        return load_settings(traits=self._traits)

    def live(self) -> Live:
        """The chats that live. Raises StoreError where they cannot be kept."""
        if self._live is None:
            from open_interpreter.configuration import home
            from open_interpreter.sessions.store import FILE, Store

            from .live import Live

            server = self._server
            if self._store is None:
                self._store = Store(home() / "sessions" / FILE)
            self._live = Live(self._store, self.settings, server.kernels, server.sessions, server.contents)
        return self._live

    def welcome_all(self) -> None:
        """Tell every page of a change of the model settings, where any page is there."""
        if self._live is not None:
            self._live.welcome_all()

    async def close(self) -> None:
        """End what runs, then let go of the file."""
        live, self._live = self._live, None
        store, self._store = self._store, None
        try:
            if live is not None:
                await live.close()
        finally:
            if store is not None:
                store.close()
