"""The server goes, comes back, or has no part of ours: the panel says so and keeps what was typed."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.model_server import ModelServer
from tests.server.telling import code
from tests.ui.lab import SECOND, Lab
from tests.ui.panel import Panel
from tests.ui.server import Server
from tests.ui.test_panel_connection import STEPS, begin, without_dialogs


@contextmanager
def served(kind: type[Server], home: Path) -> Iterator[Server]:
    """A server of the test's own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    running = kind(home, port)
    yield running
    running.stop()


@pytest.fixture
def mortal(tmp_path: Path) -> Iterator[Server]:
    """A server that a test may stop."""
    with served(Server, tmp_path / "mortal") as running:
        yield running


@pytest.mark.parametrize(("end", "words"), [(Server.stop, "The server was stopped."), (Server.kill, "it may have run")])
def test_the_server_goes_and_comes_back(
    mortal: Server, browser: BrowserContext, model: ModelServer, end: Callable[[Server], None], words: str
) -> None:
    lab = Lab(browser.new_page(), mortal)
    lab.page.set_default_timeout(30 * SECOND)
    panel = Panel(lab)
    without_dialogs(lab)
    mortal.configure(model="scripted", base_url=model.base_url, mode="auto")
    model.say(STEPS, code("late = 1"), "After.")
    begin(lab, panel)
    panel.say("count")
    expect(lab.cell(1)).to_contain_text("step 3")
    end(mortal)
    expect(panel.node).to_contain_text("Connection lost")
    panel.write("what I was writing")
    lab.shot(f"panel-server-{end.__name__}")
    mortal.start()
    expect(panel.ending).to_contain_text(words)
    lab.shot(f"panel-server-back-{end.__name__}")
    expect(panel.field).to_have_value("what I was writing")
    assert len(model.requests) == 1
    panel.field.press("Enter")
    expect(panel.ending).to_contain_text(re.compile("kernel.*ask again"))
    expect(panel.rows).to_contain_text("late = 1")
    lab.shot(f"panel-server-no-kernel-{end.__name__}")
    lab.page.close(run_before_unload=False)


class WithoutUs(Server):
    """A server on which our part is not turned on."""

    def _command(self, port: int) -> list[str]:
        return [*super()._command(port), "--ServerApp.jpserver_extensions={'open_interpreter_lab': False}"]


def test_a_server_without_our_part_is_told_how_to_turn_it_on(tmp_path: Path, browser: BrowserContext) -> None:
    with served(WithoutUs, tmp_path / "bare") as bare:
        lab = Lab(browser.new_page(), bare)
        lab.page.set_default_timeout(30 * SECOND)
        panel = Panel(lab)
        lab.new("x = 1")
        panel.open()
        expect(panel.node).to_contain_text("The server does not answer here")
        expect(panel.node).to_contain_text("jupyter server extension enable open_interpreter_lab")
        panel.say("is anybody there?")
        expect(panel.line).to_contain_text("What you wrote stays here.")
        expect(panel.field).to_have_value("is anybody there?")
        lab.shot("panel-refused-connection")
        lab.page.close(run_before_unload=False)
