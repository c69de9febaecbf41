"""What the server extension adds to the start of a Jupyter server: from the process's start to its first answer."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator

from tests.bench.rows import Row, alternate, judged

REPEATS = 5
LIMIT = 20.0
"""Seconds that a server may take to answer."""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=1):
            return True
    except (urllib.error.URLError, OSError):
        return False


def start(*, enabled: bool) -> float:
    """Seconds until a fresh server, with no other extension, answers; it is stopped then."""
    port = _free_port()
    extensions = json.dumps(
        {"open_interpreter_lab": enabled, "jupyterlab": False, "notebook": False, "jupyter_lsp": False}
    )
    command = [
        *(sys.executable, "-m", "jupyter_server", "--no-browser", "--allow-root", f"--port={port}"),
        *("--ServerApp.port_retries=0", "--IdentityProvider.token=", f"--ServerApp.jpserver_extensions={extensions}"),
    ]
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            while not _answers(f"http://127.0.0.1:{port}/api"):
                if process.poll() is not None or time.perf_counter() - began > LIMIT:
                    raise RuntimeError("the Jupyter server did not start")
                time.sleep(0.005)
            return time.perf_counter() - began
        finally:
            process.terminate()


def measure() -> Iterator[Row]:
    """The difference of the two medians."""
    bare, ours = alternate(REPEATS, lambda: start(enabled=False), lambda: start(enabled=True))
    yield judged(
        "Jupyter server's start with the extension, over without",
        ours - bare,
        f"{ours - bare:+.2f} s (on {bare:.2f} s)",
        aim="under 0.2 s",
        below=0.2,
        peers="0.9 to 5.2 s",
    )
