"""What one ask with one executed cell costs over the raw client: the magic in a real kernel, the model scripted.

The server answers at once, so that what is measured is ours: the snapshot, the prompt, the parsing, the cell, the log.
The raw client sends as many requests as the ask did and reads them to their ends.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

import openai

from tests.bench.kernels import fresh_kernel, scripted
from tests.bench.rows import Row, alternate, judged
from tests.model_server import Body, ModelServer

REPEATS = 15
CODE = "Here it is.\n\n```python\nprint('the answer is', 6 * 7)\n```\n"
PROSE = "The answer is 42."
ASK = "%%interpret --fresh\nwhat is six times seven?"


def answer(body: Body) -> str:
    """A cell for the question, prose once its output is shown."""
    return PROSE if "It showed" in str(body["messages"][-1]) else CODE


def raw(client: openai.OpenAI, requests: int) -> float:
    """Seconds of as many plain requests as an ask makes."""
    began = time.perf_counter()
    for _ in range(requests):
        stream = client.chat.completions.create(
            model="scripted", messages=[{"role": "user", "content": "what is six times seven?"}], stream=True
        )
        for _piece in stream:
            pass
    return time.perf_counter() - began


def measure() -> Iterator[Row]:
    """The difference of the two medians, each kernel and client warmed by one ask."""
    with (
        ModelServer(answer) as server,
        openai.OpenAI(base_url=server.base_url, api_key="none") as client,
        fresh_kernel(**scripted(server.base_url)) as kernel,
    ):
        kernel.run("%load_ext open_interpreter")
        printed = kernel.run(ASK)
        if "the answer is 42" not in printed:
            raise RuntimeError(f"the cell of the ask did not run: {printed}")
        requests = len(server.requests)
        raw(client, requests)
        ours, bare = alternate(REPEATS, lambda: kernel.seconds(ASK), lambda: raw(client, requests))
    yield judged(
        f"one ask with one executed cell ({requests} request{'s' * (requests > 1)}), over the raw client",
        (ours - bare) * 1000,
        f"{(ours - bare) * 1000:+.0f} ms (on {bare * 1000:.0f} ms)",
        aim="under 60 ms",
        below=60,
        peers="open-interpreter +650 ms",
    )
