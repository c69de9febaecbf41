"""Where the library's cells run: a kernel of their own, or the notebook that the library was called from."""

from __future__ import annotations

import sys
from collections.abc import Coroutine, Mapping
from typing import Any, Protocol

from ..core.cells import Outcome
from ..core.events import Event
from ..core.protocols import Host
from .driver import Calls, Driver


class Workplace(Host, Protocol):
    """A host for the library: it also takes the caller's data, hands out a value, and may show the work."""

    @property
    def traits(self) -> Mapping[str, object]:
        """The configuration under `c.OpenInterpreter` where the cells run, the admin's ceiling among it."""
        ...

    async def begin(self, data: Mapping[str, object]) -> None:
        """A task begins: bind values to names where the cells run."""
        ...

    async def value(self, last: Outcome | None) -> Any:
        """The result of the last cell, which this came of; None where there was none or it failed."""
        ...

    async def hear(self, event: Event) -> None:
        """Show one event, or not."""
        ...

    def ferried(self, calls: Calls) -> Workplace:
        """This place for a run on the driver's loop, whose caller waits and answers calls."""
        ...

    async def carried(self, driver: Driver, work: Coroutine[Any, Any, None]) -> None:
        """Do work with this place, for an asynchronous caller."""
        ...

    async def close(self) -> None:
        """Let go of everything."""
        ...


def open_workplace() -> Workplace:
    """The notebook that we are in, or a kernel of our own."""
    shell = notebook_shell()
    if shell is None:
        from .outside import Outside

        return Outside()
    from .inside import Inside

    return Inside(shell)


def notebook_shell() -> Any:
    """The shell of the ipykernel that this process is, or None."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    return shell if hasattr(shell, "kernel") else None
