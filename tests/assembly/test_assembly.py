"""Settings and a host become an agent; nothing in between is missing."""

import pytest
from open_interpreter import assembly
from open_interpreter.core.conversation import Conversation, Task
from open_interpreter.core.errors import SettingsError
from open_interpreter.core.events import Executed, Finished
from open_interpreter.core.settings import Settings

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
