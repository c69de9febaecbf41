"""The side panel for everybody: axe-core finds no serious fault in what is ours, and the keyboard is enough."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.model_server import ModelServer
from tests.server.telling import code
from tests.ui.lab import Lab
from tests.ui.panel import Panel
from tests.ui.server import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
OURS = (
    "#open-interpreter-panel",
    ".jp-OpenInterpreter-modelDialog",
    ".jp-OpenInterpreter-inline",
    ".jp-OpenInterpreter-fix",
)
LOAD = "import pandas as pd\nbirds = pd.read_csv('penguins.csv')"

FAULTS = """async ours => {
  const include = ours.filter(each => document.querySelector(each));
  const { violations, passes } = await window.axe.run({ include }, { resultTypes: ['violations', 'passes'] });
  const told = violations
    .filter(each => each.impact === 'serious' || each.impact === 'critical')
    .flatMap(each => each.nodes.map(node => `${each.id}: ${node.target.join(' ')}: ${node.failureSummary}`));
  return passes.length > 0 ? told : ['axe has looked at nothing'];
}"""

FOCUS = """() => {
  const node = document.activeElement;
  const rings = [node, node.parentElement].filter(Boolean).map(each => {
    const style = getComputedStyle(each);
    const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
    return outlined || (each.matches('.jp-OpenInterpreter-box') && style.boxShadow !== 'none');
  });
  const box = node.getBoundingClientRect();
  return {
    name: node.getAttribute('aria-label') || node.textContent.trim(),
    inside: node.closest('#open-interpreter-panel') !== null,
    seen: rings.includes(true) && box.width > 0 && box.height > 0 && node.checkVisibility(),
  };
}"""


def sound(lab: Lab) -> None:
    """No serious fault in what is ours, in the light and in the dark theme."""
    if not lab.page.evaluate("() => Boolean(window.axe)"):
        lab.page.add_script_tag(path=AXE)
    for dark in (False, True):
        lab.theme(dark=dark)
        assert lab.page.evaluate(FAULTS, OURS) == []
    lab.theme(dark=False)


def focused(page: Page) -> str:
    """The name of what has the focus, which is in the panel and in sight."""
    focus = page.evaluate(FOCUS)
    assert focus["inside"], f"the focus is outside: {focus}"
    assert focus["seen"], f"the focus cannot be seen: {focus}"
    return str(focus["name"])


def tab_to(page: Page, name: str, key: str = "Tab") -> None:
    """Press a key until that has the focus; each step on the way is in sight."""
    for _ in range(40):
        page.keyboard.press(key)
        if focused(page) == name:
            return
    raise AssertionError(f"{name} is not reached by {key}.")


def test_an_empty_panel_what_it_offers_and_what_it_shows_of_itself_are_sound(lab: Lab, panel: Panel) -> None:
    lab.new(LOAD)
    lab.run(0)
    panel.open()
    expect(panel.node).to_contain_text("Ask, and the notebook does it")
    sound(lab)
    panel.field.press_sequentially("/")
    expect(panel.options.first).to_be_visible()
    sound(lab)
    panel.write("")
    panel.field.press_sequentially("mean of @bi")
    expect(panel.options.first).to_contain_text("@birds")
    panel.field.press("Enter")
    panel.more("Show What Would Be Sent")
    expect(panel.node.locator(".jp-OpenInterpreter-payloadMessage").first).to_be_visible()
    sound(lab)
    panel.write("/help")
    panel.field.press("Escape")
    panel.field.press("Enter")
    expect(panel.node.get_by_role("region", name="Help")).to_be_visible()
    sound(lab)


def test_a_talk_with_a_correction_and_the_list_of_chats_are_sound(lab: Lab, panel: Panel, asked: ModelServer) -> None:
    table = "| species | mean |\n|---|---:|\n| Gentoo | 5,076 |\n\nThe mean is $\\bar{x}$, see [there](https://example.com)."
    asked.say(
        "- [ ] Load\n- [ ] Average\n\n" + code(*LOAD.split("\n")) + code("birds['mass'].mean()"),
        "- [x] Load\n- [ ] Average\n\nIt is `body_mass_g`.\n" + code("# grams\nbirds['body_mass_g'].mean()"),
        "- [x] Load\n- [x] Average\n\n" + table,
    )
    lab.new("x = 1")
    panel.open()
    panel.ask("/plan the mean mass")
    expect(panel.last.get_by_role("table")).to_be_visible()
    panel.rows.nth(1).get_by_text("Attempt 1 → 2, after KeyError").click()
    panel.rows.nth(1).get_by_role("button", name="Show the code").click()
    expect(panel.rows.nth(1).get_by_role("group", name="Code")).to_be_visible()
    sound(lab)
    lab.shot("panel-access-talk")
    panel.node.locator(".jp-OpenInterpreter-chatButton").click()
    expect(panel.node.get_by_role("dialog", name="Chats about this notebook")).to_be_visible()
    sound(lab)


def test_the_cards_that_ask_are_sound(lab: Lab, panel: Panel, stranger: ModelServer) -> None:
    stranger.say(code("a = 1"), code("import os", "os.remove('penguins.csv')"))
    lab.new("x = 1")
    panel.open()
    panel.say("tidy up")
    expect(panel.question).to_contain_text("are about to run in this notebook", timeout=60_000)
    sound(lab)
    panel.answer("Ask each time")
    panel.answer("Run once")
    expect(panel.question).to_contain_text("Could do lasting harm", timeout=60_000)
    sound(lab)
    panel.answer("Edit")
    expect(panel.question.get_by_label("The cell as it will run")).to_be_visible()
    sound(lab)
    panel.answer("Discard my edit")
    panel.answer("Refuse")
    panel.ended(1)
    sound(lab)


def test_the_model_dialog_the_prompt_above_a_cell_and_the_button_at_an_error_are_sound(
    lab: Lab, asked: ModelServer
) -> None:
    asked.say(code("total = sum([1, 2])"))
    lab.new("total = 1 + 2", "1/0")
    lab.run(1)
    expect(lab.page.get_by_role("button", name="Fix this cell")).to_be_visible()
    lab.select(0)
    lab.begin("open-interpreter:edit-cell")
    prompt = lab.page.locator(".jp-OpenInterpreter-inline")
    sound(lab)
    prompt.get_by_role("textbox").fill("use sum")
    prompt.get_by_role("textbox").press("Enter")
    expect(prompt.locator(".jp-OpenInterpreter-diffLine.jp-mod-added")).to_be_visible()
    sound(lab)
    lab.begin("open-interpreter:choose-model")
    dialog = lab.page.locator(".jp-OpenInterpreter-modelDialog")
    expect(dialog.get_by_label("Provider")).to_be_focused()
    sound(lab)
    dialog.get_by_label("Provider").select_option("other")
    expect(dialog.get_by_label("Address")).to_be_visible()
    sound(lab)


def test_the_keyboard_is_enough_to_ask_approve_follow_and_take_back(
    lab: Lab, panel: Panel, stranger: ModelServer
) -> None:
    stranger.say(code("six = 2 * 3", "six"), "Six.")
    lab.new("x = 1")
    keyboard = lab.page.keyboard
    lab.cell(0).locator(".jp-InputPrompt").click()
    keyboard.press("Control+Alt+p")
    expect(panel.field).to_be_focused(timeout=60_000)
    keyboard.type("two times three")
    keyboard.press("Enter")
    expect(panel.button("Ask each time")).to_be_enabled(timeout=60_000)
    expect(panel.field).to_be_focused()
    tab_to(lab.page, "Ask each time", "Shift+Tab")
    keyboard.press("Enter")
    expect(panel.question).to_contain_text("May this cell run?")
    expect(panel.question).to_be_focused()
    expect(panel.button("Run once")).to_be_enabled()
    tab_to(lab.page, "Run once")
    keyboard.press("Enter")
    panel.ended(1)
    assert lab.cells()[1]["execution_count"] == 1
    tab_to(lab.page, "Undo")
    keyboard.press("Enter")
    expect(panel.last).to_contain_text("Taken back.")
    assert lab.sources() == ["x = 1"]
    assert focused(lab.page) == "Conversation"


def test_tab_goes_through_every_control_and_escape_one_step_back(lab: Lab, panel: Panel, asked: ModelServer) -> None:
    asked.say("Hello.")
    name = lab.new("x = 1")
    panel.open()
    panel.ask("hello")
    page, keyboard = lab.page, lab.page.keyboard
    expect(panel.field).to_be_focused()
    for control in (name, "Conversation", name, "More", "New chat", "hello"):
        tab_to(page, control, "Shift+Tab")
    keyboard.press("Enter")
    chats = panel.node.get_by_role("dialog", name="Chats about this notebook")
    expect(chats).to_be_visible()
    keyboard.press("ArrowUp")
    assert focused(page) == "New chat"
    keyboard.press("Escape")
    expect(chats).to_have_count(0)
    assert focused(page) == "hello"
    tab_to(page, "More")
    keyboard.press("Enter")
    expect(page.get_by_role("menu")).to_be_visible()
    keyboard.press("Escape")
    expect(page.get_by_role("menu")).to_have_count(0)
    assert focused(page) == "More"
    for control in (name, "Conversation", "Copy the answer", name, "Attach pictures", "When cells run: Auto"):
        tab_to(page, control)
    panel.field.focus()
    keyboard.type("/he")
    expect(panel.options).to_have_count(1)
    keyboard.press("Escape")
    expect(panel.options).to_have_count(0)
    keyboard.type("lp")
    keyboard.press("Enter")
    shown = panel.node.get_by_role("region", name="Help")
    expect(shown).to_be_visible()
    keyboard.press("Escape")
    expect(shown).to_have_count(0)
    expect(panel.field).to_be_focused()
    keyboard.press("Escape")
    assert page.evaluate("() => document.activeElement.closest('.jp-Notebook') !== null")


@pytest.mark.parametrize("step", ["stop", "send"])
def test_the_focus_stays_where_one_writes(lab: Lab, panel: Panel, asked: ModelServer, step: str) -> None:
    asked.say(code("import time", "print('begun', flush=True)", "time.sleep(60)"))
    lab.new("x = 1")
    panel.open()
    panel.say("wait")
    expect(lab.cell(1)).to_contain_text("begun", timeout=60_000)
    if step == "send":
        lab.page.keyboard.type("and then say so")
        lab.page.keyboard.press("Enter")
        expect(panel.last).to_contain_text("and then say so")
        expect(panel.field).to_be_focused()
    tab_to(lab.page, "Stop")
    lab.page.keyboard.press("Enter")
    expect(panel.ending).to_have_text("You stopped it.")
    expect(panel.field).to_be_focused()
