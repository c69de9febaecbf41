"""Any server of the Chat Completions dialect; the only module that imports openai, and that on first use.

It asks with `create(stream=True)`, asks again only before the first piece, and translates the library's errors.
"""

from __future__ import annotations

import asyncio
import functools
import json
import ssl
import sys
from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from open_interpreter.core.conversation import Delta, Profile, Request
from open_interpreter.core.errors import BadReply
from open_interpreter.core.settings import Settings

from .deadline import Clock, Deadline
from .dialect import Dialect
from .endpoint import DUMMY_KEY, Endpoint
from .guard import Elsewhere, Guard
from .patience import Patience
from .pieces import PieceReader
from .refusal import Refusal, read_body, read_wait, to_error

if TYPE_CHECKING:
    from openai import AsyncOpenAI

CONNECT_SECONDS = 10.0
NO_CONNECTION = ("ConnectError", "ConnectTimeout", "ConnectionRefusedError", "gaierror", "ProxyError")
"""Names of the errors that say that no connection came about; the HTTP client's classes differ by release."""


class Reply(Protocol):
    """A stream of chunks, as the library gives it."""

    async def __anext__(self) -> object:
        """The next chunk."""
        ...

    async def close(self) -> None:
        """Let go of the connection."""
        ...


class WholeReply:
    """A reply that came in one piece although a stream was asked for, as a stream of one chunk."""

    def __init__(self, body: object) -> None:
        self._chunks = iter([body])

    async def __anext__(self) -> object:
        for chunk in self._chunks:
            return chunk
        raise StopAsyncIteration

    async def close(self) -> None:
        """There is nothing to let go of."""


@dataclass(frozen=True)
class Link:
    """A client and the loop that it lives on; `keeper` closes it when the loop ends or nobody needs it any more."""

    loop: asyncio.AbstractEventLoop
    client: AsyncOpenAI
    keeper: AsyncGenerator[None, None]


class OpenAIChat:
    """A provider over one endpoint. It may be used from several event loops, one after the other."""

    def __init__(self, endpoint: Endpoint, settings: Settings) -> None:
        self._endpoint = endpoint
        self._settings = settings
        self._dialect = Dialect(endpoint, settings.max_tokens)
        self._link: Link | None = None

    def __repr__(self) -> str:
        return f"OpenAIChat({self._endpoint.model!r}, {self._endpoint.base_url!r})"

    @property
    def profile(self) -> Profile:
        """What the loop must know of this model."""
        return self._endpoint.profile

    async def stream(self, request: Request) -> AsyncIterator[Delta]:
        """Answer a request piece by piece; leaving the iteration closes the connection."""
        link = await self._connect()  # held to the end: a client that nobody holds is closed
        clock, reader = Clock(self._settings), PieceReader(request)
        reply = await self._ask(link, request, clock)
        try:
            while (chunk := await self._next(reply, clock)) is not None:
                piece = reader.read(chunk)
                clock.finished = reader.finished
                if piece is not None:
                    yield piece
                if reader.endless:
                    raise BadReply(f"{self._endpoint.host} does not come to an end: choose another model.")
        finally:
            await reply.close()
        for piece in self._ending(reader, clock):
            yield piece

    async def models(self) -> object:
        """The JSON that the server answers at `/models`; asked once."""
        link, clock = await self._connect(), Clock(self._settings)
        try:
            with Deadline(clock.patience):
                return await link.client.get("/models", cast_to=object)
        except TimeoutError:
            refusal = Refusal("timeout", clock.complaint())
        except _foreign() as error:
            refusal = _refusal(error)
        raise to_error(refusal, self._endpoint)

    async def _ask(self, link: Link, request: Request, clock: Clock) -> Reply:
        patience = Patience()
        while True:
            clock.ask_again()
            answer = await self._try(link, request, clock)
            if not isinstance(answer, Refusal):
                return answer
            if self._dialect.learn(answer):
                continue
            wait = patience.wait_for(answer)
            if wait is None or wait > clock.left:
                raise to_error(answer, self._endpoint)
            await asyncio.sleep(wait)

    async def _try(self, link: Link, request: Request, clock: Clock) -> Reply | Refusal:
        create: Any = link.client.chat.completions.create
        try:
            with Deadline(clock.patience):
                return await _inspect(await create(**self._dialect.body(request)))
        except TimeoutError:
            return Refusal("timeout", clock.complaint())
        except _foreign() as error:
            return _refusal(error)

    async def _next(self, reply: Reply, clock: Clock) -> object | None:
        """The next chunk, None at the end. What breaks after the finish reason does no harm any more."""
        try:
            with Deadline(clock.patience):
                chunk = await reply.__anext__()
        except StopAsyncIteration:
            return None
        except TimeoutError:
            broken = Refusal("timeout", clock.complaint())
        except _foreign() as error:
            broken = _refusal(error)
        else:
            clock.begun = True
            return chunk
        if clock.finished:
            return None
        raise to_error(broken, self._endpoint, begun=clock.begun)

    def _ending(self, reader: PieceReader, clock: Clock) -> list[Delta]:
        if not clock.begun:
            raise to_error(Refusal("alien", "an empty stream"), self._endpoint)
        last = reader.end()
        if last[-1].finish == "stop" and not reader.spoke:
            raise BadReply(f"{self._endpoint.host} sent an empty reply: ask again, or choose another model.")
        return last

    async def _connect(self) -> Link:
        loop = asyncio.get_running_loop()
        if self._link is None or self._link.loop is not loop:
            client = await asyncio.to_thread(_open_client, self._endpoint)
            keeper = _keep(client)
            await keeper.__anext__()
            self._link = Link(loop, client, keeper)
        return self._link


@functools.lru_cache(maxsize=8)
def open_chat(endpoint: Endpoint, settings: Settings) -> OpenAIChat:
    """The provider of an endpoint; kept, so that what its server taught and its connections outlive a task."""
    return OpenAIChat(endpoint, settings)


async def _keep(client: AsyncOpenAI) -> AsyncGenerator[None, None]:
    """Closes the client when the loop ends or the garbage collector comes: both end every asynchronous generator."""
    try:
        yield
    finally:
        await client.close()


def _open_client(endpoint: Endpoint) -> AsyncOpenAI:
    import openai

    guard = Guard(endpoint)
    options: dict[str, Any] = {"event_hooks": {"request": [guard.before], "response": [guard.after]}}
    if endpoint.base_url.startswith("http:"):
        options["verify"] = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # never used, and trusts nobody: made in no time
    client = openai.AsyncOpenAI(
        api_key=endpoint.api_key or DUMMY_KEY,
        base_url=endpoint.base_url,
        max_retries=0,
        timeout=openai.Timeout(None, connect=CONNECT_SECONDS),
        http_client=openai.DefaultAsyncHttpxClient(trust_env=not endpoint.near, **options),
    )
    _ = client.chat.completions
    return client


def _foreign() -> tuple[type[Exception], ...]:
    """What the library lets out: its own errors, those of the HTTP client below it, and broken JSON."""
    import openai

    below = [sys.modules[name].HTTPError for name in ("httpx", "httpx2") if name in sys.modules]
    return (openai.OpenAIError, OSError, ValueError, *below)


async def _inspect(stream: Any) -> Reply | Refusal:
    """The stream itself, or what a server sent that does not stream."""
    kind = stream.response.headers.get("content-type", "")
    if not kind.startswith(("application/json", "text/html")):
        reply: Reply = stream
        return reply
    content = await stream.response.aread()
    if kind.startswith("text/html"):
        return Refusal("alien", kind)
    body = json.loads(content)
    if isinstance(body, dict) and "choices" in body:
        return WholeReply(body)
    return Refusal("stream", *read_body(body))


def _refusal(error: Exception) -> Refusal:
    import openai

    if isinstance(error, openai.APIStatusError):
        words, code = read_body(error.body)
        return Refusal("status", words, code, error.status_code, read_wait(error.response.headers))
    if isinstance(error, openai.APIError) and not isinstance(error, openai.APIConnectionError):
        words, code = read_body(error.body)
        return Refusal("stream", words or error.message, code)
    if isinstance(error, ValueError):
        return Refusal("stream", "this is not what a model sends")
    return _cut(error)


def _cut(error: Exception) -> Refusal:
    """A connection that did not come about, or that broke: told by the innermost error."""
    chain: list[BaseException] = [error]
    while (cause := chain[-1].__cause__ or chain[-1].__context__) is not None:
        chain.append(cause)
    words = next((str(each) for each in reversed(chain) if str(each)), "")
    if any(isinstance(each, Elsewhere) for each in chain):
        return Refusal("moved", words)
    failed = any(type(each).__name__ in NO_CONNECTION for each in chain)
    return Refusal("connect" if failed else "reset", words)
