"""What `%load_ext open_interpreter` costs a fresh kernel, against `import openai` in another fresh kernel."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from tests.bench.kernels import fresh_kernel
from tests.bench.rows import Row, alternate, judged

REPEATS = 7
PROBE = """
import gc, os, psutil, time
gc.collect()
_process = psutil.Process(os.getpid())
_rss, _began = _process.memory_info().rss, time.perf_counter()
{statement}
_seconds = time.perf_counter() - _began
print(_seconds, (_process.memory_info().rss - _rss) / 1e6)
"""
LOAD = "get_ipython().run_line_magic('load_ext', 'open_interpreter')"
LOADED = "assert 'open_interpreter' in get_ipython().extension_manager.loaded"


def cost(statement: str, proof: str = "") -> tuple[float, float]:
    """Seconds and megabytes of one statement in a fresh kernel; the proof is run after it."""
    with fresh_kernel() as kernel:
        seconds, megabytes = kernel.run(PROBE.format(statement=statement)).split()[-2:]
        kernel.run(proof)
    return float(seconds), float(megabytes)


def allocated(statement: str) -> float:
    """Megabytes of Python's own allocations by one statement in a fresh kernel, whether or not they need new pages."""
    code = f"import tracemalloc\ntracemalloc.start()\n{statement}\nprint(tracemalloc.get_traced_memory()[0] / 1e6)"
    with fresh_kernel() as kernel:
        return float(kernel.run(code).split()[-1])


def measure() -> Iterator[Row]:
    """The time as a ratio, and the growth of the kernel's memory."""
    grown: list[float] = []

    def load() -> float:
        seconds, megabytes = cost(LOAD, LOADED)
        grown.append(megabytes)
        return seconds

    ours, openai = alternate(REPEATS, load, lambda: cost("import openai")[0])
    yield judged(
        "%load_ext open_interpreter in a fresh kernel, over `import openai`",
        ours / openai,
        f"{ours / openai:.2f} x ({ours * 1000:.0f} of {openai * 1000:.0f} ms)",
        aim="under 0.15 x",
        below=0.15,
        peers="jupyter-ai's magics 3.4 to 4.8 x, open-interpreter 7.4 x",
    )
    resident, traced = statistics.median(grown), allocated(LOAD)
    yield judged(
        "memory that %load_ext adds to the kernel",
        max(resident, traced),
        f"{resident:.1f} MB of RSS ({traced:.1f} MB allocated)",
        aim="under 5 MB",
        below=5,
        peers="77 to 191 MB",
    )
