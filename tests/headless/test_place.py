"""A prompt's place tells all cells and fits into 256 kB, what is nearest first."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat import v4
from open_interpreter.core.wire import to_wire
from open_interpreter.headless.document import Document, is_prompt
from open_interpreter.headless.place import LIMIT, output_text, place_of


def place(sources, prompt, **owned):
    cells = [v4.new_code_cell(source, id=f"c{index}") for index, source in enumerate(sources)]
    for name, task in owned.items():
        cells[int(name[1:])].metadata["open_interpreter"] = {"task": task, "source_hash": "h"}
    document = Document(v4.new_notebook(cells=cells))
    return place_of(document, cells[prompt])


def size(value):
    return len(json.dumps(to_wire(value)).encode())


def test_all_cells_are_told_in_order():
    told = place(["a = 1", "%%interpret\nx", "b = 2"], 1)
    assert [(each.id, each.source) for each in told.cells] == [
        ("c0", "a = 1"),
        ("c1", "%%interpret\nx"),
        ("c2", "b = 2"),
    ]


def test_a_huge_notebook_is_cut_far_from_the_prompt_first():
    big = "x" * 70_000
    told = place([big, big, big, "%%interpret\nx", big, big, "near"], 3, c3="t", c5="t")
    kept = [bool(each.source) for each in told.cells]
    assert size(told) <= LIMIT
    assert kept[5]  # the prompt's own cell
    assert kept[2]
    assert not kept[0]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 90_000), min_size=1, max_size=12), st.data())
def test_a_place_never_exceeds_its_limit(lengths, data):
    prompt = data.draw(st.integers(0, len(lengths) - 1))
    assert size(place(["é" * (length // 2) for length in lengths], prompt)) <= LIMIT


def test_an_owned_cell_is_told_with_its_task_and_hash():
    told = place(["%%interpret\nx", "1"], 0, c0="t", c1="t")
    assert (told.task, told.cells[1].task, told.cells[1].source_hash) == ("t", "t", "h")


def test_output_text_is_plain_and_short():
    outputs = [
        v4.new_output("stream", name="stdout", text="\x1b[31mred\x1b[0m\n"),
        v4.new_output("display_data", data={"text/plain": "z" * 9000, "image/png": "…"}),
        v4.new_output("error", ename="KeyError", evalue="'a'", traceback=[]),
    ]
    text = output_text(outputs)
    assert text.startswith("red\nzzz")
    assert text.endswith("KeyError: 'a'")
    assert len(text) < 2100


def test_a_prompt_cell_begins_with_the_magic_as_a_whole_word():
    told = {
        "%%interpret\nx": True, "\n\n  %interpret x": True, "%%interpret": True,
        "%%interpreter\nx": False, "x\n%%interpret": False, "": False, "%oi": False,
    }  # fmt: skip
    assert {source: is_prompt(v4.new_code_cell(source)) for source in told} == told
    assert not is_prompt(v4.new_markdown_cell("%%interpret"))
