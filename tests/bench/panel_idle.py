"""What twenty idle conversations cost the server's memory."""

from __future__ import annotations

import asyncio
import json
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
from open_interpreter.core.wire import to_wire
from tornado.websocket import WebSocketClientConnection, websocket_connect

from open_interpreter_lab.words import OpenChat
from tests.bench.pages import keep_chats, served
from tests.bench.rows import Row, judged

CHATS, TASKS = 20, 10
LIMIT_MB = 50
WHAT = f"the server's memory for {CHATS} idle conversations of {2 * TASKS} messages that a page follows"


async def _follow(address: str, chats: tuple[str, ...]) -> WebSocketClientConnection:
    line = await websocket_connect(address)
    for chat in chats:
        await line.write_message(json.dumps(to_wire(OpenChat(chat))))
    opened = 0
    while opened < len(chats):
        opened += json.loads(await line.read_message() or "{}").get("type") == "Opened"
    return line


def measure() -> Iterator[Row]:
    """Megabytes of resident memory, over those of the server to which a page without a chat is connected."""

    async def both(address: str, process: psutil.Process, chats: tuple[str, ...]) -> tuple[int, int]:
        first = await _follow(address, ())
        before = process.memory_info().rss
        second = await _follow(address, chats)
        await asyncio.sleep(1)
        after = process.memory_info().rss
        first.close()
        second.close()
        return before, after

    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        chats = keep_chats(home / "open-interpreter", "idle.ipynb", CHATS, TASKS)
        with served(home) as server:
            time.sleep(1)
            address = f"{server.url.replace('http', 'ws', 1)}open-interpreter/api/live"
            before, after = asyncio.run(both(address, psutil.Process(server.pid), chats))
    grown = (after - before) / 1e6
    yield judged(WHAT, grown, f"{grown:+.1f} MB (on {before / 1e6:.0f} MB)", aim=f"under {LIMIT_MB} MB", below=LIMIT_MB)
