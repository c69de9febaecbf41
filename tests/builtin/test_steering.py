"""What the person says while the built-in model works: the last of it is done next, where it is understood."""

from __future__ import annotations

import pandas as pd
from open_interpreter.agent.loop import Agent
from open_interpreter.context import reader
from open_interpreter.core.conversation import Conversation, Task
from open_interpreter.core.events import Executed
from open_interpreter.core.settings import Settings
from open_interpreter.core.snapshot import Snapshot
from open_interpreter.providers.builtin import Builtin
from open_interpreter.safety.policy import Policy

from tests.fakes import MemoryHost


class Talking(MemoryHost):
    """A person with a table who says these words while the first cell runs."""

    def __init__(self, *words: str) -> None:
        super().__init__({"df": pd.DataFrame({"fare": [1.0, 3.0], "sex": ["m", "f"], "age": [4, 5]})})
        self._said, self._words = words, ()

    async def snapshot(self, task: Task) -> Snapshot:
        named = {name: value for name, value in self.namespace.items() if not name.startswith("_")}
        return Snapshot(variables=reader.variables(named), words=self._words)

    async def execute(self, cell):
        outcome = await super().execute(cell)
        self._words = self._said
        return outcome


async def sources(host: MemoryHost, instruction: str):
    agent = Agent(Builtin(), host, Policy(), Settings())
    events = [event async for event in agent.run(Conversation(Task(instruction)))]
    return events[-1], [each.cell.source for each in events if isinstance(each, Executed)]


async def test_the_last_words_are_the_next_instruction() -> None:
    end, ran = await sources(Talking("the median of age"), "the mean of fare")
    assert end.ending == "done"
    assert len(ran) == 2
    assert "median" in ran[1]
    assert "age" in ran[1]


async def test_words_that_change_a_part_go_on_from_the_instruction() -> None:
    _, ran = await sources(Talking("and by sex?"), "the mean of fare")
    assert len(ran) == 2
    assert "groupby" in ran[1]
    assert "fare" in ran[1]


async def test_words_that_are_not_understood_are_told_and_the_task_ends_well() -> None:
    end, ran = await sources(Talking("lovely weather, isn't it"), "the mean of fare")
    assert (end.ending, len(ran)) == ("done", 1)
    assert "lovely weather" in end.answer


async def test_without_words_nothing_is_different() -> None:
    end, ran = await sources(Talking(), "the mean of fare")
    assert (end.ending, len(ran)) == ("done", 1)


async def test_words_that_were_there_from_the_start_are_the_instruction() -> None:
    host = Talking("the median of age")
    host._words = host._said
    _, ran = await sources(host, "the mean of fare")
    assert "median" in ran[0]
