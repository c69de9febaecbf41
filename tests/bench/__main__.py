"""`python -m tests.bench [NAME…]`: the measurements, one table. A figure that misses its aim says so; the exit is 0.

Each measurement is a module of this folder with `measure()`, which gives its rows. It runs in a process of its own,
offline and out of the person's folders as the tests are, and no longer than its share of the time.
"""

from __future__ import annotations

import contextlib
import dataclasses
import importlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence

from tests import conftest
from tests.bench.rows import Row, table

SHARES = {
    "load_ext": 60,
    "first_piece": 60,
    "one_ask": 60,
    "context": 60,
    "recover": 45,
    "rollback": 60,
    "server_start": 150,
    "labextension_size": 5,
    "panel_paint": 120,
    "panel_talk": 120,
    "panel_notebook": 240,
    "panel_idle": 60,
    "dabench": 150,
    "suite": 5,
}
"""The most seconds that each measurement may take; what takes longer is told as such."""
MARK = "rows: "


def measured(name: str) -> list[Row]:
    """The rows of one measurement, taken in a process of its own."""
    command = [sys.executable, "-m", "tests.bench", "--here", name]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        try:
            told, trouble = process.communicate(timeout=SHARES[name])
        except subprocess.TimeoutExpired:
            return [Row(name, f"not within {SHARES[name]} s")]
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # what it started and left behind, too
    line = next((each for each in told.splitlines() if each.startswith(MARK)), "")
    if not line:
        print(told, trouble, file=sys.stderr)
        return [Row(name, "could not be measured (see above)")]
    return [Row(**each) for each in json.loads(line.removeprefix(MARK))]


def here(name: str) -> None:
    """Measure in this process and print the rows for the one that reads them."""
    rows = importlib.import_module(f"tests.bench.{name}").measure()
    print(MARK + json.dumps([dataclasses.asdict(row) for row in rows]))


def main(arguments: Sequence[str]) -> None:
    """Measure what is named, or everything, and print the table."""
    if arguments[:1] == ["--here"]:
        here(arguments[1])
        return
    rows: list[Row] = []
    for name in arguments or SHARES:
        began = time.monotonic()
        rows += measured(name)
        print(f"{name}: {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    print(table(rows))


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    finally:
        conftest.pytest_unconfigure()
