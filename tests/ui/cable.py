"""A cable between a browser and a server that can be cut and mended: a TCP proxy on 127.0.0.1."""

from __future__ import annotations

import asyncio
import contextlib
import copy
import threading
from typing import final
from urllib.parse import urlsplit

from tests.ui.server import Server

AT_ONCE = 65_536


@final
class Cable:
    """`far` is the same server as it is reached through the cable. Only to be used as a context."""

    def __init__(self, server: Server) -> None:
        self._port = urlsplit(server.url).port
        self._is_whole = True
        self._writers: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._stopped = asyncio.Event()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(self._serve(),), name="cable")
        self.far = copy.copy(server)

    def cut(self) -> None:
        """End every connection, and take no other one."""
        self._loop.call_soon_threadsafe(self._cut)

    def mend(self) -> None:
        """Let connections through again."""
        self._is_whole = True

    def __enter__(self) -> Cable:
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stopped.set)
        self._thread.join()
        self._loop.close()

    async def _serve(self) -> None:
        listening = await asyncio.start_server(self._carry, "127.0.0.1", 0)
        self.far.url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/"
        self._ready.set()
        await self._stopped.wait()
        listening.close()
        self._cut()
        carrying = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.gather(*carrying, return_exceptions=True)

    def _cut(self) -> None:
        self._is_whole = False
        for writer in self._writers:
            writer.transport.abort()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        with contextlib.suppress(OSError):
            if self._is_whole:
                await self._join(reader, writer)
        self._writers.discard(writer)
        writer.transport.abort()

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._port)
        self._writers.add(far_writer)
        try:
            await asyncio.gather(_pour(reader, far_writer), _pour(far_reader, writer))
        finally:
            self._writers.discard(far_writer)
            far_writer.transport.abort()


async def _pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while piece := await reader.read(AT_ONCE):
        writer.write(piece)
        await writer.drain()
    raise ConnectionResetError
