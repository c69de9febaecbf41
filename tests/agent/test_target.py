"""A task about a cell of the person's: its place is taken, it comes back, it is left alone."""

import pytest
from open_interpreter.agent.commands import make_task
from open_interpreter.agent.loop import Agent
from open_interpreter.core.cells import Cell
from open_interpreter.core.conversation import Conversation, Profile
from open_interpreter.core.events import CellOpened, Drafted, Dropped, Executed, Finished
from open_interpreter.core.settings import Settings
from open_interpreter.safety.policy import Policy

from tests.fakes import Cut, MemoryHost, ScriptedProvider

TARGET = Cell("mine", "x = totel")


def block(source, info="python"):
    return f"```{info}\n{source}\n```\n"


async def run(task, replies, host=None):
    provider = ScriptedProvider(replies, profile=Profile(name="scripted", trusted=True))
    agent = Agent(provider, host or MemoryHost({"total": 3}), Policy(), Settings())
    return [event async for event in agent.run(Conversation(task))], provider


def of(events, kind):
    return [each for each in events if isinstance(each, kind)]


@pytest.mark.parametrize("command", ["", "fix", "document", "optimise"])
async def test_the_first_cell_of_the_first_reply_takes_its_place(command):
    task = make_task(command, "do it", target=TARGET)
    events, _ = await run(task, [block("x = total") + block("x"), block("y = 1"), "Done."])
    cells = [each.cell for each in of(events, Drafted)]
    assert [(each.id == "mine", each.attempt) for each in cells] == [(True, 2), (False, 1), (False, 1)]
    assert next((each.id == "mine", each.attempt) for each in of(events, CellOpened)) == (True, 2)
    assert events[-1].ending == "done"


async def test_its_correction_takes_its_place_again():
    events, _ = await run(make_task("fix", "", target=TARGET), [block("x = totol"), block("x = total"), "Done."])
    assert [(each.cell.id, each.cell.attempt) for each in of(events, Executed)] == [("mine", 2), ("mine", 3)]


async def test_a_cut_reply_brings_it_back():
    events, _ = await run(make_task("fix", "", target=TARGET), [Cut(block("x = tot"), finish="length")])
    assert [(each.id, each.restored) for each in of(events, Dropped)] == [("mine", "x = totel")]
    assert events[-1].ending == "failed"


async def test_tests_stand_in_a_new_cell():
    events, _ = await run(make_task("test", "", target=TARGET), [block("assert total == 3"), "All pass."])
    (cell,) = (each.cell for each in of(events, Executed))
    assert (cell.id != "mine", cell.attempt) == (True, 1)


async def test_an_explanation_runs_nothing_whatever_the_model_writes():
    host = MemoryHost()
    text = "It sets x:\n" + block("x = 1") + "That is all.\n" + "```\nx = 2\n```\n"
    events, _ = await run(make_task("explain", "", target=TARGET), [text], host)
    assert (of(events, CellOpened), of(events, Executed), host.executed) == ([], [], [])
    assert isinstance(events[-1], Finished)
    assert events[-1].answer == text.strip()
