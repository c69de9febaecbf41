"""Ask a kernel who it is until it answers, without heaping requests on one that is busy for hours."""

from __future__ import annotations

import asyncio

from .heard import Heard
from .line import Channel, Line

FIRST_PAUSE = 0.4
LONGEST_PAUSE = 60.0
INTRODUCTION = "kernel_info_request"


async def greet(line: Line, channel: Channel) -> Heard:
    """The kernel's reply to one of our greetings. What a kernel gets while it starts may be lost, so we ask again.

    Raises KernelLost when the line is cut.
    """
    asked: set[asyncio.Task[Heard]] = set()
    pause = FIRST_PAUSE
    try:
        while True:
            asked.add(asyncio.create_task(line.ask(INTRODUCTION, {}, channel=channel)))
            done, asked = await asyncio.wait(asked, timeout=pause, return_when=asyncio.FIRST_COMPLETED)
            answers = [each.result() for each in done]
            if answers:
                return answers[0]
            pause = min(2 * pause, LONGEST_PAUSE)
    finally:
        for each in asked:
            each.cancel()
