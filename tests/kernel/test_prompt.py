"""%%interpret in a real kernel, with the front end played by tests/kernel/desk.py and a scripted model."""

from tests.model_server import Fault

ADD = "Adding.\n```python\ntotal = 2 + 3\ntotal\n```\n"
DONE = "The total is 5."
RUN = {"type": "Answer", "choice": "run"}


def test_a_prompt_makes_real_cells_that_run_in_the_namespace(desk, script):
    script(ADD, DONE)
    prompt, after = desk.write("%%interpret\nadd two and three", "total * 2")
    desk.run()
    assert prompt.error is None, prompt.text
    assert [cell.kind for cell in desk.cells] == ["code", "code", "markdown", "code"]
    made, answer = desk.cells[1:3]
    assert (made.source, made.text) == ("total = 2 + 3\ntotal", "5")
    assert answer.source == DONE
    assert after.text == "10"
    assert prompt.error is None, prompt.text
    assert [prompt.count, made.count, after.count] == [prompt.count, prompt.count + 1, prompt.count + 2]


def test_a_finished_prompt_is_settled_and_runs_again_without_a_model(desk, script):
    server = script(ADD, DONE)
    (prompt,) = desk.write("%%interpret\nadd two and three")
    desk.run()
    assert prompt.source.startswith("%%interpret --settled ")
    before = [(cell.id, cell.source) for cell in desk.cells]
    server.requests.clear()
    desk.run()
    assert server.requests == []
    assert [(cell.id, cell.source) for cell in desk.cells] == before
    assert desk.cells[1].text == "5"
    assert desk.edits[-1] == {"type": "Standing", "id": prompt.id, "ids": [cell.id for cell in desk.cells[1:]]}


def test_a_failing_cell_is_shown_to_the_model_and_replaced_in_place(desk, script):
    server = script("```python\nprint('before')\nmissing + 1\n```", "```python\nprint(41 + 1)\n```", "It is 42.")
    (prompt,) = desk.write("%%interpret\nwhat is it")
    desk.run()
    code = [cell for cell in desk.cells if cell.kind == "code"][1:]
    assert [(cell.source, cell.text) for cell in code] == [("print(41 + 1)", "42\n")]
    assert "NameError" in str(server.requests[1].body)
    assert prompt.error is None


def test_changing_a_settled_instruction_replaces_its_cells_and_the_queued_old_ones_do_not_run(desk, script):
    script("```python\nlog = ['old']\n```", "Done.")
    (prompt,) = desk.write("%%interpret\nstart a log")
    desk.run()
    (last,) = desk.write("log")
    old = desk.cells[1].id
    prompt.source = prompt.source.replace("start a log", "start another log")
    script("```python\nlog = ['new 1']\n```\n```python\nlog.append('new 2')\n```", "Done again.")
    desk.run()
    assert last.text == "['new 1', 'new 2']"
    assert old not in [cell.id for cell in desk.cells]
    assert [cell.kind for cell in desk.cells] == ["code", "code", "code", "markdown", "code"]


def test_a_removed_cell_that_the_person_brings_back_runs_again(desk, script):
    script("```python\nlog = ['old']\n```", "Done.")
    (prompt,) = desk.write("%%interpret\nstart a log")
    desk.run()
    old = desk.cells[1]
    prompt.source = "%%interpret\nstart something else"
    script("```python\nlog = ['new']\n```", "Done.")
    desk.run(prompt)
    desk.cells.append(old)
    desk.run(old)
    (look,) = desk.write("log")
    desk.run(look)
    assert look.text == "['old']"


def test_of_two_prompts_in_one_run_the_second_is_told_what_the_first_made(desk, script):
    server = script("```python\nnumbers = [1, 2, 3]\n```", "Made.", "```python\nsum(numbers)\n```", "Six.")
    desk.write("%%interpret\nmake numbers", "%%interpret\nadd them up")
    desk.run()
    assert "numbers = [1, 2, 3]" in str(server.requests[2].body)
    assert [cell.text for cell in desk.cells if cell.source == "sum(numbers)"] == ["6"]


def test_outputs_of_every_kind_reach_the_generated_cell(desk, script):
    code = """
import sys, asyncio
from IPython.display import display, HTML
print('out'); print('err', file=sys.stderr)
handle = display(HTML('<b>1</b>'), display_id=True); handle.update(HTML('<b>2</b>'))
await asyncio.sleep(0.01)
name = input('name? ')
x = !echo shell
(name, x[0])
"""
    script(f"```python{code}```", "Done.")
    desk.answers = [RUN, "Ada"]
    (prompt,) = desk.write("%%interpret\nshow everything")
    desk.run()
    made = desk.cells[1]
    assert prompt.error is None, prompt.text
    for told in ("out\n", "err\n", "('Ada', 'shell')"):
        assert told in made.text


def test_an_unreachable_model_says_the_next_step_and_leaves_nothing_behind(desk):
    (prompt,) = desk.write("%%interpret --base-url http://127.0.0.1:9/v1\nadd")
    desk.answers = ["y"]
    desk.run()
    assert prompt.error == "TaskStopped"
    assert "127.0.0.1:9" in prompt.text
    assert desk.cells == [prompt]


def test_a_cut_reply_runs_nothing(desk, script):
    script(Fault("```python\nruined = True\n", finish=None, done=False))
    prompt, look = desk.write("%%interpret\nadd", "'ruined' in globals()")
    desk.run(prompt)
    desk.run(look)
    assert prompt.error == "TaskStopped"
    assert look.text == "False"
    assert [cell.kind for cell in desk.cells] == ["code", "code"]


def test_interrupt_while_the_model_is_silent_stops_at_once_and_the_queue_with_it(desk, script):
    script(Fault("slow", stall="headers"))
    prompt, after = desk.write("%%interpret\nadd", "ran_after = True")
    desk.run(interrupt_after=1.0)
    assert prompt.error in ("Interrupted", "KeyboardInterrupt")
    assert after.count is None


def test_interrupt_stops_running_code_sync_and_async(desk, script):
    for code in ("import time\ntime.sleep(30)", "import asyncio\nawait asyncio.sleep(30)"):
        script(f"```python\n{code}\n```")
        (prompt,) = desk.write("%%interpret\nsleep")
        desk.answers = [RUN]
        desk.run(prompt, interrupt_after=2.0)
        assert prompt.error == "Interrupted"


def test_without_a_front_end_the_code_is_shown_and_run_in_the_own_output(desk, script):
    script(ADD, DONE)
    desk.present = False
    prompt, after = desk.write("%%interpret\nadd two and three", "total")
    desk.run()
    assert "total = 2 + 3" in prompt.text
    assert after.text == "5"
    assert desk.cells == [prompt, after]
    assert after.count == prompt.count + 1


def test_without_a_front_end_the_model_is_shown_what_its_cell_printed(desk, script):
    desk.present = False
    server = script("```python\nprint('seven', 7)\n```\n", "Seven.")
    desk.run(*desk.write("%%interpret\nprint seven"))
    assert "seven 7" in server.requests[1].body["messages"][-1]["content"]


def test_a_forged_presence_in_the_cells_metadata_is_not_believed(desk, script):
    script(ADD, DONE)
    desk.present = False
    (prompt,) = desk.write("%%interpret\nadd two and three")
    prompt.mark = {"open_interpreter_client": "somebody"}
    desk.run()
    assert desk.cells == [prompt]


def test_reset_takes_nothing_of_ours_away(desk, script):
    script(ADD, DONE)
    desk.run(*desk.write("%reset -f"))
    (prompt,) = desk.write("%%interpret\nadd")
    desk.run(prompt)
    assert prompt.error is None


def test_undo_takes_the_cells_of_the_last_task_back(desk, script):
    script(ADD, DONE)
    prompt, undo = desk.write("%%interpret\nadd", "%oi undo")
    desk.run(prompt)
    desk.run(undo)
    assert desk.cells == [prompt, undo]
    assert prompt.source == "%%interpret\nadd"
    assert "1 cell" in undo.text or "2 cells" in undo.text


def test_wrong_use_leaves_one_clear_line(desk):
    cases = {
        "%%interpret --nope\nx": "UsageError",
        "%%interpret\n": "UsageError",
        "%%interpret --mode fast\nx": "SettingsError",
        "%%interpret --image nosuch.png\nx": "UsageError",
        "%interpret x\ny = 1": "UsageError",
        "%%time\n%interpret x": "UsageError",
        "%oi nonsense": "UsageError",
    }
    for source, error in cases.items():
        (cell,) = desk.write(source)
        desk.run(cell)
        assert cell.error == error, (source, cell.text)
        assert all("Traceback" not in str(message["content"]) for message in cell.outputs), source


def settled(desk, script, *below):
    """A settled prompt with one generated cell and its answer, and the cells below it."""
    script(ADD, DONE)
    prompt, *rest = desk.write("%%interpret\nadd two and three", *below)
    desk.run(prompt)
    assert "--settled" in prompt.source
    return prompt, desk.cells[1], rest


def test_a_settled_prompt_without_its_cells_asks_again(desk, script):
    prompt, made, _ = settled(desk, script)
    desk.cells = [prompt]
    script(ADD, DONE)
    desk.run(prompt)
    assert [cell.source for cell in desk.cells[1:]] == [made.source, DONE]


def test_fresh_asks_again_and_is_taken_out_when_it_settles(desk, script):
    prompt, _made, _ = settled(desk, script)
    prompt.source = prompt.source.replace("%%interpret ", "%%interpret --fresh ")
    script("```python\ntotal = 6\n```", "Six.")
    desk.run()
    assert "--fresh" not in prompt.source
    assert [cell.source for cell in desk.cells[1:]] == ["total = 6", "Six."]


def test_a_copied_prompt_makes_cells_of_its_own_and_leaves_the_others_alone(desk, script):
    prompt, made, _ = settled(desk, script)
    copy = desk.write(prompt.source)[0]
    copy.mark = dict(prompt.mark)
    script("```python\ntotal = 7\n```", "Seven.")
    desk.run(copy)
    assert [cell.source for cell in desk.cells] == [
        prompt.source, made.source, DONE, copy.source, "total = 7", "Seven."
    ]  # fmt: skip
    assert copy.mark["task"] != prompt.mark["task"]


def test_a_generated_cell_that_was_moved_below_another_prompt_is_not_replaced(desk, script):
    prompt, made, (_other,) = settled(desk, script, "%%interpret\nsomething else")
    desk.cells.remove(made)
    desk.cells.append(made)
    prompt.source = prompt.source.replace("add", "sum up")
    script("```python\ntotal = 8\n```", "Eight.")
    desk.run(prompt)
    assert made in desk.cells
    assert made.source == "total = 2 + 3\ntotal"


def test_when_the_first_half_of_a_split_prompt_is_run_again_it_asks_again(desk, script):
    prompt, _made, _ = settled(desk, script)
    prompt.source = prompt.source.replace(" two and three", "")
    desk.cells.insert(1, type(prompt)("half", "two_and_three = 5"))
    script("```python\ntotal = 9\n```", "Nine.")
    desk.run()
    assert [cell.source for cell in desk.cells[1:]] == ["total = 9", "Nine.", "two_and_three = 5"]


def test_an_edited_cell_is_kept_replaced_or_the_run_is_cancelled_as_the_person_says(desk, script):
    for choice, left in (("keep", "total = 50"), ("cancel", "total = 50"), ("replace", "total = 10")):
        desk.clear()
        prompt, made, _ = settled(desk, script)
        made.source = "total = 50"
        prompt.source = prompt.source.replace("add", "sum up")
        script("```python\ntotal = 10\n```", "Ten.")
        desk.answers = [{"choice": choice}]
        desk.run(prompt)
        assert desk.asked[-1].get("edited", [made.id]) == [made.id]
        assert desk.cells[1].source == left, choice
        assert prompt.error == ("TaskStopped" if choice == "cancel" else None)


def test_formatting_a_generated_cell_is_no_edit(desk, script):
    prompt, made, _ = settled(desk, script)
    made.source = "# the sum\ntotal = (2 + 3)\n\ntotal"
    prompt.source = prompt.source.replace("add", "sum up")
    script("```python\ntotal = 11\n```", "Eleven.")
    desk.run(prompt)
    assert desk.asked == []
    assert desk.cells[1].source == "total = 11"


def test_an_edited_cell_stops_the_run_where_nobody_can_answer(desk, script):
    prompt, made, _ = settled(desk, script)
    made.source = "total = 50"
    prompt.source = prompt.source.replace("add", "sum up")
    desk.run(prompt)
    assert prompt.error == "ApprovalNeeded"
    assert made.source == "total = 50"


def test_a_changed_settled_prompt_without_a_front_end_asks_nothing(desk, script):
    server = script(ADD, DONE)
    desk.present = False
    (prompt,) = desk.write("%%interpret --settled 00000000\nadd")
    desk.run()
    assert prompt.error == "TaskStopped"
    assert server.requests == []


def test_suggest_inserts_and_stops_the_queue_and_does_not_settle(desk, script):
    script(ADD)
    prompt, after = desk.write("%%interpret --mode suggest\nadd", "ran = True")
    desk.run()
    assert desk.cells[1].source == "total = 2 + 3\ntotal"
    assert desk.cells[1].count is None
    assert after.count is None
    assert "--settled" not in prompt.source


def test_ask_mode_asks_before_each_cell_and_a_refusal_with_a_word_goes_to_the_model(desk, script):
    server = script("```python\nx = 1\n```", "```python\nx = 2\n```", "Done.")
    desk.answers = [{"type": "Answer", "choice": "refuse", "word": "make it two"}, RUN]
    prompt, look = desk.write("%%interpret --mode ask\nset x", "x")
    desk.run(prompt)
    desk.run(look)
    assert prompt.error is None, prompt.text
    assert look.text == "2"
    assert "make it two" in str(server.requests[1].body)
    assert len(desk.asked) == 2


def test_what_is_not_plain_computing_asks_and_is_refused_where_nobody_can_answer(desk, script):
    script("```python\nimport os\nos.environ['X_TOUCHED'] = '1'\n```")
    prompt, look = desk.write("%%interpret\nset it", "import os\n'X_TOUCHED' in os.environ")
    desk.run(prompt)
    desk.run(look)
    assert prompt.error == "ApprovalNeeded"
    assert look.text == "False"


def test_the_answers_value_goes_to_the_name_that_was_asked_for(desk, script):
    server = script("```python\nanswer = 2 + 3\nanswer\n```", "Five.")
    _prompt, look = desk.write("%%interpret --as answer\nadd", "answer")
    desk.run()
    assert look.text == "5"
    assert "answer" in str(server.requests[0].body)


def test_preview_shows_what_would_be_sent_and_sends_nothing(desk, script):
    server = script()
    desk.run(*desk.write("secret_table = [1, 2]"))
    (prompt,) = desk.write("%%interpret --preview\nadd them")
    desk.run(prompt)
    assert "add them" in prompt.text
    assert "secret_table" in prompt.text
    assert "tokens" in prompt.text
    assert server.requests == []


def test_with_describes_only_the_named_variables(desk, script):
    desk.run(*desk.write("shown_one = [1, 2]; hidden_one = 5"))
    desk.clear()
    (prompt,) = desk.write("%%interpret --with shown_one --preview\nadd")
    desk.run(prompt)
    told = prompt.text.replace("shown_one = [1, 2]; hidden_one = 5", "")
    assert "shown_one" in told
    assert "hidden_one" not in told


def test_undo_leaves_cells_that_the_person_edited_or_moved_away(desk, script):
    script("```python\na = 1\n```\n```python\nb = 2\n```\n```python\nc = 3\n```", "Done.")
    prompt, undo = desk.write("%%interpret\nthree", "%oi undo")
    desk.run(prompt)
    first, _, third = desk.cells[1:4]
    first.source = "a = 100"
    desk.cells.remove(third)
    desk.cells.insert(0, third)
    desk.run(undo)
    assert [cell.source for cell in desk.cells] == ["c = 3", "%%interpret\nthree", "a = 100", "%oi undo"]
    assert "1 that you edited stay" in undo.text
