"""Pages that come late, are slow, or say what no text can hold."""

from __future__ import annotations

import asyncio
import json
import os

from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager
from open_interpreter.core.edits import Insert, NotebookCell, Place
from open_interpreter.core.events import Notice
from open_interpreter.core.questions import Answer

from open_interpreter_lab.desks import Desks
from open_interpreter_lab.files.papers import Papers
from open_interpreter_lab.host.notebook import Notebook
from open_interpreter_lab.host.written import Written
from open_interpreter_lab.words import Look, OpenChat, Opened, Ran, Said, Seen, Show, Waits
from tests.server.telling import code, fresh

PATH = "pages.ipynb"


async def test_half_a_character_keeps_nothing_from_being_said_and_kept(page, pages, lab, script, kernel_of):
    script("Half of it.")
    fresh(page, lab, kernel_of, PATH)
    task = page.ask("g1", PATH, "half \ud83d of it")
    assert (await page.finished("g1", task)).answer == "Half of it."
    await page.disconnect()
    second = await pages()
    second.say(OpenChat("g1", 0))
    await second.hears(Opened)
    assert [each.text for each in second.events("g1", Said)] == ["half \ufffd of it"]


async def test_a_file_whose_name_is_no_utf_8_can_be_looked_at(page, lab, kernel_of):
    fresh(page, lab, kernel_of, PATH)
    file = lab.root / os.fsdecode(b"caf\xe9.csv")
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    try:
        page.say(Look("l1", PATH))
        seen = await page.hears(Seen)
    finally:
        file.unlink()
    assert not seen.trouble
    assert [each.insert for each in seen.names if each.insert.endswith(".csv")] == ["@file:caf\ufffd.csv"]


async def test_a_notebook_that_lost_its_kernel_is_told_at_once_and_leaves_no_cell(page, lab, script, kernel_of):
    script(code("a = 1"))
    notebook = fresh(page, lab, kernel_of, PATH)
    task = page.ask("g2", PATH, "a", mode="ask")
    waits = await page.event("g2", Waits)
    notebook.kernel = "another"
    page.decide("g2", waits.question.id, Answer("run"))
    finished = await page.finished("g2", task)
    assert finished.ending == "failed"
    assert "not connected" in finished.reason
    assert page.events("g2", Ran) == page.events("g2", Notice) == []
    await page.until(lambda: notebook.sources == ["x = 1"])


async def test_what_the_person_made_of_a_cell_that_is_done_stays_at_the_next_page(page, pages, lab, script, kernel_of):
    script(code("a = 1", "b = 2") + code("c = 3") + code("d = 4"), "Done.")
    notebook = fresh(page, lab, kernel_of, PATH)
    task = page.ask("g3", PATH, "three", mode="ask")
    for number in range(2):
        (waits,) = await page.until(lambda n=number: page.events("g3", Waits)[n : n + 1])
        page.decide("g3", waits.question.id, Answer("run"))
        await page.until(lambda n=number: page.events("g3", Ran)[n : n + 1])
    (waits,) = await page.until(lambda: page.events("g3", Waits)[2:])
    await page.until(lambda: len(notebook.cells) == 4)
    notebook.cells[1].source = "a = 1"
    del notebook.cells[2]
    page.save(PATH)
    await page.disconnect()
    second = await pages()
    back = second.open(PATH, notebook.kernel)
    second.say(OpenChat("g3", 0))
    await second.hears(Opened)
    second.decide("g3", waits.question.id, Answer("run"))
    assert (await second.finished("g3", task)).ending == "done"
    assert back.sources == ["x = 1", "a = 1", "d = 4"]


async def test_a_page_is_shown_no_more_before_it_has_answered(page, pages, lab, script, kernel_of):
    script(code("import time", *("print('x' * 9, flush=True)\ntime.sleep(0.3)",) * 12), "Over.")
    notebook = fresh(page, lab, kernel_of, PATH)
    task = page.ask("g4", PATH, "slow")
    await page.until(lambda: len(notebook.cells) == 2 and notebook.cells[1].text)
    await page.disconnect()
    second = await pages()
    shown = []

    def order(word):
        if not any(isinstance(each, Show) for each in word.edits):
            return True
        shown.append(word)
        return len(shown) > 1

    second.on_order = order
    second.open(PATH, notebook.kernel)
    second.say(OpenChat("g4", 0))
    await second.until(lambda: shown)
    await asyncio.sleep(1.5)
    (first,) = shown
    assert first.answered
    await second._carry_out(first)
    assert (await second.finished("g4", task)).ending == "done"
    back = second.notebooks[PATH]
    assert back.cells[1].text.count("x") == 9 * 12


def done_cell():
    """A cell that ran and stood in the notebook when its file was of noon."""
    written = Written("c1", "a1", source="a = 1\nb = 2")
    written.wrote(Insert("c1", "a1", "code", written.source, {}), None)
    written.finished = written.source
    assert written.done
    written.since = "2026-01-01T12:00:00Z"
    return written


def met(source, file):
    written = done_cell()
    written.meet(None if source is None else NotebookCell("c1", "code", source), same=False, file=file)
    return written


def test_only_a_page_whose_file_is_older_than_a_cell_that_is_done_gets_it_again():
    for file in ("", "2026-01-01T11:00:00Z", "2026-01-01T12:00:00Z"):
        assert [type(each).__name__ for each in met(None, file).writing()] == ["Insert"]
        assert [type(each).__name__ for each in met("a = 1", file).writing()] == ["Append"]
    later = "2026-01-01T13:00:00Z"
    assert met(None, later).gone
    assert met("a = 1", later).edited == "a = 1"
    assert met("a = 1\nb = 2", later).ours
    again = done_cell()
    again.begin(holds_back=False)
    again.meet(None, same=False, file=later)
    assert not again.gone, "a new attempt may be lost as the first one was"


async def test_a_file_that_was_only_looked_at_counts_as_written_by_nobody(tmp_path):
    cell = {"cell_type": "code", "id": "a1", "source": "x", "metadata": {}, "outputs": [], "execution_count": None}
    content = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (tmp_path / PATH).write_text(json.dumps(content), encoding="utf-8")
    notebook = Notebook(PATH, Desks(), Papers(AsyncLargeFileManager(root_dir=str(tmp_path))))
    place = await notebook.read(None)
    assert isinstance(place, Place)
    nothing = await notebook.write_file((Insert("b1", "gone", "code", "y", {}),), {"a1": "x"})
    assert nothing.trouble == "gone"
    assert notebook.modified == ""
    await notebook.write_file((Insert("b1", "a1", "code", "y", {}),), {"a1": "x"})
    assert notebook.modified == await notebook.time(None) != ""
