"""How many closed questions of InfiAgent-DABench the built-in model answers: every label value must appear in what ran.

    python -m tests.bench.dabench --level easy

The questions lie in OPEN_INTERPRETER_DABENCH, else in ../shared/data/dabench beside the checkout.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.bench.rows import Row, Verdict
from tests.builtin.running import Shown, ask

HERE = Path(__file__).resolve().parents[2]
LEVELS = ("easy", "medium", "hard")
NUMBER = re.compile(r"(?<![\w.])-?\d+(?:,\d{3})*(?:\.\d+)?(?:[eE][-+]?\d+)?")
TOLERANCE = 1e-6


@dataclass(frozen=True)
class Question:
    """One question with its table, its labels by name, and its level."""

    id: int
    text: str
    table: Path
    level: str
    labels: tuple[tuple[str, str], ...]


def folder() -> Path:
    """Where the questions lie."""
    return Path(os.environ.get("OPEN_INTERPRETER_DABENCH", "") or HERE.parent / "shared" / "data" / "dabench")


def questions(level: str) -> Iterator[Question]:
    """The questions of one level, asked as their authors wrote them: question, constraints, format."""
    lines = (folder() / "labels.jsonl").read_text(encoding="utf-8").splitlines()
    labels = {each["id"]: tuple(tuple(pair) for pair in each["common_answers"]) for each in map(json.loads, lines)}
    for line in (folder() / "questions.jsonl").read_text(encoding="utf-8").splitlines():
        each = json.loads(line)
        if each["level"] == level:
            text = "\n".join((each["question"], each["constraints"], each["format"]))
            yield Question(each["id"], text, folder() / "tables" / each["file_name"], level, labels[each["id"]])


def answered(question: Question) -> Shown:
    """Ask one question in a folder of its own that holds nothing but its table."""
    import matplotlib as mpl

    mpl.use("Agg")
    with tempfile.TemporaryDirectory() as place, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        shutil.copy(question.table, place)
        return ask(question.text, {}, directory=Path(place))


def right(question: Question, shown: Shown) -> bool:
    """Whether every label value appears in what the run showed."""
    text = shown.text + "\n" + "\n".join(re.sub(r"```.*?```", "", each, flags=re.DOTALL) for each in shown.replies[1:])
    return bool(shown.attempts) and all(_appears(value, text) for _, value in question.labels)


def _appears(value: str, text: str) -> bool:
    if value.startswith("{"):
        return all(_appears(str(each), text) for each in re.findall(r":\s*([^,}]+)", value))
    try:
        wanted = float(value)
    except ValueError:
        return all(
            re.search(rf"(?<!\w){re.escape(each.strip())}(?!\w)", text, re.IGNORECASE) for each in value.split(",")
        )
    digits = len(value.partition(".")[2])
    shown = (float(each.replace(",", "")) for each in NUMBER.findall(text))
    return any(abs(round(each, digits) - wanted) <= TOLERANCE for each in shown)


def measure() -> Iterator[Row]:
    """The shares of easy and medium questions that are answered, or that there are none here."""
    for level, aim in (("easy", 0.6), ("medium", 0.0)):
        what, told = f"DABench {level} questions answered by the built-in model", f"at least {aim:.0%}" if aim else ""
        if not (folder() / "questions.jsonl").is_file():
            yield Row(what, "no questions here", told)
            continue
        asked = list(questions(level))
        good = sum(right(each, answered(each)) for each in asked)
        verdict: Verdict = "–" if not aim else "holds" if good >= aim * len(asked) else "misses"
        yield Row(what, f"{good} of {len(asked)} ({good / len(asked):.0%})", told, verdict)


def main() -> None:
    """Print one line a level."""
    parser = argparse.ArgumentParser(description="Closed questions that the built-in model answers.")
    parser.add_argument("--level", choices=(*LEVELS, "all"), default="easy")
    parser.add_argument("--wrong", action="store_true", help="show the questions that it does not answer")
    parser.add_argument("--id", type=int, help="show one question in full")
    options = parser.parse_args()
    if not (folder() / "questions.jsonl").is_file():
        print(f"dabench: no questions in {folder()}; set OPEN_INTERPRETER_DABENCH to their folder")
        return
    for level in LEVELS if options.level == "all" or options.id is not None else (options.level,):
        asked = [each for each in questions(level) if options.id in (None, each.id)]
        good = refused = 0
        for question in asked:
            shown = answered(question)
            refused += shown.refused
            correct = right(question, shown)
            good += correct
            if options.id is not None or (options.wrong and not correct):
                _tell(question, shown, whole=options.id is not None)
        if asked:
            print(f"dabench {level}: {good} of {len(asked)} right ({good / len(asked):.0%}), {refused} declined")


def _tell(question: Question, shown: Shown, *, whole: bool) -> None:
    print(f"--- {question.id} {question.table.name}\n{question.text}\nlabels: {question.labels}")
    print("\n".join(shown.replies) if whole else shown.code or shown.replies[-1].splitlines()[0])
    errors = [each.outcome.error.line for each in shown.attempts if each.outcome.error]
    print("shown:", shown.text[-1500:] if whole else shown.text[-300:], errors)


if __name__ == "__main__":
    main()
