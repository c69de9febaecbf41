"""What people and their code do to a kernel, and what must hold all the same."""

from pathlib import Path

import pytest
from open_interpreter.kernel.presence import comms_arrive
from open_interpreter.kernel.record import shorten

from tests.kernel.test_prompt import ADD, DONE, RUN
from tests.model_server import Fault

CLOSED = "import io, sys\nstandard = sys.stdout\nsys.stdout = io.StringIO()\nsys.stdout.close()"


def made(desk):
    return [cell.source for cell in desk.cells[1:]]


def test_windows_line_ends_and_leading_blank_lines_are_no_part_of_the_magic(desk, script):
    for source in ("%%interpret\r\nadd", "\n\n%%interpret\nadd"):
        desk.clear()
        script(ADD, DONE)
        (prompt,) = desk.write(source)
        desk.run()
        assert prompt.error is None, prompt.text
        assert prompt.source.lstrip().startswith("%%interpret --settled ")
        assert prompt.source.count("%%interpret") == 1


def test_a_prompt_works_where_the_working_directory_was_deleted(desk, script, tmp_path):
    gone = tmp_path / "gone"
    gone.mkdir()
    desk.run(*desk.write(f"import os\nos.chdir({str(gone)!r})\nos.rmdir({str(gone)!r})"))
    desk.clear()
    script(ADD, DONE)
    (prompt,) = desk.write("%%interpret\nadd")
    desk.run()
    back = desk.write(f"os.chdir({str(Path.cwd())!r})")[0]
    desk.run(back)
    assert prompt.error is None, prompt.text
    assert made(desk)[:1] == ["total = 2 + 3\ntotal"]


def test_a_cell_that_closes_the_output_stream_leaves_the_next_prompt_working(desk, script):
    script(f"```python\nimport asyncio\nawait asyncio.sleep(0)\n{CLOSED}\n```", "Done.")
    desk.answers = [RUN]
    desk.run(*desk.write("%%interpret\nclose it"))
    desk.run(*desk.write("sys.stdout = standard"))
    desk.clear()
    script(ADD, DONE)
    (second,) = desk.write("%%interpret\nadd")
    desk.run()
    assert second.error is None, second.text
    assert desk.cells[1].text == "5"


def test_a_hook_of_somebody_that_fails_is_no_failure_of_the_cell(desk, script):
    hook = "def broken(result):\n    raise RuntimeError('a hook')\n"
    desk.run(*desk.write(hook + "get_ipython().events.register('post_run_cell', broken)"))
    desk.clear()
    script(ADD, DONE)
    (prompt,) = desk.write("%%interpret\nadd")
    desk.run()
    settled = "--settled" in prompt.source
    desk.run(*desk.write("get_ipython().events.unregister('post_run_cell', broken)"))
    assert settled


def test_preview_of_a_settled_prompt_shows_the_request_and_asks_nothing(desk, script):
    script(ADD, DONE)
    (prompt,) = desk.write("%%interpret\nadd two and three")
    desk.run()
    desk.cells[1].source = "total = 50"
    prompt.source = prompt.source.replace("%%interpret ", "%%interpret --preview ")
    server = script()
    desk.run(prompt)
    assert "tokens" in prompt.text
    assert server.requests == desk.asked == []
    assert made(desk) == ["total = 50", DONE]


def test_a_prompt_whose_value_was_not_assigned_is_not_settled(desk, script):
    script(ADD, DONE)
    (prompt,) = desk.write("%%interpret --as nothing_has_this_name\nadd")
    desk.run()
    assert prompt.error == "TaskStopped"
    assert "nothing_has_this_name" in prompt.text
    assert "--settled" not in prompt.source


def test_a_keyword_is_no_name_for_a_value(desk):
    (prompt,) = desk.write("%%interpret --as class\nadd")
    desk.run()
    assert prompt.error == "UsageError"


@pytest.mark.skipif(not comms_arrive(), reason="this ipykernel hears no comm while a cell awaits")
def test_a_notebook_that_hangs_up_at_a_question_is_nobody(desk, script, monkeypatch):
    def hang_up(comm_id, edit):
        if edit["type"] == "Ask":
            closing = desk.client.session.msg("comm_close", {"comm_id": comm_id, "data": {}})
            desk.client.shell_channel.send(closing)

    monkeypatch.setattr(desk, "_edit", hang_up)
    script(ADD)
    desk.answers = [RUN]
    (prompt,) = desk.write("%%interpret --mode ask\nadd")
    desk.run()
    assert prompt.error == "ApprovalNeeded"


def test_undo_of_a_task_that_left_no_cells_has_nothing_to_take_back(desk, script):
    script(ADD, DONE, Fault("```python\nbegun = 1", finish=None, done=False))
    first, second, undo = desk.write("%%interpret\nadd", "%%interpret\nbegin", "%oi undo")
    desk.run(first)
    desk.run(second)
    desk.run(undo)
    assert desk.cells == [first, second, undo]
    assert first.source == "%%interpret\nadd"


def test_undo_takes_back_the_last_task_of_this_notebook(desk, script):
    script(ADD, DONE, ADD, DONE)
    (other,) = desk.write("%%interpret\nadd in the other notebook")
    desk.run()
    elsewhere = desk.cells
    desk.clear()
    prompt, undo = desk.write("%%interpret\nadd here", "%oi undo")
    desk.run(prompt)
    desk.run(undo)
    assert desk.cells == [prompt, undo]
    desk.run(undo)
    assert undo.error == "UsageError"
    desk.cells = [*elsewhere, undo]
    desk.run(undo)
    assert desk.cells == [other, undo]


def test_without_a_front_end_an_error_that_was_corrected_is_text_and_no_failure_of_the_file(desk, script):
    desk.present = False
    server = script("```python\n1 / 0\n```", "```python\n6 * 7\n```", "Mended.")
    (prompt,) = desk.write("%%interpret\nmultiply")
    desk.run()
    assert prompt.error is None
    assert prompt.text.count("division by zero") == 1
    assert "ZeroDivisionError" in str(server.requests[1].body)


def test_debug_after_a_task_that_got_stuck_is_in_the_generated_code(desk, script):
    script("```python\ndef divide(number):\n    return 1 / number\ndivide(0)\n```", "I cannot.")
    prompt, debug = desk.write("%%interpret\ndivide", "%debug")
    desk.run(prompt)
    assert prompt.error == "TaskStopped"
    desk.answers = ["p 'number', number", "q"]
    desk.run(debug)
    assert "('number', 0)" in debug.text


def test_what_is_left_out_of_a_long_stream_is_counted_as_a_whole():
    text = ""
    for _ in range(100):
        text = shorten(text + "x" * 1_000, 4_000)
    assert "96,000 characters left out" in text
