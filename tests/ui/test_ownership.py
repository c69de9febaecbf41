"""A prompt cell owns the cells it made: what JupyterLab's own commands do to them, and what Run All makes of it."""

from __future__ import annotations

from tests.model_server import ModelServer
from tests.ui.lab import Lab, text_of
from tests.ui.test_magic import ADD, DONE, loading

PROMPT = "%%interpret\nadd two and three"
CODE = "total = 2 + 3\ntotal"
SIX, SEVEN = ("```python\ntotal = 6\n```", "Six."), ("```python\ntotal = 7\n```", "Seven.")


def settled(lab: Lab, model: ModelServer, *below: str) -> None:
    """A notebook whose second cell is a settled prompt with a code cell and an answer."""
    model.say(ADD, DONE)
    lab.new(loading(model), PROMPT, *below)
    lab.run_all()
    model.requests.clear()


def told(lab: Lab) -> list[str]:
    """The last line of every cell but the first; with a star where the cell is marked as a task's."""
    cells = lab.cells()[1:]
    return ["*" * bool(task(cell)) + "".join(cell["source"]).split("\n")[-1] for cell in cells]


def task(cell: dict[str, dict[str, dict[str, str]]]) -> str:
    return cell["metadata"].get("open_interpreter", {}).get("task", "")


def change(lab: Lab, index: int, instruction: str) -> None:
    """Type another instruction below the prompt's first line."""
    lab.type_over(index, lab.sources()[index].split("\n")[0] + "\n" + instruction)


def test_run_all_runs_the_new_cells_only_in_order_and_the_second_prompt_sees_the_first(
    lab: Lab, model: ModelServer
) -> None:
    log = "```python\nlog = ['old 1']\n```\n```python\nlog.append('old 2')\n```"
    model.say(log, "Begun.", "```python\nlog.append('second')\n```", "Gone on.")
    lab.new(loading(model), "%%interpret\nbegin a log", "%%interpret\ngo on with it", "print(log)")
    lab.run_all()
    assert "log.append('old 2')" in str(model.requests[2].body["messages"])
    assert "log: list" in str(model.requests[2].body["messages"])
    assert text_of(lab.cells()[-1]) == "['old 1', 'old 2', 'second']\n"
    change(lab, 1, "begin another log")
    model.say("```python\nlog = ['new 1']\n```\n```python\nlog.append('new 2')\n```", "Begun anew.")
    lab.run_all()
    assert text_of(lab.cells()[-1]) == "['new 1', 'new 2', 'second']\n"
    assert len(model.requests) == 6
    assert [line.split(" --")[0] for line in told(lab)] == [
        "*begin another log", "*log = ['new 1']", "*log.append('new 2')", "*Begun anew.",
        "*go on with it", "*log.append('second')", "*Gone on.", "print(log)",
    ]  # fmt: skip


def test_copies_are_independent_of_what_they_were_copied_from(lab: Lab, model: ModelServer) -> None:
    settled(lab, model)
    lab.select(2)
    lab.command("notebook:duplicate-below")
    lab.wait("() => !window.jupyterapp.shell.currentWidget.content.widgets[3].model.getMetadata('open_interpreter')")
    assert told(lab) == ["*add two and three", "*total", "total", f"*{DONE}"]
    lab.select_range(1, 4)
    lab.command("notebook:copy-cell")
    lab.command("notebook:paste-cell-below")
    lab.run_all()
    assert model.requests == []
    first, second = task(lab.cells()[1]), task(lab.cells()[5])
    assert first != second
    assert [task(cell) for cell in lab.cells()[5:]] == [second, second, "", second]
    lab.type_over(3, "mine = 1")
    change(lab, 1, "make it six")
    model.say(*SIX)
    lab.run_all()
    assert told(lab)[:4] == ["*make it six", "*total = 6", "*Six.", "mine = 1"]
    assert [task(cell) for cell in lab.cells()[5:]] == [second, second, "", second]


def test_cells_that_are_moved_cut_split_or_merged_are_never_lost(lab: Lab, model: ModelServer) -> None:
    settled(lab, model, "%%interpret --settled 00000000\nanother", "mine = 1")
    lab.select(2)
    for _ in range(3):
        lab.command("notebook:move-cell-down")
    assert told(lab) == ["*add two and three", f"*{DONE}", "another", "mine = 1", "*total"]
    lab.command("notebook:cut-cell")
    lab.select(1)
    lab.command("notebook:paste-cell-below")
    assert told(lab)[:3] == ["*add two and three", "*total", f"*{DONE}"]
    lab.select(4)
    lab.command("notebook:delete-cell")
    lab.run_all()
    assert model.requests == []
    lab.edit_at(2, line=1)
    lab.command("notebook:split-cell-at-cursor")
    assert told(lab)[1:3] == ["*total = 2 + 3", "*total"]
    change(lab, 1, "make it six")
    lab.begin("notebook:run-all-cells")
    assert "2 of the cells" in lab.question.inner_text()
    lab.press("Cancel")
    lab.settle_down()
    lab.select_range(2, 3)
    lab.command("notebook:merge-cells")
    assert lab.sources()[2].split() == CODE.split()
    model.say(*SIX)
    lab.run_all()
    assert lab.question.count() == 0
    assert told(lab) == ["*make it six", "*total = 6", "*Six.", "mine = 1"]


def test_a_cell_below_the_next_prompt_is_left_alone(lab: Lab, model: ModelServer) -> None:
    settled(lab, model, "%%interpret\nanother", "mine = 1")
    lab.select(2)
    for _ in range(3):
        lab.command("notebook:move-cell-down")
    change(lab, 1, "make it six")
    model.say(*SIX, *SEVEN)
    lab.run_all()
    assert told(lab) == [
        "*make it six", "*total = 6", "*Six.", "*another", "*total = 7", "*Seven.", "mine = 1", "*total",
    ]  # fmt: skip
    assert text_of(lab.cells()[-1]) == "5"


def test_a_split_prompt_asks_for_each_half(lab: Lab, model: ModelServer) -> None:
    model.say(ADD, DONE)
    lab.new(loading(model), "%%interpret\nadd two and three\n%%interpret\nand make it seven")
    lab.edit_at(1, line=2)
    lab.command("notebook:split-cell-at-cursor")
    model.say(*SEVEN)
    lab.run_all()
    assert told(lab) == [
        "*add two and three", "*total", f"*{DONE}", "*and make it seven", "*total = 7", "*Seven.",
    ]  # fmt: skip


def test_what_the_person_made_of_a_cell_is_kept_left_or_replaced_as_the_person_says(
    lab: Lab, model: ModelServer
) -> None:
    settled(lab, model, "print('last', total)")
    lab.type_over(2, "total = 5  # mine")
    lab.run(1)
    lab.press("Ask again")
    lab.press("Cancel")
    lab.settle_down()
    assert "--fresh" not in lab.sources()[1]
    assert told(lab) == ["*add two and three", "*total = 5  # mine", f"*{DONE}", "print('last', total)"]
    change(lab, 1, "make it six")
    lab.begin("notebook:run-all-cells")
    lab.press("Keep mine")
    lab.settle_down()
    assert text_of(lab.cells()[-1]) == "last 5\n"
    lab.run_all()
    assert lab.question.count() == 0
    assert model.requests == []
    change(lab, 1, "make it seven")
    model.say(*SEVEN)
    lab.begin("notebook:run-all-cells")
    lab.press("Replace")
    lab.settle_down()
    assert told(lab) == ["*make it seven", "*total = 7", "*Seven.", "print('last', total)"]
    assert text_of(lab.cells()[-1]) == "last 7\n"
    lab.command("notebook:undo-cell-action")
    lab.command("notebook:undo-cell-action")
    lab.command("notebook:undo-cell-action")
    assert "total = 5  # mine" in lab.sources()


def test_undo_takes_back_one_cell_and_oi_undo_the_task(lab: Lab, model: ModelServer) -> None:
    settled(lab, model, "%oi undo")
    assert text_of(lab.cells()[-1]).startswith("Taken back: 2 cells")
    model.say(ADD, DONE)
    lab.run(1)
    lab.command("notebook:undo-cell-action")
    assert told(lab) == ["*add two and three", "*total", "%oi undo"]
    lab.command("notebook:undo-cell-action")
    assert told(lab) == ["*add two and three", "%oi undo"]
    lab.command("notebook:redo-cell-action")
    lab.command("notebook:redo-cell-action")
    assert told(lab) == ["*add two and three", "*total", f"*{DONE}", "%oi undo"]
    change(lab, 1, "make it six")
    model.say(*SIX)
    lab.run(1)
    lab.run(4)
    assert "2 before are there again" in text_of(lab.cells()[-1])
    assert told(lab) == ["*make it six", "*total", f"*{DONE}", "%oi undo"]
    assert text_of(lab.cells()[2]) == "5"


def test_run_them_and_detach(lab: Lab, model: ModelServer) -> None:
    settled(lab, model, "%reset -f", "'total' in dir()")
    lab.run(4)
    lab.run(5)
    assert text_of(lab.cells()[5]) == "False"
    lab.run(1)
    lab.press("Run them")
    lab.settle_down()
    lab.run(5)
    assert text_of(lab.cells()[5]) == "True"
    lab.run(1)
    lab.press("Detach")
    assert told(lab)[:3] == ["add two and three", "total", DONE]
    model.say(*SIX)
    lab.run(1)
    assert told(lab)[:5] == ["*add two and three", "*total = 6", "*Six.", "total", DONE]


def test_an_answer_without_code_is_offered_only_when_its_prompt_runs_alone(lab: Lab, model: ModelServer) -> None:
    model.say("Just words.")
    lab.new(loading(model), "%%interpret\nsay something")
    lab.run_all()
    lab.run_all()
    assert lab.question.count() == 0
    lab.run(1)
    assert "One cell stands for this." in lab.question.inner_text()


def test_a_prompt_that_only_suggests_or_is_refused_makes_way_for_its_next_run(lab: Lab, model: ModelServer) -> None:
    model.say(ADD)
    lab.new(loading(model), "%%interpret --mode suggest\nadd two and three", "last = 1")
    lab.run_all()
    assert told(lab) == ["*add two and three", "*total", "last = 1"]
    assert [cell["execution_count"] for cell in lab.cells()[2:]] == [None, None]
    model.say("```python\nimport os\nos.system('true')\n```")
    lab.type_over(1, PROMPT)
    lab.begin("notebook:run-all-cells")
    lab.press("Refuse")
    lab.settle_down()
    assert "refused" in text_of(lab.cells()[1])
    assert lab.cells()[-1]["execution_count"] is None
    model.say(*SIX)
    lab.run_all()
    assert told(lab) == ["*add two and three", "*total = 6", "*Six.", "last = 1"]


def test_the_first_run_is_trusted_when_the_notebook_is_opened_again(lab: Lab, model: ModelServer) -> None:
    model.say("```python\nimport pandas as pd\npd.DataFrame({'a': [1, 2]})\n```", DONE)
    name = lab.new(loading(model), "%%interpret\nshow a table")
    lab.run_all()
    lab.save()
    lab.open(name)
    assert lab.cell(2).locator("table").count() == 1
