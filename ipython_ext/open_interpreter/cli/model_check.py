"""The doctor's look at the configured model: its name, its key, its endpoint. The key is never shown."""

from __future__ import annotations

import os
import urllib.error
import urllib.request
from collections.abc import Iterator

from open_interpreter.core.errors import KeyMissing, OpenInterpreterError
from open_interpreter.core.settings import DEFAULT_MODEL, Settings

from .findings import FAIL, OK, Finding

SECONDS = 5.0


def look() -> Iterator[Finding]:
    """The model that a prompt without options would ask."""
    from open_interpreter import configuration

    try:
        settings = configuration.load_settings({})
    except OpenInterpreterError as error:
        yield Finding(FAIL, "settings", str(error))
        return
    if settings.model == DEFAULT_MODEL:
        yield Finding(OK, "model", f"{DEFAULT_MODEL}: answers common data tasks offline")
        yield Finding(OK, "key", "none needed")
    elif settings.model.startswith("local:"):
        yield _file(settings.model.partition(":")[2])
    else:
        yield from _endpoint(settings)


def _file(path: str) -> Finding:
    if os.path.isfile(os.path.expanduser(path)):  # noqa: PTH111, PTH113  (the name is a person's text)
        return Finding(OK, "model", f"local:{path}")
    return Finding(FAIL, "model", f"local:{path}: there is no such file", "name a .gguf file that exists")


def _endpoint(settings: Settings) -> Iterator[Finding]:
    from open_interpreter.providers.endpoint import DUMMY_KEY, find_endpoint

    try:
        endpoint = find_endpoint(settings, os.environ)
    except KeyMissing as error:
        yield Finding(OK, "model", settings.model)
        yield Finding(FAIL, "key", "not set", str(error))
        return
    except OpenInterpreterError as error:
        yield Finding(FAIL, "model", settings.model, str(error))
        return
    yield Finding(OK, "model", f"{settings.model} at {endpoint.origin}")
    has_key = endpoint.api_key not in ("", DUMMY_KEY)
    yield Finding(OK, "key", "set" if has_key else "none set and none needed")
    yield reach(endpoint.base_url)


def reach(base_url: str) -> Finding:
    """Whether anything answers at the address; whatever it says is an answer. No key is sent."""
    request = urllib.request.Request(f"{base_url}/models", method="GET")  # noqa: S310  (checked by clean_url)
    try:
        with urllib.request.urlopen(request, timeout=SECONDS):  # noqa: S310
            return Finding(OK, "endpoint", f"{base_url} answers")
    except urllib.error.HTTPError as error:
        error.close()
        return Finding(OK, "endpoint", f"{base_url} answers")
    except (urllib.error.URLError, OSError) as error:
        reason = getattr(error, "reason", error)
        return Finding(
            FAIL, "endpoint", f"{base_url} does not answer: {reason}", "start the server, or mend --base-url"
        )
