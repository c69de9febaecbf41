"""A real kernel of this environment for a measurement, spoken to as a front end does."""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager

LIMIT = 30.0
"""Seconds that one execution may take."""


@dataclass(frozen=True)
class Kernel:
    """A kernel that has answered."""

    client: BlockingKernelClient

    def run(self, code: str) -> str:
        """The text that the code printed. Raises RuntimeError where it raised."""
        printed: list[str] = []

        def hear(message: dict[str, Any]) -> None:
            if message["msg_type"] == "stream":
                printed.append(message["content"]["text"])

        reply = self.client.execute_interactive(code, output_hook=hear, timeout=LIMIT, allow_stdin=False)["content"]
        if reply["status"] != "ok":
            raise RuntimeError("\n".join(reply.get("traceback", [])) or reply["status"])
        return "".join(printed)

    def seconds(self, code: str) -> float:
        """The wall time from the request to the kernel's idle."""
        began = time.perf_counter()
        self.run(code)
        return time.perf_counter() - began


def scripted(base_url: str) -> dict[str, str]:
    """The environment of a kernel that asks a scripted server, with the opening question answered."""
    return {
        "OPEN_INTERPRETER_BASE_URL": base_url,
        "OPEN_INTERPRETER_MODEL": "scripted",
        "OPEN_INTERPRETER_MODE": "auto",
    }


@contextlib.contextmanager
def fresh_kernel(**environment: str) -> Iterator[Kernel]:
    """Start a kernel in an empty folder with these additions to the environment; stop it at the end."""
    with tempfile.TemporaryDirectory() as folder:
        manager = KernelManager(kernel_name="python3")
        manager.start_kernel(cwd=folder, env={**os.environ, **environment})
        client = manager.blocking_client()
        client.start_channels()
        try:
            client.wait_for_ready(timeout=LIMIT)
            yield Kernel(client)
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)
            manager.cleanup_resources()
