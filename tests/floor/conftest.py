"""The environment with the oldest versions, and a kernel of it."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.manager import KernelManager

VARIABLE = "OPEN_INTERPRETER_FLOOR_PYTHON"
LIMIT = 60
Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def floor_python() -> str:
    """The interpreter of that environment."""
    python = os.environ.get(VARIABLE, "")
    if not python:
        pytest.skip(f"{VARIABLE} does not name the environment with the oldest versions (`make test` makes it)")
    assert Path(python).exists(), f"{VARIABLE} names {python}, which is not there"
    return python


@pytest.fixture
def floor_script(floor_python: str) -> str:
    """The command line of that environment."""
    return str(Path(floor_python).with_name("open-interpreter"))


@pytest.fixture
def floor_command(floor_python: str, tmp_path: Path) -> Command:
    """Runs that environment's Python in a folder of the test's own."""

    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            (floor_python, *arguments),
            cwd=tmp_path,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            timeout=LIMIT,
            check=False,
        )

    return run


class FloorKernel:
    """A kernel with the oldest versions, spoken to as a front end that is not ours."""

    def __init__(self, manager: KernelManager) -> None:
        self.manager = manager
        self.client = manager.blocking_client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=LIMIT)

    def run(self, code: str) -> tuple[str, dict[str, Any]]:
        """What was printed or shown as text, and the reply."""
        texts: list[str] = []

        def hear(message: dict[str, Any]) -> None:
            content = message["content"]
            if message["msg_type"] == "stream":
                texts.append(content["text"])
            elif message["msg_type"] in ("display_data", "execute_result", "update_display_data"):
                texts.append(content["data"].get("text/plain", ""))

        reply = self.client.execute_interactive(code, output_hook=hear, timeout=LIMIT, allow_stdin=False)
        return "".join(texts), reply["content"]


@pytest.fixture
def floor_kernel(
    floor_python: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[FloorKernel]:
    """A fresh kernel of that environment; `indirect` parameters are additions to its environment."""
    spec = tmp_path / "jupyter" / "kernels" / "floor"
    spec.mkdir(parents=True)
    argv = [floor_python, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    (spec / "kernel.json").write_text(json.dumps({"argv": argv, "display_name": "floor", "language": "python"}))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    manager = KernelManager(kernel_name="floor")
    manager.start_kernel(cwd=str(tmp_path), env={**os.environ, **getattr(request, "param", {})})
    kernel = FloorKernel(manager)
    yield kernel
    kernel.client.stop_channels()
    manager.shutdown_kernel(now=True)
    manager.cleanup_resources()
