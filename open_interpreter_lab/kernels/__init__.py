"""Kernels as the server hears them: a witness for each, on a connection of its own, and the runs that it follows.

Whoever sends a request (a page, another program, the server), the kernel tells everybody what comes of it. This room
listens; it never decides what runs.
"""

from __future__ import annotations

from .errors import KernelLost
from .look import Look
from .run import Run
from .witness import Witness
from .witnesses import Witnesses

__all__ = ["KernelLost", "Look", "Run", "Witness", "Witnesses"]
