"""What it takes to recover from a first wrong column name: requests to the model and bytes of their bodies."""

from __future__ import annotations

from collections.abc import Iterator

from tests.bench.kernels import fresh_kernel, scripted
from tests.bench.rows import Row, judged
from tests.model_server import Body, ModelServer

WRONG = "```python\nprint('mean', df['price'].mean())\n```\n"
RIGHT = "The column is called `fare`.\n\n```python\nprint('mean', df['fare'].mean())\n```\n"
DATA = """
import pandas as pd
names = "survived pclass sex age sibsp parch embarked class who adult_male deck embark_town alive alone".split()
df = pd.DataFrame({name: [f"{name} {n % 9}" for n in range(900)] for name in names})
df["fare"] = [10.0, 20.0, 30.0] * 300
df.head()
"""
ASK = "%%interpret\nwhat is the mean price?"
LIMIT_KB = 12


def answer(body: Body) -> str:
    """The wrong name first; the right one once its error is shown; prose once the mean is."""
    told = str(body["messages"][-1])
    if "mean 20.0" in told:
        return "The mean price is 20."
    return RIGHT if "KeyError" in told else WRONG


def measure() -> Iterator[Row]:
    """Requests up to the corrected cell, and the kilobytes of 1,000 bytes that they carried; then to the task's end."""
    with ModelServer(answer) as server, fresh_kernel(**scripted(server.base_url)) as kernel:
        kernel.run("%load_ext open_interpreter")
        kernel.run(DATA)
        printed = kernel.run(ASK)
        sent = [int(request.headers["content-length"]) / 1000 for request in server.requests]
        last = [str(request.body["messages"][-1]["content"]) for request in server.requests]
    if "mean 20.0" not in printed:
        raise RuntimeError(f"the cell was not corrected: {printed}")
    count = next((number for number, told in enumerate(last) if "mean 20.0" in told), len(last))
    yield judged(
        "requests from a wrong column name to the corrected cell",
        count,
        f"{count} ({len(sent)} with the answer in words)",
        aim="2",
        below=3,
        peers="mito 4, open-interpreter 3",
    )
    needed = sum(sent[:count])
    yield judged(
        "kilobytes that these requests carry",
        needed,
        f"{needed:.1f} kB ({sum(sent):.1f} with the answer in words)",
        aim=f"under {LIMIT_KB} kB",
        below=LIMIT_KB,
        peers="mito 183 kB, open-interpreter 10.8 kB",
    )
