"""Who counts as a desk: the pages that hold a notebook and answer."""

from __future__ import annotations

import pytest

from open_interpreter_lab.desks import DeskGone, Desks
from open_interpreter_lab.host.notebook import Notebook
from open_interpreter_lab.words import Done, Hold, Holding, Order, Read

PATH = "work/a.ipynb"
HOLD = Hold((Holding(PATH, "k"),), PATH)


class Told:
    def __init__(self):
        self.words = []

    def tell(self, word):
        self.words.append(word)


@pytest.fixture
def desks():
    return Desks(answer_within=0.02)


async def test_a_page_that_does_not_answer_is_no_desk_until_it_wakes(desks):
    page = Told()
    desks.hold(page, HOLD)
    with pytest.raises(DeskGone):
        await desks.order(page, Order("o.1", PATH, ()))
    assert desks.find(PATH) is None
    desks.rename("work", "play")
    assert desks.wake(page) == Hold((Holding("play/a.ipynb", "k"),), PATH)
    assert desks.wake(page) is None


async def test_a_page_that_is_gone_does_not_wake(desks):
    page = Told()
    desks.hold(page, HOLD)
    with pytest.raises(DeskGone):
        await desks.order(page, Order("o.1", PATH, ()))
    desks.leave(page)
    assert desks.wake(page) is None


@pytest.mark.parametrize(("answered", "holds"), [("before", False), ("after", True)])
async def test_a_page_that_does_not_know_a_name_of_before_still_holds_the_notebook(desks, answered, holds):
    page, notebook = Told(), Notebook(PATH, desks, None)
    desks.hold(page, HOLD)
    notebook.tell(page, Read())
    if answered == "after":
        notebook.path = "work/b.ipynb"
        desks.rename(PATH, notebook.path)
    notebook.closed(page, Done(page.words[0].id, "closed"))
    assert (notebook.desk is page) is holds
