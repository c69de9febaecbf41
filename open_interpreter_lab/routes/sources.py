"""Where each setting that is in force comes from, and what would be in force if the settings file were changed."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from open_interpreter import configuration
from open_interpreter.core.errors import OpenInterpreterError, SettingsError
from open_interpreter.core.settings import DEFAULT_MODEL, Settings
from open_interpreter.providers.endpoint import clean_key, clean_url, find_endpoint

Origin = Literal["default", "trait", "file", "environment"]

CHANGED_HERE = ("model", "base_url", "api_key", "mode")
"""The settings that a page may change."""
STRONGER = {
    "environment": "The variable {place} in the server's environment sets {name} and is stronger than what is saved "
    "here: change it there and start the server again.",
    "trait": "{place} in the server's configuration sets {name}: change it there and start the server again.",
}


class Pinned(SettingsError):
    """A setting that the file cannot change, since something stronger sets it."""


@dataclass(frozen=True, slots=True)
class Sourced:
    """The settings in force, and the layer that each value comes from."""

    settings: Settings
    origins: Mapping[str, Origin]

    def place(self, name: str) -> str:
        """Where a person finds what sets this: a variable, a trait or the file; empty for a default."""
        return {
            "default": "",
            "trait": f"c.OpenInterpreter.{name}",
            "file": str(configuration.home() / configuration.FILE),
            "environment": f"{configuration.PREFIX}{name.upper()}",
        }[self.origins[name]]


@dataclass(frozen=True, slots=True)
class Key:
    """Whether there is a key for the model in force, and what sets it; the key itself stays where it is."""

    known: bool = False
    origin: Origin = "default"
    place: str = ""


def sourced(traits: Mapping[str, object], file: Mapping[str, object] | None = None) -> Sourced:
    """What is in force, with `file` in place of the settings file where it is given. Raises SettingsError."""
    layers: tuple[tuple[Origin, Mapping[str, object]], ...] = (
        ("trait", traits),
        ("file", configuration.read_file(configuration.home()) if file is None else file),
        ("environment", configuration.read_environment(os.environ)),
    )
    settings = Settings()
    origins: dict[str, Origin] = dict.fromkeys(configuration.DEFAULTS, "default")
    for origin, layer in layers:
        above = configuration.overlay(settings, layer)
        for name in origins:
            given = layer.get(name) is not None
            if getattr(above, name) != getattr(settings, name):
                origins[name] = origin if given else "default"
            elif given and name != "max_mode":  # a looser ceiling changes nothing
                origins[name] = origin
        settings = above
    if settings.base_url and origins["model"] == "default":
        raise SettingsError("base_url is set but no model: name one of those that the server has.")
    return Sourced(settings, origins)


def wishes(body: Mapping[str, Any]) -> dict[str, str | None]:
    """The changes that a request's body asks for; None, or an empty text, takes a setting out of the file.

    Raises SettingsError, which never shows a key.
    """
    strange = sorted(set(body) - set(CHANGED_HERE))
    if strange:
        raise SettingsError(f"There is no setting {strange[0]!r} to be saved here: {', '.join(CHANGED_HERE)} are.")
    if not all(value is None or isinstance(value, str) for value in body.values()):
        raise SettingsError("Each setting must be a text, or null to take it out.")
    cleaners = {"base_url": clean_url, "api_key": clean_key}
    plain = {name: (value or "").strip() for name, value in body.items()}
    return {name: (cleaners.get(name, str)(value) if value else None) for name, value in plain.items()}


def proposed(traits: Mapping[str, object], changes: Mapping[str, str | None]) -> Sourced:
    """What would be in force after these changes of the file; a key follows no change of address.

    Raises Pinned where something stronger keeps a change from taking effect, SettingsError on what has no meaning.
    """
    found = sourced(traits, configuration.changed(configuration.read_file(configuration.home()), changes))
    for name, value in changes.items():
        in_force = getattr(found.settings, name)
        if value is None and (name != "base_url" or not in_force or is_here(found.settings.model)):
            continue
        if in_force != (value or ""):
            raise Pinned(_pinned(found, name))
    mode, ceiling = changes.get("mode"), found.settings.max_mode
    if mode is not None and found.settings.effective_mode != mode:
        raise Pinned(f"{found.place('max_mode')} allows no mode looser than {ceiling}: choose that or a stricter one.")
    return found


def key_of(found: Sourced) -> Key:
    """Whether the model in force has a key."""
    if is_here(found.settings.model):
        return Key()
    if found.settings.api_key:
        return Key(known=True, origin=found.origins["api_key"], place=found.place("api_key"))
    try:
        endpoint = find_endpoint(found.settings, os.environ)
    except OpenInterpreterError:
        return Key()
    return Key(known=True, origin="environment", place=endpoint.preset.key) if endpoint.api_key else Key()


def is_here(model: str) -> bool:
    """Whether a model needs no address: the built-in one, or a file."""
    return model == DEFAULT_MODEL or model.startswith("local:")


def _pinned(found: Sourced, name: str) -> str:
    strongest = name if found.origins[name] in STRONGER else "model"
    words = STRONGER.get(found.origins[strongest], "{name} would not take effect.")
    return words.format(place=found.place(strongest), name=strongest)
