"""One real request to a model under settings that are not saved yet, and what came of it in words."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any, Literal

from open_interpreter import prompts
from open_interpreter.core.conversation import Conversation, Message, Request, Task
from open_interpreter.core.errors import (
    BadReply,
    KeyMissing,
    Limited,
    OpenInterpreterError,
    ProviderError,
    SettingsError,
    Unreachable,
)
from open_interpreter.core.protocols import Provider
from open_interpreter.core.settings import Settings
from open_interpreter.core.snapshot import Snapshot
from open_interpreter.providers import open_provider
from open_interpreter.providers.deadline import Deadline
from open_interpreter.providers.discovery import list_models
from open_interpreter.providers.presets import presets

SECONDS = 20.0
"""The longest that a trial takes."""
LIST_SECONDS = 5.0
REPLY_TOKENS = 32
LONGEST = 200
"""Characters of the reply that are told."""
NEAREST = 5

Kind = Literal["ok", "settings", "key", "model", "host", "limited", "reply", "slow", "refused", "stopped"]
"""What came of it; all but ok are troubles. host: nothing answers there. reply: it answers, but not as a chat model
does. refused: it did not take the request. stopped: the person did not want to wait."""
KINDS: tuple[tuple[type[OpenInterpreterError], Kind], ...] = (
    (KeyMissing, "key"),
    (Unreachable, "host"),
    (Limited, "limited"),
    (BadReply, "reply"),
    (SettingsError, "settings"),
)


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of one request. `seconds` is the time until the first piece of the reply."""

    kind: Kind
    message: str = ""
    model: str = ""
    host: str = ""
    seconds: float = 0.0
    reply: str = ""
    near: tuple[str, ...] = ()
    """Models that the server has, the most alike first, where it does not have the one that was asked for."""


async def try_out(settings: Settings) -> Trial:
    """Ask the model of these settings for one word; takes `SECONDS` at most and raises nothing of ours."""
    quick = replace(
        settings,
        max_tokens=REPLY_TOKENS,
        first_byte_timeout=SECONDS + 1,
        idle_timeout=SECONDS + 1,
        total_timeout=SECONDS + 1,
    )
    model, host = settings.model, ""
    try:
        provider = open_provider(quick)
        model, host = provider.profile.name, provider.profile.host
        with Deadline(SECONDS):
            seconds, reply = await _ask(provider)
    except TimeoutError:
        return Trial("slow", _slow(model, host), model, host)
    except OpenInterpreterError as error:
        return await _explain(error, quick, model, host)
    return Trial("ok", "", model, host, seconds, reply)


async def _ask(provider: Provider) -> tuple[float, str]:
    """Seconds until the first piece, and the beginning of the reply."""
    text = prompts.render("trial")
    request = Request((Message("user", text),), Conversation(Task(text)), Snapshot())
    began, first, reply, thought = time.perf_counter(), 0.0, "", ""
    stream: Any = provider.stream(request)
    async with aclosing(stream) as pieces:
        async for piece in pieces:
            first = first or time.perf_counter() - began
            reply, thought = reply + piece.text, thought + piece.thought
            if len(reply) + len(thought) >= LONGEST:
                break
    if not (reply or thought).strip():
        raise BadReply("It answered with nothing: choose another model.")
    return first, " ".join((reply or thought).split())[:LONGEST]


async def _explain(error: OpenInterpreterError, settings: Settings, model: str, host: str) -> Trial:
    """The trouble in words. A server that did not take the request is asked whether it has that model at all."""
    kind: Kind = next((kind for given, kind in KINDS if isinstance(error, given)), "refused")
    known = await _known(settings) if type(error) is ProviderError else ()
    if not known:
        return Trial(kind, str(error), model, host)
    prefix, _, rest = model.partition(":")
    asked = rest if prefix in presets() else model
    if asked in known:
        return Trial("reply", f"{host} has this model, but did not take the request. {error}", model, host)
    near = nearest(asked, known)
    return Trial("model", f"{host} has no model {asked}; it has {', '.join(near)}.", model, host, near=near)


async def _known(settings: Settings) -> tuple[str, ...]:
    try:
        with Deadline(LIST_SECONDS):
            return await list_models(settings)
    except (OpenInterpreterError, TimeoutError):
        return ()


def nearest(asked: str, known: Sequence[str]) -> tuple[str, ...]:
    """The models most like the one asked for, else the first ones."""
    return tuple(get_close_matches(asked, known, NEAREST, 0.4) or known[:NEAREST])


def _slow(model: str, host: str) -> str:
    where = f" at {host}" if host else ""
    return (
        f"{model}{where} did not answer within {SECONDS:g} s: it may still be loading. "
        "Test again in a while, or choose a smaller model."
    )
