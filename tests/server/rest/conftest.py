"""A real Jupyter server with our part of it, in a process of its own, and a caller that speaks HTTP with it."""

from __future__ import annotations

import contextlib
import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

TOKEN = "a-token-of-the-test"
PATIENCE = 60


@dataclass(frozen=True)
class Reply:
    status: int
    text: str
    headers: Mapping[str, str]

    @property
    def json(self) -> Any:
        return json.loads(self.text)

    @property
    def words(self) -> str:
        """The message of a trouble."""
        return str(self.json["message"])


class JupyterServer:
    """One server; `home` is its OPEN_INTERPRETER_HOME."""

    def __init__(self, folder: Path, *arguments: str, **environment: str) -> None:
        self.home = folder / "open-interpreter"
        self.home.mkdir(parents=True)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}/base/"
        self._log = folder / "server.log"
        root = folder / "notebooks"
        root.mkdir()
        command = [
            *(sys.executable, "-m", "jupyter_server", "--no-browser", "--allow-root", "--debug"),
            *(f"--ServerApp.port={port}", "--ServerApp.port_retries=0", "--ServerApp.base_url=/base/"),
            *(f"--ServerApp.root_dir={root}", f"--IdentityProvider.token={TOKEN}"),
            "--ServerApp.jpserver_extensions=open_interpreter_lab=True",
            *arguments,
        ]
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                command,
                cwd=folder,
                env={**os.environ, "OPEN_INTERPRETER_HOME": str(self.home), **environment},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self._wait()

    @property
    def log(self) -> str:
        return self._log.read_text("utf-8", "replace")

    @property
    def file(self) -> Path:
        return self.home / "settings.toml"

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Reply:
        """One call below our API, with the token unless headers are given in its place."""
        return self.fetch(method, f"open-interpreter/api/{path}", body, **headers)

    def fetch(self, method: str, path: str, body: Any = None, **headers: str) -> Reply:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(
            self.url + path,
            data=None if body is None else json.dumps(body).encode(),
            method=method,
            headers=named or {"Authorization": f"token {TOKEN}"},
        )
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as reply:
                return Reply(reply.status, reply.read().decode(), dict(reply.headers))
        except urllib.error.HTTPError as error:
            with error:
                return Reply(error.code, error.read().decode(), dict(error.headers))

    def log_in(self) -> tuple[str, str]:
        """The cookies of a browser that has logged in by the token, and its XSRF token."""
        request = urllib.request.Request(f"{self.url}api/status?token={TOKEN}")
        with urllib.request.urlopen(request, timeout=PATIENCE) as reply:
            cookies = [each.split(";")[0] for each in reply.headers.get_all("Set-Cookie", [])]
        request = urllib.request.Request(f"{self.url}login", headers={"Cookie": "; ".join(cookies)})
        with urllib.request.urlopen(request, timeout=PATIENCE) as reply:
            cookies += [each.split(";")[0] for each in reply.headers.get_all("Set-Cookie", [])]
        text = "; ".join(cookies)
        found = re.search(r"_xsrf=([^;]+)", text)
        assert found, f"no XSRF cookie among {len(cookies)} cookies"
        return text, found.group(1)

    def stop(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(5)

    def _wait(self) -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self._process.poll() is None:
            with contextlib.suppress(OSError):
                if self.fetch("GET", "api/status").status == 200:
                    return
            time.sleep(0.1)
        self.stop()
        raise RuntimeError(f"The server did not start:\n{self.log}")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[JupyterServer]:
    """One server for a whole module."""
    server = JupyterServer(tmp_path_factory.mktemp("server"))
    yield server
    server.stop()


@pytest.fixture
def server(running: JupyterServer) -> Iterator[JupyterServer]:
    """That server with no settings saved."""
    running.file.unlink(missing_ok=True)
    yield running
    running.file.unlink(missing_ok=True)
