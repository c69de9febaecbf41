"""Which models can be chosen, and whether one answers: asked only on a person's word."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from jupyter_server.auth.decorator import authorized
from tornado import web

from .base import Handler

if TYPE_CHECKING:
    from open_interpreter.core.settings import Settings

    from .trial import Trial

LIST_SECONDS = 10.0
TRIALS = "open_interpreter_trials"
"""Under this name the trials that run stand among the web application's settings, by the id that their page gave."""


class PresetsHandler(Handler):
    """`models/presets`."""

    @web.authenticated
    @authorized
    async def get(self) -> None:
        """The servers that are known by name."""
        self.finish({"presets": await asyncio.to_thread(_presets)})


class LocalHandler(Handler):
    """`models/local`."""

    @web.authenticated
    @authorized
    async def get(self) -> None:
        """The servers of models that answer on this machine, and whether a GGUF file can be a model here."""
        self.finish(await asyncio.to_thread(_local))


class ListHandler(Handler):
    """`models/list`."""

    @web.authenticated
    @authorized
    async def post(self) -> None:
        """The models of the endpoint that the body names; its model may be empty."""
        from open_interpreter.providers.discovery import list_models

        settings = await asyncio.to_thread(_listed, self.services.traits, self.body())
        quick = replace(settings, first_byte_timeout=LIST_SECONDS, total_timeout=LIST_SECONDS)
        self.finish({"models": list(await list_models(quick))})


class TrialHandler(Handler):
    """`models/test`, which ends early when its page goes away."""

    _trial: asyncio.Task[Any] | None = None

    @web.authenticated
    @authorized
    async def post(self) -> None:
        """Make one real request with settings that are not saved. The answer is told, whatever came of it."""
        body = self.body()
        name = str(body.pop("id", ""))
        trials = self.settings.setdefault(TRIALS, {})
        self._trial = trial = trials[name] = asyncio.ensure_future(_try(self.services.traits, body))
        try:
            await asyncio.wait([trial])
        finally:
            if trials.get(name) is trial:
                del trials[name]
        self.finish(asdict(_stopped()) if trial.cancelled() else trial.result())

    def on_connection_close(self) -> None:
        """Nobody waits for the answer any more."""
        super().on_connection_close()
        if self._trial is not None:
            self._trial.cancel()


class OneTrialHandler(Handler):
    """`models/test/ID`."""

    @web.authenticated
    @authorized
    async def delete(self, name: str) -> None:
        """Stop that trial; one that is over is stopped already."""
        trial = self.settings.setdefault(TRIALS, {}).get(name)
        if trial is not None:
            trial.cancel()
        self.set_status(204)
        self.finish()


def _presets() -> list[dict[str, Any]]:
    from open_interpreter.providers.presets import presets

    return [
        {
            "name": each.name,
            "label": each.label,
            "local": each.local,
            "base_url": each.base_url,
            "address": each.address,
            "example": "" if each.any_model else each.example,
            "any_model": each.any_model,
            "vision": each.vision,
            "key": each.key,
            "key_set": bool(each.key and os.environ.get(each.key)),
            "start": each.start,
        }
        for each in presets().values()
    ]


def _local() -> dict[str, Any]:
    from importlib.util import find_spec

    from open_interpreter.providers.discovery import local_servers

    servers = [
        {"preset": each.preset, "base_url": each.base_url, "models": list(each.models)} for each in local_servers()
    ]
    return {"servers": servers, "gguf": find_spec("xllamacpp") is not None}


def _listed(traits: Mapping[str, object], body: Mapping[str, Any]) -> Settings:
    """Settings under which the endpoint can be asked for its list: where the body names no model, any one does."""
    from open_interpreter.providers.presets import presets

    from .sources import is_here, proposed, sourced, wishes

    changes = wishes(body)
    asked, used = changes.get("model") or "", sourced(traits).settings.model
    prefix, colon, rest = asked.partition(":")
    if colon and not rest and prefix in presets():
        changes["model"] = used if used.startswith(asked) else f"{asked}{presets()[prefix].example}"
    elif not asked:
        is_bare = not is_here(used) and used.partition(":")[0] not in presets()
        changes["model"] = used if is_bare else "any"
    return proposed(traits, changes).settings


async def _try(traits: Mapping[str, object], body: Mapping[str, Any]) -> dict[str, Any]:
    from open_interpreter.core.errors import SettingsError

    from .sources import proposed, wishes
    from .trial import Trial, try_out

    try:
        found = await asyncio.to_thread(lambda: proposed(traits, wishes(body)))
    except SettingsError as error:
        return asdict(Trial("settings", str(error)))
    return asdict(await try_out(found.settings))


def _stopped() -> Trial:
    from .trial import Trial

    return Trial("stopped")
