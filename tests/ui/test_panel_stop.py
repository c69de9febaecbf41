"""Stop ends a task within a second in each phase, and nothing of it runs afterwards."""

from __future__ import annotations

import time

from playwright.sync_api import expect

from tests.model_server import Fault, ModelServer
from tests.server.telling import code
from tests.ui.gate import Gate
from tests.ui.lab import Lab
from tests.ui.panel import Panel

SOON = 2
"""Seconds: one for Stop, one for a busy machine and the browser's own way."""


def stopped(panel: Panel) -> float:
    """Press Stop while something is being written, and wait for the end of the task; the seconds that it took."""
    panel.write("what I was writing")
    began = time.monotonic()
    panel.stop()
    expect(panel.ending).to_have_text("You stopped it.")
    took = time.monotonic() - began
    expect(panel.field).to_have_value("what I was writing")
    return took


def test_while_the_model_is_thinking(lab: Lab, panel: Panel, asked: ModelServer) -> None:
    never = Gate(code("never = True"))
    asked.say(never)
    lab.new("x = 1")
    panel.open()
    panel.say("think")
    lab.until(never.reached.is_set)
    assert stopped(panel) < SOON
    never.open()
    assert lab.sources() == ["x = 1"]


def test_while_code_streams(lab: Lab, panel: Panel, asked: ModelServer) -> None:
    asked.say(Fault(text=code("a = 1", "b = 2", "c = 3", "d = 4"), stall="middle"))
    lab.new("x = 1")
    panel.open()
    panel.say("stream")
    lab.until(lambda: len(lab.cells()) == 2)
    assert stopped(panel) < SOON
    assert asked.left.wait(10), "the model's stream was not closed"
    lab.until(lambda: lab.sources() == ["x = 1"])
    lab.shot("panel-stopped")
    assert len(asked.requests) == 1


def test_while_a_cell_runs(lab: Lab, panel: Panel, asked: ModelServer) -> None:
    sleeping = code("import time", "print('begun', flush=True)", "time.sleep(60)", "late = True")
    asked.say(sleeping + code("after = True"), "never said")
    lab.new("print('late' in dir(), 'after' in dir())")
    panel.open()
    panel.say("sleep")
    expect(lab.cell(1)).to_contain_text("begun", timeout=60_000)
    expect(panel.rows.first).to_contain_text("Running:")
    lab.shot("panel-running")
    assert stopped(panel) < SOON
    lab.wait_idle(5)
    expect(panel.rows.first).to_contain_text("Stopped:")
    assert "late = True" in lab.sources()[1]
    assert not any("after = True" in source for source in lab.sources())
    assert len(asked.requests) == 1
    lab.run(0)
    expect(lab.cell(0)).to_contain_text("False False")


def test_while_a_question_waits(lab: Lab, panel: Panel, stranger: ModelServer) -> None:
    stranger.say(code("ran = True"), "never said")
    lab.new("print('ran' in dir())")
    panel.open()
    panel.say("ask me")
    expect(panel.question).to_be_visible(timeout=60_000)
    assert stopped(panel) < SOON
    expect(panel.question).to_have_count(0)
    lab.run(0)
    expect(lab.cell(0)).to_contain_text("False")
    assert len(stranger.requests) == 1


def test_while_the_person_s_own_cell_keeps_the_kernel_busy(lab: Lab, panel: Panel, asked: ModelServer) -> None:
    asked.say(code("ran = True"), "never said")
    lab.new("import time\nprint('mine', flush=True)\ntime.sleep(6)\nprint('whole')")
    panel.open()
    lab.start(0)
    expect(lab.cell(0)).to_contain_text("mine", timeout=60_000)
    panel.say("do something")
    expect(panel.last).to_contain_text("Waiting for the kernel, which is busy")
    lab.shot("panel-queued")
    assert stopped(panel) < SOON
    expect(lab.cell(0)).to_contain_text("whole", timeout=20_000)
    assert lab.sources()[1:] == []
