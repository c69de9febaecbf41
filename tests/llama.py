"""A real llama.cpp server for tests, started as somebody would start it by hand: without a key.

    with serving("I compute.\n\n```python\nprint(6 * 7)\n```\n") as base_url:
        Settings(model="llama.cpp:scripted", base_url=base_url)

A folder whose tests want the fixtures imports them in its conftest. Without `xllamacpp` (no wheel for this platform)
such a test is skipped.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

PROGRAM = """
import os, sys, xllamacpp
params = xllamacpp.CommonParams()
params.model.path, params.port, params.n_ctx, params.n_parallel = sys.argv[1], 0, 8192, 1
server = xllamacpp.Server(params)
print("ADDRESS", server.listening_address, flush=True)
sys.stdin.read()
os._exit(0)
"""


def scripted(path: Path, text: str) -> Path:
    """A GGUF file that says this text."""
    pytest.importorskip("xllamacpp", reason="llama.cpp has no wheel here")
    pytest.importorskip("gguf")
    from tests.gguf_script import write_script

    return write_script(path, text)


@contextlib.contextmanager
def serving(text: str) -> Iterator[str]:
    """The base_url of a server that says this text to whatever it is asked."""
    with tempfile.TemporaryDirectory() as folder:
        path = scripted(Path(folder) / "scripted.gguf", text)
        child = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        try:
            yield f"{_address(child)}/v1"
        finally:
            child.communicate(timeout=20)


@pytest.fixture
def scripted_file(tmp_path: Path) -> Callable[[str], Path]:
    """Writes a GGUF file that says the given text, and gives its path."""
    return lambda text: scripted(tmp_path / f"scripted-{len(list(tmp_path.iterdir()))}.gguf", text)


@pytest.fixture
def llama_server() -> Iterator[Callable[[str], str]]:
    """Starts a server that says the given text, and gives its base_url."""
    with contextlib.ExitStack() as stack:
        yield lambda text: stack.enter_context(serving(text))


def _address(child: subprocess.Popen[str]) -> str:
    assert child.stdout is not None
    for line in child.stdout:
        if line.startswith("ADDRESS "):
            return line.split()[1]
    raise AssertionError(f"llama.cpp ended with {child.wait()}")
