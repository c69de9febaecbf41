"""Which models there are, at the usual ports of this machine and at an endpoint: looked up only on a person's word."""

from __future__ import annotations

import http.client
import json
import os
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlsplit

from open_interpreter.core.settings import DEFAULT_MODEL, Settings

from .presets import Preset, presets

PROBE_SECONDS = 0.3
LONGEST_LIST = 4_000_000
"""Bytes of a list of models that are read."""


@dataclass(frozen=True, slots=True)
class LocalServer:
    """A server of models on this machine; `names` are ready for `-m`."""

    preset: str
    base_url: str
    models: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The models with their preset in front."""
        return tuple(f"{self.preset}:{model}" for model in self.models)


def local_servers(candidates: Iterable[Preset] | None = None) -> list[LocalServer]:
    """The servers of models that answer at the usual ports of 127.0.0.1; takes about 0.3 s."""
    asked = [each for each in presets().values() if each.local] if candidates is None else list(candidates)
    if not asked:
        return []
    with ThreadPoolExecutor(len(asked)) as pool:
        return [server for server in pool.map(_probe, asked) if server is not None]


async def list_models(settings: Settings, environ: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """The models of the endpoint that the settings name. Raises as `open_provider` and its stream do."""
    if settings.model == DEFAULT_MODEL or settings.model.startswith("local:"):
        return (settings.model,)
    from .endpoint import find_endpoint
    from .openai_chat import open_chat

    endpoint = find_endpoint(settings, os.environ if environ is None else environ)
    return read_models(await open_chat(endpoint, settings).models())


def read_models(body: object) -> tuple[str, ...]:
    """The names in the answer of `/models`: OpenAI's form, or a bare list."""
    listed = body.get("data") if isinstance(body, Mapping) else body
    if not isinstance(listed, list):
        return ()
    names = [each.get("id") or each.get("name") for each in listed if isinstance(each, Mapping)]
    return tuple(sorted({name for name in names if isinstance(name, str)}))


def _probe(preset: Preset) -> LocalServer | None:
    parts = urlsplit(preset.base_url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=PROBE_SECONDS)
    try:
        connection.request("GET", f"{parts.path}/models")
        response = connection.getresponse()
        body = json.loads(response.read(LONGEST_LIST)) if response.status == http.HTTPStatus.OK else None
    except (OSError, ValueError, http.client.HTTPException):
        return None
    finally:
        connection.close()
    speaks = isinstance(body, Mapping) and isinstance(body.get("data"), list)
    return LocalServer(preset.name, preset.base_url, read_models(body)) if speaks else None
