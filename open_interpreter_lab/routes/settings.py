"""The model settings: what is in force and where it comes from, and the saving of them. No answer holds the key."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from jupyter_server.auth.decorator import authorized
from tornado import web

from .base import Handler

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .sources import Sourced

SECRET = "api_key"  # noqa: S105  (a setting's name)


class SettingsHandler(Handler):
    """`settings`."""

    @web.authenticated
    @authorized
    async def get(self) -> None:
        """What is in force."""
        self.finish(await asyncio.to_thread(_look, self.services.traits))

    @web.authenticated
    @authorized
    async def put(self) -> None:
        """Save changes into the settings file; null takes a setting out. Answers as `get`."""
        await asyncio.to_thread(_save, self.services.traits, self.body())
        self.services.welcome_all()
        self.finish(await asyncio.to_thread(_look, self.services.traits))


def _save(traits: Mapping[str, object], body: Mapping[str, Any]) -> None:
    from open_interpreter.configuration import save_settings
    from open_interpreter.core.errors import KeyMissing
    from open_interpreter.providers import open_provider

    from .sources import proposed, wishes

    changes = wishes(body)
    found = proposed(traits, changes)
    with contextlib.suppress(KeyMissing):  # it may be set later, in the environment
        open_provider(found.settings)
    save_settings(None, **changes)


def _look(traits: Mapping[str, object]) -> dict[str, Any]:
    """What is in force. With a broken settings file that is what holds without it, and `trouble` says so."""
    from open_interpreter.core.errors import SettingsError

    from .sources import Sourced, sourced

    try:
        return _told(sourced(traits), "")
    except SettingsError as error:
        trouble = str(error)
    try:
        return _told(sourced(traits, {}), trouble)
    except SettingsError:  # then it is the environment or a trait
        from open_interpreter.configuration import DEFAULTS
        from open_interpreter.core.settings import Settings

        return _told(Sourced(Settings(), dict.fromkeys(DEFAULTS, "default")), trouble)


def _told(found: Sourced, trouble: str) -> dict[str, Any]:
    from open_interpreter.configuration import FILE, home

    from .sources import key_of

    key = key_of(found)
    values = {name: getattr(found.settings, name) for name in found.origins if name != SECRET}
    values["base_url"] = _without_login(values["base_url"])
    return {
        "settings": {
            name: {"value": value, "from": found.origins[name], "set_by": found.place(name)}
            for name, value in values.items()
        },
        "key_set": key.known,
        "key_from": key.origin if key.known else "",
        "key_set_by": key.place,
        "file": str(home() / FILE),
        "trouble": trouble,
    }


def _without_login(url: str) -> str:
    """The address without a name and password, which no endpoint accepts and nobody should see."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2])) if "@" in parts.netloc else url
