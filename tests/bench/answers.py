"""How often the built-in model's answers are true: instructions as people write them, each with a truth told in pandas.

    python -m tests.bench.answers [--area NAME] [--set first|held] [--wrong] [--id N]

`answers.toml` holds the instructions. `truth` is an expression over the words of `judging`, fresh copies of the tables
(`df`, `tips` …), `ns` (the namespace afterwards), pandas, numpy and scipy.stats; `also` holds further parts of the same
instruction; `do` brings the truth's own tables to where the instruction brings the person's. Asks of one `session` run
in one namespace. What must be declined has `decline = true`.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import io
import os
import re
import signal
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from open_interpreter import assembly
from open_interpreter.core.conversation import Conversation, Exchange, Task
from open_interpreter.core.events import Executed, Finished
from open_interpreter.core.settings import Settings

from tests.bench.desk import TABLES, Desk, frames, table, write
from tests.bench.judging import Seen
from tests.bench.rows import Row

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

HERE = Path(__file__).parent
CLASSES = ("right", "wrong", "dropped", "told", "declined", "failed")
"""wrong: another answer, silently. dropped: a part is silently missing. told: either, but the answer says what it left
out. declined: nothing done. failed: an error."""
LEFT_OUT = re.compile(r"left out|已略过")
NAMES = ("tips", "penguins", "titanic", "flights", "mpg", "orders", "regions", "sales_cn")
SECONDS = 20
SETTINGS = Settings(model="builtin", answered=True)


@dataclass(frozen=True)
class Ask:
    """One instruction with what must come of it."""

    say: str
    area: str
    truth: str = "True"
    also: tuple[str, ...] = ()
    do: str = ""
    have: dict[str, str] = field(default_factory=dict)
    files: tuple[str, ...] = ()
    session: str = ""
    decline: bool = False
    set: str = "first"
    number: int = 0


@dataclass(frozen=True)
class Judged:
    """An ask, how its answer is classed, and why."""

    ask: Ask
    verdict: str
    why: str
    code: str
    answer: str
    shown: str


def asks(path: Path = HERE / "answers.toml") -> list[Ask]:
    """All instructions of the file, numbered as they stand."""
    told = tomllib.loads(path.read_text(encoding="utf-8"))["ask"]
    return [_ask(each, number) for number, each in enumerate(told, 1)]


def _ask(told: dict[str, Any], number: int) -> Ask:
    told = dict(told)
    one = told.pop("df", "")
    have = {"df": one} if one else {}
    return Ask(
        **told
        | {
            "have": {**have, **told.get("have", {})},
            "also": tuple(told.get("also", ())),
            "files": tuple(told.get("files", ())),
            "number": number,
        }
    )


def judge(chosen: list[Ask]) -> Iterator[Judged]:
    """The verdicts, in order; asks of one session share a namespace, a folder and the conversation."""
    import matplotlib as mpl

    mpl.use("Agg")
    for _, group in groupby(chosen, key=lambda ask: ask.session or ask.number):
        together = list(group)
        have = {name: source for each in together for name, source in each.have.items()}
        with _place([told for each in together for told in each.files]), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            desk, truth, earlier = Desk(frames(have)), _truths(have), []
            for each in together:
                yield _judged(each, desk, truth, earlier)


def _truths(have: dict[str, str]) -> dict[str, Any]:
    from scipy import stats

    return {**{name: table(name) for name in NAMES}, **frames(have), "pd": pd, "np": np, "stats": stats}


@contextlib.contextmanager
def _place(files: list[str]) -> Iterator[None]:
    before = os.getcwd()
    with tempfile.TemporaryDirectory() as folder:
        for told in files:
            write(told, Path(folder))
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(before)


def _judged(ask: Ask, desk: Desk, truth: dict[str, Any], earlier: list[Exchange]) -> Judged:
    import matplotlib.pyplot as plt

    plt.close("all")
    desk.clear()
    executed, finished, broke = _run(ask, desk, tuple(earlier))
    answer = finished.answer if finished else ""
    figures = [plt.figure(number) for number in plt.get_fignums()]
    code = "\n# ---\n".join(desk.sources)
    if finished and finished.ok and executed:
        earlier.append(Exchange(ask.say, f"{answer}\n```python\n{code}\n```"))
    exec(ask.do, truth)
    seen = Seen(desk.values, desk.printed, answer, figures)
    if ask.decline:
        verdict, why = ("right", "") if not executed else ("wrong" if desk.sources else "failed", "had to be declined")
    elif broke:
        verdict, why = "failed", broke
    elif not executed:
        verdict, why = "declined", ""
    elif not (finished and finished.ok):
        verdict, why = "failed", (desk.errors or [finished.reason if finished else "no end"])[-1]
    else:
        verdict, why = _checked(ask, {**truth, **seen.words(), **_words(desk), "code": code})
    if ask.do and verdict != "right":  # the next ask of the session begins where it would
        desk.namespace.update({name: truth[name].copy() for name in ask.have or _frames(desk, truth)})
    if verdict in ("wrong", "dropped") and LEFT_OUT.search(answer):
        verdict = "told"
    return Judged(ask, verdict, why, code, answer, desk.printed)


def _frames(desk: Desk, truth: dict[str, Any]) -> list[str]:
    return [name for name, value in desk.namespace.items() if type(value) is pd.DataFrame and name in truth]


def _run(ask: Ask, desk: Desk, earlier: tuple[Exchange, ...]) -> tuple[int, Finished | None, str]:
    executed, finished = 0, None

    async def follow() -> None:
        nonlocal executed, finished
        agent = assembly.open_agent(SETTINGS, desk)
        async for event in agent.run(Conversation(Task(ask.say), earlier=earlier[-5:])):
            executed += isinstance(event, Executed)
            finished = event if isinstance(event, Finished) else finished

    def late(*_: object) -> None:
        raise TimeoutError(f"not within {SECONDS} s")

    signal.signal(signal.SIGALRM, late)
    signal.alarm(SECONDS)
    try:
        asyncio.run(follow())
    except Exception as error:  # noqa: BLE001 - whatever the agent raises is its verdict
        return executed, finished, f"raised {type(error).__name__}: {error}"
    finally:
        signal.alarm(0)
    return executed, finished, ""


def _words(desk: Desk) -> dict[str, Any]:
    def bound(frame: pd.DataFrame, name: str = "") -> bool:
        there = [desk.namespace.get(name)] if name else list(desk.namespace.values())
        tables = [each for each in there if type(each) is pd.DataFrame]
        return any(each.shape == frame.shape and list(each) == list(frame) for each in tables)

    return {"ns": desk.variables, "bound": bound, "_try": _try}


def _try(function: Any, *given: Any, plain: bool = False) -> Any:
    if not callable(function) or getattr(function, "__module__", "") != "__main__":
        return None
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            made = function(*given)
    except Exception:  # noqa: BLE001 - it was no function of that kind
        return None
    if made is None and given and isinstance(given[0], list):
        made = given[0]
    return np.asarray(made).tolist() if plain else made


def _checked(ask: Ask, words: dict[str, Any]) -> tuple[str, str]:
    for part in (ask.truth, *ask.also):
        try:
            holds, trouble = bool(eval(part, words)), ""
        except Exception as error:  # noqa: BLE001 - a name or a column that the answer did not make
            holds, trouble = False, f" [{type(error).__name__}: {error}]"
        if not holds:
            return ("wrong" if part == ask.truth else "dropped"), part + trouble
    return "right", ""


def measure() -> Iterator[Row]:
    """The share of true answers, and of those that are silently another, or that there are no tables here."""
    what = "everyday instructions answered truly by the built-in model"
    if not TABLES.is_dir():
        yield Row(what, "no tables here")
        return
    counts = Counter(each.verdict for each in judge(asks()))
    yield Row(what, f"{counts['right']} of {counts.total()} ({counts['right'] / counts.total():.0%})")
    silent = counts["wrong"] + counts["dropped"]
    yield Row(
        "… answered silently with something else", f"{silent} of {counts.total()} ({silent / counts.total():.0%})"
    )


def main() -> None:
    """Print one line an area and the totals."""
    parser = argparse.ArgumentParser(description="How often the built-in model's answers are true.")
    parser.add_argument("--file", type=Path, default=HERE / "answers.toml", help="other instructions, written alike")
    parser.add_argument("--area")
    parser.add_argument("--set", choices=("first", "held"))
    parser.add_argument("--right", action="store_true", help="show what is right")
    parser.add_argument("--wrong", action="store_true", help="show what is not right")
    parser.add_argument("--id", type=int, help="show one in full, after those of its session")
    options = parser.parse_args()
    if not TABLES.is_dir():
        print(f"answers: no tables in {TABLES}; set OPEN_INTERPRETER_SEABORN to their folder")
        return
    chosen = [each for each in asks(options.file) if options.set in (None, each.set)]
    if options.area:
        chosen = [each for each in chosen if each.area == options.area]
    if options.id:
        session = next(each.session or each.number for each in chosen if each.number == options.id)
        chosen = [each for each in chosen if (each.session or each.number) == session]
    began, judged = time.monotonic(), []
    for each in judge(chosen):
        judged.append(each)
        if options.id or (options.right if each.verdict == "right" else options.wrong):
            _tell(each)
    for area in dict.fromkeys(each.ask.area for each in judged):
        print(_line(area, [each for each in judged if each.ask.area == area]))
    print(_line("all", judged), f"{time.monotonic() - began:.0f} s")


def _line(what: str, judged: list[Judged]) -> str:
    counts = Counter(each.verdict for each in judged)
    told = ", ".join(f"{counts[each]} {each}" for each in CLASSES[1:] if counts[each])
    return f"{what}: {counts['right']} of {len(judged)} right ({counts['right'] / len(judged):.0%}) {told}"


def _tell(judged: Judged) -> None:
    print(f"--- {judged.ask.number} {judged.ask.area} {judged.ask.session}: {judged.verdict}\n{judged.ask.say}")
    print(f"why: {judged.why}\ncode:\n{judged.code}")
    print(f"shown: {judged.shown[-600:].strip()}\nanswer: {judged.answer[:400]}\n")


if __name__ == "__main__":
    main()
