"""What the handlers share: the settings as they are now, and the chats that live, made when the first one asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from open_interpreter.core.settings import Settings
    from open_interpreter.sessions.lease import Lease
    from open_interpreter.sessions.store import Store

    from .live import Live

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
        self._lease: Lease | None = None
        self._shelter: TemporaryDirectory[str] | None = None
        self._live: Live | None = None

    @property
    def traits(self) -> Mapping[str, object]:
        """What the server's configuration says."""
        return self._traits

    def settings(self, call: Mapping[str, object] | None = None) -> Settings:
        """The settings as a task that begins now would have them, with its own options, which only tighten the mode.

        Raises SettingsError on what has no meaning.
        """
        from open_interpreter.configuration import load_settings

        return load_settings(call, traits=self._traits, magic=call is not None)

    def live(self) -> Live:
        """The chats that live. Where they cannot be kept, they live as long as the server, and each says so."""
        if self._live is None:
            from .live import Live
            from .welcome import welcome

            trouble = ""
            if self._store is None:
                self._store, trouble = self._open_store()
            recovers = self._lease is None or self._lease.alone
            server = self._server
            managers = (server.kernels, server.sessions, server.contents)
            self._live = Live(self._store, self.settings, lambda: welcome(self._traits), managers)
            self._live.begin(trouble=trouble, recovers=recovers)
        return self._live

    def _open_store(self) -> tuple[Store, str]:
        """The store, and why it is one that ends with the server."""
        from open_interpreter.configuration import home
        from open_interpreter.core.errors import StoreError
        from open_interpreter.sessions.lease import FILE as LOCK
        from open_interpreter.sessions.lease import Lease
        from open_interpreter.sessions.store import FILE, Store

        folder, root = home() / "sessions", root_of(self._server.contents)
        try:
            store = Store(folder / FILE, root)
        except StoreError as error:
            self._shelter = TemporaryDirectory(prefix="open-interpreter-")
            return Store(Path(self._shelter.name) / FILE, root), str(error)
        self._lease = Lease(folder / LOCK)
        return store, ""

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
            if self._lease is not None:
                self._lease.close()
            if self._shelter is not None:
                self._shelter.cleanup()


def root_of(contents: Any) -> str:
    """The folder below which the notebooks of this server lie, empty where they lie in none."""
    root = getattr(contents, "root_dir", "")
    return str(Path(root).resolve()) if isinstance(root, str) and root else ""
