"""The library outside a notebook: real kernel, scripted model server."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import textwrap

import pandas as pd
import psutil
import pytest
from open_interpreter import OpenInterpreter, Result
from open_interpreter.core.errors import SettingsError, UsageError
from open_interpreter.core.events import Began, Executed, Finished

from tests.model_server import ModelServer

FARES = pd.DataFrame({"fare": [1.0, 2.0, 6.0], "class": ["a", "b", "b"]})
MEAN = "Here is the mean.\n\n```python\ndf.groupby('class').fare.mean()\n```\n"


REPLIES = {
    "by class": MEAN,
    "wrong column": "```python\ndf['far'].sum()\n```\n",
    "prose": "Only words.",
    "remember": "```python\nkept = 'still here'\n```\n",
    "recall": "```python\nkept\n```\n",
    "sleep": "```python\nimport time; time.sleep(60)\n```\n",
    "largest": "```python\nmore = df.fare.max()\nmore\n```\n",
}


def script(body):
    """Answers an instruction by a word of it, corrects a cell that failed, and is done after one that ran."""
    last = str(body["messages"][-1]["content"])
    _, found, instruction = last.rpartition("# Instruction\n\n")
    if not found:
        return "```python\ndf['fare'].sum()\n```\n" if "failed:" in last else "Done."
    return next((reply for word, reply in REPLIES.items() if word in instruction), "No idea.")


@pytest.fixture(scope="module")
def server():
    with ModelServer(script) as running:
        yield running


@pytest.fixture(scope="module")
def interpreter(server):
    with OpenInterpreter(model="scripted", base_url=server.base_url, api_key="k", mode="auto") as made:
        yield made


def test_a_task_gives_prose_code_value_and_usage(interpreter):
    result = interpreter.execute("mean of @df.fare by class", data={"df": FARES})
    assert isinstance(result, Result)
    assert result.ok, result.reason
    assert result.value.to_dict() == {"a": 1.0, "b": 4.0}
    assert [cell.source.strip() for cell in result.cells] == ["df.groupby('class').fare.mean()"]
    assert "4.0" in result.outputs[-1].text
    assert "df.groupby('class').fare.mean()" in str(result)
    assert result.usage.sent > 0
    assert result.session


def test_a_failing_cell_is_corrected(interpreter):
    result = interpreter.execute("use the wrong column please", data={"df": FARES})
    assert result.ok, result.reason
    assert result.value == 9.0
    assert [cell.attempt for cell in result.cells] == [2]


def test_chat_goes_on_with_the_conversation_and_the_variables(interpreter, server):
    interpreter.execute("mean of @df.fare by class", data={"df": FARES})
    result = interpreter.chat("and the largest, again")
    assert result.value == 6.0
    assert "mean of @df.fare by class" in str(server.requests[-2].body) + str(server.requests[-1].body)


def test_execute_begins_a_conversation_of_its_own(interpreter, server):
    interpreter.execute("mean of @df.fare by class", data={"df": FARES})
    interpreter.execute("prose please")
    assert "by class" not in str(server.requests[-1].body["messages"][-1])


def test_stream_gives_the_events_in_order(interpreter):
    kinds = [type(event) for event in interpreter.stream("mean by class", data={"df": FARES})]
    assert kinds[0] is Began
    assert kinds[-1] is Finished
    assert Executed in kinds


def test_leaving_a_stream_early_stops_the_task_and_the_kernel_stays(interpreter):
    interpreter.execute("remember this")
    for event in interpreter.stream("sleep long"):
        if type(event).__name__ == "Judged":
            break
    assert interpreter.execute("recall it").value == "still here"


async def test_it_works_inside_a_running_loop(interpreter):
    assert interpreter.execute("prose").answer == "Only words."
    results = await asyncio.gather(interpreter.aexecute("mean by class", data={"df": FARES}))
    assert results[0].value.to_dict() == {"a": 1.0, "b": 4.0}


async def test_a_cancelled_task_leaves_the_kernel_usable(interpreter):
    task = asyncio.ensure_future(interpreter.aexecute("sleep long"))
    await asyncio.sleep(1.5)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (await interpreter.aexecute("mean by class", data={"df": FARES})).ok


@pytest.mark.parametrize(
    ("instruction", "data", "words"),
    [
        ("  ", None, "instruction is empty"),
        ("x", {"not a name": 1}, "no Python name"),
        ("x", {"df": object()}, "cannot go"),
    ],
)
def test_wrong_use_is_refused_in_words(interpreter, instruction, data, words):
    with pytest.raises(UsageError, match=words):
        interpreter.execute(instruction, data=data)


def test_an_unknown_model_is_refused_in_words():
    with OpenInterpreter(model="no-such-model") as made, pytest.raises(SettingsError):
        made.execute("x")


def test_a_budget_is_kept(server):
    with OpenInterpreter(model="scripted", base_url=server.base_url, api_key="k", budget=10) as made:
        result = made.execute("prose")
        assert not result.ok
        assert "budget of 10" in result.reason


def test_a_closed_interpreter_says_so(server):
    made = OpenInterpreter(model="builtin")
    made.close()
    with pytest.raises(UsageError, match="is closed"):
        made.execute("x")


def test_no_kernel_outlives_its_process(server):
    code = f"""
        import psutil
        from open_interpreter import OpenInterpreter
        made = OpenInterpreter(model="scripted", base_url={server.base_url!r}, api_key="k", mode="auto")
        print(made.execute("prose").ok, *(child.pid for child in psutil.Process().children()))
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, timeout=60, check=True
    )
    ok, kernel = done.stdout.split()
    assert ok == "True"
    assert not psutil.pid_exists(int(kernel))


def test_importing_is_light():
    heavy = ("IPython", "openai", "pandas", "nbclient", "asyncio")
    code = f"import sys, open_interpreter; print([each for each in {heavy} if each in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "[]\n"
