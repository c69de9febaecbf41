"""What a person asks in the panel happens in the notebook: the main stories, with a page that holds it."""

from __future__ import annotations

import asyncio

from open_interpreter.core.edits import Append, Insert
from open_interpreter.core.events import CellGrew, CellOpened, Dropped, Finished, Thought, Wrote
from open_interpreter.core.questions import Answer

from open_interpreter_lab.words import (
    Decide,
    Happened,
    Look,
    OpenChat,
    Opened,
    Queued,
    Ran,
    Replaces,
    Running,
    Said,
    Say,
    Seen,
    Steered,
    Stop,
    Undo,
    Undone,
    Waits,
    Wish,
)
from tests.model_server import Fault
from tests.server.telling import code, fresh

PATH = "story.ipynb"


async def test_two_cells_are_written_and_run_below_the_active_one(page, lab, script, kernel_of):
    requests = script("First a.\n" + code("a = 2") + "Then b.\n" + code("print(a + 40)"), "The answer is 42.")
    notebook = fresh(page, lab, kernel_of, PATH)
    task = page.ask("c1", PATH, "what is a?")
    finished = await page.finished("c1", task)
    assert finished.ending == "done", finished
    assert finished.answer == "The answer is 42."
    assert notebook.sources == ["x = 1", "a = 2", "print(a + 40)"]
    assert notebook.cells[2].text == "42\n"
    assert [each.status for each in page.events("c1", Ran)] == ["ok", "ok"]
    assert page.events("c1", Ran)[1].shows == "42"
    assert len(requests) == 2
    assert "x = 1" in requests[0].body["messages"][-1]["content"]
    mark = notebook.cells[1].metadata["open_interpreter"]
    assert mark["task"] == task
    assert mark["approved"] == "policy"
    assert len(mark["source_hash"]) == 64
    kinds = [type(each).__name__ for each in page.events("c1")]
    assert kinds[:3] == ["Said", "Started", "Sent"]
    assert kinds[-1] == "Finished"
    assert kinds.index("Running") < kinds.index("Ran")


async def test_code_streams_into_the_cell_while_it_is_written(page, lab, model, script, kernel_of):
    lines = [f"value_{number} = {number}" for number in range(60)]
    script(code(*lines), "Done.")
    model.delay = 0.01
    try:
        notebook = fresh(page, lab, kernel_of, PATH)
        task = page.ask("c2", PATH, "many values")
        assert (await page.finished("c2", task)).ending == "done"
    finally:
        model.delay = 0.0
    assert notebook.sources[1] == "\n".join(lines)
    assert sum(isinstance(each, Insert) for each in notebook.edits) == 1
    assert sum(isinstance(each, Append) for each in notebook.edits) > 3


async def test_a_failing_cell_is_corrected_in_its_place(page, lab, script, kernel_of):
    requests = script(code("ages = {'Age': 3}", "ages['age']"), code("ages = {'Age': 3}", "ages['Age']"), "It is 3.")
    notebook = fresh(page, lab, kernel_of, PATH)
    task = page.ask("c3", PATH, "the age")
    assert (await page.finished("c3", task)).ending == "done"
    assert notebook.sources == ["x = 1", "ages = {'Age': 3}\nages['Age']"]
    first, second = page.events("c3", Ran)
    assert (first.status, first.error) == ("error", "KeyError: 'age'")
    assert second.status == "ok"
    assert first.id == second.id == notebook.cells[1].id
    assert [each.attempt for each in page.events("c3", CellOpened)] == [1, 2]
    assert "KeyError: 'age'" in requests[1].body["messages"][-1]["content"]


async def test_the_next_task_goes_below_the_cells_of_the_last_and_is_told_of_it(page, lab, script, kernel_of):
    requests = script(code("first = 1"), "One.", code("second = 2"), "Two.")
    notebook = fresh(page, lab, kernel_of, PATH, "x = 1", "y = 2")
    notebook.active = "a1"
    await page.finished("c4", page.ask("c4", PATH, "first"))
    await page.finished("c4", page.ask("c4", PATH, "second"))
    assert notebook.sources == ["x = 1", "first = 1", "second = 2", "y = 2"]
    told = [message["content"] for message in requests[2].body["messages"]]
    assert told[1] == "first"
    assert "first = 1" in told[2]
    assert "One." in told[2]


async def test_stop_while_the_reply_streams_takes_the_half_cell_out(page, lab, model, script, kernel_of):
    script(Fault(text=code("a = 1", "b = 2", "c = 3"), stall="middle"))
    notebook = fresh(page, lab, kernel_of, PATH)
    task = page.ask("c5", PATH, "stop me")
    await page.event("c5", CellGrew)
    await page.until(lambda: len(notebook.cells) == 2)
    page.say(Stop("c5"))
    finished = await asyncio.wait_for(page.finished("c5", task), 3)
    assert finished.ending == "stopped"
    await page.until(lambda: notebook.sources == ["x = 1"])
    assert await asyncio.to_thread(model.left.wait, 10), "the model's stream was not closed"
    assert [each.restored for each in page.events("c5", Dropped)] == [None]
    assert not page.events("c5", Ran)


async def test_stop_ends_the_task_that_is_meant_and_what_is_said_next_begins_another(page, lab, script, kernel_of):
    script(Fault(text=code("a = 1", "b = 2", "c = 3"), stall="middle"), "Instead.")
    fresh(page, lab, kernel_of, PATH)
    task = page.ask("c5b", PATH, "stop me")
    await page.event("c5b", CellGrew)
    page.say(Stop("c5b", "another"))
    page.say(Stop("c5b", task))
    after = page.ask("c5b", PATH, "do this instead")
    assert (await page.finished("c5b", task)).ending == "stopped"
    assert (await page.finished("c5b", after)).answer == "Instead."
    assert not page.events("c5b", Steered)


async def test_stop_while_a_cell_runs_interrupts_the_kernel_and_leaves_what_it_showed(page, lab, script, kernel_of):
    script(code("import time", "print('begun', flush=True)", "time.sleep(60)"), "never said")
    notebook = fresh(page, lab, kernel_of, PATH)
    task = page.ask("c6", PATH, "sleep")
    await page.until(lambda: len(notebook.cells) == 2 and "begun" in notebook.cells[1].text)
    page.say(Stop("c6"))
    finished = await asyncio.wait_for(page.finished("c6", task), 3)
    assert finished.ending == "stopped"
    (ran,) = page.events("c6", Ran)
    assert ran.status == "aborted"
    assert "begun" in ran.shows
    assert len(notebook.cells) == 2
    await page.until(lambda: not notebook.cells[1].running)


async def test_approval_waits_and_edits_and_refuses_with_a_word(page, lab, script, kernel_of):
    requests = script(code("a = 1"), code("a = 3"), "Now 3.")
    notebook = fresh(page, lab, kernel_of, PATH)
    task = page.ask("c7", PATH, "set a", mode="ask")
    first = await page.event("c7", Waits)
    page.decide("c7", first.question.id, Answer("refuse", "use 3"))
    second = await page.event("c7", Waits, lambda each: each.question.id != first.question.id)
    assert second.question.cell.source == "a = 3"
    page.decide("c7", second.question.id, Answer("run", source="a = 33"))
    assert (await page.finished("c7", task)).ending == "done"
    assert "use 3" in requests[1].body["messages"][-1]["content"]
    assert notebook.sources == ["x = 1", "a = 33"]
    assert [each.status for each in page.events("c7", Ran)] == ["refused", "ok"]


async def test_stop_while_somebody_is_asked_leaves_nothing(page, lab, script, kernel_of):
    script(code("a = 1"))
    notebook = fresh(page, lab, kernel_of, PATH)
    task = page.ask("c8", PATH, "set a", mode="ask")
    waits = await page.event("c8", Waits)
    page.say(Stop("c8"))
    assert (await asyncio.wait_for(page.finished("c8", task), 3)).ending == "stopped"
    page.say(Decide("c8", waits.question.id, Answer("run")))
    await page.until(lambda: notebook.sources == ["x = 1"])
    assert not page.events("c8", Running)


async def test_words_during_a_run_reach_the_model_with_its_next_request(page, lab, script, kernel_of):
    requests = script(code("import time", "time.sleep(1.5)"), "Fine.")
    fresh(page, lab, kernel_of, PATH)
    task = page.ask("c9", PATH, "wait")
    await page.event("c9", Running)
    page.ask("c9", PATH, "in French, please", task="steering1")
    page.ask("c9", PATH, "in French, please", task="steering1")
    assert (await page.finished("c9", task)).ending == "done"
    assert [each.text for each in page.events("c9", Steered)] == ["in French, please"]
    assert "in French, please" in requests[1].body["messages"][-1]["content"]


async def test_words_that_no_request_has_carried_begin_a_task_of_their_own(page, lab, model, script, kernel_of):
    script(Fault(text="All done here, " * 20, wait=0.0), "And the rest.")
    model.delay = 0.05
    try:
        fresh(page, lab, kernel_of, PATH)
        task = page.ask("c10", PATH, "talk")
        await page.event("c10", Wrote)
        page.ask("c10", PATH, "one thing more")
        await page.finished("c10", task)
    finally:
        model.delay = 0.0
    said = await page.event("c10", Said, lambda each: each.text == "one thing more")
    assert said
    await page.event("c10", Finished, lambda each: each.answer == "And the rest.")


async def test_what_is_said_twice_is_done_once_and_what_is_empty_is_not_done(page, lab, script, kernel_of):
    requests = script("Hello.", "Hello again.")
    fresh(page, lab, kernel_of, PATH)
    task = page.ask("c11", PATH, "say hello", task="twice")
    page.ask("c11", PATH, "say hello", task="twice")
    await page.finished("c11", task)
    page.ask("c11", PATH, "say hello", task="twice")
    page.ask("c12", PATH, "   ")
    from open_interpreter_lab.words import Chats, Failed, ListChats

    failed = await page.hears(Failed)
    assert failed.about == "c12"
    assert "empty" in failed.text
    page.say(ListChats(PATH))
    chats = await page.hears(Chats)
    assert "c12" not in [each.chat.id for each in chats.chats]
    assert len(requests) == 1


async def test_a_cell_of_the_persons_is_rewritten_only_when_it_runs(page, lab, script, kernel_of):
    script(code("total = sum([1, 2])"), "Mended.")
    notebook = fresh(page, lab, kernel_of, PATH, "total = sum([1, 2)", "z = 1")
    task = page.ask("c13", PATH, "", command="fix", cell="a1", mode="ask")
    waits = await page.event("c13", Waits)
    assert waits.replaces == "total = sum([1, 2)"
    assert notebook.sources[0] == "total = sum([1, 2)"
    page.decide("c13", waits.question.id, Answer("run"))
    assert (await page.finished("c13", task)).ending == "done"
    assert notebook.sources == ["total = sum([1, 2])", "z = 1"]
    assert page.events("c13", Replaces) == [Replaces("a1", "total = sum([1, 2)")]
    page.say(Undo("c13", task))
    undone = await page.event("c13", Undone)
    assert undone == Undone(1)
    assert notebook.sources == ["total = sum([1, 2)", "z = 1"]


async def test_undo_takes_cells_back_but_those_that_were_changed(page, lab, script, kernel_of):
    script(code("a = 1") + code("b = 2"), "Two cells.")
    notebook = fresh(page, lab, kernel_of, PATH)
    task = page.ask("c14", PATH, "two")
    await page.finished("c14", task)
    notebook.cells[2].source = "b = 2  # mine"
    page.say(Undo("c14", task))
    undone = await page.event("c14", Undone)
    assert undone == Undone(1, (notebook.cells[1].id,))
    assert notebook.sources == ["x = 1", "b = 2  # mine"]


async def test_a_chat_is_cut_and_said_anew_with_its_cells_taken_back(page, lab, script, kernel_of):
    script(code("a = 1"), "One.", code("a = 2"), "Two.")
    notebook = fresh(page, lab, kernel_of, PATH)
    first = page.ask("c15", PATH, "one")
    await page.finished("c15", first)
    page.say(Say("c15", "again15", Wish(PATH, "two", anchor="a1"), instead=first, undo=True))
    await page.finished("c15", "again15")
    assert notebook.sources == ["x = 1", "a = 2"]
    assert [each.text for each in page.events("c15", Said)] == ["two"]


async def test_a_page_that_connects_again_gets_what_it_has_missed_and_nothing_twice(
    page, pages, lab, script, kernel_of
):
    script(Fault(text="Thinking aloud, step by step. ", thought="hm"), "Never.")
    fresh(page, lab, kernel_of, PATH)
    task = page.ask("c16", PATH, "talk")
    await page.finished("c16", task)
    said = page.records["c16"][0]
    second = await pages()
    second.say(OpenChat("c16", 0))
    opened = await second.hears(Opened)
    assert [type(each.event) for each in opened.records].count(Wrote) == 1
    assert not [each for each in opened.records if isinstance(each.event, Thought)]
    third = await pages()
    third.say(OpenChat("c16", said.seq))
    missed = await third.until(lambda: third.records.get("c16"))
    assert missed == list(opened.records[1:])
    assert not [each for each in third.heard if isinstance(each, (Opened, Happened))]


async def test_a_cell_that_the_person_edits_meanwhile_is_left_to_them_and_the_model_is_told(
    page, lab, script, kernel_of
):
    requests = script(code("a = 1"), code("a = 5"), "As you like.")
    notebook = fresh(page, lab, kernel_of, PATH)
    task = page.ask("c17", PATH, "set a", mode="ask")
    waits = await page.event("c17", Waits)
    await page.until(lambda: len(notebook.cells) == 2 and notebook.sources[1] == "a = 1")
    notebook.cells[1].source = "a = 'mine'"
    page.decide("c17", waits.question.id, Answer("run"))
    again = await page.event("c17", Waits, lambda each: each.question.id != waits.question.id)
    assert notebook.sources[1] == "a = 'mine'"
    assert "a = 'mine'" in requests[1].body["messages"][-1]["content"]
    assert again.question.cell.id != waits.question.cell.id
    page.decide("c17", again.question.id, Answer("run"))
    assert (await page.finished("c17", task)).ending == "done"
    assert notebook.sources == ["x = 1", "a = 'mine'", "a = 5"]


async def test_a_look_at_the_notebook_leaves_to_the_person_what_they_have_edited(page, lab, script, kernel_of):
    script(code("a = 1"), "As you like.")
    notebook = fresh(page, lab, kernel_of, PATH)
    task = page.ask("c17b", PATH, "set a", mode="ask")
    waits = await page.event("c17b", Waits)
    await page.until(lambda: len(notebook.cells) == 2 and notebook.sources[1] == "a = 1")
    notebook.cells[1].source = "a = 'mine'"
    page.say(Look("l19", PATH))
    await page.hears(Seen)
    page.decide("c17b", waits.question.id, Answer("run", source="a = 1  # twice"))
    assert (await page.finished("c17b", task)).ending == "done"
    assert notebook.sources == ["x = 1", "a = 'mine'"]


async def test_a_cell_that_is_taken_out_while_it_is_written_means_stop(page, lab, model, script, kernel_of):
    script(code(*(f"value_{number} = {number}" for number in range(200))), "never")
    model.delay = 0.02
    try:
        notebook = fresh(page, lab, kernel_of, PATH)
        task = page.ask("c18", PATH, "many")
        await page.until(lambda: len(notebook.cells) == 2 and len(notebook.sources[1]) > 30)
        del notebook.cells[1]
        finished = await page.finished("c18", task)
    finally:
        model.delay = 0.0
    assert finished.ending == "stopped"
    assert "took out" in finished.reason
    assert notebook.sources == ["x = 1"]


async def test_a_task_waits_for_the_persons_own_cell(page, lab, script, kernel_of):
    script(code("mine"), "You set it.")
    notebook = fresh(page, lab, kernel_of, PATH)
    await page.execute(notebook.kernel, "import time; time.sleep(1.5); mine = 7")
    await asyncio.sleep(0.2)
    task = page.ask("c19", PATH, "what is mine")
    assert (await page.finished("c19", task)).ending == "done"
    assert page.events("c19", Queued) == [Queued(0)]
    assert page.events("c19", Ran)[0].status == "ok"
