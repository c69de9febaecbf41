"""Short words for the provider tests."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from open_interpreter.core.conversation import Conversation, Delta, Finish, Image, Message, Request, Task, Usage
from open_interpreter.core.protocols import Provider
from open_interpreter.core.settings import Settings
from open_interpreter.core.snapshot import Snapshot
from open_interpreter.providers import open_provider

from tests.model_server import ModelServer

PICTURE = Image("image/png", "aGk=")


def a_request(text: str = "What is 6 times 7?", *images: Image) -> Request:
    messages = (Message("system", "You write Python."), Message("user", text, images))
    return Request(messages, Conversation(Task(text)), Snapshot())


def provider_of(server: ModelServer, **settings: Any) -> Provider:
    given = {"model": "scripted", "base_url": server.base_url, **settings}
    return open_provider(Settings(**given), environ={})


@contextlib.asynccontextmanager
async def streaming(provider: Provider, request: Request | None = None) -> AsyncIterator[AsyncIterator[Delta]]:
    """The pieces of one reply; leaving the block lets go of the connection."""
    stream: Any = provider.stream(request or a_request())
    try:
        yield stream
    finally:
        await stream.aclose()


@dataclass(frozen=True)
class Heard:
    text: str
    thought: str
    finish: Finish | None
    usage: Usage | None
    pieces: int


async def hear(provider: Provider, request: Request | None = None) -> Heard:
    """The whole reply."""
    deltas = [each async for each in provider.stream(request or a_request())]
    return Heard(
        "".join(each.text for each in deltas),
        "".join(each.thought for each in deltas),
        deltas[-1].finish if deltas else None,
        deltas[-1].usage if deltas else None,
        sum(bool(each.text) for each in deltas),
    )
