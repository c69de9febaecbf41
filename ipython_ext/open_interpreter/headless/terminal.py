"""Asking a person in the terminal whether a cell may run.

The words say what is true: the code runs as the person, and what it prints goes to the model's host.
"""

from __future__ import annotations

import re
import sys

from ..core.questions import Answer, Choice, Question

OPENING: tuple[tuple[str, Choice, str], ...] = (
    ("1", "computing", "Run cells classed as computing or writing new data files"),
    ("2", "each", "Ask each time"),
    ("3", "insert", "Only insert"),
)
_COLOUR = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def ask(question: Question) -> Answer:
    """Show the cell and wait for an answer on the input line; without one, nobody was there."""
    _show(question)
    try:
        return _opening() if question.opening else _single()
    except EOFError:
        return Answer("refuse", nobody=True)


def plain(text: str) -> str:
    """A text without the colours of a terminal."""
    return _COLOUR.sub("", text)


def _show(question: Question) -> None:
    goes = f", and what it prints goes to {question.host}" if question.host else ""
    reasons = "".join(f"\n  - {reason}" for reason in question.judgement.reasons)
    sys.stdout.write(f"\n{question.cell.source}\n\nMay this cell run? It runs as you and can read your files{goes}.")
    sys.stdout.write(f"{reasons}\n")


def _opening() -> Answer:
    for key, _, words in OPENING:
        sys.stdout.write(f"  {key}  {words}\n")
    while True:
        typed = input("1, 2 or 3: ").strip()
        for key, choice, _ in OPENING:
            if typed == key:
                return Answer(choice)


def _single() -> Answer:
    typed = input("y runs it once; n, or a word to the model, refuses it: ").strip()
    if typed.lower() in ("y", "yes"):
        return Answer("run")
    return Answer("refuse", word="" if typed.lower() in ("", "n", "no") else typed)
