"""A row of the table of measurements, and the few sums that the measurements share."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

Verdict = Literal["holds", "misses", "–"]


@dataclass(frozen=True)
class Row:
    """One figure: what was measured, what came out, what was aimed at, and what the peers have."""

    what: str
    measured: str
    aim: str = ""
    verdict: Verdict = "–"
    peers: str = ""


def judged(what: str, value: float, shown: str, *, aim: str, below: float, peers: str = "") -> Row:
    """A row that holds where the value is below the aim's bound."""
    return Row(what, shown, aim, "holds" if value < below else "misses", peers)


def alternate(repeats: int, *measures: Callable[[], float]) -> list[float]:
    """The median of each measure, taken in turns so that a busy moment of the machine meets them all."""
    taken: list[list[float]] = [[] for _ in measures]
    for _ in range(repeats):
        for values, measure in zip(taken, measures, strict=True):
            values.append(measure())
    return [statistics.median(values) for values in taken]


def table(rows: Iterable[Row]) -> str:
    """The rows as plain text in columns."""
    head = ("what", "measured", "aim", "", "peers")
    lines = [head, *((row.what, row.measured, row.aim, row.verdict, row.peers and f"[{row.peers}]") for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    texts = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
    return "\n".join([texts[0], "-" * max(map(len, texts)), *texts[1:]])
