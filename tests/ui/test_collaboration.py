"""JupyterLab with jupyter-collaboration: two people's pages share one document, and one of them runs a prompt."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from tests.model_server import ModelServer
from tests.ui.lab import PANEL, Lab, text_of
from tests.ui.server import Server
from tests.ui.test_magic import ADD, DONE, loading
from tests.ui.test_ownership import SIX, told

VARIABLE = "OPEN_INTERPRETER_COLLABORATION_PYTHON"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of the environment that has jupyter-collaboration."""
    python = os.environ.get(VARIABLE, "")
    if not python:
        pytest.skip(f"{VARIABLE} does not name an environment with jupyter-collaboration")
    assert Path(python).exists(), f"{VARIABLE} names {python}, which is not there"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    running = Server(tmp_path_factory.mktemp("collaboration"), port, python=python)
    yield running
    running.stop()


def page(browser: BrowserContext, server: Server) -> Lab:
    """One person's page."""
    opened = browser.new_page()
    opened.set_default_timeout(30_000)
    return Lab(opened, server)


def holds(lab: Lab, *lines: str) -> None:
    """Until the other one's changes have come."""
    lab.wait(
        f"""() => JSON.stringify({list(lines)!r}) === JSON.stringify(
              ({PANEL})().context.model.sharedModel.cells.slice(1).map(cell => cell.source.split('\\n').pop()))"""
    )


def test_two_pages_see_one_notebook_without_duplicates(
    shared: Server, browser: BrowserContext, model: ModelServer
) -> None:
    one, other = page(browser, shared), page(browser, shared)
    model.say(ADD, DONE)
    name = one.new(loading(model), "%%interpret\nadd two and three", "print('last', total)")
    other.open(name)
    one.run_all()
    holds(other, "add two and three", "total", DONE, "print('last', total)")
    other.wait_idle()
    assert [text_of(cell) for cell in other.cells()[2:]] == ["5", "", "last 5\n"]
    other.type_over(1, other.sources()[1].replace("add two and three", "make it six"))
    model.say(*SIX)
    other.run_all()
    holds(one, "make it six", "total = 6", "Six.", "print('last', total)")
    one.wait_idle()
    other.select_range(1, 3)
    other.command("notebook:copy-cell")
    other.command("notebook:paste-cell-below")
    copies = ["make it six", "total = 6", "Six."]
    holds(one, *copies, *copies, "print('last', total)")
    mark = f"({PANEL})().context.model.sharedModel.getCell(4).getMetadata('open_interpreter')"
    one.wait(f"() => {mark}?.task.length > 12")
    first, second = ({cell["metadata"]["open_interpreter"]["task"] for cell in one.cells()[a : a + 3]} for a in (1, 4))
    assert len(first) == len(second) == 1
    assert first != second
    one.run_all()
    assert len(model.requests) == 4
    assert told(one) == told(other)
    assert one.trouble == other.trouble == []
    for lab in (one, other):
        lab.page.close(run_before_unload=False)
