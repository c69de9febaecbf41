"""Runs every stage of the whole check, the later ones also when an earlier one failed, and tells the ends at the end.

Two stages run at a time: first the short ones, then the tests in browsers beside all other tests; what a test measures
in seconds has room for a neighbour. A stage is printed whole when it ends, and the tests in browsers as they come.
Exit status: 0 if every stage passed, else 1. `stages.py NAME…` runs only the stages of these names.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "out"
BIN = Path(sys.executable).parent
PACKAGES = ("ipython_ext/open_interpreter", "open_interpreter_lab")


@dataclass(frozen=True)
class Stage:
    """A command of the check and the name it is told by."""

    name: str
    command: tuple[str, ...]


@dataclass(frozen=True)
class End:
    """What came of a stage: its exit status, its wall time in seconds, and its last line that says something."""

    stage: Stage
    status: int
    seconds: float
    line: str


SHORT = (
    Stage("ruff check", ("ruff", "check", ".")),
    Stage("ruff format", ("ruff", "format", "--check", ".")),
    Stage("mypy", ("mypy",)),
    Stage("interrogate", ("interrogate", *PACKAGES)),
    Stage("eslint, prettier, tsc", ("jlpm", "lint:check")),
    Stage("jest", ("jlpm", "test", "--ci", "--silent")),
)
PYTEST = ("python", "-m", "pytest", "-q", "--color=no")
WATCHED = Stage("pytest, in browsers", (*PYTEST, "tests/ui"))
LONG = (WATCHED, Stage("pytest, all other", (*PYTEST, "--ignore=tests/ui")))


def run(stage: Stage, show: Callable[[str], None]) -> End:
    """Run one stage to its end, handing each line of its output on."""
    began = time.monotonic()
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "NO_COLOR": "1"}
    program = str(BIN / stage.command[0])
    told = ""
    with subprocess.Popen(
        (program, *stage.command[1:]),
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        for line in process.stdout or ():
            show(line)
            told = _closing(told, line)
    return End(stage, process.returncode, time.monotonic() - began, told)


def _closing(told: str, line: str) -> str:
    """The line to tell at the end: the last one that is not empty; of jest's, the one that counts the tests."""
    text = line.strip(" =\n")
    return told if not text or told.startswith("Tests:") else text


def run_all(stages: Sequence[Stage]) -> list[End]:
    """Run stages two at a time."""

    def whole(stage: Stage) -> End:
        if stage is WATCHED:
            print(f"\n== {stage.name}", flush=True)
            return run(stage, lambda line: print(line, end="", flush=True))
        lines: list[str] = []
        end = run(stage, lines.append)
        print(f"\n== {stage.name}\n{''.join(lines)}", end="", flush=True)
        return end

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(whole, stages))


def main(names: Sequence[str]) -> int:
    """Run the stages and print a line for each; 1 if any failed."""

    def chosen(stages: Sequence[Stage]) -> list[Stage]:
        return [each for each in stages if not names or each.name in names]

    began = time.monotonic()
    ends = [*run_all(chosen(SHORT)), *run_all(chosen(LONG))]
    tell(ends, time.monotonic() - began, whole=not names)
    return int(any(end.status for end in ends))


def tell(ends: Sequence[End], seconds: float, *, whole: bool) -> None:
    """Print a line for each stage; of a whole run keep the time, for the bench's table."""
    print("\n== all stages")
    for end in ends:
        word = "ok  " if end.status == 0 else "FAIL"
        print(f"{word} {end.stage.name:<22} {end.seconds:6.1f} s   {end.line}")
    if whole:
        OUT.mkdir(exist_ok=True)
        kept = {"seconds": round(seconds, 1), "closing": " · ".join(end.line for end in ends[-len(LONG) :])}
        (OUT / "stages.json").write_text(json.dumps(kept), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
