"""The first word on every connection: which model a task would ask now, and why it could not."""

from __future__ import annotations

from collections.abc import Mapping

from .words import Welcome


def welcome(traits: Mapping[str, object]) -> Welcome:
    """What holds at this moment; sends no request. `traits` is what the server's configuration says."""
    from open_interpreter import __version__
    from open_interpreter.core.errors import OpenInterpreterError
    from open_interpreter.core.settings import DEFAULT_MODEL
    from open_interpreter.providers import open_provider

    from .routes.sources import sourced

    try:
        found = sourced(traits)
    except OpenInterpreterError as error:
        return Welcome(__version__, DEFAULT_MODEL, trouble=str(error))
    model, set_up = found.settings.model, found.origins["model"] != "default"
    try:
        profile = open_provider(found.settings).profile
    except OpenInterpreterError as error:
        return Welcome(__version__, model, set_up, trouble=str(error))
    return Welcome(__version__, model, set_up, profile.vision)
