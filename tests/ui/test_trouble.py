"""What can happen to a notebook while a prompt runs: nothing is corrupted, what is left is sane, the next run works."""

from __future__ import annotations

import os
import signal
import subprocess

import pytest

from tests.model_server import Fault, ModelServer
from tests.ui.lab import PANEL, Lab, text_of
from tests.ui.test_magic import ADD, DONE, loading
from tests.ui.test_ownership import SEVEN, SIX, told

PROMPT = "%%interpret\nadd two and three"
LONG = "```python\n" + "\n".join(f"x{number} = {number}" for number in range(60)) + "\n```"
LOOP = "```python\nimport time\nfor n in range(600):\n    print('step', n, flush=True)\n    time.sleep(0.1)\n```"
STEPS = LOOP.replace("600", "20")
AWAITING = "```python\nimport asyncio\nprint('step 3', flush=True)\nawait asyncio.sleep(60)\n```"
RISKY = "```python\nimport os\nos.system('true')\n```"
KERNEL = f"({PANEL})()?.sessionContext.session?.kernel"


def begin(lab: Lab, model: ModelServer, reply: str | Fault, *below: str) -> str:
    """Run All of a notebook with one prompt, up to where the reply shows."""
    model.say(reply)
    name = lab.new(loading(model), PROMPT, *(below or ("last = 1",)))
    lab.begin("notebook:run-all-cells")
    return name


def seen(lab: Lab, text: str) -> None:
    lab.wait(f"() => document.querySelector('.jp-Notebook').innerText.includes({text!r})")


def runs_again(lab: Lab, model: ModelServer) -> None:
    """The same notebook, run once more, is as if nothing had been."""
    model.delay = 0
    model.say(*SIX)
    lab.run_all()
    assert told(lab) == ["*add two and three", "*total = 6", "*Six.", "last = 1"]
    assert lab.cells()[-1]["execution_count"] is not None
    assert lab.question.count() == 0
    lab.save()


def test_interrupt_stops_within_two_seconds_in_every_phase(lab: Lab, model: ModelServer) -> None:
    phases: list[tuple[Fault | str, str]] = [
        (Fault("Hm.", stall="start"), "is thinking"),
        (Fault(LONG, stall="middle"), "x3 = 3"),
        (LOOP, "step 3"),
        (AWAITING, "step 3"),
        (RISKY, "May this cell run?"),
        (RISKY.replace("os.system('true')", "input('name?')"), "May this cell run?"),
    ]
    lab.new(loading(model), PROMPT, "last = 1")
    for reply, sign in phases:
        model.say(reply)
        model.asked.clear()
        lab.begin("notebook:run-all-cells")
        assert model.asked.wait(30)
        seen(lab, sign)
        if "input" in str(reply):
            lab.press("Run once")
            lab.page.locator(".jp-Stdin-input").wait_for()
        lab.command("notebook:interrupt-kernel")
        lab.settle_down(2)
        assert lab.question.count() == 0, reply
        assert "KeyboardInterrupt" in str(lab.cells()[1]["outputs"]), reply
        assert lab.cells()[-1]["execution_count"] is None, reply
    runs_again(lab, model)


def test_taking_out_the_prompt_or_what_it_makes_means_stop(lab: Lab, model: ModelServer) -> None:
    begin(lab, model, LOOP)
    seen(lab, "step 3")
    lab.select(2)
    lab.command("notebook:cut-cell")
    lab.settle_down(10)
    model.say(LOOP)
    lab.begin("notebook:run-all-cells")
    seen(lab, "step 3")
    lab.command("notebook:undo-cell-action")
    lab.settle_down(10)
    assert told(lab) == ["*add two and three", "last = 1"]
    model.say(RISKY)
    lab.begin("notebook:run-all-cells")
    lab.question.wait_for()
    lab.select(2)
    lab.command("notebook:delete-cell")
    lab.settle_down(10)
    assert lab.question.count() == 0
    model.say(LOOP)
    lab.begin("notebook:run-all-cells")
    seen(lab, "step 3")
    lab.select(1)
    lab.command("notebook:delete-cell")
    lab.settle_down(10)
    assert told(lab) == ["last = 1"]
    assert len(model.requests) == 4


def test_a_prompt_that_is_moved_and_cells_that_are_moved_or_taken_out_go_on(lab: Lab, model: ModelServer) -> None:
    model.say("```python\nfirst = 1\n```", RISKY, STEPS, "Done.")
    lab.new(loading(model), "%interpret count slowly", "last = 1")
    lab.begin("notebook:run-all-cells")
    lab.question.get_by_role("textbox").fill("half a word")
    lab.select(1)
    lab.command("notebook:move-cell-up")
    assert lab.question.get_by_role("textbox").input_value() == "half a word"
    lab.command("notebook:move-cell-down")
    lab.select(2)
    lab.command("notebook:delete-cell")
    lab.press("Run once")
    seen(lab, "step 3")
    lab.select(3)
    lab.command("notebook:move-cell-down")
    lab.type_over(1, "%interpret count fast")
    lab.settle_down()
    assert told(lab) == ["*%interpret count fast", "*os.system('true')", "last = 1", "*    time.sleep(0.1)", "*Done."]
    assert "step 19" in text_of(lab.cells()[4])
    assert lab.cells()[4]["execution_count"] is not None
    model.say(*SIX)
    lab.run(1)
    assert told(lab)[1:] == ["*total = 6", "*Six.", "last = 1"]


@pytest.mark.parametrize(("reply", "sign"), [(LONG, "x3 = 3"), (STEPS, "step 3"), (RISKY, "May this cell run?")])
def test_a_page_that_is_loaded_again_in_the_middle(lab: Lab, model: ModelServer, reply: str, sign: str) -> None:
    model.delay = 0.1 if reply is LONG else 0
    name = begin(lab, model, reply)
    seen(lab, sign)
    lab.save()
    lab.load_again(name)
    lab.wait(f"() => {KERNEL}?.connectionStatus === 'connected'", 60)
    lab.page.evaluate(f"() => {KERNEL}.interrupt()")
    lab.wait_idle(10)
    runs_again(lab, model)


def test_a_kernel_that_is_restarted_killed_or_out_of_reach(lab: Lab, model: ModelServer) -> None:
    model.delay = 0.1
    begin(lab, model, LONG)
    seen(lab, "x3 = 3")
    lab.page.evaluate(f"() => {KERNEL}.restart()")
    lab.settle_down()
    assert told(lab) == ["add two and three", "last = 1"]
    runs_again(lab, model)
    lab.type_over(1, "%%interpret\nadd two and three")
    model.say(LOOP)
    lab.begin("notebook:run-all-cells")
    seen(lab, "step 3")
    kill_kernel(lab)
    lab.settle_down()
    lab.page.get_by_role("button", name="Ok", exact=True).click()
    runs_again(lab, model)
    lab.type_over(1, "%%interpret\nadd two and three")
    model.say(STEPS, "Done.")
    lab.begin("notebook:run-all-cells")
    seen(lab, "step 3")
    lab.page.evaluate(f"() => {{ {KERNEL}._ws.close(); return {KERNEL}.reconnect(); }}")
    lab.settle_down()
    assert text_of(lab.cells()[2]).split()[1::2] == [str(number) for number in range(20)]
    assert told(lab) == ["*add two and three", "*    time.sleep(0.1)", "*Done.", "last = 1"]


def kill_kernel(lab: Lab) -> None:
    """End the process of the one kernel that runs, as the system does when memory is short."""
    (kernel,) = lab.server.api("GET", "kernels")
    listed = subprocess.run(["ps", "-ewwo", "pid,args"], capture_output=True, text=True, check=True).stdout
    (process,) = [line.split()[0] for line in listed.splitlines() if f"kernel-{kernel['id']}" in line]
    os.kill(int(process), signal.SIGKILL)


def test_a_notebook_that_is_renamed_saved_and_closed_while_it_runs(lab: Lab, model: ModelServer) -> None:
    name = begin(lab, model, STEPS)
    seen(lab, "step 3")
    renamed = f"renamed-{name}"
    lab.page.evaluate(f"to => ({PANEL})().context.rename(to)", renamed)
    assert "step 3" in str(lab.save().cells[2].outputs)
    model.say("Done.")
    lab.settle_down()
    assert told(lab) == ["*add two and three", "*    time.sleep(0.1)", "*Done.", "last = 1"]
    lab.type_over(1, PROMPT)
    model.say(RISKY)
    lab.begin("notebook:run-all-cells")
    lab.question.wait_for()
    lab.save()
    lab.page.evaluate(f"() => ({PANEL})().dispose()")
    lab.wait("() => document.querySelectorAll('.jp-NotebookPanel').length === 0")
    lab.open(renamed)
    runs_again(lab, model)


def test_a_second_view_takes_over_and_a_second_tab_does_nothing(lab: Lab, model: ModelServer) -> None:
    model.say(RISKY + "\n```python\nprint('hello', input('name? '))\n```", DONE)
    name = lab.new(loading(model), PROMPT)
    other = Lab(lab.page.context.new_page(), lab.server)
    other.open(name)
    lab.command("docmanager:clone")
    lab.wait("() => document.querySelectorAll('.jp-NotebookPanel').length === 2")
    lab.begin("notebook:run-all-cells")
    lab.question.wait_for()
    assert lab.question.count() == 1
    lab.page.evaluate(f"() => ({PANEL})().dispose()")
    lab.press("Run once")
    lab.press("Run once")
    box = lab.page.locator(".jp-Stdin-input")
    box.fill("Ada")
    box.press("Enter")
    lab.wait(f"() => ({PANEL})().context.model.sharedModel.cells.length === 5")
    assert told(lab) == ["*add two and three", "*os.system('true')", "*print('hello', input('name? '))", f"*{DONE}"]
    assert "hello Ada" in text_of(lab.cells()[3])
    assert len(other.cells()) == 2
    assert other.trouble == []
    other.page.close()


def test_a_windowed_notebook_with_the_prompt_off_screen(lab: Lab, model: ModelServer) -> None:
    with lab.server.setting("@jupyterlab/notebook-extension/tracker", windowingMode="full"):
        model.say(RISKY + "\n```python\nprint('hello', input('name? '))\n```", DONE)
        filler = [f"filler_{number} = {number}\n" * 8 for number in range(40)]
        lab.new(loading(model), PROMPT, *filler, "print('last')")
        assert lab.page.evaluate(f"() => ({PANEL})().content.notebookConfig.windowingMode") == "full"
        lab.begin("notebook:run-all-cells")
        lab.page.evaluate("() => document.querySelectorAll('.jp-WindowedPanel-outer').forEach(x => x.scrollTo(0, 1e6))")
        lab.press("Run once")
        lab.press("Run once")
        box = lab.page.locator(".jp-Stdin-input")
        box.fill("Ada")
        box.press("Enter")
        lab.settle_down()
        assert "hello Ada" in text_of(lab.cells()[3])
        assert text_of(lab.cells()[-1]) == "last\n"
        assert len(lab.cells()) == len(filler) + 6


def test_notebook_7_does_the_same(lab: Lab, model: ModelServer) -> None:
    model.say(ADD, DONE)
    lab.new(loading(model), PROMPT, "%oi undo", classic=True)
    lab.run(0)
    lab.run(1)
    assert told(lab) == ["*add two and three", "*total", f"*{DONE}", "%oi undo"]
    lab.type_over(2, "total = 5.5")
    lab.run(1)
    lab.press("Ask again")
    model.say(*SEVEN)
    lab.press("Replace")
    lab.settle_down()
    assert told(lab) == ["*add two and three", "*total = 7", "*Seven.", "%oi undo"]
    lab.run(4)
    assert told(lab) == ["*add two and three", "*total = 5.5", f"*{DONE}", "%oi undo"]
    model.say(LOOP)
    lab.type_over(1, PROMPT)
    lab.type_over(2, "total = 2 + 3\ntotal")
    lab.start(1)
    seen(lab, "step 3")
    lab.command("notebook:interrupt-kernel")
    lab.settle_down(5)
    assert told(lab) == ["*add two and three", "%oi undo"]
    model.say(*SIX)
    lab.run(1)
    assert told(lab) == ["*add two and three", "*total = 6", "*Six.", "%oi undo"]
