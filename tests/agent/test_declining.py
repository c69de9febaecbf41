"""A model that says it cannot do this ends the task without success, in its own words."""

from open_interpreter.agent.loop import Agent
from open_interpreter.core.conversation import Conversation, Delta, Task
from open_interpreter.core.events import Finished
from open_interpreter.core.settings import Settings
from open_interpreter.providers.builtin import Builtin
from open_interpreter.safety.policy import Policy

from tests.fakes import MemoryHost, ScriptedProvider


async def last(provider, instruction="write me a poem about the sea"):
    events = [
        event
        async for event in Agent(provider, MemoryHost(), Policy(), Settings()).run(Conversation(Task(instruction)))
    ]
    assert isinstance(events[-1], Finished)
    return events[-1]


async def test_a_declined_task_failed_and_its_words_are_the_reason():
    ended = await last(ScriptedProvider([[Delta("I cannot do this."), Delta(finish="declined")]]))
    assert (ended.ending, ended.reason) == ("failed", "I cannot do this.")


async def test_the_builtin_model_declines_what_it_does_not_know():
    ended = await last(Builtin())
    assert ended.ending == "failed"
    assert "%oi model" in ended.reason
