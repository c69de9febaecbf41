"""How long it takes to look at a full kernel and to tell of it, and how much of it is sent.

The kernel: 1,000 cells that ran, 500 variables, among them a table of 1 GB. Run as a program it also counts the bytes
of a recovery from a wrong column name as they are rendered; `recover` measures the same through a kernel.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.rows import Row, judged, table

REPEATS = 9
CELLS, VARIABLES, ROWS, COLUMNS = 1_000, 500, 12_500_000, 10
RECOVERY_AIM = 12_000
PEERS = "mito 4 and 183 kB, open-interpreter 3 and 10.8 kB"


def namespace() -> dict[str, object]:
    """A kernel's variables: numbers, texts, lists, small tables, functions, and one table of 1 GB."""
    import numpy as np
    import pandas as pd

    made: dict[str, object] = {"np": np, "pd": pd}
    made["large"] = pd.DataFrame(np.random.default_rng(0).random((ROWS, COLUMNS)), columns=list("abcdefghij"))
    kinds = (
        lambda n: n * 1.5,
        lambda n: f"text {n} " * 50,
        lambda n: [{"id": n, "tags": ["x"] * 9}] * 300,
        lambda n: pd.DataFrame({"name": [f"p{n}", "q"] * 500, "value": np.arange(1_000) + n}),
        lambda n: np.full((200, n + 1), n),
    )
    made |= {f"v{n}": kinds[n % len(kinds)](n) for n in range(VARIABLES - len(made))}
    return made


def measure() -> Iterator[Row]:
    """The time and the bytes of a full kernel."""
    from open_interpreter.context import files, reader
    from open_interpreter.context.render import messages
    from open_interpreter.core.conversation import Conversation, Profile, Task
    from open_interpreter.core.settings import Settings
    from open_interpreter.core.snapshot import PastCell, Snapshot

    names = namespace()
    cells = tuple(PastCell(f"x{n} = {n}\n" * 30, n, f"c{n}", "line of output\n" * 40) for n in range(1, CELLS + 1))
    talk = Conversation(Task("plot the mean of @large.a against v3"))
    taken, sent = [], 0
    with tempfile.TemporaryDirectory() as directory:
        for number in range(100):
            Path(directory, f"f{number}.csv").write_text("a,b,c\n" + "1,2,3\n" * 2_000, encoding="utf-8")
        for _ in range(REPEATS):
            started = time.perf_counter()
            there = Snapshot(reader.variables(names), cells, files.look(directory))
            told = messages(talk, there, Profile("bench", context=128_000), Settings())
            taken.append(1_000 * (time.perf_counter() - started))
            sent = sum(len(each.text.encode()) for each in told)
    what = f"context of {CELLS:,} cells, {VARIABLES} variables, 100 files, a 1 GB table"
    spent = statistics.median(taken)
    yield judged(what, spent, f"{spent:.0f} ms, first {taken[0]:.0f} ms", aim="under 100 ms", below=100)
    yield judged("… and what is sent of it", sent, f"{sent / 1000:.1f} kB", aim="under 32 kB", below=32_000)


def recovery() -> Row:
    """Two requests about a table of fifteen columns: the first with the instruction, the second with the failure."""
    import pandas as pd
    from open_interpreter.context import reader
    from open_interpreter.context.render import messages
    from open_interpreter.core.cells import Attempt, Cell, CellError, Outcome
    from open_interpreter.core.conversation import Conversation, Profile, Task, Turn
    from open_interpreter.core.settings import Settings
    from open_interpreter.core.snapshot import PastCell, Snapshot

    columns = "survived pclass sex age sibsp parch fare embarked class who adult_male deck embark_town alive alone"
    frame = pd.DataFrame({name: [f"{name} {n}" for n in range(800)] for name in columns.split()})
    load = PastCell("import pandas as pd\ndf = pd.read_csv('titanic.csv')\ndf.head()", 1, output=str(frame.head()))
    there = Snapshot(reader.variables({"pd": pd, "df": frame}), (load,))
    source = "df.groupby('Class')['Fare'].mean()"
    library = (
        "File /lib/python3.11/site-packages/pandas/core/frame.py:9183, in DataFrame.groupby(self)\n" + "-> x\n" * 30
    )
    error = CellError("KeyError", "'Class'", (f"Cell In[2], line 1\n----> 1 {source}\n", library, "KeyError: 'Class'"))
    talk = Conversation(Task("the mean fare of each class"))
    again = talk.add(
        Turn(f"```python\n{source}\n```", (Attempt(Cell("a", source), Outcome("error", error=error)),), there)
    )
    requests = [messages(each, there, Profile("bench"), Settings()) for each in (talk, again)]
    sent = sum(len(each.text.encode()) for request in requests for each in request)
    shown = f"{len(requests)} requests, {sent / 1000:.1f} kB"
    return judged(
        "bytes to recover from a wrong column", sent, shown, aim="2, under 12 kB", below=RECOVERY_AIM, peers=PEERS
    )


def main() -> None:
    """Print the rows."""
    print(table([*measure(), recovery()]))


if __name__ == "__main__":
    main()
