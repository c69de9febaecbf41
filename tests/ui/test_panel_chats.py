"""A chat in the side panel: what was said is carried on, said anew, taken back, named, deleted."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.model_server import ModelServer, refusal
from tests.server.telling import code
from tests.ui.lab import Lab
from tests.ui.panel import Panel


def told(model: ModelServer, request: int) -> list[str]:
    """The contents of the messages of one request."""
    return [str(message["content"]) for message in model.requests[request].body["messages"]]


def test_the_second_task_is_told_of_the_first(lab: Lab, panel: Panel, asked: ModelServer) -> None:
    asked.say(code("a = 1"), "One.", code("b = 2"), "Two.")
    lab.new("x = 1", "y = 2")
    panel.open()
    panel.ask("make a")
    panel.ask("make b")
    assert lab.sources() == ["x = 1", "a = 1", "b = 2", "y = 2"]
    assert any(message == "make a" for message in told(asked, 2))
    assert any("a = 1" in message and "One." in message for message in told(asked, 2))
    expect(panel.tasks).to_have_count(2)
    panel.last.get_by_role("button", name="Copy the answer").click()
    panel.field.press("ControlOrMeta+v")
    expect(panel.field).to_have_value("Two.")


def test_undo_takes_the_cells_of_a_task_and_keeps_one_that_was_changed(
    lab: Lab, panel: Panel, asked: ModelServer
) -> None:
    asked.say(code("a = 1") + code("b = 2") + code("c = 3"), "Done.")
    lab.new("x = 1")
    panel.open()
    panel.ask("three cells")
    lab.type_over(2, "b = 22")
    panel.last.get_by_role("button", name="Undo", exact=True).click()
    expect(panel.last).to_contain_text("Taken back. One cell was kept since you changed it.")
    assert lab.sources() == ["x = 1", "b = 22"]
    lab.shot("panel-undone")
    panel.say("/undo")
    expect(panel.line).to_contain_text("There is nothing to take back in this chat.")
    panel.say("/clear")
    expect(panel.tasks).to_have_count(0)


def test_ctrl_z_in_the_notebook_takes_one_cell(lab: Lab, panel: Panel, asked: ModelServer) -> None:
    asked.say(code("a = 1") + code("b = 2"), "Done.")
    lab.new("x = 1")
    panel.open()
    panel.ask("two cells")
    lab.cell(0).locator(".jp-InputPrompt").click()
    lab.page.keyboard.press("z")
    lab.until(lambda: lab.sources() == ["x = 1", "a = 1"])
    lab.page.keyboard.press("z")
    lab.until(lambda: lab.sources() == ["x = 1"])


def test_a_message_is_edited_and_sent_again_in_place_of_what_came_of_it(
    lab: Lab, panel: Panel, asked: ModelServer
) -> None:
    asked.say(code("a = 1"), "One.", code("b = 2"), "Two.", code("a = 100"), "A hundred.")
    lab.new("x = 1")
    panel.open()
    panel.ask("make a")
    panel.ask("make b")
    panel.write("half a thought")
    panel.tasks.first.hover()
    panel.tasks.first.get_by_role("button", name="Edit and send again from here").click()
    expect(panel.field).to_have_value("make a")
    expect(panel.node).to_contain_text("You are changing an earlier message.")
    panel.write("make a larger")
    lab.shot("panel-editing")
    panel.field.press("Enter")
    expect(panel.tasks).to_have_count(1)
    expect(panel.last).to_contain_text("A hundred.")
    panel.ended(1)
    assert lab.sources() == ["x = 1", "a = 100"]
    expect(panel.field).to_have_value("half a thought")
    assert not any("make b" in message for message in told(asked, 4))


def test_a_task_that_failed_is_tried_again(lab: Lab, panel: Panel, asked: ModelServer) -> None:
    asked.say(refusal(400, "The model is asleep."), code("a = 1"), "One.")
    lab.new("x = 1")
    panel.open()
    panel.ask("make a")
    expect(panel.ending).to_contain_text("asleep")
    lab.shot("panel-model-failed")
    panel.button("Retry").click()
    expect(panel.last).to_contain_text("One.")
    panel.ended(1)
    assert lab.sources() == ["x = 1", "a = 1"]


def test_chats_are_begun_named_found_and_deleted(lab: Lab, panel: Panel, asked: ModelServer) -> None:
    asked.say("First answer.", "Second answer.")
    lab.new("x = 1")
    panel.open()
    panel.ask("the first question")
    panel.button("New chat").click()
    expect(panel.tasks).to_have_count(0)
    panel.ask("the second question")
    assert not any("the first question" in message for message in told(asked, 1))
    panel.more("Rename Chat…")
    name = panel.node.get_by_label("Name of the chat")
    name.fill("Penguins")
    name.press("Enter")
    header = panel.node.locator(".jp-OpenInterpreter-chatButton")
    expect(header).to_have_text("Penguins")
    header.click()
    listed = panel.node.locator(".jp-OpenInterpreter-chatRow .jp-OpenInterpreter-chatName")
    expect(listed).to_have_text(["Penguins", "the first question"])
    lab.shot("panel-chats")
    listed.nth(1).click()
    expect(panel.last).to_contain_text("First answer.")
    header.click()
    listed.first.hover()
    panel.button("Delete Penguins").click()
    expect(panel.node).to_contain_text("Delete “Penguins”? The cells stay in the notebook.")
    panel.button("Delete").click()
    expect(listed).to_have_text(["the first question"])
    panel.page.keyboard.press("Escape")
    expect(panel.last).to_contain_text("First answer.")
