"""The library inside a notebook: a real kernel runs cells that call it; only the model is scripted."""

from __future__ import annotations

import time

import pytest
from nbclient import NotebookClient
from nbformat import v4

from tests.model_server import Fault, ModelServer

REPLIES = {
    "double": "Twice.\n\n```python\ntwice = 2 * number\nprint('made', twice)\ntwice\n```\n",
    "wait": "```python\nimport asyncio\nawait asyncio.sleep(0.01)\n'awaited'\n```\n",
    "plot": "```python\nimport matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()\n```\n",
    "fail": "```python\n1 / 0\n```\n",
    "mend": "```python\nnumbr\n```\n",
    "shell": "```python\nimport subprocess\nsubprocess.run(['ls'])\n```\n",
}


def script(body):
    """Answers an instruction by a word of it; rewrites code that may not await, and a misspelt name."""
    last = str(body["messages"][-1]["content"])
    _, found, instruction = last.rpartition("# Instruction\n\n")
    if found:
        return next((reply for word, reply in REPLIES.items() if word in instruction), "No idea.")
    if "await at its top level" in last:
        return "```python\n'written without'\n```\n"
    return "```python\nnumber\n```\n" if "numbr" in last else "That is all."


@pytest.fixture(scope="module")
def server():
    with ModelServer(script) as running:
        yield running


@pytest.fixture(scope="module")
def notebook(server):
    """One notebook with every call; gives the executed cells by the word in their first line."""
    begin = f"""# begin
from open_interpreter import OpenInterpreter
oi = OpenInterpreter(model='scripted', base_url={server.base_url!r}, api_key='k', mode='auto')
number = 21"""
    sources = [
        begin,
        "# execute\nresult = oi.execute('double it')",
        "# namespace\n(twice, result.value, result.ok, len(result.cells), result.outputs[0].text)",
        "# data\noi.execute('double it', data={'number': 4}).value, number",
        "# await\noi.execute('wait a bit').value",
        "# aexecute\n(await oi.aexecute('wait a bit')).value",
        "# mend\nwith oi: pass\noi2 = OpenInterpreter(model='scripted', base_url=" + repr(server.base_url)
        + ", api_key='k', mode='auto')\noi2.execute('mend it').value",
        "# stream\n[type(event).__name__ for event in oi2.stream('double it')][-1]",
        "# plot\n_ = oi2.execute('plot')",
        "# object\nclass Thing: pass\nthing = Thing()\noi2.execute('double it', data={'number': 1}).value",
        "# shell\noi2.execute('use a shell').ending",
        "# shown\nresult",
    ]  # fmt: skip
    nb = v4.new_notebook(cells=[v4.new_code_cell(source) for source in sources])
    NotebookClient(nb, timeout=60, allow_errors=True, coalesce_streams=True).execute()
    return {cell.source.split("\n")[0][2:]: cell for cell in nb.cells}


def values(cell):
    return [out.data["text/plain"] for out in cell.outputs if out.output_type == "execute_result"]


def test_it_works_in_the_persons_namespace(notebook):
    assert values(notebook["namespace"]) == ["(42, 42, True, 1, 'made 42\\n')"]


def test_it_shows_its_work_in_the_cells_output(notebook):
    shown = str(notebook["execute"].outputs)
    assert "twice = 2 * number" in shown
    assert "made 42" in shown


def test_no_cells_are_inserted(notebook):
    assert len(notebook) == 12


def test_data_is_bound_in_the_namespace(notebook):
    assert values(notebook["data"])[-1] == "(8, 4)"


def test_awaiting_code_is_rewritten_when_called_synchronously(notebook):
    assert values(notebook["await"])[-1] == "'written without'"


def test_aexecute_may_await(notebook):
    assert values(notebook["aexecute"])[-1] == "'awaited'"


def test_a_misspelt_name_is_corrected(notebook):
    assert values(notebook["mend"])[-1] == "4"


def test_events_are_streamed(notebook):
    assert values(notebook["stream"])[-1] == "'Finished'"


def test_a_picture_is_shown(notebook):
    assert any("image/png" in out.get("data", {}) for out in notebook["plot"].outputs)


def test_what_nobody_can_approve_is_not_run(notebook):
    assert values(notebook["shell"])[-1] == "'unanswered'"


def test_a_result_is_shown_as_markdown(notebook):
    told = notebook["shown"].outputs[-1].data["text/markdown"]
    assert "```python\ntwice = 2 * number" in told


@pytest.mark.parametrize(
    "call",
    [
        "oi.execute('sleep')",
        "await oi.aexecute('sleep')",
        "oi.execute('slow answer')",
        "await oi.aexecute('slow answer')",
    ],
)
def test_an_interrupt_stops_the_task_and_the_kernel_stays(call):
    def slow(body):
        last = str(body["messages"][-1]["content"])
        return Fault(stall="headers") if "slow answer" in last else "```python\nimport time; time.sleep(60)\n```\n"

    with ModelServer(slow) as server:
        begin = f"""from open_interpreter import OpenInterpreter
oi = OpenInterpreter(model='scripted', base_url={server.base_url!r}, api_key='k', mode='auto')"""
        nb = v4.new_notebook(cells=[v4.new_code_cell(source) for source in (begin, call, "'alive'")])
        started = time.monotonic()
        NotebookClient(nb, timeout=5, interrupt_on_timeout=True, allow_errors=True).execute()
        assert time.monotonic() - started < 20
    assert nb.cells[1].outputs[-1].ename in ("KeyboardInterrupt", "Interrupted")
    assert values(nb.cells[2]) == ["'alive'"]
