"""Settings and a host become an agent; nothing in between is missing."""

import pytest
from open_interpreter import assembly
from open_interpreter.core.cells import Cell
from open_interpreter.core.conversation import Conversation, Exchange, Image, Quote, Task
from open_interpreter.core.errors import KeyMissing, SettingsError, UsageError
from open_interpreter.core.events import Asked, Executed, Finished
from open_interpreter.core.settings import Settings
from open_interpreter.core.snapshot import Snapshot

from tests.fakes import MemoryHost


async def test_a_task_with_nothing_configured_is_done_by_the_built_in_model():
    host = MemoryHost()
    agent = assembly.open_agent(Settings(), host)
    task = Task("Write a function that computes the factorial of n, for example 5 gives 120.")
    events = [event async for event in agent.run(Conversation(task))]
    assert isinstance(events[-1], Finished)
    assert events[-1].ok, events[-1]
    assert [event.outcome.status for event in events if isinstance(event, Executed)] == ["ok"]
    assert host.questions == []


def test_an_unknown_model_is_told_at_once():
    with pytest.raises(SettingsError):
        assembly.open_agent(Settings(model="nonsense:x"), MemoryHost())


async def test_the_options_of_a_cell_can_only_tighten():
    policy = assembly.open_policy(Settings(mode="ask"))
    host = MemoryHost()
    agent = assembly.open_agent(Settings(mode="auto", answered=True), host, policy)
    async for _ in agent.run(Conversation(Task("factorial of 5"))):
        pass
    assert len(host.questions) >= 1


def test_a_policy_is_under_the_admins_ceiling():
    assert assembly.open_policy(Settings(mode="auto", max_mode="suggest")).mode == "suggest"


def test_a_policy_looks_where_the_cells_run(tmp_path):
    (tmp_path / "there.csv").write_text("x")
    look = assembly.open_policy(Settings(), tmp_path).look
    assert [look(name) for name in ("there.csv", "new.csv", "../x.csv")] == ["there", "new", "outside"]


def test_a_wish_becomes_a_task():
    cell = Cell("mine", "x = nope")
    task = assembly.make_task("fix", "briefly", target=cell, quotes=(Quote("a", "b"),), shares=False, id="t1")
    assert (task.id, task.command, task.instruction, task.target, task.shares) == ("t1", "fix", "briefly", cell, False)
    assert task.quotes == (Quote("a", "b"),)
    with pytest.raises(UsageError, match="instruction is empty"):
        assembly.make_task("", "")


async def test_a_sketch_is_one_cell_that_is_not_run():
    sketch = assembly.open_sketch(Settings(), Snapshot(), "", "write a function that computes the factorial of n")
    pieces = [each async for each in sketch]
    assert "def factorial" in pieces[-1].source
    assert [each.done for each in pieces] == [False] * (len(pieces) - 1) + [True]
    assert pieces[-1].trouble == ""


async def test_what_the_built_in_model_cannot_sketch_it_says():
    sketch = assembly.open_sketch(Settings(), Snapshot(), "old = 1", "write me a poem about the sea")
    last = [each async for each in sketch][-1]
    assert (last.source, last.done) == ("old = 1", True)
    assert "/model" in last.trouble


def test_a_sketch_tells_at_once_what_is_wrong_with_the_settings():
    with pytest.raises(SettingsError):
        assembly.open_sketch(Settings(model="nonsense:x"), Snapshot(), "", "plot")
    with pytest.raises(KeyMissing):
        assembly.open_sketch(Settings(model="openai:gpt-5"), Snapshot(), "", "plot")
    with pytest.raises(UsageError):
        assembly.open_sketch(Settings(), Snapshot(), "x = 1", " ")


def test_an_exchange_has_the_cells_and_the_prose():
    told = assembly.exchange("load it", "It has 3 rows.", (Cell("a", "x = 1"),))
    assert told == Exchange("load it", "```python\nx = 1\n```\n\nIt has 3 rows.")


async def test_a_preview_holds_all_that_is_sent():
    task = assembly.make_task(
        "fix",
        "briefly",
        target=Cell("mine", "x = nope"),
        quotes=(Quote("table", "1 2 3"),),
        images=(Image("a/b", "AA"),),
    )
    talk = Conversation(task, earlier=(Exchange("before", "was done"),))
    host = MemoryHost({"rate": 3}, snapshot=None)
    agent = assembly.open_agent(Settings(), host)
    sent = await agent.preview(talk)
    text = "\n".join(each.text for each in sent)
    for part in (
        "before",
        "was done",
        "x = nope",
        "table:\n\n1 2 3",
        "briefly",
        "rate: int",
        "Correct the cell",
        "Pictures",
    ):
        assert part in text
    asked = [event async for event in agent.run(talk) if isinstance(event, Asked)]
    assert asked[0].messages == sent
