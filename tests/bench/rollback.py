"""What it costs to be able to come back: the memento that is taken before each generated cell."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from typing import Any

from open_interpreter.rollback import take

from tests.bench.rows import Row, judged

VARIABLES = 500
ROWS = 12_500_000
"""With ten columns of floats, 1 GB."""
RECORDS = 100_000
LIMIT_MS = 20
AIM = f"under {LIMIT_MS} ms"


def measure() -> Iterator[Row]:
    """Milliseconds, the median of nine."""
    namespace: dict[str, Any] = {f"v{number}": [number, {"a": number}] for number in range(VARIABLES)}
    namespace["n"] = 1
    yield _row(f"coming back from a cell: what is kept before it, {VARIABLES} variables", namespace, "n += 1")
    try:
        import numpy as np
        import pandas as pd
    except ImportError:
        return
    namespace["df"] = pd.DataFrame(np.zeros((ROWS, 10)))
    yield _row("the same, a table of 1 GB that the cell does not name", namespace, "n += 1")
    yield _row("the same, and the cell changes it", namespace, "df[0] = n")
    namespace = {"records": [{"a": number, "b": [number]} for number in range(RECORDS)]}
    spent = _median(namespace, "records[0]['a'] = 2")
    yield Row(f"the same, {RECORDS:,} nested records that the cell changes", f"{spent:.0f} ms")


def _row(what: str, namespace: dict[str, Any], source: str) -> Row:
    spent = _median(namespace, source)
    return judged(what, spent, f"{spent:.1f} ms", aim=AIM, below=LIMIT_MS)


def _median(namespace: dict[str, Any], source: str) -> float:
    taken = []
    for _ in range(9):
        began = time.perf_counter()
        take(namespace, source)
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)
