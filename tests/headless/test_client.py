"""The headless notebook carries out a kernel's edits as docs/wire.md says, in real kernels."""

from __future__ import annotations

import json

import pytest
from nbclient.exceptions import CellExecutionError
from nbformat import v4
from open_interpreter.core.edits import Place
from open_interpreter.core.wire import from_wire
from open_interpreter.headless.notes import CellEnded, Generated, GeneratedRan

from .rig import KERNEL_SIDE, MAGIC, execute, notebook, sources, texts

TASK = """%%interpret
play(insert("g1"), {"type": "Append", "id": "g1", "text": "wrong"}, {"run": "g1", "source": "wrong"},
     {"type": "Rewrite", "id": "g1", "source": ""}, {"type": "Append", "id": "g1", "text": "x = 6 * 7; "},
     {"run": "g1", "source": "x = 6 * 7; print('made'); x"},
     insert("g2", after="g1", kind="markdown", source="It is "), {"type": "Append", "id": "g2", "text": "42."},
     settle())"""


@pytest.fixture(scope="module")
def story():
    """One notebook with a corrected task, plain cells around it and another task that uses display ids."""
    display = """%%interpret
from IPython.display import display, clear_output
play(insert("d1", task="t2"),
     {"run": "d1", "source": "handle = display('first', display_id='one'); print('a'); print('b')"},
     insert("d2", after="d1", task="t2"),
     {"run": "d2", "source": "print('gone'); clear_output(wait=True); print('10%\\\\r20% kept')"})"""
    after = "handle.update('second')\nx + 1"
    return execute(notebook("# Title", "y = 1", TASK, "x", display, after))


def test_generated_cells_stand_below_their_prompt_in_order(story):
    assert [cell["id"] for cell in story[0].cells] == ["c0", "c1", "c2", "c3", "g1", "g2", "c4", "c5", "d1", "d2", "c6"]


def test_a_corrected_cell_holds_its_last_source_and_its_last_outputs(story):
    cell = story[0].cells[4]
    assert cell.source == "x = 6 * 7; print('made'); x"
    assert texts(cell) == ["made\n", "42"]


def test_prose_is_an_owned_markdown_cell(story):
    prose = story[0].cells[5]
    assert (prose.cell_type, prose.source) == ("markdown", "It is 42.")
    assert prose.metadata.open_interpreter.task == "t1"


def test_a_prompt_settles_with_its_first_line_and_task(story):
    prompt = story[0].cells[3]
    assert prompt.source.startswith("%%interpret --settled 0badcafe\nplay(")
    assert prompt.metadata.open_interpreter == {"task": "t1", "prompt": True}
    assert prompt.outputs == []


def test_inserted_cells_run_once_and_counts_are_the_kernels(story):
    counts = [cell.get("execution_count") for cell in story[0].cells if cell.cell_type == "code"]
    assert len(set(counts)) == len(counts)
    assert story[0].cells[4].execution_count < story[0].cells[6].execution_count


def test_a_display_is_renewed_by_a_later_cell(story):
    assert texts(story[0].cells[8]) == ["'second'", "a\nb\n"]


def test_clear_output_waits_within_its_own_cell_and_progress_shows_its_last_state(story):
    assert texts(story[0].cells[9]) == ["20% kept\n"]


def test_notes_tell_the_attempts(story):
    notes = story[1]
    generated = [each for each in notes if isinstance(each, Generated)]
    ran = [each for each in notes if isinstance(each, GeneratedRan)]
    assert [each.attempt for each in generated[:2]] == [1, 2]
    assert ran[0].error is not None
    assert ran[0].error.line == "NameError: name 'wrong' is not defined"
    assert (ran[1].text, ran[1].error) == ("made\n42", None)


def test_the_end_of_a_prompt_is_told_with_what_stands_for_it(story):
    ended = next(each for each in story[1] if isinstance(each, CellEnded) and each.prompt)
    assert (ended.settled, ended.asked, ended.model) == (True, True, "scripted")
    assert [(each.kind, each.ran) for each in ended.owned] == [("code", True), ("markdown", False)]


def test_a_request_says_who_sends_it_and_where_the_prompt_stands():
    ask = "%%interpret\nimport json\n"
    ask += "print(json.dumps([presence(), get_ipython().kernel.get_parent('shell')['header']], default=str))"
    nb, _ = execute(notebook("# Title", "1 + 1", ask, "never_run = 1"), path="folder/story.ipynb")
    presence, header = json.loads(nb.cells[3].outputs[0].text)
    assert presence["cellId"] == "c3"
    assert presence["open_interpreter_client"] == header["session"]
    place = from_wire(Place, presence["open_interpreter_place"])
    assert (place.prompt, place.path) == ("c3", "folder/story.ipynb")
    assert [(each.id, each.kind) for each in place.cells[1:3]] == [("c1", "markdown"), ("c2", "code")]
    assert (place.cells[2].output, place.cells[2].count, place.cells[4].count) == ("2", 2, None)


def test_a_plain_cell_sends_no_place():
    nb, _ = execute(notebook("print(sorted(presence()))"))
    assert nb.cells[1].outputs[0].text == "['cellId', 'open_interpreter_client', 'open_interpreter_removed']\n"


def test_removed_cells_do_not_run_and_the_number_comes_back():
    remove = '%%interpret\nplay({"type": "Remove", "ids": ["c2", "c4"], "number": 7}, insert("g1"), '
    remove += '{"run": "g1", "source": "1"})'
    nb, _ = execute(
        notebook(remove, "raise SystemError", "'stays'", "raise SystemError", "presence()['open_interpreter_removed']")
    )
    assert [cell["id"] for cell in nb.cells] == ["c0", "c1", "g1", "c3", "c5"]
    assert texts(nb.cells[4]) == ["7"]


def test_cells_that_stand_run_as_ordinary_cells():
    nb = notebook('%%interpret --settled 1\nplay({"type": "Standing", "id": "c1", "ids": ["c2"]})', "z = 5; z")
    nb.cells[1].metadata["open_interpreter"] = {"task": "t", "prompt": True}
    nb.cells[2].metadata["open_interpreter"] = {"task": "t"}
    nb, notes = execute(nb)
    assert texts(nb.cells[2]) == ["5"]
    ended = next(each for each in notes if isinstance(each, CellEnded) and each.prompt)
    assert (ended.settled, ended.asked) == (True, False)


def test_cells_that_were_only_inserted_do_not_run():
    nb, _ = execute(notebook('%%interpret\nplay(insert("g1", source="raise SystemError"))', "1"))
    assert sources(nb)[1] == "raise SystemError"
    assert nb.cells[2].execution_count is None


def test_an_edit_for_a_cell_that_is_gone_is_ignored():
    gone = '{"type": "Append", "id": "nowhere", "text": "x"}, {"type": "Stamp", "id": "nowhere", "metadata": {}}'
    nb, _ = execute(notebook(f'%%interpret\nplay({gone}, insert("g1", after="nowhere"), {{"type": "Nonsense"}})', "1"))
    assert len(nb.cells) == 3


def test_a_failing_prompt_stops_the_run():
    nb = notebook(
        '%%interpret\nplay(insert("g1"), {"run": "g1", "source": "print(1)"})\nraise ValueError("stuck")', "2"
    )
    with pytest.raises(CellExecutionError, match="stuck"):
        execute(nb)
    assert texts(nb.cells[2]) == ["1\n"]
    assert nb.cells[3].execution_count is None


def test_a_failing_prompt_is_passed_over_when_errors_are_allowed():
    nb, _ = execute(notebook('%%interpret\nraise ValueError("stuck")', "2"), allow_errors=True)
    assert texts(nb.cells[2]) == ["2"]


def test_an_older_notebook_gains_ids():
    cells = [v4.new_code_cell(KERNEL_SIDE + MAGIC), v4.new_code_cell('%%interpret\nplay(insert("g1", source="1"))')]
    for cell in cells:
        del cell["id"]
    nb = v4.new_notebook(cells=cells, nbformat_minor=4)
    nb, _ = execute(nb)
    assert nb.nbformat_minor == 5
    assert len({cell["id"] for cell in nb.cells}) == 3


def test_an_output_widget_in_a_generated_cell_catches_its_output():
    code = "import ipywidgets; out = ipywidgets.Output()\\ndisplay(out)\\nwith out: print('inside')\\nprint('outside')"
    nb, _ = execute(
        notebook(f'%%interpret\nplay(insert("g1"), {{"run": "g1", "source": {code!r}}})'.replace("\\\\n", "\\n"))
    )
    assert nb.cells[2].outputs[-1].text == "outside\n"
    state = nb.metadata.widgets["application/vnd.jupyter.widget-state+json"]["state"]
    caught = [each["state"]["outputs"] for each in state.values() if each["model_name"] == "OutputModel"]
    assert caught[0][0]["text"] == "inside\n"


def test_a_client_can_execute_again(story):
    nb = notebook("1", '%%interpret\nplay(insert("g1"), {"run": "g1", "source": "5"}, settle())')
    execute(nb)
    nb.cells[
        2
    ].source = '%%interpret\nplay({"type": "Remove", "ids": ["g1"]}, insert("g2"), {"run": "g2", "source": "6"})'
    execute(nb)
    assert [cell["id"] for cell in nb.cells] == ["c0", "c1", "c2", "g2"]
