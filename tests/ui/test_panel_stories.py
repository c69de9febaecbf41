"""What is asked in the side panel happens in the notebook: a real kernel, server and browser, and a scripted model."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.llama import serving
from tests.model_server import ModelServer
from tests.server.telling import code
from tests.ui.gate import Gate
from tests.ui.lab import Lab, text_of
from tests.ui.panel import Panel

LOAD = "import pandas as pd\nbirds = pd.read_csv('penguins.csv')"
WRONG = "birds.groupby('species')['mass'].mean().plot.bar();"
RIGHT = "birds.groupby('species')['body_mass_g'].mean().plot.bar();"


def pictures(lab: Lab, index: int) -> int:
    """How many outputs of a cell hold a picture."""
    return sum("image/png" in output.get("data", {}) for output in lab.cells()[index]["outputs"])


def test_a_stranger_without_a_key_asks_for_a_plot_of_a_table_in_the_folder_and_gets_it(lab: Lab, panel: Panel) -> None:
    lab.new("")
    panel.open()
    expect(panel.node).to_contain_text("A small built-in model answers offline.")
    lab.shot("panel-empty")
    panel.ask("Load penguins.csv", 90)
    panel.ask("mean body_mass_g by species as a bar chart", 90)
    expect(panel.ending).to_have_count(0)
    expect(panel.rows).to_have_count(1)
    expect(panel.rows).to_contain_text("Ran:")
    expect(panel.rows).to_contain_text("One picture")
    lab.shot("panel-builtin")
    plotted = next(index for index, source in enumerate(lab.sources()) if "plot" in source)
    assert pictures(lab, plotted) == 1
    assert "penguins.csv" in "".join(lab.sources()[:plotted])
    expect(lab.cell(plotted).locator("img")).to_be_in_viewport()


def test_two_cells_and_a_plot_are_asked_for_and_the_one_with_a_wrong_column_is_corrected_in_its_place(
    lab: Lab, panel: Panel, asked: ModelServer
) -> None:
    corrected = Gate("It is called body_mass_g.\n" + code(RIGHT))
    asked.say("Load.\n" + code(*LOAD.split("\n")) + "Plot.\n" + code(WRONG), corrected, "Gentoos are the heaviest.")
    lab.new("x = 1")
    panel.open()
    panel.say("plot the mean mass by species")
    expect(panel.rows.nth(1)).to_contain_text("KeyError: 'Column not found: mass'", timeout=60_000)
    lab.until(corrected.reached.is_set)
    before = lab.ids()
    lab.shot("panel-failed")
    corrected.open()
    panel.ended(1)
    assert lab.sources() == ["x = 1", LOAD, RIGHT]
    assert lab.ids() == before
    assert pictures(lab, 2) == 1
    expect(panel.last).to_contain_text("Gentoos are the heaviest.")
    row = panel.rows.nth(1)
    expect(row).to_contain_text("attempt 2")
    row.get_by_text("Attempt 1 → 2, after KeyError").click()
    expect(row.locator(".jp-OpenInterpreter-diffLine.jp-mod-removed")).to_contain_text("'mass'")
    expect(row.locator(".jp-OpenInterpreter-diffLine.jp-mod-added")).to_contain_text("'body_mass_g'")
    lab.shot("panel-corrected")
    assert "Column not found: mass" in asked.requests[1].body["messages"][-1]["content"]


def test_code_streams_into_the_cell_and_words_into_the_panel(lab: Lab, panel: Panel, asked: ModelServer) -> None:
    asked.delay = 0.02
    asked.say("I count **slowly**.\n" + code(*(f"value_{n} = {n}" for n in range(60))), "Done.")
    lab.new("x = 1")
    panel.open()
    panel.say("count")
    lab.until(lambda: len(lab.cells()) == 2 and "value_5 = 5" in lab.sources()[1])
    assert "value_59" not in lab.sources()[1]
    expect(panel.last).to_contain_text("I count slowly.")
    lab.shot("panel-streaming")
    panel.ended(1)
    assert lab.sources()[1].endswith("value_59 = 59")


def test_a_plan_is_a_checklist_that_ticks_itself_off(lab: Lab, panel: Panel, asked: ModelServer) -> None:
    second = Gate("- [x] Load\n- [ ] Count\n\n" + code("len(birds)"))
    asked.say(
        "- [ ] Load\n- [ ] Count\n\n" + code(*LOAD.split("\n")), second, "- [x] Load\n- [x] Count\n\n344 of them."
    )
    lab.new("x = 1")
    panel.open()
    panel.say("/plan load the penguins and count them")
    plan = panel.last.get_by_role("region", name="Plan")
    lab.until(second.reached.is_set)
    expect(plan.get_by_role("listitem")).to_have_text(["Load", "Count"])
    expect(plan).to_contain_text("0 of 2")
    second.open()
    panel.ended(1)
    expect(plan).to_contain_text("2 of 2")
    expect(panel.last).to_contain_text("344 of them.")
    lab.shot("panel-plan")


def test_what_is_said_while_a_task_runs_steers_it(lab: Lab, panel: Panel, asked: ModelServer) -> None:
    first = Gate(code("length = 3"))
    asked.say(first, "Three metres.")
    lab.new("x = 1")
    panel.open()
    panel.say("how long is it?")
    lab.until(first.reached.is_set)
    panel.say("in metres, please")
    expect(panel.last.locator(".jp-OpenInterpreter-steer")).to_have_text("in metres, please")
    expect(panel.field).to_have_value("")
    lab.shot("panel-steered")
    first.open()
    panel.ended(1)
    assert len(asked.requests) == 2
    assert "in metres, please" in asked.requests[1].body["messages"][-1]["content"]


def test_a_task_touches_neither_selection_nor_scroll_position(lab: Lab, panel: Panel, asked: ModelServer) -> None:
    position = """() => {
      const notebook = window.jupyterapp.shell.currentWidget.content;
      return [notebook.activeCellIndex, notebook.mode, notebook.outerNode.scrollTop];
    }"""
    asked.say(code("first = 1") + code("print('\\n'.join('second' for _ in range(50)))"), "Done.")
    lab.new(*(f"# cell {number}\n\n\n\n\nx_{number} = {number}" for number in range(60)))
    lab.select(30)
    lab.cell(30).scroll_into_view_if_needed()
    panel.open()
    before = lab.still(position)
    panel.ask("two cells, please")
    assert lab.page.evaluate(position) == before
    assert lab.sources()[31] == "first = 1"
    lab.page.evaluate("() => { window.jupyterapp.shell.currentWidget.content.outerNode.scrollTop = 0; }")
    before = lab.still(position)
    asked.say(code("third = 3"), "Done.")
    panel.ask("and one more")
    assert lab.page.evaluate(position) == before
    panel.rows.last.locator(".jp-OpenInterpreter-cellLink").click()
    expect(lab.page.locator(".jp-Cell", has_text="third = 3")).to_be_in_viewport()


def test_notebook_7_has_the_same_panel(lab: Lab, panel: Panel, asked: ModelServer) -> None:
    asked.say(code("six = 2 * 3", "six"), "Six.")
    lab.new("x = 1", classic=True)
    panel.open()
    panel.ask("two times three")
    assert lab.sources() == ["x = 1", "six = 2 * 3\nsix"]
    assert text_of(lab.cells()[1]) == "6"
    lab.shot("panel-notebook-7")


def test_an_instruction_is_answered_by_a_real_llama_cpp_server(lab: Lab, panel: Panel) -> None:
    with serving("I compute.\n\n```python\nproduct = 6 * 7\nproduct\n```\n") as base_url:
        lab.server.configure(model="llama.cpp:scripted", base_url=base_url, mode="auto")
        try:
            with lab.server.setting("open-interpreter-lab/panel", maxTurns=1):
                lab.new("x = 1")
                panel.open()
                panel.ask("multiply six by seven")
        finally:
            lab.server.configure(model=None, base_url=None, mode=None)
    expect(panel.ending).to_have_count(0)
    assert lab.sources() == ["x = 1", "product = 6 * 7\nproduct"]
    assert text_of(lab.cells()[1]) == "42"
    expect(panel.rows).to_contain_text("42")
