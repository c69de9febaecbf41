"""Tasks on one kernel, one after the other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass(eq=False)
class _Ticket:
    told: Callable[[int], None]
    called: asyncio.Event = field(default_factory=asyncio.Event)
    ahead: int = 0


class Queue:
    """First come, first served, for each kernel by its id."""

    def __init__(self) -> None:
        self._lines: dict[str, list[_Ticket]] = {}

    @asynccontextmanager
    async def turn(self, kernel: str, told: Callable[[int], None]) -> AsyncIterator[None]:
        """Wait for the turn, and have it inside; `told` hears how many are ahead whenever that changes."""
        line, ticket = self._lines.setdefault(kernel, []), _Ticket(told)
        line.append(ticket)
        try:
            self._call(line)
            await ticket.called.wait()
            yield
        finally:
            line.remove(ticket)
            self._call(line)
            if not line and self._lines.get(kernel) is line:
                del self._lines[kernel]

    def _call(self, line: list[_Ticket]) -> None:
        for ahead, ticket in enumerate(line):
            if ahead == 0:
                ticket.called.set()
            elif ahead != ticket.ahead:
                ticket.told(ahead)
            ticket.ahead = ahead
