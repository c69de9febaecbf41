"""The model dialog in JupyterLab: a person sets up a model, tests it and saves it, by keyboard alone where wanted."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from tests.model_server import ModelServer, refusal

KEY = "sk-canary-0123456789"


def open_dialog(lab) -> Locator:
    lab.new("x = 1")
    lab.begin("open-interpreter:choose-model")
    dialog = lab.page.locator(".jp-OpenInterpreter-modelDialog")
    expect(dialog.get_by_label("Provider")).to_be_focused()
    return dialog


@pytest.fixture
def settings(server):
    """The settings file of the server, which is not there before and not after."""
    file = server.root.parent / "open-interpreter" / "settings.toml"
    file.unlink(missing_ok=True)
    yield file
    file.unlink(missing_ok=True)


def test_a_model_is_set_up_tested_and_saved(lab, settings):
    with ModelServer("ready", models=("alpha", "beta")) as model:
        dialog = open_dialog(lab)
        dialog.get_by_label("Provider").select_option("other")
        expect(dialog.get_by_role("button", name="Save")).to_be_disabled()
        dialog.get_by_label("Address").fill(model.base_url)
        dialog.get_by_label("Key", exact=False).first.fill(KEY)
        dialog.get_by_label("Model", exact=True).focus()
        dialog.get_by_role("button", name="beta").click()
        dialog.get_by_role("button", name="Test").click()
        expect(dialog.get_by_text("It works: beta began to answer")).to_be_visible()
        lab.shot("model-dialog-tested")
        dialog.get_by_role("button", name="Save").click()
        expect(dialog).to_have_count(0)
        assert model.requests[0].headers["authorization"] == f"Bearer {KEY}"
    assert KEY in settings.read_text("utf-8")
    dialog = open_dialog(lab)
    expect(dialog.get_by_text("A key is set.")).to_be_visible()
    assert KEY not in lab.page.content()


def test_what_is_wrong_is_told_and_what_was_typed_stays(lab, settings):
    with ModelServer(refusal(401, "Incorrect API key provided")) as model:
        dialog = open_dialog(lab)
        dialog.get_by_label("Provider").select_option("other")
        dialog.get_by_label("Address").fill(model.base_url)
        dialog.get_by_label("Model", exact=True).fill("scripted")
        dialog.get_by_role("button", name="Test").click()
        expect(dialog.get_by_text("The key is missing or was refused.")).to_be_visible()
        expect(dialog.get_by_label("Model", exact=True)).to_have_value("scripted")
    lab.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert not settings.exists()


def test_the_keyboard_is_enough(lab, settings):
    dialog = open_dialog(lab)
    keyboard = lab.page.keyboard
    keyboard.type("Model file")
    keyboard.press("Tab")
    expect(dialog.get_by_label("Path of the file on the server")).to_be_focused()
    keyboard.type("/no/such/model.gguf")
    keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("There is no file /no/such/model.gguf")
    for _ in range(12):
        keyboard.press("Tab")
        assert dialog.evaluate("node => node.contains(document.activeElement)")
    keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert not settings.exists()
