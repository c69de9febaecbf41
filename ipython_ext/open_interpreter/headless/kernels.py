"""Kernels of our own: how they are started, and what is said when they cannot be."""

from __future__ import annotations

import zmq
from jupyter_client.manager import KernelManager


def guard(manager: KernelManager) -> KernelManager:
    """Encrypt what goes to and from the kernel where both sides can; else it is the loopback and a key, as ever."""
    if "transport_encryption" in manager.trait_names() and zmq.has("curve"):
        manager.set_trait("transport_encryption", "auto")
    return manager
