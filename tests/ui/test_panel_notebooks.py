"""What a person does to the notebook meanwhile: it is renamed, deleted, not to be written; its cells are changed."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.model_server import ModelServer
from tests.server.telling import code
from tests.ui.gate import Gate
from tests.ui.lab import PANEL, Lab, text_of
from tests.ui.panel import Panel


def told(model: ModelServer, request: int) -> str:
    """The last message of one request."""
    return str(model.requests[request].body["messages"][-1]["content"])


def test_a_notebook_that_is_renamed_keeps_its_chat_and_its_task(lab: Lab, panel: Panel, asked: ModelServer) -> None:
    second = Gate(code("b = 2", "b"))
    asked.say(code("a = 1"), second, "Both.", "Still here.")
    name = lab.new("x = 1")
    panel.open()
    panel.say("two cells")
    lab.until(second.reached.is_set)
    panel.write("half a word")
    renamed = f"renamed-{name}"
    lab.page.evaluate(f"to => ({PANEL})().context.rename(to)", renamed)
    expect(panel.node.locator(".jp-OpenInterpreter-header")).to_contain_text(renamed)
    expect(panel.field).to_have_value("half a word")
    second.open()
    panel.ended(1)
    assert lab.sources() == ["x = 1", "a = 1", "b = 2\nb"]
    assert text_of(lab.cells()[2]) == "2"
    panel.ask("are you there?")
    expect(panel.last).to_contain_text("Still here.")
    assert "Both." in str(asked.requests[3].body["messages"])
    lab.save()


def test_a_notebook_whose_file_is_deleted_goes_on_in_the_page(lab: Lab, panel: Panel, asked: ModelServer) -> None:
    second = Gate(code("b = 2", "b"))
    asked.say(code("a = 1"), second, "Both.")
    name = lab.new("x = 1")
    panel.open()
    panel.say("two cells")
    lab.until(second.reached.is_set)
    (lab.server.root / name).unlink()
    second.open()
    panel.ended(1)
    assert lab.sources() == ["x = 1", "a = 1", "b = 2\nb"]
    lab.page.evaluate(f"() => ({PANEL})().dispose()")
    expect(panel.node).to_contain_text("No notebook is open")
    lab.shot("panel-no-notebook")


def test_a_notebook_that_cannot_be_written_says_so(lab: Lab, panel: Panel, asked: ModelServer) -> None:
    asked.say(code("a = 1"), "never said")
    lab.new("x = 1")
    panel.open()
    # Not by the file's permissions: there are none for root.
    lab.page.evaluate(f"() => {{ ({PANEL})().context.model.readOnly = true; }}")
    expect(panel.node).to_contain_text("This notebook cannot be written: no cells can be added to it.")
    lab.shot("panel-readonly")
    panel.ask("a cell")
    expect(panel.ending).to_contain_text("read-only")
    assert lab.sources() == ["x = 1"]


def test_a_cell_that_is_taken_out_while_it_is_written_means_stop(lab: Lab, panel: Panel, asked: ModelServer) -> None:
    asked.delay = 0.05
    asked.say(code(*(f"value_{n} = {n}" for n in range(200))), "never said")
    lab.new("x = 1", "y = 2")
    panel.open()
    panel.say("count")
    lab.until(lambda: len(lab.cells()) == 3 and "value_5 = 5" in lab.sources()[1])
    lab.select(1)
    lab.command("notebook:delete-cell")
    panel.ended(1)
    expect(panel.ending).to_have_text("You took out the cell that was being written.")
    assert lab.sources() == ["x = 1", "y = 2"]
    assert len(asked.requests) == 1
    lab.shot("panel-taken-out")


def test_a_cell_that_is_changed_while_the_model_corrects_it_stays_the_person_s(
    lab: Lab, panel: Panel, asked: ModelServer
) -> None:
    corrected = Gate(code("total = 1 + 1"))
    asked.say(code("total = missing"), corrected, "I left it.")
    lab.new("x = 1")
    panel.open()
    panel.say("a total")
    lab.until(corrected.reached.is_set)
    lab.type_over(1, "total = 42  # mine")
    corrected.open()
    panel.ended(1)
    assert lab.sources()[1] == "total = 42  # mine"
    expect(panel.last).to_contain_text("I left it.")
    expect(panel.rows).to_contain_text("You changed this cell meanwhile: it was left as you made it, and not run.")
    expect(panel.ending).to_have_count(0)
    lab.shot("panel-changed-meanwhile")
    assert "total = 42  # mine" in str(asked.requests[2].body["messages"])


def test_a_cell_that_is_changed_while_its_code_streams_stays_the_person_s(
    lab: Lab, panel: Panel, asked: ModelServer
) -> None:
    asked.delay = 0.05
    asked.say(code(*(f"value_{n} = {n}" for n in range(40))), "I left it.")
    lab.new("x = 1")
    panel.open()
    panel.say("count")
    lab.until(lambda: len(lab.cells()) == 2 and "value_5 = 5" in lab.sources()[1])
    lab.type_over(1, "mine = 1")
    panel.ended(1)
    assert lab.sources() == ["x = 1", "mine = 1"]
    assert lab.cells()[1]["execution_count"] is None
    assert "The person has changed this cell meanwhile" in told(asked, 1)
    assert "mine = 1" in told(asked, 1)
