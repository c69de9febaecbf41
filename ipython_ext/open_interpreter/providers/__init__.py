"""Models: a name becomes a provider. Importing this room imports no client library."""

from __future__ import annotations

import os
from collections.abc import Mapping

from open_interpreter.core.protocols import Provider
from open_interpreter.core.settings import DEFAULT_MODEL, Settings

__all__ = ["open_provider", "warm_up"]


def warm_up(settings: Settings) -> None:
    """Import what the first request of this model needs, which takes a second; meant for a thread."""
    if settings.model != DEFAULT_MODEL:
        import openai.resources.chat  # noqa: F401 - that it is imported is all


def open_provider(settings: Settings, environ: Mapping[str, str] | None = None) -> Provider:
    """The provider of `settings.model`; `environ` is where a preset's own key variable is looked up.

    Raises:
        SettingsError: the name has no meaning; the message lists the choices.
        KeyMissing: the model needs a key and there is none.
    """
    if settings.model == DEFAULT_MODEL:
        from .builtin import Builtin

        return Builtin()
    if settings.model.startswith("local:"):
        from .local import open_file

        return open_file(settings)
    from .endpoint import find_endpoint
    from .openai_chat import open_chat

    return open_chat(find_endpoint(settings, os.environ if environ is None else environ), settings)
