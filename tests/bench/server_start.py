"""What we add to the start of JupyterLab: from the process's start to the first page that lists the extensions."""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from tests.bench.labextension_size import BUILT
from tests.bench.rows import Row, alternate, judged

REPEATS = 5
LIMIT = 20.0
"""Seconds that a server may take to answer."""
NAME = "open-interpreter-lab"
WHAT = "JupyterLab's start with the extension, over without"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _page(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return str(answer.read().decode())
    except (urllib.error.URLError, OSError):
        return ""


def start(extensions: Path) -> float:
    """Seconds until a fresh JupyterLab, with the labextensions of that folder alone, answers."""
    port = _free_port()
    command = [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}"),
        *("--ServerApp.port_retries=0", "--IdentityProvider.token=", f"--LabApp.labextensions_path={extensions}"),
        f"--ServerApp.root_dir={extensions.parent}",
    ]
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            while not (page := _page(f"http://127.0.0.1:{port}/lab")):
                if process.poll() is not None or time.perf_counter() - began > LIMIT:
                    raise RuntimeError("JupyterLab did not start")
                time.sleep(0.005)
            took = time.perf_counter() - began
        finally:
            process.kill()
    if (NAME in page) != (extensions / NAME).exists():
        raise RuntimeError("JupyterLab's page does not list the extensions of its folder")
    return took


def measure() -> Iterator[Row]:
    """The difference of the two medians."""
    if not (BUILT / "package.json").is_file():
        yield Row(WHAT, "not built", "under 0.2 s")
        return
    with tempfile.TemporaryDirectory() as folder:
        without, ours = Path(folder, "without"), Path(folder, "with")
        without.mkdir()
        ours.mkdir()
        (ours / NAME).symlink_to(BUILT)
        bare, loaded = alternate(REPEATS, lambda: start(without), lambda: start(ours))
    yield judged(
        WHAT,
        loaded - bare,
        f"{loaded - bare:+.2f} s (on {bare:.2f} s)",
        aim="under 0.2 s",
        below=0.2,
        peers="0.9 to 5.2 s",
    )
