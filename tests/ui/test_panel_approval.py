"""Nothing of a model runs before a person has had a word: the card in the side panel, and every answer to it."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.model_server import ModelServer
from tests.server.telling import code
from tests.ui.lab import Lab, text_of
from tests.ui.panel import Panel

COMPUTING = "Run cells classed as computing or writing new data files"


def counts(lab: Lab) -> list[int | None]:
    """The execution counts of all cells."""
    return [cell["execution_count"] for cell in lab.cells()]


def begin(lab: Lab, panel: Panel, words: str) -> None:
    """Open a notebook and say words that lead to the opening question."""
    lab.new("x = 1")
    panel.open()
    panel.say(words)
    expect(panel.question).to_be_visible(timeout=60_000)


def test_the_first_cell_asks_once_how_cells_shall_run(lab: Lab, panel: Panel, stranger: ModelServer) -> None:
    stranger.say(code("six = 2 * 3", "six"), "Six.", code("seven = 7"), "Seven.")
    begin(lab, panel, "two times three")
    card = panel.question
    expect(card).to_contain_text("Cells written by the model at http://127.0.0.1")
    expect(card).to_contain_text("are about to run in this notebook")
    expect(card).to_contain_text("six = 2 * 3")
    expect(card).to_contain_text(
        "This code runs as you and can read your files, and what it prints goes to http://127.0.0.1"
    )
    expect(card.get_by_role("button")).to_have_text([COMPUTING, "Ask each time", "Only insert"])
    lab.shot("panel-opening")
    assert lab.sources() == ["x = 1", "six = 2 * 3\nsix"]
    assert counts(lab) == [None, None]
    panel.answer(COMPUTING)
    panel.ended(1)
    assert text_of(lab.cells()[1]) == "6"
    panel.ask("and seven")
    assert counts(lab) == [None, 1, 2]


def test_asked_each_time_a_cell_runs_once_and_then_the_rest_of_the_task(
    lab: Lab, panel: Panel, stranger: ModelServer
) -> None:
    stranger.say(code("a = 1"), code("b = 2"), code("c = 3"), "Three.")
    begin(lab, panel, "count to three")
    panel.answer("Ask each time")
    expect(panel.question).to_contain_text("May this cell run?")
    lab.shot("panel-ordinary")
    assert counts(lab) == [None, None]
    panel.answer("Run once")
    expect(panel.question).to_contain_text("b = 2")
    assert counts(lab) == [None, 1, None]
    panel.answer("Run the rest of this task")
    panel.ended(1)
    assert counts(lab) == [None, 1, 2, 3]


def test_only_inserting_leaves_the_cells_to_the_person(lab: Lab, panel: Panel, stranger: ModelServer) -> None:
    stranger.say(code("a = 1") + code("b = 2"))
    begin(lab, panel, "two cells")
    panel.answer("Only insert")
    panel.ended(1)
    assert lab.sources() == ["x = 1", "a = 1", "b = 2"]
    assert counts(lab) == [None, None, None]
    expect(panel.rows.first).to_contain_text("Inserted, not run")


def test_a_word_with_a_refusal_reaches_the_model(lab: Lab, panel: Panel, asked: ModelServer) -> None:
    asked.say(code("import os", "os.remove('penguins.csv')"), code("kept = True"), "Kept.")
    begin(lab, panel, "tidy up")
    expect(panel.question).to_contain_text("Could do lasting harm")
    expect(panel.question.get_by_role("button", name="Run the rest of this task")).to_have_count(0)
    panel.question.get_by_role("textbox").fill("never delete my table")
    lab.shot("panel-grave")
    panel.answer("Refuse")
    panel.ended(1)
    assert "never delete my table" in asked.requests[1].body["messages"][-1]["content"]
    assert (lab.server.root / "penguins.csv").is_file()
    assert lab.sources() == ["x = 1", "kept = True"]
    expect(panel.last).to_contain_text("Kept.")


def test_a_refusal_without_a_word_ends_the_task(lab: Lab, panel: Panel, asked: ModelServer) -> None:
    asked.say(code("import os", "os.remove('penguins.csv')"))
    begin(lab, panel, "tidy up")
    panel.answer("Refuse")
    panel.ended(1)
    expect(panel.ending).to_have_text("You refused a cell.")
    expect(panel.rows).to_contain_text("Refused, not run")
    assert len(asked.requests) == 1
    assert counts(lab)[0] is None
    lab.shot("panel-refused")


def test_an_edited_cell_runs_as_it_was_edited(lab: Lab, panel: Panel, stranger: ModelServer) -> None:
    stranger.say(code("limit = 10", "limit"), "Done.")
    begin(lab, panel, "a limit")
    panel.answer("Ask each time")
    panel.answer("Edit")
    field = panel.question.get_by_label("The cell as it will run")
    expect(field).to_have_value("limit = 10\nlimit")
    field.fill("limit = 12\nlimit")
    lab.shot("panel-edited")
    panel.answer("Run edited")
    panel.ended(1)
    assert lab.sources() == ["x = 1", "limit = 12\nlimit"]
    assert text_of(lab.cells()[1]) == "12"
    assert "limit = 12" in stranger.requests[1].body["messages"][-1]["content"]


def test_the_mode_suggest_writes_cells_and_runs_none(lab: Lab, panel: Panel, asked: ModelServer) -> None:
    asked.say(code("a = 1") + code("b = 2"))
    with lab.server.setting("open-interpreter-lab/panel"):
        lab.new("x = 1")
        panel.open()
        panel.button("When cells run: Auto").click()
        lab.page.get_by_role("menuitemcheckbox", name="Suggest").or_(
            lab.page.get_by_role("menuitem", name="Suggest")
        ).click()
        expect(panel.button("When cells run: Suggest")).to_be_visible()
        panel.ask("two cells")
    assert lab.sources() == ["x = 1", "a = 1", "b = 2"]
    assert counts(lab) == [None, None, None]
    lab.shot("panel-suggested")
