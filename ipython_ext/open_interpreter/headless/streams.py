"""Outputs as a notebook shows them: the pieces of a stream are one, and of a progress bar the last state counts."""

from __future__ import annotations

from nbformat import NotebookNode

PICTURES = ("image/png", "image/jpeg", "image/svg+xml", "image/gif")


def join_last(outputs: list[NotebookNode]) -> None:
    """Join the last output to the one before it where both are pieces of the same stream."""
    *_, before, last = None, None, *outputs
    if before and last and before.output_type == last.output_type == "stream" and before.name == last.name:
        before.text += last.text
        outputs.pop()


def tidy(outputs: list[NotebookNode]) -> None:
    """Apply carriage returns and backspaces of streams, as a terminal would."""
    for each in outputs:
        if each.output_type == "stream" and ("\r" in each.text or "\b" in each.text):
            each.text = "\n".join(_overwritten(line) for line in each.text.replace("\r\n", "\n").split("\n"))


def pictures(outputs: list[NotebookNode]) -> int:
    """How many of the outputs are images."""
    return sum(1 for each in outputs if any(mime in each.get("data", {}) for mime in PICTURES))


def _overwritten(line: str) -> str:
    shown: list[str] = []
    at = 0
    for sign in line:
        if sign == "\r":
            at = 0
        elif sign == "\b":
            at = max(0, at - 1)
        else:
            shown[at : at + 1] = [sign]
            at += 1
    return "".join(shown)
