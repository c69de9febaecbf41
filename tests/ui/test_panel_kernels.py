"""Kernels that die, are restarted, are busy, or speak another language: the person and the model are told."""

from __future__ import annotations

import os
import signal
import subprocess

from playwright.sync_api import expect

from tests.kernels import bash_spec
from tests.model_server import ModelServer
from tests.server.telling import code
from tests.ui.gate import Gate
from tests.ui.lab import Lab, text_of
from tests.ui.panel import Panel
from tests.ui.server import Server

STEPS = code("import time", "for n in range(300):", "    print('step', n, flush=True)", "    time.sleep(0.1)")


def kill_kernel(server: Server) -> None:
    """End the process of the one kernel that runs, as the system does when memory is short."""
    (kernel,) = server.api("GET", "kernels")
    listed = subprocess.run(["ps", "-ewwo", "pid,args"], capture_output=True, text=True, check=True).stdout
    (process,) = [line.split()[0] for line in listed.splitlines() if f"kernel-{kernel['id']}" in line]
    os.kill(int(process), signal.SIGKILL)


def told(model: ModelServer, request: int) -> str:
    """The last message of one request."""
    return str(model.requests[request].body["messages"][-1]["content"])


def shell(*lines: str) -> str:
    """A reply's block of shell code."""
    return "```bash\n" + "\n".join(lines) + "\n```\n"


def bash(lab: Lab, *cells: str) -> None:
    """Open a notebook for bash."""
    bash_spec(lab.server.share)
    lab.open(lab.write(cells, kernel="bash"))


def test_a_kernel_that_is_killed_while_a_cell_runs(lab: Lab, panel: Panel, asked: ModelServer) -> None:
    asked.say(STEPS, "The kernel died: run the first cell again.")
    lab.new("birds = 12", "unrelated = 1")
    lab.run(0)
    panel.open()
    panel.say("count")
    expect(lab.cell(1)).to_contain_text("step 3")
    kill_kernel(lab.server)
    lost = panel.last.locator(".jp-OpenInterpreter-lost")
    expect(lost).to_contain_text("The kernel was restarted. These variables are gone: birds")
    expect(lost.get_by_role("listitem")).to_have_text(["Run[1]birds = 12"])
    lab.shot("panel-kernel-killed")
    panel.ended(1)
    assert "birds" in told(asked, 1)
    assert "died or was restarted" in told(asked, 1)
    expect(panel.last).to_contain_text("run the first cell again")
    lab.page.get_by_role("button", name="Ok", exact=True).click()
    lost.get_by_role("button", name="Run").click()
    lab.wait_idle()
    asked.say(code("birds + 1"), "Thirteen.")
    panel.ask("go on")
    assert text_of(lab.cells()[2]) == "13"
    lab.shot("panel-kernel-after")


def test_a_kernel_that_the_person_restarts_between_two_tasks(lab: Lab, panel: Panel, asked: ModelServer) -> None:
    asked.say(code("flock = 3"), "Three.", code("flock = 4", "flock"), "Four.")
    lab.new("birds = 12")
    lab.run(0)
    panel.open()
    panel.ask("a flock")
    lab.page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()")
    lab.wait_idle()
    panel.ask("another one")
    lost = panel.last.locator(".jp-OpenInterpreter-lost")
    expect(lost).to_contain_text("The kernel was restarted.")
    expect(lost).to_contain_text("birds")
    expect(lost).to_contain_text("flock")
    expect(lost.get_by_role("listitem")).to_have_count(2)
    lab.shot("panel-kernel-restarted")
    assert "restarted" in told(asked, 2)
    assert text_of(lab.cells()[2]) == "4"


def test_the_person_s_own_long_cell_is_waited_for(lab: Lab, panel: Panel, asked: ModelServer) -> None:
    asked.say(code("mine + 1"), "Eight.")
    lab.new("import time\nprint('begun', flush=True)\ntime.sleep(4)\nmine = 7", "")
    panel.open()
    lab.start(0)
    expect(lab.cell(0)).to_contain_text("begun")
    lab.select(1)
    panel.say("one more")
    expect(panel.last).to_contain_text("Waiting for the kernel, which is busy")
    assert asked.requests == []
    panel.ended(1)
    assert text_of(lab.cells()[1]) == "8"
    assert lab.cells()[0]["execution_count"] == 1


def test_two_chats_run_on_two_kernels_at_the_same_time(lab: Lab, panel: Panel, asked: ModelServer) -> None:
    first, second = Gate(code("a = 'first'", "a")), Gate(code("a = 'second'", "a"))
    asked.say(first, second)
    one, two = lab.new("x = 1"), lab.write(["y = 1"])
    panel.open()
    panel.say("the first")
    lab.until(first.reached.is_set)
    lab.command("docmanager:open", path=two)
    lab.wait_idle()
    panel.say("the second")
    lab.until(second.reached.is_set)
    asked.say("Done.", "Done.")
    second.open()
    panel.ended(1)
    assert text_of(lab.cells()[-1]) == "'second'"
    first.open()
    lab.command("docmanager:open", path=one)
    panel.ended(1)
    expect(panel.last).to_contain_text("the first")
    assert text_of(lab.cells()[-1]) == "'first'"


def test_a_shell_gets_cells_outputs_errors_and_corrections(lab: Lab, panel: Panel, asked: ModelServer) -> None:
    bash_spec(lab.server.share)
    asked.say(shell("cat missing.txt"), shell("echo from the shell"), "Done.")
    bash(lab, "echo begin")
    lab.run(0)
    panel.open()
    panel.say("say something")
    expect(panel.question).to_be_visible()
    lab.shot("panel-bash-question")
    panel.answer("Run the rest of this task")
    panel.ended(1)
    assert lab.sources()[-1] == "echo from the shell"
    assert text_of(lab.cells()[-1]) == "from the shell\n"
    assert "missing.txt" in told(asked, 1)
    expect(panel.rows.first).to_contain_text("attempt 2")
    lab.shot("panel-bash")


def test_the_built_in_model_says_that_it_knows_no_shell(lab: Lab, panel: Panel) -> None:
    bash(lab, "echo begin")
    panel.open()
    panel.ask("mean body mass by species")
    expect(panel.rows).to_have_count(0)
    expect(panel.last).to_contain_text("Python")
    lab.shot("panel-bash-builtin")
    assert lab.sources() == ["echo begin"]
