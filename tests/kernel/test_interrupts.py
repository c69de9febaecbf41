"""One interrupt stops a task, wherever it is, and leaves nothing half done."""

import os
import signal
import threading
import time

import pytest

from tests.model_server import Fault

RUN = {"type": "Answer", "choice": "run"}
MENDED = "x = 'mended'\n" * 40


def interrupted(desk, *cells, when=lambda: True):
    """Run the cells, interrupt half a second after `when` is true, and give the seconds that it took from then on."""
    desk.answers = desk.answers or [RUN] * 3
    sent = []

    def interrupt():
        while not when():
            time.sleep(0.02)
        time.sleep(0.5)
        sent.append(time.monotonic())
        os.kill(desk.manager.provisioner.pid, signal.SIGINT)

    thread = threading.Thread(target=interrupt, daemon=True)
    thread.start()
    desk.run(*cells)
    thread.join(5)
    return time.monotonic() - sent[0]


def ran(desk, cells):
    """Whether so many generated cells have begun to run."""
    return lambda: sum(edit["type"] == "Run" for edit in desk.edits) >= cells


def cell(code):
    return f"```python\n{code}\n```"


def test_a_correction_that_is_stopped_while_it_is_written_gives_the_cell_back(desk, script):
    server = script(cell("missing_name"), Fault(cell(MENDED), stall="middle"))
    (prompt,) = desk.write("%%interpret\ngo")
    interrupted(desk, prompt, when=lambda: len(server.requests) == 2)
    assert prompt.error == "Interrupted"
    assert [each.source for each in desk.cells[1:]] == ["missing_name"]


def test_a_cell_that_is_stopped_while_it_runs_is_taken_out(desk, script):
    for first in ([], [cell("missing_name")]):
        desk.clear()
        script(*first, cell("import time\ntime.sleep(30)"))
        (prompt,) = desk.write("%%interpret\ngo")
        assert interrupted(desk, prompt, when=ran(desk, len(first) + 1)) < 2
        assert desk.cells == [prompt]


@pytest.mark.parametrize("busy", ["time.sleep(30)", "\nwhile True: pass"])
def test_interrupt_stops_synchronous_code_in_a_cell_that_awaits(desk, script, busy):
    script(cell(f"import asyncio, time\nawait asyncio.sleep(0)\n{busy}"))
    prompt, after = desk.write("%%interpret\ngo", "ran_after = True")
    assert interrupted(desk, prompt, after, when=ran(desk, 1)) < 2
    assert prompt.error == "Interrupted"
    assert after.count is None


@pytest.mark.parametrize("sleep", ["import time\n    time.sleep(30)", "import asyncio\n    await asyncio.sleep(30)"])
def test_an_interrupt_that_the_code_swallows_stops_the_task_after_its_cell(desk, script, sleep):
    server = script(cell(f"try:\n    {sleep}\nexcept BaseException:\n    print('caught')"), "Done.")
    prompt, after = desk.write("%%interpret\ngo", "ran_after = True")
    assert interrupted(desk, prompt, after, when=ran(desk, 1)) < 2
    assert prompt.error == "Interrupted"
    assert desk.cells[1].text == "caught\n"
    assert (len(server.requests), after.count) == (1, None)
    assert "--settled" not in prompt.source


def test_an_interrupt_at_the_input_line_is_one_line(desk, script, monkeypatch):
    waiting = desk.client.stdin_channel.msg_ready
    monkeypatch.setattr(desk, "_answer_stdin", lambda: None)
    desk.present = False
    desk.answers = ["y"]
    script(cell("import subprocess\nsubprocess.run(['true'])"))
    (prompt,) = desk.write("%%interpret\ngo")
    assert interrupted(desk, prompt, when=lambda: "May this cell run?" in prompt.text) < 2
    assert prompt.error == "Interrupted"
    monkeypatch.undo()
    while waiting():
        desk.client.get_stdin_msg()


def test_a_task_of_the_codes_own_that_was_cancelled_is_an_error_like_others(desk, script):
    server = script(
        cell("import asyncio\nown = asyncio.create_task(asyncio.sleep(9))\nown.cancel()\nawait own"),
        cell("'mended'"),
        "Done.",
    )
    desk.answers = [RUN] * 3
    (prompt,) = desk.write("%%interpret\ngo")
    desk.run()
    assert prompt.error is None, prompt.text
    assert "CancelledError" in str(server.requests[1].body)


def test_after_an_interrupt_the_kernel_has_its_own_handler_again(desk, script):
    server = script(Fault("slow", stall="headers"))
    prompt, sleep = desk.write("%%interpret\ngo", "import time\ntime.sleep(30)")
    interrupted(desk, prompt, when=lambda: len(server.requests) == 1)
    assert interrupted(desk, sleep, when=lambda: sleep.count is not None) < 2
    assert sleep.error == "KeyboardInterrupt"
