"""Stop interrupts the run that was meant, until it is over."""

import asyncio
import uuid

import pytest

from tests.server.kernels.conftest import begin, run, until

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def shows(sent):
    """Wait until a run has put something out: its own code runs."""
    event = asyncio.Event()
    sent.on_change(event.set)
    while not sent.outputs:
        event.clear()
        await asyncio.wait_for(event.wait(), 30)


async def test_a_run_is_stopped(python):
    sent = await begin(python, "import time\nprint('on')\nwhile True:\n    time.sleep(0.01)")
    await shows(sent)
    assert await sent.stop()
    outcome = await sent.end()
    assert (outcome.status, outcome.error.name) == ("error", "KeyboardInterrupt")
    assert (await run(python, "1 + 1"))[1].ok


async def test_an_awaiting_run_is_stopped(python):
    sent = await begin(python, "import asyncio\nprint('on')\nawait asyncio.sleep(600)")
    await shows(sent)
    assert await sent.stop()
    assert (await sent.end()).status == "error"


async def test_a_run_that_swallows_interrupts_is_interrupted_again(python):
    code = (
        "import signal, time\nseen = []\nsignal.signal(signal.SIGINT, lambda *_: seen.append(1))\nprint('on')\n"
        "while len(seen) < 3:\n    time.sleep(0.01)"
    )
    sent = await begin(python, code)
    await shows(sent)
    assert await sent.stop()
    outcome = await sent.end()
    assert (outcome.status, outcome.note) == ("aborted", "It was interrupted.")


async def test_stop_waits_for_its_own_run_to_begin(house, python):
    async with house.page(python) as page:
        others = page.send("import time; time.sleep(1.5); 'whole'")
        await until(lambda: python.busy, python.listen)
        sent = await begin(python, "import time; time.sleep(600)")
        assert await sent.stop()
        assert (await page.reply(others))["status"] == "ok"
    assert (await sent.end()).status in ("error", "aborted")  # aborted: it came before the code's first line
    assert "'whole'" in [each.output for each in python.past]


async def test_stop_gives_up_on_a_run_that_nobody_sends(python, monkeypatch):
    monkeypatch.setattr("open_interpreter_lab.kernels.run.BEGIN_WAIT", 0.2)
    sent = python.expect(uuid.uuid4().hex, "c")
    assert not await sent.stop()
    await python.send(sent, "import time; time.sleep(600)")
    outcome = await asyncio.wait_for(sent.end(), 60)
    assert outcome.status in ("error", "aborted")


async def test_a_run_that_is_over_is_not_interrupted(house, python):
    sent, _ = await run(python, "1")
    async with house.page(python) as page:
        others = page.send("import time; time.sleep(0.5)")
        await until(lambda: python.busy, python.listen)
        assert await sent.stop()
        assert (await page.reply(others))["status"] == "ok"


async def test_another_language_is_stopped(bash):
    sent = await begin(bash, "sleep 600")
    await sent.begin()
    assert await sent.stop()
    outcome = await sent.end()
    assert (outcome.status, outcome.note) == ("aborted", "It was interrupted.")
    assert (await run(bash, "echo on"))[1].outputs[0].text == "on\n"
