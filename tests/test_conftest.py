"""The ground that the other tests stand on holds: offline, and out of the person's own folders."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

OUTSIDE = "192.0.2.1"  # TEST-NET-1: an address that is nobody's


def test_a_socket_reaches_no_other_machine():
    with socket.socket() as client, pytest.raises(OSError, match="network is blocked"):
        client.connect((OUTSIDE, 80))


def test_no_name_of_another_machine_is_looked_up():
    with pytest.raises(OSError, match="network is blocked"):
        socket.getaddrinfo("example.org", 443)


async def test_asyncio_reaches_no_other_machine():
    with pytest.raises(OSError, match="network is blocked"):
        await asyncio.open_connection(OUTSIDE, 80)


async def test_the_loopback_stays_open():
    async def greet(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"hello")
        writer.close()
        await writer.wait_closed()

    async with await asyncio.start_server(greet, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        reader, writer = await asyncio.open_connection("localhost", port, family=socket.AF_INET)
        assert await reader.read() == b"hello"
        writer.close()
        await writer.wait_closed()


def test_a_child_process_is_offline_too():
    code = f"import socket; socket.create_connection(('{OUTSIDE}', 80), 5)"
    child = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=False)
    assert "network is blocked" in child.stderr


@pytest.mark.parametrize("name", ["HOME", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR", "OPEN_INTERPRETER_HOME"])
def test_folders_are_the_sessions_own(name: str):
    assert "oi-tests-" in os.environ[name]
    assert Path(os.environ[name]).is_dir()


def test_no_key_of_the_person_is_left():
    assert not [name for name in os.environ if name.endswith("_API_KEY")]
