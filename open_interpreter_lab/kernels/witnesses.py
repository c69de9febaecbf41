"""The witnesses of a server: one for each kernel that anybody has asked about."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from typing import Any

from jupyter_core.utils import ensure_async

from .errors import KernelLost
from .witness import Witness


class Witnesses:
    """`kernels` and `sessions` are the server's managers."""

    def __init__(self, kernels: Any, sessions: Any) -> None:
        self._kernels = kernels
        self._sessions = sessions
        self._opening: dict[str, asyncio.Task[Witness]] = {}
        self._closing: set[asyncio.Task[None]] = set()

    async def of(self, kernel: str) -> Witness:
        """The witness of this kernel, opened; the same one each time. Raises KernelLost."""
        task = self._opening.get(kernel)
        if task is None:
            task = self._opening[kernel] = asyncio.create_task(self._open(kernel))
            task.add_done_callback(lambda done: self._opened(kernel, done))
        witness = await asyncio.shield(task)
        if not witness.alive and kernel not in self._kernels:
            self._drop(kernel, witness)
            raise KernelLost.gone()
        return witness

    async def kernel_of(self, path: str) -> str:
        """The id of the kernel of the notebook at this path, empty where none runs."""
        sessions = await ensure_async(self._sessions.list_sessions())
        here = [each for each in sessions if each.get("path") == path and each.get("kernel")]
        here.sort(key=lambda each: each.get("type") != "notebook")
        return str(here[0]["kernel"]["id"]) if here else ""

    async def close(self) -> None:
        """Close them all."""
        tasks = list(self._opening.values())
        self._opening.clear()
        for each in tasks:
            if not each.done():
                each.cancel()
        for opened in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(opened, Witness):
                await opened.close()
        await asyncio.gather(*self._closing, return_exceptions=True)

    async def _open(self, kernel: str) -> Witness:
        witness = Witness(self._kernels, kernel)
        async with AsyncExitStack() as closing:
            closing.push_async_callback(witness.close)
            await witness.open()
            closing.pop_all()
        witness.listen(lambda: self._heard(kernel, witness))
        return witness

    def _heard(self, kernel: str, witness: Witness) -> None:
        if not witness.alive and kernel not in self._kernels:
            self._drop(kernel, witness)

    def _drop(self, kernel: str, witness: Witness) -> None:
        """Forget the witness of a kernel that was shut down."""
        if self._opening.pop(kernel, None) is not None:
            task = asyncio.create_task(witness.close())
            self._closing.add(task)
            task.add_done_callback(self._closing.discard)

    def _opened(self, kernel: str, task: asyncio.Task[Witness]) -> None:
        """Where that has failed, for whatever reason, whoever asks next tries it anew."""
        if (task.cancelled() or task.exception() is not None) and self._opening.get(kernel) is task:
            del self._opening[kernel]
