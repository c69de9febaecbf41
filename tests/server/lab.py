"""A real Jupyter server with our part of it, as a process that a test can kill and start again in the same folders."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.kernels import bash_spec

TOKEN = "a-token-of-the-test"
PATIENCE = 60
OTHERS = ("jupyterlab", "notebook", "notebook_shim", "jupyter_lsp", "jupyter_server_terminals")
EXTENSIONS = {"open_interpreter_lab": True, **dict.fromkeys(OTHERS, False)}
"""No other extension: a server without JupyterLab's page starts in half the time."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Lab:
    """`root` is the folder that the server shows; `url` ends with a slash."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self.root, self.home, self._folder = folder / "notebooks", folder / "open-interpreter", folder
        self.root.mkdir(parents=True)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}/lab/"
        share = bash_spec(folder)
        self.environment = {
            **os.environ,
            "OPEN_INTERPRETER_HOME": str(self.home),
            "JUPYTER_PATH": str(share),
            **environment,
        }
        self.start()

    def start(self) -> None:
        """Start it, or start it again."""
        with (self._folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                self._command(), cwd=self.root, env=self.environment, stdout=log, stderr=subprocess.STDOUT
            )
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.process.poll() is None:
            if self._answers():
                return
            time.sleep(0.05)
        self.stop()
        raise RuntimeError(f"The server did not start:\n{self.log}")

    @property
    def log(self) -> str:
        return (self._folder / "server.log").read_text(encoding="utf-8")

    def api(self, method: str, path: str, content: Any = None) -> Any:
        """One call of Jupyter's REST API; its JSON, None where it has none."""
        request = urllib.request.Request(
            f"{self.url}api/{path}",
            data=None if content is None else json.dumps(content).encode(),
            method=method,
            headers={"Authorization": f"token {TOKEN}"},
        )
        with urllib.request.urlopen(request, timeout=PATIENCE) as reply:
            text = reply.read()
        return json.loads(text) if text else None

    def notebook(self, path: str, *cells: tuple[str, str]) -> None:
        """Write a notebook of code cells, given as (id, source)."""
        made = [
            {"cell_type": "code", "id": name, "source": source, "metadata": {}, "outputs": [], "execution_count": None}
            for name, source in cells
        ]
        content = {"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(json.dumps(content), encoding="utf-8")

    def cells(self, path: str) -> list[dict[str, Any]]:
        """The cells of a notebook's file."""
        cells: list[dict[str, Any]] = json.loads((self.root / path).read_text(encoding="utf-8"))["cells"]
        return cells

    def kernel(self, path: str, name: str = "python3") -> str:
        """Start a session for the notebook; its kernel's id."""
        told = {"path": path, "name": path, "type": "notebook", "kernel": {"name": name}}
        return str(self.api("POST", "sessions", told)["kernel"]["id"])

    def end_kernels(self) -> None:
        for session in self.api("GET", "sessions"):
            self.api("DELETE", f"sessions/{session['id']}")

    def kill(self) -> None:
        """As a machine that loses its power."""
        kernels = subprocess.run(
            ["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True, check=False
        ).stdout.split()
        self.process.kill()
        self.process.wait(10)
        for pid in kernels:
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(pid), signal.SIGKILL)

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(5)

    def _answers(self) -> bool:
        try:
            self.api("GET", "status")
        except OSError:
            return False
        return True

    def _command(self) -> list[str]:
        return [
            *(sys.executable, "-m", "jupyter_server", "--no-browser", "--allow-root"),
            *(f"--ServerApp.port={self.port}", "--ServerApp.port_retries=0", "--ServerApp.base_url=/lab/"),
            *(f"--ServerApp.root_dir={self.root}", f"--IdentityProvider.token={TOKEN}"),
            f"--ServerApp.jpserver_extensions={EXTENSIONS}",
        ]
