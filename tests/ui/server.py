"""One Jupyter server with this checkout's labextension, in folders of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
BUILT = ROOT / "open_interpreter_lab" / "labextension"
PATIENCE = 60

QUIET = {
    "@jupyterlab/apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/docmanager-extension/plugin": {"autosave": False},
}


class Server:
    """A running server: `root` is the folder that it shows, `share` is on its JUPYTER_PATH, `url` ends with a slash."""

    def __init__(self, home: Path, port: int, *, python: str = sys.executable) -> None:
        if not (BUILT / "package.json").is_file():
            raise RuntimeError("The labextension is not built: run `jlpm install && jlpm build:prod` first.")
        self.root, self.url = home / "notebooks", f"http://127.0.0.1:{port}/"
        self._log, self._python = home / "server.log", python
        self.root.mkdir(parents=True)
        self.share = home / "share"
        (self.share / "labextensions").mkdir(parents=True)
        (self.share / "labextensions" / "open-interpreter-lab").symlink_to(BUILT)
        self._settings = home / "settings"
        for name, settings in QUIET.items():
            self._set(name, settings)
        self.is_plain = True
        """Whether a page that is opened now finds no settings of a test's own."""
        self._home, self._port = home, port
        self._environment = {
            **os.environ,
            "JUPYTER_PATH": str(self.share),
            "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
            "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
            "OPEN_INTERPRETER_HOME": str(home / "open-interpreter"),
        }
        self.start()

    def start(self) -> None:
        """Start it, again where it was stopped, at the same address."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command(self._port), cwd=self._home, env=self._environment, stdout=log, stderr=subprocess.STDOUT
            )
        self._wait()

    @property
    def pid(self) -> int:
        """The server's process."""
        return self._process.pid

    @contextmanager
    def setting(self, name: str, **settings: Any) -> Iterator[None]:
        """While this is open a page that is opened finds these settings of the plugin."""
        self._set(name, settings)
        self.is_plain = False
        yield
        self._set(name, QUIET.get(name, {}))
        self.is_plain = True

    def configure(self, **settings: str | None) -> None:
        """Save model settings as the model dialog does; None takes one out."""
        self.call("PUT", "open-interpreter/api/settings", settings)

    def _set(self, name: str, settings: Mapping[str, Any]) -> None:
        file = self._settings / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(settings), encoding="utf-8")

    def _command(self, port: int) -> list[str]:
        return [
            self._python,
            "-m",
            "jupyterlab",
            "--no-browser",
            "--allow-root",
            "--expose-app-in-browser",
            "--JupyterNotebookApp.expose_app_in_browser=True",
            f"--ServerApp.port={port}",
            "--ServerApp.port_retries=0",
            f"--ServerApp.root_dir={self.root}",
            "--IdentityProvider.token=",
            "--ServerApp.disable_check_xsrf=True",
            "--LabApp.news_url=",
            "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        ]

    def _wait(self) -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if self._process.poll() is not None:
                break
            try:
                self.api("GET", "status")
            except OSError:
                time.sleep(0.2)
            else:
                return
        self.stop()
        raise RuntimeError(f"The server did not start:\n{self._log.read_text(encoding='utf-8')}")

    def api(self, method: str, path: str, **content: Any) -> Any:
        """One call of the server's REST API; returns its JSON, None where it has none."""
        return self.call(method, f"api/{path}", content)

    def call(self, method: str, path: str, content: Mapping[str, Any]) -> Any:
        """One call of any REST API of the server."""
        body = json.dumps(content).encode() if content else None
        request = urllib.request.Request(f"{self.url}{path}", data=body, method=method)
        with urllib.request.urlopen(request, timeout=PATIENCE) as reply:
            text = reply.read()
        return json.loads(text) if text else None

    def end_kernels(self) -> None:
        """Kernels outlive their pages and would keep an earlier test's names."""
        for session in self.api("GET", "sessions"):
            self.api("DELETE", f"sessions/{session['id']}")

    def kill(self) -> None:
        """End the server as the system does when memory is short; its kernels notice by themselves."""
        self._process.kill()
        self._process.wait(5)

    def stop(self) -> None:
        """End the server and its kernels."""
        self._process.terminate()
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(5)
