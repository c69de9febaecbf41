"""How long the whole of `make test` took when it last ran here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from tests.bench.rows import Row, judged

TOLD = Path(__file__).resolve().parents[2] / "out" / "stages.json"
LIMIT_MINUTES = 25


def measure() -> Iterator[Row]:
    """The minutes of all stages together, set-up aside, or that it has not run."""
    what, aim = "all stages of make test, last run here", f"under {LIMIT_MINUTES} min"
    if not TOLD.is_file():
        yield Row(what, "not run", aim)
        return
    told = json.loads(TOLD.read_text(encoding="utf-8"))
    minutes = told["seconds"] / 60
    yield judged(what, minutes, f"{minutes:.1f} min, {told['closing']}", aim=aim, below=LIMIT_MINUTES)
