"""Keeps a test and every Python process that it starts off the network, the loopback excepted.

An audit hook sees sockets below asyncio, tornado and httpx alike and cannot be taken off again. The blocked call fails
as it would on a machine without a network, so code meets what a person offline meets. The root conftest imports this
for the test process and puts its folder on PYTHONPATH for kernels, servers and command lines.
"""

from __future__ import annotations

import errno
import ipaddress
import socket
import sys

LOCAL_NAMES = {"", "localhost", "localhost.localdomain", "ip6-localhost", "<broadcast>", socket.gethostname()}
WATCHED = {"socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname"}


def _is_local(host: object) -> bool:
    """Whether a host is this machine: None and unknown kinds of addresses (unix sockets) are."""
    if isinstance(host, (bytes, bytearray)):
        host = bytes(host).decode("utf-8", "replace")
    if not isinstance(host, str) or host.lower() in LOCAL_NAMES:
        return True
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host.endswith(".localhost")
    return address.is_loopback or address.is_unspecified


def block(event: str, arguments: tuple[object, ...]) -> None:
    """The audit hook: raises OSError (network unreachable) for a way out of this machine."""
    if event not in WATCHED:
        return
    address = arguments[0] if event.startswith("socket.get") else arguments[1]
    host = address[0] if isinstance(address, tuple) and address else address
    if event.startswith(("socket.connect", "socket.send")) and not isinstance(address, tuple):
        return
    if not _is_local(host):
        raise OSError(errno.ENETUNREACH, f"the tests' network is blocked: {event} to {host}")


sys.addaudithook(block)
