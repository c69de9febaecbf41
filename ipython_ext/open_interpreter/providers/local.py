"""A GGUF file as a model: `local:/path/x.gguf`. llama.cpp's server runs over it in a child process of its own.

The child is started by the first request, is kept for the next ones, and ends with this process, however that ends.
"""

from __future__ import annotations

import asyncio
import functools
import importlib.util
import json
import secrets
import subprocess
import sys
import tempfile
import threading
import weakref
from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path
from typing import IO

from open_interpreter.core.conversation import Delta, Profile, Request
from open_interpreter.core.errors import SettingsError, Unreachable
from open_interpreter.core.settings import Settings

from .endpoint import Endpoint
from .openai_chat import OpenAIChat
from .presets import presets, sees

PROGRAM = Path(__file__).with_name("llama_server.py")
MAGIC = b"GGUF"
START_SECONDS = 600.0
"""A large file on a slow disk takes minutes."""
END_SECONDS = 5.0


def open_file(settings: Settings) -> LocalFile:
    """The provider over `local:PATH`. Raises SettingsError where the file or the extra is missing; starts nothing."""
    path = Path(settings.model.removeprefix("local:")).expanduser()
    if not path.is_file():
        raise SettingsError(f"There is no file {path}: give the path of a GGUF file, as in local:/models/qwen3.gguf.")
    with path.open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            raise SettingsError(f"{path} is no GGUF file: convert it with llama.cpp, or choose another one.")
    if importlib.util.find_spec("xllamacpp") is None:
        raise SettingsError(
            "Files need llama.cpp: run `pip install 'open-interpreter-lab[local]'`, "
            "or start llama.cpp's own server (llama-server -m FILE.gguf) and choose the model llama.cpp:."
        )
    return LocalFile(_child(path.resolve()), settings)


class LocalFile:
    """A provider over one file."""

    def __init__(self, child: LlamaChild, settings: Settings) -> None:
        self._child = child
        self._settings = settings
        self._chat: OpenAIChat | None = None
        self._address = ""

    @property
    def profile(self) -> Profile:
        """What the loop must know of this model."""
        path = self._child.path
        return Profile(
            name=f"local:{path}", host="http://127.0.0.1", vision=sees(path.stem), context=self._child.context
        )

    async def stream(self, request: Request) -> AsyncIterator[Delta]:
        """Answer a request piece by piece, from a child that is started where none runs."""
        address = await asyncio.to_thread(self._child.address)
        if self._chat is None or address != self._address:
            preset = presets()["llama.cpp"]
            endpoint = Endpoint(self._child.path.stem, f"{address}/v1", preset, self._child.key)
            self._chat, self._address = OpenAIChat(endpoint, self._settings), address
        async with aclosing(self._chat.stream(request)) as pieces:  # type: ignore[type-var]
            async for piece in pieces:
                yield piece


class LlamaChild:
    """The child process over one file; `address` starts it, and starts it again where it has died."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.key = secrets.token_hex(16)
        self.context = presets()["llama.cpp"].context
        self._address = ""
        self._process: subprocess.Popen[str] | None = None
        self._lock = threading.Lock()

    def address(self) -> str:
        """`http://127.0.0.1:port`. Waits until the file is loaded; raises Unreachable where that fails."""
        with self._lock:
            if self._process is None or self._process.poll() is not None:
                self._address = self._start()
            return self._address

    def _start(self) -> str:
        with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as complaints:
            self._process = process = _popen(complaints)
            weakref.finalize(self, _end, process)
            wish = {"path": str(self.path), "context": self.context, "key": self.key}
            address = _talk(process, json.dumps(wish))
            if address:
                return address
            _end(process)
            complaints.seek(0)
            words = [line.strip() for line in complaints if line.strip()][-1:]
        told = f" ({words[0][:200]})" if words else ""
        raise Unreachable(f"llama.cpp cannot load {self.path}{told}: choose another file, or make memory free.")


@functools.lru_cache(maxsize=1)
def _child(path: Path) -> LlamaChild:
    """One file at a time is kept loaded; the one before it ends with its last provider."""
    return LlamaChild(path)


def _popen(complaints: IO[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603  (our own program, no argument of the user's)
        [sys.executable, str(PROGRAM)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=complaints,
        text=True,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,  # an interrupt is meant for the kernel's cell, not for the model
    )


def _talk(process: subprocess.Popen[str], wish: str) -> str:
    """The address that the child gives, empty where it died or took too long."""
    assert process.stdin is not None  # noqa: S101  (both are pipes)
    assert process.stdout is not None  # noqa: S101
    late = threading.Timer(START_SECONDS, process.kill)
    late.daemon = True
    late.start()
    try:
        process.stdin.write(wish + "\n")
        process.stdin.flush()
        for line in process.stdout:
            if line.startswith('{"address"'):
                return str(json.loads(line)["address"])
    except OSError:
        pass
    finally:
        late.cancel()
    return ""


def _end(process: subprocess.Popen[str]) -> None:
    """Close the child's input, which ends it, and take it off the list of processes."""
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            try:
                pipe.close()
            except OSError:
                continue
    try:
        process.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
