"""What a browser must fetch of the front end: the built labextension, source maps aside."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.bench.rows import Row, judged

BUILT = Path(__file__).resolve().parents[2] / "open_interpreter_lab" / "labextension"
LIMIT_KB = 300


def measure() -> Iterator[Row]:
    """The size in kilobytes of 1,000 bytes, or that nothing is built."""
    what, aim = "labextension, panel not yet counted", f"under {LIMIT_KB} kB"
    if not (BUILT / "package.json").is_file():
        yield Row(what, "not built", aim)
        return
    size = sum(file.stat().st_size for file in BUILT.rglob("*") if file.is_file() and file.suffix != ".map") / 1000
    yield judged(what, size, f"{size:.0f} kB", aim=aim, below=LIMIT_KB)
