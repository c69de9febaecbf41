"""The library outside a notebook: a kernel of its own, on the driver's loop alone."""

from __future__ import annotations

from collections.abc import Coroutine, Mapping
from typing import Any

from ..core.events import Event
from ..headless.host import OwnKernel
from .driver import Calls, Driver


class Outside(OwnKernel):
    """A kernel of its own; nothing is shown."""

    @property
    def traits(self) -> Mapping[str, object]:
        """None: nobody has configured a kernel of our own."""
        return {}

    async def begin(self, data: Mapping[str, object]) -> None:
        """Send the data there."""
        await self.give(data)

    async def hear(self, event: Event) -> None:
        """Show nothing: the caller has the events and the result."""

    def ferried(self, calls: Calls) -> Outside:  # noqa: ARG002  (nothing here needs the waiting thread)
        """The same: it lives on the driver's loop."""
        return self

    async def carried(self, driver: Driver, work: Coroutine[Any, Any, None]) -> None:
        """On the driver's loop, where the kernel's sockets are."""
        await driver.carry(work)
