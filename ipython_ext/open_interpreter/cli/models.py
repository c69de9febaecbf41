"""`open-interpreter models`: the model that is configured, the local servers that answer, and the known names."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator

from open_interpreter.core.settings import DEFAULT_MODEL

WIDTH = 30


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Make the command known."""
    parser = commands.add_parser("models", help="list the models that can be chosen", description=__doc__)
    parser.set_defaults(command=run)


def run(_: argparse.Namespace) -> int:
    """Print the list."""
    from open_interpreter import configuration

    settings = configuration.load_settings({})
    where = f" at {settings.base_url}" if settings.base_url else ""
    sys.stdout.write(f"configured\n  {settings.model}{where}\n")
    sys.stdout.write(f"\nhere\n  {DEFAULT_MODEL:<{WIDTH}} offline, for common data tasks; needs nothing\n")
    sys.stdout.write(f"  {'local:/path/to/model.gguf':<{WIDTH}} a file on this computer\n")
    for line in (*_servers(), "", "known by name", *_presets(), "", "Choose with -m NAME, or keep it: %oi model NAME."):
        sys.stdout.write(f"{line}\n")
    return 0


def _servers() -> Iterator[str]:
    """The models of the local servers that answer."""
    from open_interpreter.providers.discovery import local_servers

    for server in local_servers():
        for name in server.names or (f"{server.preset}:",):
            yield f"  {name:<{WIDTH}} {server.base_url}"


def _presets() -> Iterator[str]:
    """The presets: a name to write, and whether its key is set."""
    from open_interpreter.providers.presets import presets

    for preset in presets().values():
        name = f"{preset.name}:{preset.example}"
        if preset.local:
            yield f"  {name:<{WIDTH}} {preset.base_url}"
        elif preset.key:
            yield f"  {name:<{WIDTH}} {preset.key} is {'set' if os.environ.get(preset.key) else 'not set'}"
