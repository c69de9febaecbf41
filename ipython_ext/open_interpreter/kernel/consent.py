"""Asking the person at the kernel's own input line: where no comm reaches us, and in terminals.

The words say what is true: the code runs as the person, and what it prints goes to the model's host.
"""

from __future__ import annotations

from typing import Literal

from open_interpreter.core.questions import Answer, Choice, Question

from .interrupts import raising

OPENING: tuple[tuple[str, Choice, str], ...] = (
    ("1", "computing", "Run cells classed as computing or writing new data files"),
    ("2", "each", "Ask each time"),
    ("3", "insert", "Only insert"),
)


def put(line: str) -> str:
    """One line from the person. Raises EOFError where nobody can answer and KeyboardInterrupt on an interrupt."""
    try:
        with raising():
            return input(line).strip()
    except RuntimeError as error:  # ipykernel's StdinNotImplementedError: the front end takes no input
        raise EOFError from error


def ask(question: Question) -> Answer:
    """Ask about one cell; a refusal may carry a word to the model. Nobody there: `nobody`."""
    print(_told(question), flush=True)  # noqa: T201 - this is the question
    try:
        return _opening() if question.opening else _single()
    except EOFError:
        return Answer("refuse", nobody=True)


def _told(question: Question) -> str:
    reasons = "".join(f"\n  - {reason}" for reason in question.judgement.reasons)
    goes = f", and what it prints goes to {question.host}" if question.host else ""
    return f"May this cell run? It runs as you and can read your files{goes}.{reasons}"


def _opening() -> Answer:
    lines = "\n".join(f"  {key}  {words}" for key, _, words in OPENING)
    while True:
        typed = put(f"{lines}\n1, 2 or 3: ")
        for key, choice, _ in OPENING:
            if typed == key:
                return Answer(choice)


def _single() -> Answer:
    typed = put("y runs it once; n, or a word to the model, refuses it: ")
    if typed.lower() in ("y", "yes"):
        return Answer("run")
    return Answer("refuse", word="" if typed.lower() in ("", "n", "no") else typed)


def confirm(question: str) -> bool:
    """Yes or no; no where nobody can answer."""
    try:
        return put(f"{question} [y/N] ").lower() in ("y", "yes")
    except EOFError:
        return False


def choose(edited: int) -> Literal["keep", "replace", "cancel"] | None:
    """Keep mine, Replace or Cancel for cells that the person edited; None where nobody can answer."""
    cells = "a cell" if edited == 1 else f"{edited} cells"
    try:
        typed = put(f"You edited {cells} that this prompt made. k keeps yours, r replaces, c cancels: ").lower()
    except EOFError:
        return None
    return {"k": "keep", "r": "replace"}.get(typed[:1], "cancel")  # type: ignore[return-value]
