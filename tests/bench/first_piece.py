"""How much later than with the raw client the first piece of a reply is shown: by the loop, and by the whole kernel.

The scripted server sends four characters every ten milliseconds, as a quick model does, so that whatever holds pieces
back is seen.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Iterator

import openai
from open_interpreter.agent.loop import Agent
from open_interpreter.core.conversation import Conversation, Task
from open_interpreter.core.edits import CLIENT_KEY, PLACE_KEY, Append, NotebookCell, Place
from open_interpreter.core.events import CellGrew, Wrote
from open_interpreter.core.settings import Settings
from open_interpreter.core.wire import to_wire
from open_interpreter.providers import open_provider
from open_interpreter.safety.policy import Policy

from tests.bench.kernels import Kernel, fresh_kernel, scripted
from tests.bench.rows import Row, alternate, judged
from tests.fakes import MemoryHost
from tests.model_server import Body, ModelServer

REPEATS = 15
QUESTION = "what is six times seven?"
PROSE = "Six times seven is forty-two."
CODE = "```python\nprint(6 * 7)\n```\n"
CODE_BEGINS = "\npr"
ASK = f"%%interpret --fresh\n{QUESTION}"


def answer(body: Body) -> str:
    """A cell for the question, prose once it ran."""
    return PROSE if "It showed" in str(body["messages"][-1]) else CODE


def raw(client: openai.OpenAI, wanted: str) -> float:
    """Seconds until a plain request has brought the wanted text, which is the first that could be shown."""
    text = ""
    began = time.perf_counter()
    with client.chat.completions.create(
        model="scripted", messages=[{"role": "user", "content": QUESTION}], stream=True
    ) as stream:
        for piece in stream:
            text += (piece.choices and piece.choices[0].delta.content) or ""
            if wanted in text:
                return time.perf_counter() - began
    raise RuntimeError("the scripted server did not send the text")


class Loop:
    """The loop with one provider, whose connection stays open between the tasks as it does in a kernel."""

    def __init__(self, base_url: str) -> None:
        settings = Settings(model="scripted", base_url=base_url, api_key="none", answered=True)
        self._agent = Agent(open_provider(settings), MemoryHost(), Policy(answered=True), settings)
        self._runner = asyncio.new_event_loop()

    def seconds(self) -> float:
        """Seconds from the task's start to the first piece."""
        return self._runner.run_until_complete(self._first())

    def close(self) -> None:
        """End what the tasks left open."""
        self._runner.run_until_complete(self._runner.shutdown_asyncgens())
        self._runner.close()

    async def _first(self) -> float:
        began = time.perf_counter()
        took = None
        async with contextlib.aclosing(self._agent.run(Conversation(Task(QUESTION)))) as events:
            async for event in events:
                if took is None and isinstance(event, Wrote | CellGrew):
                    took = time.perf_counter() - began
        if took is None:
            raise RuntimeError("the loop told of no piece")
        return took


def first_edit(kernel: Kernel) -> float:
    """Seconds from the request of a prompt cell to the first text that arrives for its cell in the notebook."""
    client = kernel.client
    place = Place("prompt", (NotebookCell("prompt", "code", ASK),))
    request = client.session.msg("execute_request", {"code": ASK, "silent": False, "store_history": True})
    request["content"] |= {"user_expressions": {}, "allow_stdin": False, "stop_on_error": True}
    request["metadata"] = {"cellId": "prompt", CLIENT_KEY: client.session.session, PLACE_KEY: to_wire(place)}
    took = None
    began = time.perf_counter()
    client.shell_channel.send(request)
    while True:
        message = client.get_iopub_msg(timeout=20)
        if message["parent_header"].get("msg_id") != request["header"]["msg_id"]:
            continue
        content = message["content"]
        if took is None and message["msg_type"] == "comm_msg" and content["data"].get("type") == Append.__name__:
            took = time.perf_counter() - began
        if message["msg_type"] == "status" and content["execution_state"] == "idle":
            break
    client.get_shell_msg(timeout=20)
    if took is None:
        raise RuntimeError("no edit arrived")
    return took


def _row(what: str, ours: float, bare: float) -> Row:
    more = (ours - bare) * 1000
    return judged(
        f"first piece of a reply shown {what}, over the raw client",
        more,
        f"{more:+.1f} ms (on {bare * 1000:.1f} ms)",
        aim="under 10 ms",
        below=10,
        peers="jupyter-ai +2 to +7 but never streams, open-interpreter +18 to +680",
    )


def measure() -> Iterator[Row]:
    """The difference of the medians, everything warmed by one ask."""
    with (
        ModelServer(PROSE, piece=4, delay=0.01) as server,
        openai.OpenAI(base_url=server.base_url, api_key="none") as client,
        contextlib.closing(Loop(server.base_url)) as loop,
    ):
        loop.seconds()
        raw(client, PROSE[:4])
        yield _row("by the loop", *alternate(REPEATS, loop.seconds, lambda: raw(client, PROSE[:4])))
    with (
        ModelServer(answer, piece=4, delay=0.01) as server,
        openai.OpenAI(base_url=server.base_url, api_key="none") as client,
        fresh_kernel(**scripted(server.base_url)) as kernel,
    ):
        kernel.run("%load_ext open_interpreter")
        first_edit(kernel)
        raw(client, CODE_BEGINS)
        yield _row("in the notebook", *alternate(REPEATS, lambda: first_edit(kernel), lambda: raw(client, CODE_BEGINS)))
