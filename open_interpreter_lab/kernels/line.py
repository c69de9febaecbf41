"""One client connection to a kernel, with a session and identity of its own: ask and be answered, and hear everything.

Whose messages mean what is not known here.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from queue import Empty
from typing import Any, Literal

import zmq
import zmq.asyncio
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.session import Session
from jupyter_core.utils import ensure_async

from .errors import KernelLost
from .heard import Heard, heard_from

BREATH = 32
"""Messages after which the loop's other tasks get their turn, however fast the kernel talks."""
PORTS = ("shell_port", "iopub_port", "control_port")

Channel = Literal["shell", "control"]
logger = logging.getLogger(__name__)


class Line:
    """`open` it before anything else. `heard` gets what the kernel publishes, in order."""

    def __init__(self, kernel: Any, heard: Callable[[Heard], None]) -> None:
        self._heard = heard
        self._waiting: dict[str, asyncio.Future[Heard]] = {}
        self._ports = ports_of(kernel)
        self._context = zmq.asyncio.Context()
        self._context.setsockopt(zmq.RCVHWM, 0)  # a cell that prints fast must not make us miss that it is over
        self._client = _client(kernel, self._context)
        self._readers: list[asyncio.Task[None]] = []

    async def open(self) -> None:
        """Connect. Raises what a gateway's client raises where it cannot; a kernel of this machine may come later."""
        channels = {"shell": True, "iopub": True, "stdin": False, "hb": False, "control": True}
        await ensure_async(self._client.start_channels(**channels))
        self._readers = [
            asyncio.create_task(self._read(self._client.get_iopub_msg, self._heard)),
            asyncio.create_task(self._read(self._client.get_shell_msg, self._answered)),
            asyncio.create_task(self._read(self._client.get_control_msg, self._answered)),
        ]

    @property
    def session(self) -> str:
        """The id of this client's session, which its own requests carry."""
        return str(self._client.session.session)

    def fits(self, kernel: Any) -> bool:
        """Whether the kernel is still where this line goes to."""
        return ports_of(kernel) == self._ports

    def say(self, kind: str, content: Mapping[str, Any], *, msg_id: str = "", channel: Channel = "shell") -> str:
        """Send a request; its id, which is `msg_id` where one is given."""
        message = self._client.session.msg(kind, dict(content))
        if msg_id:
            message["msg_id"] = message["header"]["msg_id"] = msg_id
        way = self._client.control_channel if channel == "control" else self._client.shell_channel
        way.send(message)
        _wake(way)
        return str(message["header"]["msg_id"])

    async def ask(
        self, kind: str, content: Mapping[str, Any], *, msg_id: str = "", channel: Channel = "shell"
    ) -> Heard:
        """Send a request and wait for the reply. Raises KernelLost when the line is cut meanwhile; has no time-out."""
        answer: asyncio.Future[Heard] = asyncio.get_running_loop().create_future()
        msg_id = self.say(kind, content, msg_id=msg_id, channel=channel)
        self._waiting[msg_id] = answer
        try:
            return await answer
        finally:
            self._waiting.pop(msg_id, None)

    def cut(self, error: KernelLost) -> None:
        """Nobody answers what was asked until now: the kernel that was asked is no more."""
        for answer in self._waiting.values():
            if not answer.done():
                answer.set_exception(KernelLost(str(error)))

    async def close(self) -> None:
        """Let go of the connection."""
        self.cut(KernelLost.gone())
        for each in self._readers:
            each.cancel()
        await asyncio.gather(*self._readers, return_exceptions=True)
        if self._readers:
            self._client.stop_channels()
        self._context.destroy(linger=0)

    def _answered(self, heard: Heard) -> None:
        answer = self._waiting.get(heard.parent)
        if answer is not None and not answer.done():
            answer.set_result(heard)

    async def _read(self, get: Callable[[], Awaitable[Mapping[str, Any]]], hear: Callable[[Heard], None]) -> None:
        count = 0
        while True:
            with suppress(_Unreadable):
                hear(heard_from(await _readable(get)))
            count += 1
            if count % BREATH == 0:
                await asyncio.sleep(0)


class _Unreadable(Exception):
    """A message that is not signed with the kernel's key, or no message at all."""


def _wake(channel: Any) -> None:
    """Let whoever waits for a message at this socket look again, after something was sent there.

    Jupyter's session sends past the asyncio socket. If a reply comes in at that moment, the send takes its signal away,
    and no later message gives another: the reader would wait for ever.
    """
    socket = getattr(channel, "socket", None)
    if isinstance(socket, zmq.asyncio.Socket):
        socket.get(zmq.EVENTS)


async def _readable(get: Callable[[], Awaitable[Mapping[str, Any]]]) -> Mapping[str, Any]:
    try:
        return await get()
    except Empty:
        raise _Unreadable from None
    except (ValueError, TypeError, KeyError, IndexError) as error:
        logger.warning("a message of a kernel could not be read: %s", error)
        raise _Unreadable from None


def ports_of(kernel: Any) -> tuple[int, ...]:
    """The ports at which this kernel listens now."""
    return tuple(int(getattr(kernel, name, 0)) for name in PORTS)


def _client(kernel: Any, context: zmq.asyncio.Context) -> Any:
    """A client with a session of its own; what `kernel.client()` makes shares the manager's, and thus its identity."""
    if not any(ports_of(kernel)):
        return kernel.client()  # a gateway's kernel has no ports here; its client speaks over a websocket
    session = Session(config=kernel.session.config, key=kernel.session.key)
    client = AsyncKernelClient(context=context, session=session)
    client.load_connection_info(kernel.get_connection_info())
    return client
