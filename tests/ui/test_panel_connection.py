"""A run belongs to the server: pages and lines come and go, and nothing of it is lost or doubled."""

from __future__ import annotations

import nbformat
from playwright.sync_api import expect

from tests.model_server import ModelServer
from tests.server.telling import code
from tests.ui.cable import Cable
from tests.ui.gate import Gate
from tests.ui.lab import PANEL, SECOND, Lab, text_of
from tests.ui.panel import Panel
from tests.ui.server import Server

ONCE, TWICE = "runs.append('once')", "runs.append('twice')\nruns"
STEPS = code(
    "import time", "for step in range(30):", "    print('step', step, flush=True)", "    time.sleep(0.1)", ONCE
)
LONG = code(*(f"value_{number} = {number}" for number in range(80)), ONCE)


def begin(lab: Lab, panel: Panel) -> str:
    """A notebook that counts what runs, with the panel open."""
    name = lab.new("runs = []", "runs")
    lab.run(0)
    lab.save()
    panel.open()
    return name


def without_dialogs(lab: Lab) -> None:
    """JupyterLab tells in a dialog that its server is gone, over and over: close it whenever it is in the way."""
    dialog = lab.page.locator(".jp-Dialog", has_text="Server Connection Error")
    lab.page.add_locator_handler(dialog, lambda shown: shown.get_by_role("button", name="Close").click())


def counted(lab: Lab) -> str:
    """What has run, as the kernel tells in the notebook's last cell."""
    lab.wait_idle()
    last = len(lab.cells()) - 1
    lab.run(last)
    return text_of(lab.cells()[last])


def steps(lab: Lab, index: int) -> list[str]:
    """The steps that a cell shows."""
    return text_of(lab.cells()[index]).split()[1::2]


def test_another_notebook_comes_to_the_front_and_the_cells_go_on_into_the_first(
    lab: Lab, panel: Panel, asked: ModelServer
) -> None:
    second = Gate(code("b = 2"))
    asked.say(code("a = 1"), second, "Both.")
    first, other = lab.new("x = 1"), lab.write(["y = 1"])
    panel.open()
    panel.say("two cells")
    lab.until(second.reached.is_set)
    panel.write("half a word")
    lab.command("docmanager:open", path=other)
    expect(panel.tasks).to_have_count(0)
    expect(panel.field).to_have_value("")
    lab.wait_idle()
    second.open()
    lab.until(lambda: len(asked.requests) == 3)
    assert lab.sources() == ["y = 1"]
    lab.command("docmanager:open", path=first)
    panel.ended(1)
    expect(panel.last).to_contain_text("Both.")
    expect(panel.field).to_have_value("half a word")
    assert lab.sources() == ["x = 1", "a = 1", "b = 2"]


def test_the_page_is_loaded_again_while_the_model_thinks(lab: Lab, panel: Panel, asked: ModelServer) -> None:
    second = Gate("Now.\n" + code(*TWICE.split("\n")))
    asked.say("First.\n" + code(ONCE), second, "Done.")
    name = begin(lab, panel)
    panel.say("twice")
    lab.until(second.reached.is_set)
    lab.load_again(name)
    panel.open()
    expect(panel.rows.first).to_contain_text(ONCE)
    second.open()
    panel.ended(1)
    expect(panel.last).to_contain_text("First.")
    expect(panel.last).to_contain_text("Done.")
    assert lab.sources() == ["runs = []", ONCE, TWICE, "runs"]
    assert text_of(lab.cells()[2]) == "['once', 'twice']"
    assert counted(lab) == "['once', 'twice']"


def test_the_page_is_loaded_again_while_a_cell_runs(lab: Lab, panel: Panel, asked: ModelServer) -> None:
    asked.say(STEPS, "Done.")
    name = begin(lab, panel)
    panel.say("count")
    expect(lab.cell(1)).to_contain_text("step 3")
    lab.load_again(name)
    panel.open()
    panel.ended(1)
    expect(panel.rows).to_contain_text("Ran:")
    lab.until(lambda: len(lab.cells()) == 3)
    assert steps(lab, 1) == [str(number) for number in range(30)]
    assert lab.cells()[1]["execution_count"] == 2
    assert counted(lab) == "['once']"
    assert len(asked.requests) == 2


def test_the_page_is_loaded_again_while_code_streams(lab: Lab, panel: Panel, asked: ModelServer) -> None:
    asked.delay = 0.1
    asked.say(LONG, "Done.")
    name = begin(lab, panel)
    panel.say("count")
    lab.until(lambda: len(lab.cells()) == 3 and "value_5 = 5" in lab.sources()[1])
    lab.load_again(name)
    panel.open()
    panel.ended(1, 90)
    lab.until(lambda: len(lab.cells()) == 3)
    assert lab.sources()[1].split("\n")[-2:] == ["value_79 = 79", ONCE]
    assert counted(lab) == "['once']"


def test_a_second_page_shows_the_same_and_takes_over_when_the_first_one_goes(
    lab: Lab, panel: Panel, asked: ModelServer
) -> None:
    second = Gate(code(*TWICE.split("\n")))
    asked.say("First.\n" + code(ONCE), second, "Done.")
    name = begin(lab, panel)
    other = Lab(lab.page.context.new_page(), lab.server)
    other.page.set_default_timeout(30 * SECOND)
    other.open(name)
    beside = Panel(other)
    beside.open()
    panel.say("twice")
    lab.until(second.reached.is_set)
    for each in (panel, beside):
        expect(each.tasks).to_have_count(1)
        expect(each.last).to_contain_text("First.")
        expect(each.rows).to_contain_text("Ran:")
    assert lab.sources() == ["runs = []", ONCE, "runs"]
    assert other.sources() == ["runs = []", "runs"]
    lab.page.goto("about:blank")
    other.until(lambda: len(other.cells()) == 3)
    second.open()
    beside.ended(1)
    assert other.sources() == ["runs = []", ONCE, TWICE, "runs"]
    assert text_of(other.cells()[2]) == "['once', 'twice']"
    assert counted(other) == "['once', 'twice']"
    assert other.trouble == []
    other.page.close(run_before_unload=False)


def test_the_notebook_is_closed_while_a_cell_runs_and_the_server_writes_its_file(
    lab: Lab, panel: Panel, asked: ModelServer
) -> None:
    asked.say(STEPS, code(*TWICE.split("\n")), "Done.")
    name = begin(lab, panel)
    panel.say("count")
    expect(lab.cell(1)).to_contain_text("step 3")
    lab.page.evaluate(f"() => ({PANEL})().dispose()")
    expect(panel.node).to_contain_text("No notebook is open")
    file = lab.server.root / name
    lab.until(lambda: "['once', 'twice']" in file.read_text(encoding="utf-8"), 60)
    lab.until(lambda: len(asked.requests) == 3)
    nbformat.validate(nbformat.read(file, as_version=4))
    lab.begin("docmanager:open", path=name)
    lab.wait(f"() => ({PANEL})()?.context.isReady")
    panel.ended(1)
    expect(panel.last).to_contain_text("Done.")
    assert [line for source in lab.sources() for line in source.split("\n")][-2:] == ["runs", "runs"]
    assert len(lab.cells()) == 4
    assert steps(lab, 1) == [str(number) for number in range(30)]
    assert counted(lab) == "['once', 'twice']"


def test_a_line_that_breaks_in_the_middle_is_taken_up_again(
    lab: Lab, panel: Panel, asked: ModelServer, server: Server
) -> None:
    asked.delay = 0.05
    second = Gate(code(*TWICE.split("\n")))
    asked.say(LONG, second, "Done.")
    with Cable(server) as cable:
        lab.server = cable.far
        without_dialogs(lab)
        begin(lab, panel)
        panel.say("count")
        lab.until(lambda: len(lab.cells()) == 3 and "value_5 = 5" in lab.sources()[1])
        cable.cut()
        expect(panel.node).to_contain_text("Connection lost. A running task goes on in the server.")
        lab.until(second.reached.is_set)
        panel.write("add a pair, too")
        lab.shot("panel-lost")
        panel.button("Steer the task that runs").click()
        expect(panel.node).to_contain_text("Not connected: this is sent once the server is there")
        lab.shot("panel-lost-steered")
        cable.mend()
        expect(panel.node).not_to_contain_text("Connection lost")
        expect(panel.last.locator(".jp-OpenInterpreter-steer")).to_have_text("add a pair, too")
        second.open()
        panel.ended(1)
        assert len(lab.cells()) == 4
        assert lab.sources()[1].split("\n")[-2:] == ["value_79 = 79", ONCE]
        assert lab.sources()[2] == TWICE
        lab.wait_idle()
        assert counted(lab) == "['once', 'twice']"
        assert "add a pair, too" in str(asked.requests[2].body["messages"])
        lab.save()
    lab.server = server


def test_a_line_that_breaks_while_a_cell_runs(lab: Lab, panel: Panel, asked: ModelServer, server: Server) -> None:
    asked.say(STEPS, code("runs.append('twice')", "runs"), "Done.")
    with Cable(server) as cable:
        lab.server = cable.far
        without_dialogs(lab)
        begin(lab, panel)
        panel.say("count")
        expect(lab.cell(1)).to_contain_text("step 3")
        cable.cut()
        expect(panel.node).to_contain_text("Connection lost")
        lab.until(lambda: len(asked.requests) == 3)
        cable.mend()
        panel.ended(1)
        lab.wait_idle()
        lab.until(lambda: len(lab.cells()) == 4)
        assert steps(lab, 1) == [str(number) for number in range(30)]
        assert text_of(lab.cells()[2]) == "['once', 'twice']"
        assert counted(lab) == "['once', 'twice']"
        lab.save()
    lab.server = server
