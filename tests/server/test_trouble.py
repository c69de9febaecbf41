"""What goes wrong between a page, the server, a kernel and a file, and what then."""

from __future__ import annotations

import asyncio

from open_interpreter.core.edits import Run
from open_interpreter.core.events import Finished
from open_interpreter.core.questions import Answer

from open_interpreter_lab.desks import ANSWER_WITHIN
from open_interpreter_lab.words import (
    Chats,
    Done,
    Failed,
    KernelGone,
    ListChats,
    OpenChat,
    Opened,
    Ran,
    Renamed,
    Running,
    Show,
    Stop,
    Waits,
)
from tests.model_server import refusal
from tests.server.telling import code, fresh

PATH = "trouble.ipynb"


async def test_a_second_page_follows_and_answers_what_the_first_one_was_asked(page, pages, lab, script, kernel_of):
    script(code("a = 1"), "Done.")
    notebook = fresh(page, lab, kernel_of, PATH)
    second = await pages()
    second.open(PATH, notebook.kernel)
    second.say(OpenChat("t1", 0))
    task = page.ask("t1", PATH, "a", mode="ask")
    waits = await second.event("t1", Waits)
    second.decide("t1", waits.question.id, Answer("run"))
    assert (await second.finished("t1", task)).ending == "done"
    await page.finished("t1", task)
    assert notebook.sources == ["x = 1", "a = 1"]
    assert second.notebooks[PATH].sources == ["x = 1"], "only one page writes"


async def test_without_a_page_the_server_runs_and_writes_the_file(page, pages, lab, script, kernel_of):
    script(code("a = 1"), code("print('alone', a)"), "Done alone.")
    notebook = fresh(page, lab, kernel_of, PATH)
    task = page.ask("t2", PATH, "a", mode="ask")
    waits = await page.event("t2", Waits)
    await page.disconnect()
    second = await pages()
    second.say(OpenChat("t2", 0))
    await second.hears(Opened)
    second.decide("t2", waits.question.id, Answer("run"))
    again = await second.event("t2", Waits, lambda each: each.question.id != waits.question.id)
    second.decide("t2", again.question.id, Answer("run"))
    assert (await second.finished("t2", task)).ending == "done"
    cells = lab.cells(PATH)
    assert ["".join(each["source"]) for each in cells] == ["x = 1", "a = 1", "print('alone', a)"]
    assert "".join(cells[2]["outputs"][0]["text"]) == "alone 1\n"
    assert cells[2]["execution_count"] is not None
    assert cells[1]["metadata"]["open_interpreter"]["task"] == task
    await page.connect()  # with the notebook as it was before
    await page.until(lambda: notebook.sources == ["x = 1", "a = 1", "print('alone', a)"])


async def test_a_page_that_is_away_for_a_moment_goes_on_writing_and_the_file_is_left_alone(
    page, lab, script, kernel_of
):
    script(code("a = 1"), "Done.")
    notebook = fresh(page, lab, kernel_of, PATH)
    page.ask("t15", PATH, "a", mode="ask")
    waits = await page.event("t15", Waits)
    await page.until(lambda: len(notebook.cells) == 2)
    await page.disconnect()
    await page.connect()
    page.say(OpenChat("t15", page.records["t15"][-1].seq))
    page.decide("t15", waits.question.id, Answer("run"))
    await page.event("t15", Finished)
    assert notebook.sources == ["x = 1", "a = 1"]
    assert [each.status for each in page.events("t15", Ran)] == ["ok"]
    assert len(lab.cells(PATH)) == 1


async def test_a_page_that_comes_back_is_shown_what_runs(page, pages, lab, script, kernel_of):
    script(
        code("import time", "print('before', flush=True)", "time.sleep(4)", "print('after')"),
        "Over.",
    )
    notebook = fresh(page, lab, kernel_of, PATH)
    task = page.ask("t3", PATH, "slow")
    await page.until(lambda: len(notebook.cells) == 2 and "before" in notebook.cells[1].text)
    await page.disconnect()
    second = await pages()
    back = second.open(PATH, notebook.kernel)  # the file has not been saved: the cell is not in it
    second.say(OpenChat("t3", 0))
    await second.until(lambda: len(back.cells) == 2 and "before" in back.cells[1].text)
    assert back.cells[1].running
    assert (await second.finished("t3", task)).ending == "done"
    await second.until(lambda: "after" in back.cells[1].text and not back.cells[1].running)
    assert any(isinstance(each, Show) for each in back.edits)
    assert back.cells[1].count is not None
    assert len(second.events("t3", Running)) == 1


async def test_a_page_that_leaves_before_the_request_was_sent_has_it_sent_once_by_the_server(
    page, pages, lab, script, kernel_of
):
    script(code("runs = runs + 1", "print('runs', runs)"), "Once.")
    notebook = fresh(page, lab, kernel_of, "unsent.ipynb")
    await page.execute(notebook.kernel, "runs = 0")
    left = asyncio.Event()

    def order(word):
        if any(isinstance(each, Run) for each in word.edits):
            left.set()
            return False
        return True

    page.on_order = order
    task = page.ask("t4", "unsent.ipynb", "count")
    await asyncio.wait_for(left.wait(), 20)
    await page.disconnect()
    second = await pages()
    second.say(OpenChat("t4", 0))
    assert (await second.finished("t4", task)).ending == "done"
    assert second.events("t4", Ran)[0].shows == "runs 1"
    assert "runs 1" in str(lab.cells("unsent.ipynb")[-1]["outputs"])
    assert notebook.kernel


async def test_a_page_that_did_not_answer_writes_again_as_soon_as_it_says_anything(page, lab, script, kernel_of):
    script(code("a = 1"), "Done.")
    notebook = fresh(page, lab, kernel_of, PATH)
    orders = []

    def sleep(word):
        orders.append(word)
        return False

    page.on_order = sleep
    task = page.ask("t16", PATH, "a")
    await page.until(lambda: orders)
    await asyncio.sleep(ANSWER_WITHIN + 0.5)
    page.on_order = lambda _: True
    page.say(Done(orders[0].id, place=notebook.place()))
    assert (await page.finished("t16", task)).ending == "done"
    assert notebook.sources == ["x = 1", "a = 1"]
    assert len(lab.cells(PATH)) == 1


async def test_a_page_in_which_something_breaks_ends_the_task_in_words(page, lab, script, kernel_of):
    script(code("a = 1"))
    fresh(page, lab, kernel_of, PATH)

    def breaks(word):
        page.say(Done(word.id, "fault", said="TypeError: no such view"))
        return False

    page.on_order = breaks
    finished = await page.finished("t17", page.ask("t17", PATH, "a"))
    assert finished.ending == "failed"
    assert "Load the page again" in finished.reason
    assert "no such view" in lab.log


async def test_a_kernel_that_is_killed_is_told_to_person_and_model(page, lab, script, kernel_of):
    requests = script(
        code("import os", "here = 5"),
        code("import signal", "os.kill(os.getpid(), signal.SIGKILL)"),
        code("here = 6", "print(here)"),
        "It is 6.",
    )
    notebook = fresh(page, lab, kernel_of, "killed.ipynb")
    task = page.ask("t5", "killed.ipynb", "die", mode="ask")
    for number in range(3):
        waits = await page.until(lambda n=number: page.events("t5", Waits)[n : n + 1])
        page.decide("t5", waits[0].question.id, Answer("run"))
        await page.until(lambda n=number: page.events("t5", Ran)[n : n + 1])
    assert (await page.finished("t5", task)).ending == "done"
    (gone,) = page.events("t5", KernelGone)
    assert "here" in gone.variables
    assert gone.cells == (notebook.cells[1].id,)
    told = requests[2].body["messages"][-1]["content"]
    assert "here" in told
    assert "cell 2" in told
    assert [each.status for each in page.events("t5", Ran)] == ["ok", "error", "ok"]


async def test_a_model_that_only_speaks_after_a_lost_kernel_has_ended_well(page, lab, script, kernel_of):
    script(code("import os", "import signal", "os.kill(os.getpid(), signal.SIGKILL)"), "Run cell 1 again first.")
    fresh(page, lab, kernel_of, "lost.ipynb")
    task = page.ask("t5b", "lost.ipynb", "die", mode="ask")
    (waits,) = await page.until(lambda: page.events("t5b", Waits))
    page.decide("t5b", waits.question.id, Answer("run"))
    assert (await page.finished("t5b", task)).ending == "done"
    assert len(page.events("t5b", KernelGone)) == 1


async def test_a_notebook_without_a_kernel_says_what_to_do(page, lab, script):
    script(code("a = 1"))
    lab.notebook("bare.ipynb", ("a1", "x = 1"))
    page.open("bare.ipynb", "")
    finished = await page.finished("t6", page.ask("t6", "bare.ipynb", "a"))
    assert finished.ending == "failed"
    assert "choose one" in finished.reason


async def test_a_model_that_refuses_ends_the_task_in_words(page, lab, script, kernel_of):
    script(refusal(401, "bad key", code="invalid_api_key"))
    fresh(page, lab, kernel_of, PATH)
    finished = await page.finished("t7", page.ask("t7", PATH, "a"))
    assert finished.ending == "failed"
    assert "key" in finished.reason


async def test_a_read_only_notebook_ends_the_task_in_words(page, lab, script, kernel_of):
    script(code("a = 1"))
    notebook = fresh(page, lab, kernel_of, PATH)
    notebook.readonly = True
    page.hold()
    finished = await page.finished("t8", page.ask("t8", PATH, "a"))
    assert finished.ending == "failed"
    assert "read-only" in finished.reason
    assert notebook.sources == ["x = 1"]


async def test_a_notebook_that_is_renamed_meanwhile_is_followed(page, lab, script, kernel_of):
    script(code("a = 1"), "Done.")
    notebook = fresh(page, lab, kernel_of, "old.ipynb")
    task = page.ask("t9", "old.ipynb", "a", mode="ask")
    waits = await page.event("t9", Waits)
    page.notebooks["new.ipynb"] = page.notebooks.pop("old.ipynb")
    notebook.path = "new.ipynb"
    page.say(Renamed("old.ipynb", "new.ipynb"))
    page.hold()
    page.decide("t9", waits.question.id, Answer("run"))
    assert (await page.finished("t9", task)).ending == "done"
    assert notebook.sources == ["x = 1", "a = 1"]
    page.say(ListChats("new.ipynb"))
    assert [each.chat.id for each in (await page.hears(Chats)).chats] == ["t9"]


async def test_tasks_on_one_kernel_wait_for_each_other(page, lab, script, kernel_of):
    script(code("import time", "time.sleep(1)"), "First.", "Second.")
    fresh(page, lab, kernel_of, PATH)
    first = page.ask("t10", PATH, "one")
    await page.event("t10", Running)
    second = page.ask("t11", PATH, "two")
    assert (await page.finished("t11", second)).ending == "done"
    assert (await page.finished("t10", first)).answer == "First."
    assert page.events("t11")[1].ahead == 1


async def test_what_is_no_word_is_answered_and_the_connection_stays(page):
    page._socket.write_message("{")
    page._socket.write_message('{"type": "Say", "chat": 3}')
    page._socket.write_message('{"type": "Teapot"}')
    for _ in range(3):
        assert (await page.hears(Failed)).text
    page.say(Stop("nothing-runs-here"))
    page.say(ListChats("nowhere.ipynb"))
    assert (await page.hears(Chats)).chats == ()


async def test_a_bash_kernel_gets_cells_and_errors(page, lab, script, kernel_of):
    script("```bash\nls /nowhere-at-all\n```\n", "```bash\necho fine\n```\n", "Fine.")
    notebook = fresh(page, lab, kernel_of, "shell.ipynb", "echo hello", name="bash", language="bash")
    task = page.ask("t12", "shell.ipynb", "list", mode="ask")
    for number in range(2):
        waits = await page.until(lambda n=number: page.events("t12", Waits)[n : n + 1])
        page.decide("t12", waits[0].question.id, Answer("run"))
    assert (await page.finished("t12", task)).ending == "done"
    assert [each.status for each in page.events("t12", Ran)] == ["error", "ok"]
    assert notebook.sources == ["echo hello", "echo fine"]
    assert "fine" in notebook.cells[1].text


async def test_a_server_that_ends_stops_what_runs(pages, lab, script, kernel_of):
    page = await pages()
    script(code("import time", "time.sleep(30)"))
    fresh(page, lab, kernel_of, "ended.ipynb")
    task = page.ask("t14", "ended.ipynb", "slow")
    await page.event("t14", Running)
    await asyncio.to_thread(lab.stop)
    await asyncio.to_thread(lab.start)
    again = await pages()
    again.say(OpenChat("t14", 0))
    finished = await again.finished("t14", task)
    assert (finished.ending, finished.reason) == ("stopped", "The server was stopped.")
    assert [each.status for each in again.events("t14", Ran)] == ["aborted"]


async def test_a_server_that_was_killed_says_what_may_have_run_and_undo_still_works(pages, lab, script, kernel_of):
    from open_interpreter_lab.words import Undo, Undone

    page = await pages()
    script(code("a = 1"), code("import time", "time.sleep(30)"))
    notebook = fresh(page, lab, kernel_of, "killed-server.ipynb")
    task = page.ask("t13", "killed-server.ipynb", "slow", task="killed13")
    await page.until(lambda: len(page.events("t13", Running)) == 2)
    page.save("killed-server.ipynb")
    await asyncio.sleep(0.4)  # records are kept a quarter of a second later
    seen = page.records["t13"][-1].seq
    await asyncio.to_thread(lab.kill)
    await asyncio.to_thread(lab.start)
    again = await pages()
    again.open("killed-server.ipynb")
    again.say(OpenChat("t13", seen))
    await again.until(lambda: again.events("t13", Finished, task))
    (finished,) = again.events("t13", Finished, task)
    assert finished.ending == "failed"
    assert "may have run" in finished.reason
    again.say(Undo("t13", task))
    undone = await again.event("t13", Undone)
    assert undone == Undone(2)
    assert again.notebooks["killed-server.ipynb"].sources == ["x = 1"]
    assert notebook.kernel
