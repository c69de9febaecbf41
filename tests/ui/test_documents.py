"""JupyterLab with jupyter-server-documents, which executes on the server: nobody can insert cells for a running one."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from tests.model_server import ModelServer
from tests.ui.lab import Lab, text_of
from tests.ui.server import Server
from tests.ui.test_magic import ADD, DONE, loading

VARIABLE = "OPEN_INTERPRETER_DOCUMENTS_PYTHON"


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of the environment that has jupyter-server-documents."""
    python = os.environ.get(VARIABLE, "")
    if not python:
        pytest.skip(f"{VARIABLE} does not name an environment with jupyter-server-documents (`make test` makes it)")
    assert Path(python).exists(), f"{VARIABLE} names {python}, which is not there"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    running = Server(tmp_path_factory.mktemp("documents"), port, python=python)
    yield running
    running.stop()


def test_the_work_is_shown_in_the_prompts_own_output_with_a_line_that_says_why(
    documents: Server, browser: BrowserContext
) -> None:
    page = browser.new_page()
    page.set_default_timeout(30_000)
    lab = Lab(page, documents)
    with ModelServer([ADD, DONE]) as model:
        lab.new(loading(model), "%%interpret\nadd two and three", "print('last', total)")
        lab.begin("notebook:run-all-cells")
        lab.wait("() => document.body.innerText.includes('last 5')", 60)
        lab.shot("documents")
        cells = lab.cells()
    page.close(run_before_unload=False)
    assert len(cells) == 3
    shown = text_of(cells[1])
    assert "No front end of Open Interpreter Lab" in shown
    assert shown.count("total = 2 + 3") == 1
    assert len(model.requests) == 2
