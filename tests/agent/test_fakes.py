from open_interpreter.core.cells import Cell
from open_interpreter.core.conversation import Conversation, Request, Task
from open_interpreter.core.questions import Judgement, Question
from open_interpreter.core.snapshot import Snapshot

from tests.fakes import MemoryHost, ScriptedProvider

REQUEST = Request(messages=(), conversation=Conversation(Task("x")), snapshot=Snapshot())


async def test_the_scripted_model_says_its_replies_piece_by_piece():
    provider = ScriptedProvider(["hello world", lambda request: request.conversation.task.instruction], chunk=4)
    assert [delta.text async for delta in provider.stream(REQUEST)] == ["hell", "o wo", "rld", ""]
    assert [delta.text async for delta in provider.stream(REQUEST)] == ["x", ""]
    assert provider.closed == 2


async def test_the_memory_host_runs_cells_in_one_namespace():
    host = MemoryHost()
    assert (await host.execute(Cell("a", "import asyncio\nawait asyncio.sleep(0)\nx = 2"))).ok
    outcome = await host.execute(Cell("b", "print('p')\nx + 1"))
    assert [output.text for output in outcome.outputs] == ["p\n", "3"]
    failed = await host.execute(Cell("c", "missing"))
    assert failed.error is not None
    assert failed.error.line == "NameError: name 'missing' is not defined"


async def test_the_memory_host_answers_as_scripted():
    host = MemoryHost(answers=["refuse"])
    question = Question(Cell("a", "x"), Judgement())
    assert (await host.approve(question)).choice == "refuse"
    assert (await host.approve(question)).choice == "run"
