"""The field of the side panel: what it offers, what goes along with the words, and exactly what would be sent."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.model_server import ModelServer
from tests.ui.lab import Lab
from tests.ui.panel import Panel

TABLE = "import pandas as pd\nbirds = pd.read_csv('penguins.csv')"
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def paste(page: Page, *, text: str = "", picture: str = "") -> None:
    """What the browser tells the focused field when this is pasted."""
    page.evaluate(
        """([text, picture]) => {
          const pasted = new DataTransfer();
          if (text) {
            pasted.setData('text/plain', text);
          }
          if (picture) {
            const bytes = Uint8Array.from(atob(picture), each => each.charCodeAt(0));
            pasted.items.add(new File([bytes], 'pasted.png', { type: 'image/png' }));
          }
          const event = new ClipboardEvent('paste', { clipboardData: pasted, bubbles: true, cancelable: true });
          document.activeElement.dispatchEvent(event);
        }""",
        [text, picture],
    )


def test_a_slash_lists_the_commands_and_what_is_typed_narrows_them(lab: Lab, panel: Panel) -> None:
    lab.new("x = 1")
    panel.open()
    panel.field.press_sequentially("/")
    expect(panel.options).to_have_count(10)
    lab.shot("panel-slash")
    panel.field.press_sequentially("ex")
    expect(panel.options).to_have_count(1)
    panel.field.press("Enter")
    expect(panel.field).to_have_value("/explain ")
    panel.write("/nonsense")
    panel.field.press("Escape")
    panel.field.press("Enter")
    expect(panel.line).to_contain_text("There is no /nonsense.")
    expect(panel.field).to_have_value("/nonsense")
    panel.write("/help")
    panel.field.press("Escape")
    panel.field.press("Enter")
    expect(panel.node.get_by_role("region", name="Help")).to_be_visible()
    lab.shot("panel-help")


def test_an_at_sign_lists_variables_columns_cells_and_files(lab: Lab, panel: Panel) -> None:
    lab.new(TABLE)
    lab.run(0)
    panel.open()
    panel.field.press_sequentially("mean of @bi")
    expect(panel.options.first).to_contain_text("@birds")
    lab.shot("panel-names")
    panel.field.press("Enter")
    expect(panel.field).to_have_value("mean of @birds ")
    panel.write("")
    panel.field.press_sequentially("@birds.body")
    expect(panel.options.first).to_contain_text("@birds.body_mass_g")
    panel.write("")
    panel.field.press_sequentially("@peng")
    expect(panel.options.first).to_contain_text("@file:penguins.csv")
    panel.write("")
    panel.field.press_sequentially("@[")
    expect(panel.options.first).to_contain_text("@[1]")


def test_the_preview_is_exactly_what_is_sent(lab: Lab, panel: Panel, asked: ModelServer) -> None:
    asked.say("Heavy.")
    lab.new(TABLE)
    lab.run(0)
    panel.open()
    panel.write("how heavy is @birds.body_mass_g?")
    expect(panel.chips.filter(has_text="@birds.body_mass_g")).to_be_visible()
    panel.more("Show What Would Be Sent")
    shown = panel.node.locator(".jp-OpenInterpreter-payloadMessage pre")
    expect(shown.last).to_contain_text("how heavy is @birds.body_mass_g?")
    lab.shot("panel-payload")
    texts = shown.all_inner_texts()
    panel.field.press("Enter")
    panel.ended(1)
    sent = [str(message["content"]) for message in asked.requests[0].body["messages"]]
    assert [text.strip() for text in texts] == [text.strip() for text in sent]


def test_the_notebook_goes_along_only_while_its_chip_is_on(lab: Lab, panel: Panel, asked: ModelServer) -> None:
    asked.say("Hello.", "Hello again.")
    lab.new("secret_name = 1")
    lab.run(0)
    panel.open()
    panel.ask("hello")
    assert "secret_name" in str(asked.requests[0].body["messages"])
    panel.button("New chat").click()
    panel.chips.filter(has_text=".ipynb").click()
    panel.ask("hello")
    assert "secret_name" not in str(asked.requests[1].body["messages"])


def test_a_long_paste_and_a_picture_become_chips_and_go_along(lab: Lab, panel: Panel, asked: ModelServer) -> None:
    asked.say("Long.")
    lab.new("x = 1")
    panel.open()
    panel.field.focus()
    paste(lab.page, text="a long line of a log\n" * 50_000)
    pasted = panel.chips.filter(has_text="Pasted text · 1.1 MB")
    expect(pasted).to_be_visible()
    expect(panel.line).to_contain_text("its beginning and its end are attached")
    panel.button("Remove Pasted text · 1.1 MB").click()
    paste(lab.page, text="a long line of a log\n" * 500)
    pasted = panel.chips.filter(has_text="Pasted text · 11 kB")
    expect(pasted).to_be_visible()
    expect(panel.field).to_have_value("")
    paste(lab.page, picture=PIXEL)
    expect(panel.chips.filter(has_text="Picture 1")).to_be_visible()
    panel.button("Remove Picture 1").click()
    expect(panel.chips.filter(has_text="Picture 1")).to_have_count(0)
    paste(lab.page, picture=PIXEL)
    expect(panel.chips.filter(has_text="Picture 1")).to_be_visible()
    lab.shot("panel-chips")
    panel.ask("what is this?")
    expect(panel.last.locator(".jp-OpenInterpreter-attached li")).to_have_count(2)
    assert "a long line of a log" in str(asked.requests[0].body["messages"])
    expect(pasted).to_have_count(0)


def test_selected_cells_are_offered_and_attached(lab: Lab, panel: Panel, asked: ModelServer) -> None:
    asked.say("They add up.")
    lab.new("a = 1", "b = 2", "c = 3")
    panel.open()
    lab.select_range(0, 1)
    panel.chips.filter(has_text="2 selected cells").click()
    expect(panel.chips.filter(has_text="cell “a = 1”")).to_be_visible()
    panel.ask("what are these?")
    expect(panel.last.locator(".jp-OpenInterpreter-attached li")).to_have_count(2)


def test_an_empty_instruction_does_nothing(lab: Lab, panel: Panel, asked: ModelServer) -> None:
    lab.new("x = 1")
    panel.open()
    panel.say("   ")
    expect(panel.button("Send")).to_be_disabled()
    panel.write("")
    panel.field.press("Enter")
    expect(panel.tasks).to_have_count(0)
    assert asked.requests == []
    assert lab.sources() == ["x = 1"]


def test_without_a_notebook_the_panel_says_what_to_do(lab: Lab, panel: Panel) -> None:
    lab.page.goto(f"{lab.server.url}lab/workspaces/empty")
    expect(lab.page.locator(".jp-Launcher")).to_be_visible(timeout=90_000)
    panel.open()
    expect(panel.node).to_contain_text("No notebook is open")
    panel.say("keep these words")
    expect(panel.line).to_contain_text("Open a notebook or make a new one first.")
    expect(panel.field).to_have_value("keep these words")
    lab.shot("panel-no-notebook")
