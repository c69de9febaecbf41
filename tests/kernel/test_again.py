"""A task that did not end well, and the same prompt run again: what the first left behind makes way."""

import pytest

from tests.kernel.desk import DeskCell
from tests.model_server import Fault

SIX = "```python\ntotal = 6\n```"
FAILING = "```python\n1 / 0\n```"


def sources(desk):
    return [cell.source.split("\n")[-1] for cell in desk.cells]


@pytest.mark.parametrize(
    ("first", "replies"),
    [
        ("%%interpret\nadd", [FAILING, FAILING]),
        ("%%interpret --mode suggest\nadd", [FAILING]),
        ("%%interpret\nadd", [FAILING.replace("1 / 0", "1"), Fault("no", status=401)]),
    ],
    ids=["stuck", "suggested", "broken off"],
)
def test_running_a_prompt_again_replaces_what_its_last_run_left(desk, script, first, replies):
    script(*replies)
    prompt, _ = desk.write(first, "last = 1")
    desk.run()
    assert len(desk.cells) == 3
    assert "--settled" not in prompt.source
    prompt.source = "%%interpret\nadd"
    script(SIX, "Six.")
    desk.run()
    assert sources(desk) == ["add", "total = 6", "Six.", "last = 1"]
    assert prompt.error is None


def test_a_re_asked_prompt_that_does_not_end_well_is_no_longer_settled(desk, script):
    script(SIX, "Six.")
    (prompt,) = desk.write("%%interpret\nadd")
    desk.run()
    prompt.source = prompt.source.replace("\nadd", "\nadd more")
    script(FAILING, FAILING)
    desk.run()
    assert sources(desk) == ["add more", "1 / 0"]
    assert "--settled" not in prompt.source
    prompt.source = prompt.source.replace("\nadd more", "\nadd")
    script(SIX, "Six.")
    desk.run()
    assert sources(desk) == ["add", "total = 6", "Six."]


def test_a_prompt_whose_new_cells_never_came_keeps_its_old_ones_and_its_mark(desk, script):
    script(SIX, "Six.")
    (prompt,) = desk.write("%%interpret\nadd")
    desk.run()
    prompt.source = prompt.source.replace("\nadd", "\nadd more")
    script(Fault("```python\nx = 1", finish="length"))
    desk.run()
    assert sources(desk) == ["add more", "total = 6", "Six."]
    assert "--settled" in prompt.source
    script("```python\ntotal = 7\n```", "Seven.")
    desk.run()
    assert sources(desk) == ["add more", "total = 7", "Seven."]


def test_a_half_written_cell_of_a_page_that_was_left_makes_way(desk, script):
    (prompt,) = desk.write("%%interpret\nadd")
    desk.cells += [DeskCell("half", "total = (", mark={"task": "gone", "turn": 1, "model": "scripted"})]
    desk.write("last = 1")
    script(SIX, "Six.")
    desk.run()
    assert sources(desk) == ["add", "total = 6", "Six.", "last = 1"]
    assert prompt.error is None


def test_keep_mine_settles_the_prompt_with_the_persons_cells(desk, script):
    server = script(SIX, "Six.")
    (prompt,) = desk.write("%%interpret\nadd")
    desk.run()
    desk.cells[1].source = "total = 66"
    prompt.source = prompt.source.replace("\nadd", "\nadd more")
    server.requests.clear()
    desk.answers = [{"choice": "keep"}]
    desk.run()
    desk.run()
    assert sources(desk) == ["add more", "total = 66", "Six."]
    assert "--settled" in prompt.source
    assert server.requests == []
    assert len(desk.asked) == 1


def test_undo_brings_back_the_cells_that_made_way(desk, script):
    server = script(SIX, "Six.")
    (prompt,) = desk.write("%%interpret\nadd")
    desk.run()
    settled = prompt.source
    prompt.source = settled.replace("\nadd", "\nadd more")
    script("Just words.")
    desk.run()
    assert sources(desk) == ["add more", "Just words."]
    (undo,) = desk.write("%oi undo")
    desk.run(undo)
    assert undo.text.startswith("Taken back: 1 cell of the last task, and the 2 before are there again.")
    assert sources(desk)[:3] == ["add more", "total = 6", "Six."]
    prompt.source = settled
    server.requests.clear()
    desk.run(prompt, desk.cells[1])
    assert server.requests == []
    assert desk.edits[-1]["type"] == "Standing"
