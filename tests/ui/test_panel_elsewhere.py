"""The panel where JupyterLab is not as usual: Notebook 7, and documents that several people share."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, expect

from tests.model_server import ModelServer
from tests.server.telling import code
from tests.ui.lab import Lab, text_of
from tests.ui.panel import Panel
from tests.ui.server import Server
from tests.ui.test_collaboration import page, shared

__all__ = ["shared"]


def test_in_notebook_7_the_panel_opens_on_the_right_and_works(lab: Lab, panel: Panel, asked: ModelServer) -> None:
    asked.say("A sum.\n" + code("total = 2 + 3", "total"), "It is 5.")
    lab.new("x = 1", classic=True)
    panel.open()
    box = panel.node.bounding_box()
    assert box is not None
    assert box["x"] > lab.page.viewport_size["width"] / 2
    panel.ask("add two and three")
    expect(panel.last).to_contain_text("It is 5.")
    assert lab.sources() == ["x = 1", "total = 2 + 3\ntotal"]
    assert text_of(lab.cells()[1]) == "5"
    lab.shot("panel-notebook-7")


def test_two_people_s_pages_of_one_document_get_each_cell_once(
    shared: Server, browser: BrowserContext, model: ModelServer
) -> None:
    shared.configure(model="scripted", base_url=model.base_url, mode="auto")
    one, other = page(browser, shared), page(browser, shared)
    model.say("A sum.\n" + code("total = 2 + 3", "total"), "It is 5.", code("total + 1"), "Six.")
    name = one.new("x = 1", "print('last')")
    other.open(name)
    mine, theirs = Panel(one), Panel(other)
    mine.open()
    theirs.open()
    mine.ask("add two and three")
    theirs.ended(1)
    expect(theirs.last).to_contain_text("It is 5.")
    added = ["x = 1", "total = 2 + 3\ntotal", "print('last')"]
    other.until(lambda: other.sources() == added)
    other.until(lambda: text_of(other.cells()[1]) == "5")
    assert one.sources() == added
    theirs.ask("one more")
    mine.ended(2)
    added.insert(2, "total + 1")
    one.until(lambda: one.sources() == added)
    one.until(lambda: text_of(one.cells()[2]) == "6")
    assert other.sources() == added
    one.shot("panel-collaboration")
    assert one.trouble == other.trouble == []
    for lab in (one, other):
        lab.page.close(run_before_unload=False)
