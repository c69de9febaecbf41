"""Orders carried out on the file of a notebook that no page has open."""

import asyncio
import json
import os
import time

import nbformat
import pytest
from nbformat import v4
from open_interpreter.core.edits import METADATA_KEY, Append, Insert, Remove, Rewrite, Run, Stamp
from open_interpreter.core.wire import to_wire

from open_interpreter_lab.files import PaperTrouble
from open_interpreter_lab.files.papers import WHOLE
from open_interpreter_lab.words import Done, Move, Order, Read, Revert, Show


def code(source, cell, **more):
    return v4.new_code_cell(source, id=cell, **more)


def order(*edits, path="a.ipynb"):
    return Order("o1", path, edits)


def html(text):
    return {"output_type": "display_data", "data": {"text/html": text}, "metadata": {}}


async def test_what_stands_there_is_told(desk):
    outputs = [
        v4.new_output("stream", text="\x1b[31mred\x1b[0m\n"),
        v4.new_output("execute_result", data={"text/plain": "7"}, execution_count=3),
        v4.new_output("error", ename="E", evalue="bad", traceback=[]),
    ]
    note = {METADATA_KEY: {"task": "t1", "source_hash": "h"}}
    cells = [v4.new_markdown_cell("# Title", id="m"), code("7", "c", outputs=outputs, execution_count=3, metadata=note)]
    desk.put(cells=[*cells, v4.new_raw_cell("raw", id="r")])
    place = await desk.papers.read("a.ipynb")
    assert (place.path, place.prompt) == ("a.ipynb", "")
    assert [(each.id, each.kind, each.source) for each in place.cells] == [
        ("m", "markdown", "# Title"),
        ("c", "code", "7"),
        ("r", "raw", "raw"),
    ]
    told = place.cells[1]
    assert (told.task, told.source_hash, told.count, told.output) == ("t1", "h", 3, "red\n7\nE: bad")


async def test_cells_are_written_inserted_moved_and_taken_out(desk):
    desk.put(cells=[code("a", "a"), code("b", "b"), code("c", "c")])
    metadata = {METADATA_KEY: {"task": "t"}}
    done = await desk.papers.carry_out(
        order(
            Insert("n", "a", "code", "x =", metadata),
            Append("n", " 1"),
            Insert("top", "", "markdown", "# Top"),
            Rewrite("b", "b2"),
            Stamp("b", {"task": "t"}),
            Move("b", "top"),
            Remove(("c", "not there")),
            Revert(),
        ),
        {"b": "b", "c": "c"},
    )
    assert done == Done("o1")
    assert desk.sources() == ["# Top", "b2", "a", "x = 1"]
    cells = desk.get().cells
    assert [each.id for each in cells] == ["top", "b", "a", "n"]
    assert cells[1].metadata == cells[3].metadata == metadata
    assert (cells[3].outputs, cells[3].execution_count) == ([], None)


async def test_what_a_run_put_out_is_shown(desk):
    desk.put(cells=[code("a", "a", outputs=[v4.new_output("stream", text="old")])])
    shown = Show("a", (html("<b>new</b>"),), 4)
    assert (await desk.papers.carry_out(order(shown), {})).trouble == ""
    cell = desk.get().cells[0]
    assert (cell.outputs, cell.execution_count) == ([html("<b>new</b>")], 4)


async def test_a_cell_that_a_person_changed_is_left_and_the_rest_undone(desk):
    desk.put(cells=[code("mine", "a"), code("b", "b")])
    done = await desk.papers.carry_out(order(Rewrite("b", "b2"), Rewrite("a", "x"), Rewrite("b", "b3")), {"b": "b"})
    assert (done.trouble, done.cell, done.source) == ("edited", "a", "mine")
    assert desk.sources() == ["mine", "b2"]


async def test_nothing_is_saved_on_trouble_at_the_start(desk):
    desk.put(cells=[code("mine", "a")])
    before = (desk.folder / "a.ipynb").read_bytes()
    for edit in (Append("a", "x"), Remove(("a",)), Run("a", "m", "mine"), Rewrite("gone", "x")):
        done = await desk.papers.carry_out(order(edit), {"a": "theirs"})
        assert done.trouble == ("gone" if isinstance(edit, Rewrite) else "edited")
    for edit in (Insert("n", "gone"), Move("a", "gone"), Move("gone", "a"), Stamp("gone", {}), Show("gone")):
        assert (await desk.papers.carry_out(order(edit), {})).trouble == "gone"
    assert (desk.folder / "a.ipynb").read_bytes() == before


async def test_what_was_read_may_be_written(desk):
    desk.put(cells=[code("a", "a")])
    done = await desk.papers.carry_out(order(Read(), Append("a", "!"), Run("a", "m", "a!")), {})
    assert done.trouble == ""
    assert [each.source for each in done.place.cells] == ["a"]
    assert desk.sources() == ["a!"]


async def test_an_order_that_comes_twice_is_carried_out_once(desk):
    desk.put(cells=[code("a", "a")])
    insert = Insert("n", "a", "code", "1")
    for _ in range(2):
        assert (await desk.papers.carry_out(order(insert), {})).trouble == ""
    assert desk.sources() == ["a", "1"]
    again = await desk.papers.carry_out(order(Insert("n", "a", "code", "2")), {})
    assert (again.trouble, again.source) == ("edited", "1")


async def test_reading_alone_writes_nothing(desk):
    desk.put(cells=[code("a", "a")], minor=4)
    before = (desk.folder / "a.ipynb").read_bytes()
    assert (await desk.papers.carry_out(order(Read()), {})).place.cells[0].id
    assert (desk.folder / "a.ipynb").read_bytes() == before


async def test_an_older_notebook_keeps_the_ids_that_were_told(desk):
    desk.put(cells=[code("same", "a"), code("same", "b")], minor=4)
    told = [each.id for each in (await desk.papers.read("a.ipynb")).cells]
    assert len(set(told)) == 2
    done = await desk.papers.carry_out(order(Rewrite(told[1], "new")), {told[1]: "same"})
    assert done.trouble == ""
    notebook = desk.get()
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert [(each.id, each.source) for each in notebook.cells] == list(zip(told, ["same", "new"], strict=True))


async def test_a_notebook_of_an_old_format_keeps_the_ids_that_were_told(desk):
    cell = {
        "cell_type": "code",
        "input": "old",
        "outputs": [],
        "language": "python",
        "metadata": {},
        "collapsed": False,
    }
    old = {
        "nbformat": 3,
        "nbformat_minor": 0,
        "metadata": {"name": ""},
        "worksheets": [{"cells": [cell], "metadata": {}}],
    }
    (desk.folder / "a.ipynb").write_text(json.dumps(old), "utf-8")
    told = (await desk.papers.read("a.ipynb")).cells[0]
    assert (await desk.papers.carry_out(order(Append(told.id, "!")), {told.id: told.source})).trouble == ""
    assert [(each.id, each.source) for each in desk.get().cells] == [(told.id, "old!")]


@pytest.mark.parametrize("trusted", [True, False])
async def test_trust_stays_as_it_was(desk, trusted):
    desk.put(
        cells=[code("a", "a", outputs=[v4.new_output("display_data", data={"text/html": "<i>"})])], trusted=trusted
    )
    await desk.papers.carry_out(order(Insert("n", "a", "code", "1"), Show("n", (html("<b>"),))), {})
    assert desk.is_trusted() is trusted
    await desk.papers.carry_out(order(Append("n", "+1"), Show("n", (html("<u>"),))), {"n": "1"})
    assert desk.is_trusted() is trusted
    assert "trusted" not in desk.get().cells[0].metadata


async def test_a_file_that_is_gone_or_no_notebook(desk):
    (desk.folder / "b.ipynb").write_text("no JSON", "utf-8")
    for path, words in (("a.ipynb", "moved or deleted"), ("b.ipynb", "cannot be read as a notebook")):
        with pytest.raises(PaperTrouble, match=words) as caught:
            await desk.papers.read(path)
        assert caught.value.trouble == "closed"
        done = await desk.papers.carry_out(order(Insert("n", ""), path=path), {})
        assert done.trouble == "closed"
        assert words in done.said
    with pytest.raises(PaperTrouble):
        await desk.papers.modified("a.ipynb")


async def test_a_file_that_is_read_only(desk, monkeypatch):
    desk.put(cells=[code("a", "a")])
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)  # as root, every file may be written
    assert len((await desk.papers.read("a.ipynb")).cells) == 1
    done = await desk.papers.carry_out(order(Rewrite("a", "b")), {"a": "a"})
    assert done.trouble == "readonly"
    assert "read-only" in done.said
    assert desk.sources() == ["a"]


async def test_a_disk_that_takes_no_more(desk, monkeypatch):
    desk.put(cells=[code("a", "a")])

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(nbformat, "write", full)
    done = await desk.papers.carry_out(order(Rewrite("a", "b")), {"a": "a"})
    assert done.trouble == "readonly"
    assert desk.sources() == ["a"]


async def test_orders_at_the_same_time_are_all_kept(desk):
    desk.put(cells=[code("a", "a")])
    orders = [order(Insert(f"n{number}", "a", "code", str(number))) for number in range(8)]
    await asyncio.gather(*(desk.papers.carry_out(each, {}) for each in orders))
    assert sorted(desk.sources()) == ["0", "1", "2", "3", "4", "5", "6", "7", "a"]


async def test_the_time_is_told_as_the_contents_api_does(desk):
    desk.put()
    os.utime(desk.folder / "a.ipynb", (1_700_000_000, 1_700_000_000))
    assert await desk.papers.modified("a.ipynb") == "2023-11-14T22:13:20Z"


async def test_a_large_notebook_is_told_within_bounds_and_the_end_first(desk):
    cells = [code(f"x{number} = '{'é' * 6_000}'", f"c{number}") for number in range(1000)]
    desk.put(cells=cells)
    place = await desk.papers.read("a.ipynb")
    assert len(json.dumps(to_wire(place), ensure_ascii=False).encode()) <= WHOLE
    assert len(place.cells) == 1000
    assert place.cells[-1].source == cells[-1].source
    assert place.cells[0].source == ""


async def test_a_cell_that_was_told_cut_may_be_written(desk):
    desk.put(cells=[code("'" + "x" * 9_000_000 + "'", "a")])
    told = (await desk.papers.read("a.ipynb")).cells[0].source
    assert told.endswith("\n…")
    assert (await desk.papers.carry_out(order(Rewrite("a", "short")), {"a": told})).trouble == ""
    assert desk.sources() == ["short"]


async def test_a_thousand_cells_are_read_and_written_in_moments(desk):
    text = v4.new_output("stream", text="line\n" * 20)
    desk.put(cells=[code(f"print({number})", f"c{number}", outputs=[text]) for number in range(1000)])
    start = time.perf_counter()
    await desk.papers.read("a.ipynb")
    await desk.papers.carry_out(order(Rewrite("c500", "1")), {"c500": "print(500)"})
    assert time.perf_counter() - start < 15
    assert desk.sources()[500] == "1"
