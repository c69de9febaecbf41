"""%%interpret in a real kernel, with the front end played by tests/kernel/desk.py and a scripted model."""

from tests.model_server import Fault

ADD = "Adding.\n```python\ntotal = 2 + 3\ntotal\n```\n"
DONE = "The total is 5."


def test_a_prompt_makes_real_cells_that_run_in_the_namespace(desk, script):
    script(ADD, DONE)
    prompt, after = desk.write("%%interpret\nadd two and three", "total * 2")
    desk.run()
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
    desk.answers = ["1" if False else "Ada"]
    (prompt,) = desk.write("%%interpret --mode auto\nshow everything")
    desk.answers = ["y", "Ada"]
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
        (prompt,) = desk.write("%%interpret --mode auto\nsleep")
        desk.answers = ["y"]
        desk.run(prompt, interrupt_after=2.0)
        assert prompt.error == "Interrupted"


def test_without_a_front_end_the_code_is_shown_and_run_in_the_own_output(desk, script):
    script(ADD, DONE)
    desk.present = False
    prompt, after = desk.write("%%interpret\nadd two and three", "total")
    desk.run()
    assert "total = 2 + 3" in prompt.text
    assert prompt.text.count("\n5") + prompt.text.count("5The") >= 0
    assert after.text == "5"
    assert desk.cells == [prompt, after]
    assert after.count == prompt.count + 1


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
        "%%interpret -m nosuch:thing\nx": "SettingsError",
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
