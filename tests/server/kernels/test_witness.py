"""The witness hears whoever uses the kernel, and looks without leaving anything behind."""

import asyncio
import uuid

import pytest

from open_interpreter_lab.kernels import KernelLost, Look, Witness
from tests.server.kernels.conftest import begin, run, until

pytestmark = pytest.mark.asyncio(loop_scope="module")

SPY = """
class Spy:
    def __getattribute__(self, name):
        raise RuntimeError("looked at")
    def __repr__(self):
        raise RuntimeError("shown")
spy = Spy()
number = 41
"""


async def test_it_hears_what_a_person_runs(house, python):
    states = []
    unlisten = python.listen(lambda: states.append(python.busy))
    async with house.page(python) as page:
        await page.reply(page.send("by_hand = 5\nprint('typed')"))
        await page.reply(page.send("1 / 0"))
        await python.rest()
    unlisten()
    assert [(each.source, each.output, each.failed) for each in python.past[-2:]] == [
        ("by_hand = 5\nprint('typed')", "typed", False),
        ("1 / 0", "ZeroDivisionError: division by zero", True),
    ]
    assert python.past[-1].count == python.past[-2].count + 1
    assert states == [True, False, True, False]


async def test_rest_waits_for_all_that_is_queued(house, python):
    async with house.page(python) as page:
        for number in range(4):
            last = page.send(f"import time; time.sleep(0.3); queued = {number}")
        await until(lambda: python.busy, python.listen)
        await python.rest()
        assert not python.busy
        assert (await asyncio.wait_for(page.reply(last), 1))["status"] == "ok"
    assert [each.source[-1] for each in python.past[-4:]] == list("0123")


async def test_rest_is_at_once_where_nothing_runs(python):
    await python.rest()
    await asyncio.sleep(0.6)
    await asyncio.wait_for(python.rest(), 0.05)


async def test_a_look_sees_variables_directory_and_history(house, python):
    await run(python, "import os; os.chdir('/'); table = [1, 2, 3]")
    look = await python.look()
    assert {"table": (3,)}.items() <= {each.name: each.shape for each in look.variables}.items()
    assert look.directory == "/"
    assert look.history[-1] == (python.past[-1].count, "import os; os.chdir('/'); table = [1, 2, 3]")
    assert python.seen is look
    assert "table" in python.names


async def test_a_look_at_some_names_tells_of_these_alone(python):
    await run(python, "one = 1; two = 2")
    await python.look()
    names = python.names
    assert [each.name for each in (await python.look(["two"])).variables] == ["two"]
    assert python.names == names


async def test_a_look_leaves_nothing_and_calls_nothing(house, python):
    tell = "(sorted(globals()), len(In), sorted(Out), get_ipython().execution_count)"
    await run(python, SPY)
    before = (await run(python, tell))[1]
    busy = []
    unlisten = python.listen(lambda: busy.append(python.busy))
    look = await python.look()
    unlisten()
    after = (await run(python, f"_{before.count}_ = {tell}; _{before.count}_"))[1]
    assert {each.name: each.preview for each in look.variables}["number"] == "41"
    assert busy == []
    assert after.count == before.count + 1
    told = [eval(each.outputs[0].text) for each in (before, after)]
    new = {f"_{before.count}", f"_i{before.count + 1}"}
    assert set(told[1][0]) - set(told[0][0]) == new
    assert told[1][1] == told[0][1] + 1
    assert told[1][2] == [*told[0][2], before.count]
    assert python.past[-2].output == before.outputs[0].text


async def test_a_long_history_is_bounded(python):
    await run(python, f"long = {'x' * 150_000!r}")
    await run(python, f"long = {'y' * 150_000!r}")
    history = (await python.look()).history
    assert [source[8] for _, source in history] == ["y"]
    for number in range(65):
        await run(python, f"{number}")
    assert [source for _, source in (await python.look()).history] == [str(number) for number in range(5, 65)]


async def test_a_kernel_that_does_not_answer_gives_what_was_seen(house, python, monkeypatch):
    monkeypatch.setattr("open_interpreter_lab.kernels.witness.LOOK_WAIT", 0.3)
    seen = await python.look()
    sent = await begin(python, "import time; time.sleep(1.5)")
    await sent.begin()
    assert await python.look() is seen
    await python.rest()


async def test_it_opens_on_a_busy_kernel(house, python):
    sent = await begin(python, "import time; time.sleep(3)\nprint('late')")
    await sent.begin()
    witness = Witness(house.manager, python.kernel)
    await asyncio.wait_for(witness.open(), 10)
    try:
        assert witness.language == "python"
        assert not sent.over
        assert witness.busy
        await asyncio.wait_for(witness.rest(), 30)
        assert sent.over
        assert (await run(witness, "2"))[1].outputs[0].text == "2"
    finally:
        await witness.close()


async def test_it_opens_on_no_kernel_with_words(house):
    witness = Witness(house.manager, "nowhere")
    with pytest.raises(KernelLost, match="not there any more: start one"):
        await witness.open()
    await witness.close()


async def test_a_request_that_nobody_sent_has_not_been_seen(python):
    sent = python.expect(uuid.uuid4().hex, "c")
    assert await asyncio.wait_for(python.has_seen(sent), 10) is False
    await python.send(sent, "3")
    assert (await asyncio.wait_for(sent.end(), 30)).ok
    assert await python.has_seen(sent)


async def test_a_request_that_waits_behind_another_has_been_seen(house, python):
    async with house.page(python) as page:
        page.send("import time; time.sleep(1.5)")
        await until(lambda: python.busy, python.listen)
        sent = python.expect(uuid.uuid4().hex, "c")
        page.send("4", sent.msg_id)
        assert await asyncio.wait_for(python.has_seen(sent), 30)
        assert (await asyncio.wait_for(sent.end(), 30)).outputs[0].text == "4"


async def test_a_request_that_runs_counts_as_seen_at_once(house, python):
    sent = await begin(python, "import time; time.sleep(2)")
    await sent.begin()
    assert await asyncio.wait_for(python.has_seen(sent), 1)
    assert not sent.over
    await sent.end()


async def test_closing_loses_what_waits(house):
    async with house.kernel() as kernel:
        witness = Witness(house.manager, kernel)
        await witness.open()
        sent = await begin(witness, "import time; time.sleep(60)")
        waits = asyncio.create_task(sent.end())
        await sent.begin()
        await witness.close()
        with pytest.raises(KernelLost):
            await waits
        with pytest.raises(KernelLost):
            await witness.rest()


async def test_another_language_has_an_empty_look(bash):
    assert await bash.look() == Look()
    await bash.rest()
