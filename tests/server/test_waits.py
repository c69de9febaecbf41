"""Stop is a cancellation, and nothing on its way may swallow it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from types import SimpleNamespace

import pytest
from open_interpreter.core.cells import Cell

import open_interpreter_lab
from open_interpreter_lab.host.aliases import Aliases
from open_interpreter_lab.host.host import ServerHost
from open_interpreter_lab.words import Done


def test_nobody_waits_with_what_swallows_a_cancellation():
    """Before Python 3.12 `wait_for` loses one that comes as its future is done: `Deadline` does not."""
    package = Path(open_interpreter_lab.__file__).parent
    files = list(package.rglob("*.py"))
    assert files
    assert [file.name for file in files if "wait_for(" in file.read_text("utf-8")] == []


async def test_no_cell_is_sent_once_the_person_has_stopped_the_task():
    async def rested():
        return SimpleNamespace()  # whoever asks it to expect a run fails

    async def settle(_cell):
        scene.stopped = True  # Stop came now, and its cancellation got lost
        return Done("")

    scene = SimpleNamespace(
        aliases=Aliases(),
        kernel=SimpleNamespace(rested=rested),
        pen=SimpleNamespace(settle=settle),
        stopped=False,
    )
    with pytest.raises(asyncio.CancelledError):
        await ServerHost(scene).execute(Cell("c1", "a = 1"))
