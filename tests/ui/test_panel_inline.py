"""Help at a cell itself: the button at a failed cell's output, the menus, and the prompt above a cell."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.model_server import ModelServer
from tests.server.telling import code
from tests.ui.lab import Lab, text_of
from tests.ui.panel import Panel

AGES = "ages = {'Age': 3}"


def prompt(lab: Lab) -> Locator:
    """The prompt above a cell."""
    return lab.page.get_by_role("dialog", name="Say what this cell is to do")


def at(lab: Lab, index: int) -> None:
    """Click beside a cell, so that it is the active one in command mode."""
    lab.cell(index).locator(".jp-InputPrompt").click()


def press(lab: Lab, label: str) -> None:
    """Press a button of the prompt."""
    prompt(lab).get_by_role("button", name=label, exact=True).click()


def test_the_button_at_a_failed_cell_rewrites_it_in_its_place(lab: Lab, panel: Panel, asked: ModelServer) -> None:
    asked.say("The key is *Age*.\n" + code("ages['Age']"), "Three.")
    lab.new(AGES, "ages['age']")
    lab.run_all()
    before = lab.ids()
    button = lab.cell(1).get_by_role("button", name="Fix this cell")
    expect(button).to_be_visible()
    lab.shot("panel-fix-button")
    button.click()
    panel.ended(1)
    assert lab.sources() == [AGES, "ages['Age']"]
    assert lab.ids() == before
    assert text_of(lab.cells()[1]) == "3"
    expect(button).to_have_count(0)
    assert "KeyError: 'age'" in asked.requests[0].body["messages"][-1]["content"]
    panel.rows.get_by_text("What changed in your cell").click()
    expect(panel.rows.locator(".jp-OpenInterpreter-diffLine.jp-mod-removed")).to_contain_text("ages['age']")
    lab.shot("panel-fixed")
    panel.last.get_by_role("button", name="Undo", exact=True).click()
    lab.until(lambda: lab.sources() == [AGES, "ages['age']"])


def test_a_rewritten_cell_is_shown_on_the_card_before_it_runs(lab: Lab, panel: Panel, stranger: ModelServer) -> None:
    stranger.say(code("ages['Age']"), "Three.")
    lab.new(AGES, "ages['age']")
    lab.run_all()
    lab.cell(1).get_by_role("button", name="Fix this cell").click()
    expect(panel.question).to_contain_text("It replaces what stands in your cell:", timeout=60_000)
    expect(panel.question.locator(".jp-OpenInterpreter-diffLine.jp-mod-removed")).to_contain_text("ages['age']")
    lab.shot("panel-fix-card")
    assert lab.sources() == [AGES, "ages['age']"]
    panel.answer("Run cells classed as computing or writing new data files")
    panel.ended(1)
    assert lab.sources() == [AGES, "ages['Age']"]


def test_the_context_menu_and_the_palette_ask_about_the_active_cell(lab: Lab, panel: Panel, asked: ModelServer) -> None:
    asked.say("It holds an **age**.", "It is fine.")
    lab.new("x = 1", AGES)
    lab.cell(1).locator(".jp-InputPrompt").click(button="right")
    lab.page.locator(".lm-Menu-item", has_text="Open Interpreter").click()
    lab.shot("panel-context-menu")
    lab.page.get_by_role("menuitem", name="Explain This Cell").click()
    panel.ended(1)
    expect(panel.last).to_contain_text("It holds an age.")
    assert AGES in asked.requests[0].body["messages"][-1]["content"]
    at(lab, 1)
    lab.command("apputils:activate-command-palette")
    search = lab.page.locator("#modal-command-palette input")
    search.fill("Explain This Cell")
    search.press("Enter")
    panel.ended(2)
    expect(panel.last).to_contain_text("It is fine.")
    assert lab.sources() == ["x = 1", AGES]


def test_words_above_a_cell_change_it_once_they_are_accepted(lab: Lab, panel: Panel, asked: ModelServer) -> None:
    asked.say(code("total = sum([1, 2, 3])"), code("total = sum([1, 2, 3, 4])"))
    lab.new("total = 1 + 2 + 3")
    at(lab, 0)
    lab.page.keyboard.press("Control+k")
    field = prompt(lab).get_by_role("textbox")
    expect(field).to_be_focused()
    field.fill("use sum")
    field.press("Enter")
    expect(prompt(lab).locator(".jp-OpenInterpreter-diffLine.jp-mod-added")).to_contain_text("sum([1, 2, 3])")
    expect(prompt(lab).locator(".jp-OpenInterpreter-diffLine.jp-mod-removed")).to_contain_text("1 + 2 + 3")
    lab.shot("panel-inline-diff")
    assert lab.sources() == ["total = 1 + 2 + 3"]
    press(lab, "Refuse")
    expect(prompt(lab)).to_have_count(0)
    assert lab.sources() == ["total = 1 + 2 + 3"]
    lab.page.keyboard.press("Control+k")
    field.fill("use sum, up to four")
    field.press("Enter")
    press(lab, "Accept")
    expect(prompt(lab)).to_have_count(0)
    assert lab.sources() == ["total = sum([1, 2, 3, 4])"]
    assert lab.cells()[0]["execution_count"] is None


def test_an_empty_cell_is_generated_and_run(lab: Lab, panel: Panel, asked: ModelServer) -> None:
    asked.say(code("answer = 6 * 7", "answer"))
    lab.new("")
    at(lab, 0)
    lab.page.keyboard.press("Control+k")
    field = prompt(lab).get_by_role("textbox")
    field.fill("six times seven")
    field.press("Enter")
    expect(prompt(lab)).to_contain_text("answer = 6 * 7")
    lab.shot("panel-inline-empty")
    press(lab, "Accept & Run")
    lab.until(lambda: text_of(lab.cells()[0]) == "42")


def test_a_cell_is_generated_below_and_goes_again_when_it_is_refused(
    lab: Lab, panel: Panel, asked: ModelServer
) -> None:
    asked.say(code("y = 2"), code("y = 3"))
    lab.new("x = 1", "z = 3")
    at(lab, 0)
    lab.page.keyboard.press("Control+Alt+k")
    field = prompt(lab).get_by_role("textbox")
    field.fill("y is two")
    assert lab.sources() == ["x = 1", "", "z = 3"]
    field.press("Enter")
    press(lab, "Refuse")
    assert lab.sources() == ["x = 1", "z = 3"]
    lab.page.keyboard.press("Control+Alt+k")
    field.fill("y is three")
    field.press("Enter")
    press(lab, "Accept")
    assert lab.sources() == ["x = 1", "y = 3", "z = 3"]
