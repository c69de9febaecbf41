"""The library's own kernel: values cross as Arrow or JSON, cells run, a snapshot tells what is there."""

from __future__ import annotations

import asyncio
import datetime as dt

import numpy as np
import pandas as pd
import pytest
import pytest_asyncio
from open_interpreter.core.cells import Cell
from open_interpreter.core.conversation import Task
from open_interpreter.core.errors import UsageError
from open_interpreter.core.questions import Judgement, Question
from open_interpreter.headless import crossing
from open_interpreter.headless.host import OwnKernel

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def kernel(tmp_path_factory):
    host = OwnKernel(directory=str(tmp_path_factory.mktemp("work")))
    yield host
    await host.close()


async def run(kernel, source):
    return await kernel.execute(Cell(id="c", source=source))


async def test_a_cell_runs_and_its_outputs_come_back(kernel):
    outcome = await run(kernel, "import sys; print('out'); print('more'); print('err', file=sys.stderr); 6 * 7")
    assert outcome.ok
    assert [(each.kind, each.name, each.text) for each in outcome.outputs] == [
        ("stream", "stdout", "out\nmore\n"), ("stream", "stderr", "err\n"), ("result", "", "42"),
    ]  # fmt: skip
    assert outcome.count
    assert await kernel.value(outcome) == 42


async def test_a_failing_cell_is_data(kernel):
    outcome = await run(kernel, "1 / 0")
    assert outcome.status == "error"
    assert outcome.error.line == "ZeroDivisionError: division by zero"
    assert "\x1b" not in "".join(outcome.error.traceback)


async def test_top_level_await_works(kernel):
    outcome = await run(kernel, "import asyncio\nawait asyncio.sleep(0.01)\n'slept'")
    assert await kernel.value(outcome) == "slept"


async def test_a_snapshot_tells_variables_cells_and_the_directory(kernel):
    await kernel.give({"prices": pd.DataFrame({"price": [1.5, 2.5], "kind": ["a", "b"]})})
    await run(kernel, "open('note.csv', 'w').write('a,b\\n1,2\\n'); answer = 42")
    snapshot = await kernel.snapshot(Task("look"))
    assert snapshot.variable("prices").shape == (2, 2)
    assert [column.name for column in snapshot.frames[0].columns] == ["price", "kind"]
    assert snapshot.cells[-1].source.endswith("answer = 42")
    assert "note.csv" in [file.name for file in snapshot.files]
    assert (await kernel.snapshot(Task("look", only=("answer",)))).variables[0].name == "answer"


async def test_what_the_host_says_leaves_no_trace(kernel):
    await kernel.snapshot(Task("look"))
    outcome = await run(kernel, "[name for name in globals() if 'interpreter' in name or name in ('s', 't', 'json')]")
    assert await kernel.value(outcome) == []
    before = outcome.count
    await kernel.snapshot(Task("look"))
    assert (await run(kernel, "1")).count == before + 1


FRAME = pd.DataFrame({"n": [1, 2], "t": ["x", None], "when": pd.to_datetime(["2024-01-01", None])}, index=["a", "b"])


@pytest.mark.parametrize(
    "value",
    [None, True, 5, 2.5, "文字", [1, [2]], (1, "a"), {"a": {1: 2}}, {3, 4}, b"\0raw", 1 + 2j,
     dt.date(2024, 5, 1), dt.datetime(2024, 5, 1, 12, 30, tzinfo=dt.timezone.utc)],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
async def test_a_plain_value_crosses_there_and_back(kernel, value):
    await kernel.give({"there": value})
    outcome = await run(kernel, "there")
    back = await kernel.value(outcome)
    assert (type(back), back) == (type(value), value)


async def test_tables_cross_there_and_back(kernel):
    await kernel.give({"frame": FRAME, "column": FRAME["n"]})
    pd.testing.assert_frame_equal(await kernel.value(await run(kernel, "frame")), FRAME)
    pd.testing.assert_series_equal(await kernel.value(await run(kernel, "column")), FRAME["n"])
    grouped = await kernel.value(await run(kernel, "frame.groupby('t').n.mean()"))
    assert grouped.to_dict() == {"x": 1.0}


@pytest.mark.parametrize("array", [np.arange(6.0).reshape(2, 3), np.array([True, False]), np.array([], dtype="int8")])
async def test_arrays_cross_there_and_back(kernel, array):
    await kernel.give({"array": array})
    back = await kernel.value(await run(kernel, "array"))
    np.testing.assert_array_equal(back, array)
    assert (back.dtype, back.shape) == (array.dtype, array.shape)


async def test_numbers_of_numpy_come_back_as_numbers_of_python(kernel):
    outcome = await run(kernel, "import numpy; (numpy.float64(2.5), numpy.int32(3), numpy.bool_(True))")
    assert await kernel.value(outcome) == (2.5, 3, True)


async def test_what_cannot_cross_is_refused_in_words(kernel):
    with pytest.raises(UsageError, match=r"data\['model'\] cannot go to the kernel: a object is neither"):
        await kernel.give({"model": object()})
    assert await kernel.value(await run(kernel, "object()")) is None
    assert await kernel.value(await run(kernel, "x = 1")) is None


async def test_nothing_that_a_kernel_hands_out_runs_code(tmp_path):
    (tmp_path / "f").write_text('{"__reduce__": ["os.system", "echo"]}')
    with pytest.raises(KeyError):
        crossing.unpack({"kind": "json"}, str(tmp_path / "f"))


async def test_nobody_is_there_to_approve_outside_a_terminal(kernel):
    assert (await kernel.approve(Question(Cell("c", "1"), Judgement()))).nobody


async def test_a_cancelled_cell_is_interrupted_and_the_kernel_stays(kernel):
    await run(kernel, "kept = 'still here'")
    task = asyncio.ensure_future(run(kernel, "import time; time.sleep(60)"))
    await asyncio.sleep(0.5)
    task.cancel()
    started = asyncio.get_running_loop().time()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert asyncio.get_running_loop().time() - started < 5
    assert await kernel.value(await run(kernel, "kept")) == "still here"


async def test_a_kernel_that_dies_is_told_and_replaced(kernel):
    outcome = await run(kernel, "import os; os._exit(1)")
    assert "kernel died" in outcome.error.line
    assert (await run(kernel, "1 + 1")).ok
