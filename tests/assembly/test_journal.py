"""The log of a task: every event, at once, for its owner alone."""

import os
import stat
from contextlib import aclosing

import pytest
from open_interpreter import assembly
from open_interpreter.agent.loop import Agent
from open_interpreter.core.conversation import Conversation, Profile, Task
from open_interpreter.core.events import Began, Event, Executed, Finished, Notice, Wrote
from open_interpreter.core.settings import Settings
from open_interpreter.core.wire import from_wire, to_wire
from open_interpreter.safety.policy import Policy
from open_interpreter.sessions.journal import read, recorded

from tests.fakes import MemoryHost, ScriptedProvider

KEY = "sk-canary-1234567890"


def agent(*replies):
    provider = ScriptedProvider(replies, profile=Profile("scripted", trusted=True))
    return Agent(provider, MemoryHost(), Policy(), Settings(api_key=KEY))


async def follow(home, task, *replies):
    journal = assembly.open_journal(home, task)
    return [event async for event in recorded(agent(*replies).run(Conversation(task)), journal)]


async def test_every_event_is_one_line_that_can_be_read_back(tmp_path):
    task = Task("计算 2\n+ 2", id="abc123")
    events = await follow(tmp_path, task, "```python\nnope\n```", "```python\n2 + 2\n```", "4 \U0001f600 \u2028")
    lines = read(tmp_path / "sessions" / "abc123.jsonl")
    assert lines == tuple(to_wire(event) for event in events)
    assert [line["cell"]["attempt"] for line in lines if line["type"] == "Executed"] == [1, 2]
    kinds = {kind.__name__: kind for kind in Event.__args__}
    assert [from_wire(kinds[line["type"]], line) for line in lines] == events
    assert any(isinstance(event, Executed) and event.outcome.error for event in events)


async def test_only_its_owner_can_read_it(tmp_path):
    await follow(tmp_path, Task("x", id="t1"), "done")
    folder = tmp_path / "sessions"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "t1.jsonl").stat().st_mode) == 0o600


async def test_no_key_is_in_it(tmp_path):
    await follow(tmp_path, Task("x", id="t1"), "```python\n1\n```", "done")
    assert KEY not in (tmp_path / "sessions" / "t1.jsonl").read_text("ascii")


async def test_each_event_is_there_before_the_next(tmp_path):
    task = Task("x", id="t1")
    async with aclosing(
        recorded(agent("word " * 50).run(Conversation(task)), assembly.open_journal(tmp_path, task))
    ) as events:
        async for event in events:
            assert read(tmp_path / "sessions" / "t1.jsonl")[-1] == to_wire(event)
            if isinstance(event, Wrote):
                break


@pytest.mark.skipif(os.name == "nt", reason="a folder cannot be made unwritable so")
async def test_a_home_that_cannot_be_written_gives_one_notice_and_the_task_goes_on(tmp_path):
    (tmp_path / "sessions").write_text("in the way")
    events = await follow(tmp_path, Task("x", id="t1"), "```python\n1\n```", "done")
    notices = [event.text for event in events if isinstance(event, Notice)]
    assert len(notices) == 1
    assert str(tmp_path) in notices[0]
    assert isinstance(events[0], Began)
    assert isinstance(events[-1], Finished)
    assert events[-1].ok


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
async def test_a_full_disk_gives_one_notice_and_the_task_goes_on(tmp_path):
    task = Task("x", id="t1")
    journal = assembly.open_journal(tmp_path, task)
    journal._file = os.open("/dev/full", os.O_WRONLY)
    events = [event async for event in recorded(agent("done").run(Conversation(task)), journal)]
    assert [type(event) for event in events].count(Notice) == 1
    assert events[-1].ok


@pytest.mark.parametrize("name", ["../x", "a/b", "", "x" * 65, "é"])
async def test_a_strange_task_id_names_no_file(tmp_path, name):
    events = await follow(tmp_path, Task("x", id=name), "done")
    assert any(isinstance(event, Notice) for event in events)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_line_torn_by_a_crash_is_left_out(tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_text('{"type": "Notice", "text": "a"}\n{"type": "Noti')
    assert read(path) == ({"type": "Notice", "text": "a"},)
