"""What a browser must fetch of the front end: the built labextension, source maps aside, as it is and compressed."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

from tests.bench.rows import Row, judged

BUILT = Path(__file__).resolve().parents[2] / "open_interpreter_lab" / "labextension"
LIMIT_KB = 300
PANEL = "jp-OpenInterpreter-composer"
"""A name that stands in the code of the panel alone."""


def measure() -> Iterator[Row]:
    """The sizes in kilobytes of 1,000 bytes, or that nothing is built."""
    whole, late = "labextension with the panel, gzipped", "of it the code that loads when the panel is opened"
    aim = f"under {LIMIT_KB} kB"
    if not (BUILT / "package.json").is_file():
        yield Row(whole, "not built", aim)
        return
    files = [file for file in BUILT.rglob("*") if file.is_file() and file.suffix in (".js", ".css")]
    sizes = {file: len(gzip.compress(file.read_bytes())) / 1000 for file in files}
    size, plain = sum(sizes.values()), sum(file.stat().st_size for file in files) / 1000
    peers = "560 kB to 8.2 MB"
    yield judged(whole, size, f"{size:.0f} kB ({plain:.0f} kB plain)", aim=aim, below=LIMIT_KB, peers=peers)
    panel = sum(size for file, size in sizes.items() if PANEL in file.read_text("utf-8"))
    yield Row(late, f"{panel:.0f} kB")
