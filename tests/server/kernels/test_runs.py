"""What comes of a cell, as the server hears it."""

import asyncio
import uuid

import pytest

from tests.server.kernels.conftest import begin, run

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_cell_tells_what_it_printed_and_what_it_is(python):
    sent, outcome = await run(python, "import time; time.sleep(0.2)\nprint('a'); print('b')\n40 + 2")
    assert [(each.kind, each.text) for each in outcome.outputs] == [("stream", "a\nb\n"), ("result", "42")]
    assert outcome.ok
    assert outcome.count == sent.count == sent.outputs[1]["execution_count"]
    assert 0.1 < outcome.seconds < 20
    assert [each["output_type"] for each in sent.outputs] == ["stream", "execute_result"]


async def test_an_error_has_no_colours(python):
    _, outcome = await run(python, "print('before')\nnothing_here")
    assert outcome.status == "error"
    assert outcome.error.line == "NameError: name 'nothing_here' is not defined"
    assert "nothing_here" in "\n".join(outcome.error.traceback)
    assert "\x1b" not in "\n".join(outcome.error.traceback)
    assert [each.text for each in outcome.outputs] == ["before\n"]


async def test_what_a_page_sends_is_heard_by_the_same_id(house, python):
    changes = []
    sent = python.expect(uuid.uuid4().hex, "c1")
    sent.on_change(lambda: changes.append((sent.begun, sent.over, len(sent.outputs))))
    async with house.page(python) as page:
        page.send("print('from the page')", sent.msg_id)
        outcome = await asyncio.wait_for(sent.end(), 60)
    assert [each.text for each in outcome.outputs] == ["from the page\n"]
    assert changes[0] == (True, False, 0)
    assert changes[-1] == (True, True, 1)
    assert sent.began_at > 1e9
    assert python.past[-1].id == "c1"


async def test_a_progress_bar_keeps_its_last_state(python):
    code = "import sys\nfor n in range(2001):\n    print(f'\\r{n} of 2000', end='', flush=True)\nprint('!')"
    sent, outcome = await run(python, code)
    assert [each.text for each in outcome.outputs] == ["2000 of 2000!\n"]
    assert sent.outputs == [{"output_type": "stream", "name": "stdout", "text": "2000 of 2000!\n"}]


async def test_a_flood_of_messages_loses_neither_text_nor_the_end(python):
    _, outcome = await run(python, "for n in range(5000):\n    print(n, flush=True)")
    assert outcome.ok
    text = outcome.outputs[0].text
    assert text.splitlines()[::4999] == ["0", "4999"]
    assert len(text.splitlines()) == 5000


async def test_text_is_bounded_and_says_how_much_is_missing(python):
    _, outcome = await run(python, "print('x' * 1_500_000)")
    assert sum(len(each.text) for each in outcome.outputs) < 1_000_200
    assert outcome.outputs[-1].text == "\n… 500,001 characters of output left out …\n"


async def test_a_picture_stays_whole(python):
    code = (
        "from IPython.display import Image, display\ndisplay(Image(data=b'\\x89PNG\\r\\n\\x1a\\n' + b'0' * 2_000_000))"
    )
    sent, outcome = await run(python, code)
    assert len(outcome.outputs[0].data["image/png"]) > 2_000_000
    assert len(sent.outputs) == 1


async def test_clear_output_clears_now_or_with_the_next(python):
    await run(python, "from IPython.display import clear_output")
    _, outcome = await run(python, "print(1)\nclear_output()\nprint(2)\nclear_output(wait=True)\nprint(3)")
    assert [each.text for each in outcome.outputs] == ["3\n"]
    _, outcome = await run(python, "print(1)\nclear_output(wait=True)")
    assert [each.text for each in outcome.outputs] == ["1\n"]


async def test_a_later_cell_updates_what_an_earlier_one_shows(python):
    first, _ = await run(python, "shown = display('before', display_id=True)")
    changes = []
    first.on_change(lambda: changes.append(first.outputs[0]["data"]["text/plain"]))
    second, _ = await run(python, "shown.update('after')")
    assert changes == ["'after'"]
    assert second.outputs == []


async def test_a_cell_behind_an_error_is_flushed(python):
    first = await begin(python, "import time; time.sleep(0.5); 1 / 0")
    second = await begin(python, "print('never')")
    assert (await asyncio.wait_for(first.end(), 60)).status == "error"
    outcome = await asyncio.wait_for(second.end(), 60)
    assert outcome.status == "aborted"
    assert "error in another cell" in outcome.note
    assert not second.begun
    assert second.began_at == 0


async def test_waiting_for_the_end_can_be_given_up(python):
    sent = await begin(python, "import time; time.sleep(1); 7")
    waits = asyncio.create_task(sent.end())
    await sent.begin()
    waits.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waits
    assert (await asyncio.wait_for(sent.end(), 60)).outputs[0].text == "7"


async def test_what_the_server_runs_can_ask_nobody(python):
    _, outcome = await run(python, "input('name? ')")
    assert outcome.error.name == "StdinNotImplementedError"


async def test_another_language_tells_of_its_cells_too(bash):
    assert (bash.name, bash.language) == ("bash", "bash")
    _, outcome = await run(bash, "for n in 1 2 3; do echo $n; done")
    assert (outcome.status, outcome.outputs[0].text) == ("ok", "1\n2\n3\n")
    _, outcome = await run(bash, "echo before; false")
    assert (outcome.status, outcome.error.line) == ("error", "Error: 1")
    assert [each.source for each in bash.past] == ["for n in 1 2 3; do echo $n; done", "echo before; false"]
    assert (await bash.look()).variables == ()


async def test_answers_that_come_while_something_is_sent_are_heard(python):
    """A send can take a reply's wake-up away (see `line._wake`): then no question of ours was ever answered again."""
    for number in range(60):
        sent = await begin(python, f"{number}")
        await sent.end()
    await asyncio.wait_for(python.rest(), 60)
    assert len((await python.look()).history) == 60
