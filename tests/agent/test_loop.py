"""A task from its first request to its last event, with a scripted model and real cells."""

import asyncio
from contextlib import aclosing

import pytest
from open_interpreter.agent.loop import Agent
from open_interpreter.core.cells import Outcome
from open_interpreter.core.conversation import Conversation, Delta, Profile, Task, Usage
from open_interpreter.core.errors import Unreachable
from open_interpreter.core.events import (
    Asked,
    Began,
    CellGrew,
    CellOpened,
    Drafted,
    Dropped,
    Executed,
    Finished,
    Judged,
    Notice,
    Thought,
    Wrote,
)
from open_interpreter.core.questions import Answer
from open_interpreter.core.settings import Settings
from open_interpreter.safety.policy import Policy

from tests.fakes import Cut, MemoryHost, ScriptedProvider

TRUSTED = Profile(name="scripted", trusted=True)


def block(source, info="python"):
    return f"```{info}\n{source}\n```\n"


class Run:
    """The events of one finished task, and its parts by name."""

    def __init__(self, events):
        self.events = events
        self.end = events[-1]
        self.names = [type(event).__name__ for event in events]

    def of(self, kind):
        return [event for event in self.events if isinstance(event, kind)]


async def run(replies, host=None, *, policy=None, profile=TRUSTED, settings=None, chunk=7):
    provider = (
        replies if isinstance(replies, ScriptedProvider) else ScriptedProvider(replies, profile=profile, chunk=chunk)
    )
    agent = Agent(provider, host or MemoryHost(), policy or Policy(), settings or Settings())
    return Run([event async for event in agent.run(Conversation(Task("do it")))])


async def test_a_task_is_asked_written_run_looked_at_and_finished():
    host = MemoryHost()
    done = await run(["I add.\n" + block("x = 1 + 1\nx"), "It is 2."], host, chunk=1000)
    assert list(dict.fromkeys(done.names[:-3])) == [
        *("Began", "Asked", "Wrote", "CellOpened", "CellGrew", "Drafted", "Judged", "Executed"),
    ]
    assert done.names[-3:] == ["Asked", "Wrote", "Finished"]
    assert done.end == Finished("done", "It is 2.", 2, done.end.usage)
    assert host.namespace["x"] == 2
    assert done.of(Began)[0].model == "scripted"


async def test_the_pieces_of_a_cell_are_its_source():
    done = await run(["a\n" + block("x = [1,\n\n     2]") + "b", "end"], chunk=1)
    assert "".join(event.text for event in done.of(CellGrew)) == done.of(Drafted)[0].cell.source == "x = [1,\n\n     2]"
    assert [event.id for event in done.of(CellOpened)] == [done.of(Executed)[0].cell.id]


async def test_a_failing_cell_is_shown_to_the_model_and_replaced():
    host = MemoryHost({"total": 3})
    provider = ScriptedProvider(
        [
            block("totel + 1"),
            lambda request: block("total + 1", f"python replace={request.conversation.failure.cell.id}"),
            "4",
        ],
        profile=TRUSTED,
    )
    done = await run(provider, host)
    assert done.end.ok
    assert "NameError" in provider.requests[1].messages[-1].text
    first, second = (event.cell for event in done.of(Executed))
    assert (second.id, second.attempt, second.turn) == (first.id, 2, 2)
    assert [event.attempt for event in done.of(CellOpened)] == [1, 2]


async def test_without_a_word_the_first_block_after_a_failure_replaces_the_failed_cell():
    done = await run([block("nope"), block("y = 1") + block("y"), "1"])
    failed, mended, new = (event.cell for event in done.of(Executed))
    assert mended.id == failed.id
    assert (new.id != failed.id, new.attempt) == (True, 1)


async def test_the_cells_after_a_failing_one_are_dropped():
    host = MemoryHost()
    done = await run([block("1") + block("nope") + block("2") + block("3"), block("4"), "ok"], host)
    cells = [event.cell for event in done.of(Drafted)]
    assert [event.id for event in done.of(Dropped)] == [cells[2].id, cells[3].id]
    assert [cell.source for cell in host.executed] == ["1", "nope", "4"]
    assert all(event.restored is None for event in done.of(Dropped))


@pytest.mark.parametrize(
    ("cut", "word"),
    [
        (Cut("Look:\n" + block("x = 1")), "cut"),
        (Cut(block("x = 1"), finish="length"), "max_tokens"),
        (Cut(block("x = 1"), finish="filter"), "withheld"),
        (Cut(block("x = 1"), error=Unreachable("Nothing answers at HOST.")), "Nothing answers at HOST."),
        ([Delta(text="```python\nfor x in y:\n"), Delta(finish="stop")], "in the middle of a cell"),
        ([Delta(finish="stop")], "answered nothing"),
        ([Delta(thought="hm"), Delta(text=" \n"), Delta(finish="stop")], "answered nothing"),
        ([], "cut"),
        (Unreachable("Nothing answers at HOST."), "Nothing answers at HOST."),
    ],
)
async def test_a_reply_that_did_not_end_properly_runs_nothing_and_says_why(cut, word):
    host = MemoryHost()
    done = await run([cut], host)
    assert (done.end.ending, host.executed, done.of(Drafted)) == ("failed", [], [])
    assert word in done.end.reason
    assert {event.id for event in done.of(Dropped)} == {event.id for event in done.of(CellOpened)}


async def test_other_errors_of_a_provider_are_not_swallowed():
    provider = ScriptedProvider([Cut("text", error=ZeroDivisionError())])
    with pytest.raises(ZeroDivisionError):
        await run(provider)
    assert provider.closed == 1


async def test_a_cut_correction_brings_the_failed_source_back():
    done = await run([block("nope"), Cut(block("yes = 1"))])
    failed = done.of(Executed)[0].cell
    assert done.of(Dropped) == [Dropped(failed.id, done.end.reason, restored="nope")]
    assert done.end.ending == "failed"


async def test_the_same_code_with_the_same_error_twice_ends_the_task():
    host = MemoryHost()
    done = await run([block("nope(1, 2)"), block("1 / 0"), block("nope(1,2)  # again"), "never asked"], host)
    assert (done.end.ending, len(host.executed)) == ("stuck", 3)
    assert "NameError" in done.end.reason


async def test_the_replies_are_limited():
    done = await run([block(f"nope{n}") for n in range(9)], settings=Settings(max_turns=3))
    assert (done.end.ending, done.end.turns, len(done.of(Asked))) == ("stuck", 3, 3)
    assert "max_turns" in done.end.reason


async def test_with_one_reply_at_most_cells_that_run_are_the_end():
    assert (await run([block("1")], settings=Settings(max_turns=1))).end.ending == "done"


async def test_prose_while_a_failure_stands_is_no_success():
    done = await run([block("import no_such_module"), "Install it with pip."], MemoryHost(answers=["run"]))
    assert (done.end.ending, done.end.answer) == ("stuck", "Install it with pip.")
    assert "ModuleNotFoundError" in done.end.reason


async def test_prose_alone_is_an_answer():
    done = await run(["Just words.\n\n```bash\nls\n```\n"])
    assert (done.end.ending, done.end.answer, done.of(Executed)) == ("done", "Just words.\n\n```bash\nls\n```", [])
    assert "".join(event.text for event in done.of(Wrote)).strip() == done.end.answer


async def test_more_cells_than_allowed_are_left_out_with_a_word():
    host = MemoryHost()
    done = await run(["".join(block(f"x = {n}") for n in range(20)), "ok"], host)
    assert len(host.executed) == 8
    assert done.of(Notice)[0].text == "The reply had 12 more cells than 8: they are left out."


async def test_an_endless_reply_is_read_no_further():
    provider = ScriptedProvider([[Delta(text="word " * 1000)] * 400], profile=TRUSTED)
    done = await run(provider)
    assert (done.end.ending, provider.closed) == ("failed", 1)
    assert "1000 kB" in done.end.reason


async def test_reasoning_is_passed_on_and_kept_nowhere():
    done = await run([[Delta(thought="hm"), Delta(text="Yes."), Delta(finish="stop")]])
    assert done.of(Thought) == [Thought("hm")]
    assert done.end.answer == "Yes."


async def test_usage_is_added_up():
    replies = [[Delta(text=text), Delta(finish="stop", usage=Usage(10, 2))] for text in (block("1"), "ok")]
    assert (await run(replies)).end.usage == Usage(20, 4)


async def test_each_request_sees_what_is_there_then():
    provider = ScriptedProvider([block("x = 1"), block("y = 2"), "ok"], profile=TRUSTED)
    await run(provider)
    assert [[each.name for each in request.snapshot.variables] for request in provider.requests] == [
        [],
        ["x"],
        ["x", "y"],
    ]
    assert provider.requests[2].conversation.turns[0].seen == provider.requests[0].snapshot


async def test_a_preview_sends_nothing():
    provider = ScriptedProvider([])
    sent = await Agent(provider, MemoryHost(), Policy(), Settings()).preview(Conversation(Task("count the rows")))
    assert "count the rows" in sent[-1].text
    assert provider.requests == []


class TestApproval:
    """What a person or the policy says, as events."""

    async def test_the_opening_question_comes_once(self):
        host = MemoryHost(answers=["computing"])
        done = await run([block("x = 1"), block("y = 2"), "ok"], host, profile=Profile("m", "https://host"))
        assert [question.opening for question in host.questions] == [True]
        assert [(event.allowed, event.by) for event in done.of(Judged)] == [(True, "person"), (True, "policy")]

    async def test_a_refusal_without_a_word_ends_the_task(self):
        host = MemoryHost(answers=["refuse"])
        done = await run([block("import subprocess") + block("1")], host)
        assert (done.end.ending, host.executed, len(done.of(Dropped))) == ("refused", [], 1)
        assert [event.outcome.status for event in done.of(Executed)] == ["refused"]

    async def test_a_refusal_with_a_word_goes_back_to_the_model(self):
        host = MemoryHost(answers=[Answer("refuse", word="no subprocess, please")])
        provider = ScriptedProvider([block("import subprocess"), block("x = 1"), "ok"], profile=TRUSTED)
        done = await run(provider, host)
        assert done.end.ending == "done"
        assert "no subprocess, please" in provider.requests[1].messages[-1].text
        refused, other = (event.cell for event in done.of(Executed))
        assert (other.id, other.attempt) == (refused.id, 2)

    async def test_prose_after_a_refusal_is_refused_not_done(self):
        host = MemoryHost(answers=[Answer("refuse", word="no")])
        done = await run([block("import subprocess"), "Then it cannot be done."], host)
        assert (done.end.ending, done.end.answer) == ("refused", "Then it cannot be done.")

    async def test_where_nobody_can_answer_the_task_ends_and_says_how_to_allow_it(self):
        host = MemoryHost(answers=[Answer("refuse", nobody=True)])
        done = await run([block("import requests")], host)
        assert (done.end.ending, host.executed) == ("unanswered", [])
        assert "--allow network" in done.end.reason

    async def test_suggest_inserts_every_cell_and_runs_none(self):
        host = MemoryHost()
        done = await run([block("1") + block("2")], host, policy=Policy(mode="suggest"))
        assert (done.end.ending, host.executed) == ("inserted", [])
        assert [event.outcome.status for event in done.of(Executed)] == ["inserted", "inserted"]
        assert done.of(Dropped) == []

    async def test_the_answer_insert_is_for_the_rest_too(self):
        host = MemoryHost(answers=["insert"])
        done = await run([block("1") + block("2")], host, profile=Profile("m", "https://host"))
        assert (done.end.ending, len(host.questions), host.executed) == ("inserted", 1, [])


async def test_a_stopped_cell_ends_the_task():
    class Stopping(MemoryHost):
        async def execute(self, cell):
            return Outcome("aborted", note="You stopped it.")

    done = await run([block("1") + block("2")], Stopping())
    assert (done.end.ending, done.end.reason, len(done.of(Dropped))) == ("stuck", "You stopped it.", 1)


async def test_cancelling_a_task_closes_the_models_stream():
    started, provider = asyncio.Event(), None

    async def slow(request):
        try:
            yield Delta(text="word")
            started.set()
            await asyncio.sleep(60)
        finally:
            closed.append(True)

    closed = []
    provider = ScriptedProvider([])
    provider.stream = slow
    task = asyncio.create_task(run(provider))
    await asyncio.wait_for(started.wait(), 5)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert closed == [True]


async def test_leaving_a_task_early_closes_the_models_stream():
    provider = ScriptedProvider(["many words " * 100])
    agent = Agent(provider, MemoryHost(), Policy(), Settings())
    async with aclosing(agent.run(Conversation(Task("x")))) as events:
        async for event in events:
            if isinstance(event, Wrote):
                break
    assert provider.closed == 1
