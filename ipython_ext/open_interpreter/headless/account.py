"""The readable account of a headless run: what was asked, written, run and corrected, as plain text.

Made for a terminal of any width and for a log file; colours only where a terminal is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from open_interpreter.core.cells import CellError

from .document import instruction_of
from .lettering import Page
from .notes import CellBegan, CellEnded, Generated, GeneratedRan, Note
from .run import DONE, UNAPPROVED, Report

CODE_LINES = 24
OUTPUT_LINES = 14
_PROGRESS = re.compile(r" (…|· \d+\.\d s)$")
"""The kernel's line of progress in a prompt's output, of which the account says the same."""


class Account:
    """Writes each note on the page as it comes, and at the end the sum."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._tasks = self._stood = self._broken = self._made = self._corrected = self._failed = 0

    def open(self, notebook: str, model: str) -> None:
        """Write what is run, and which model prompts ask that name none."""
        self._page.put("notebook", notebook, tone="head")
        self._page.put("model", model)

    def hear(self, note: Note) -> None:
        """Write one note."""
        match note:
            case CellBegan():
                self._begin(note)
            case Generated():
                self._generate(note)
            case GeneratedRan():
                self._ran(note.count, note.seconds, note.text, note.pictures, note.error)
            case CellEnded():
                self._end(note)

    def close(self, report: Report) -> None:
        """Write the sum, and where the notebook lies."""
        page = self._page
        page.rule()
        if report.reason:
            page.put("stopped", report.reason, tone="bad")
        well = f"{self._tasks - self._failed} of {self._tasks} tasks ended well" if self._tasks else "no prompt cells"
        if self._failed or report.reason:
            well = f"{well}, {self._failed} failed" if self._failed else well
        parts = [well, _many(self._made, "cell") + " written"]
        if self._corrected:
            parts.append(_many(self._corrected, "correction"))
        if self._broken:
            parts.append(f"{_many(self._broken, 'cell')} of yours failed")
        if self._stood:
            parts.append(f"{_many(self._stood, 'task')} stood already")
        page.put(
            "in all", ", ".join([*parts, f"{report.seconds:.1f} s"]), tone="good" if report.code == DONE else "bad"
        )
        page.put("written to", str(report.output))
        if report.code == UNAPPROVED:
            page.put(
                "next", "a cell had to be approved: look at it, then allow its kind with --allow, or run it in Lab"
            )

    def _begin(self, note: CellBegan) -> None:
        if note.prompt:
            self._tasks += 1
            self._page.rule()
            self._page.put("asked", instruction_of(note.source), tone="head")

    def _generate(self, note: Generated) -> None:
        self._made += note.attempt == 1
        self._corrected += note.attempt > 1
        self._page.put("wrote" if note.attempt == 1 else "corrected", note.source, tone="code", lines=CODE_LINES)

    def _ran(self, count: int | None, seconds: float, text: str, pictures: int, error: CellError | None) -> None:
        number = f" [{count}]" if count else ""
        if error is not None:
            self._page.put(f"failed{number}", error.line, tone="bad", lines=OUTPUT_LINES)
            return
        self._page.put(
            f"ran{number}", f"{seconds:.2f} s" + (f", {_many(pictures, 'picture')}" if pictures else ""), tone="good"
        )
        if text:
            self._page.put("", text, tone="output", lines=OUTPUT_LINES, bar=True)

    def _end(self, note: CellEnded) -> None:
        if not note.prompt:
            self._plain(note)
            return
        for label, text in _unsaid(note):
            self._page.put(label, text, tone="code" if label == "not run" else "", lines=CODE_LINES)
        if note.error is not None:
            self._failed += 1
            self._page.put("stopped", note.error.line, tone="bad", lines=OUTPUT_LINES)
        elif note.asked:
            self._page.put(
                "settled", f"{_many(len(note.owned), 'cell')} in {note.seconds:.1f} s by {note.model or '?'}"
            )
        else:
            self._stood += 1
            self._page.put("stands", f"{_many(len(note.owned), 'cell')}; no model was asked")

    def _plain(self, note: CellEnded) -> None:
        self._broken += note.error is not None
        lines = note.source.strip().split("\n")
        more = f"  … {_many(len(lines) - 1, 'more line')}" if len(lines) > 1 else ""
        self._page.rule(light=True)
        self._page.put("cell", lines[0] + more, tone="code")
        self._ran(note.count, note.seconds, note.text, note.pictures, note.error)


def _unsaid(note: CellEnded) -> Iterator[tuple[str, str]]:
    """What a prompt's end has to say beyond its runs: its prose and what was written but not run, then its notices."""
    if note.asked:
        for each in note.owned:
            if each.kind == "markdown":
                yield "answer", each.source
            elif not each.ran:
                yield "not run", each.source
    notices = [line for line in note.text.split("\n") if line.strip() and not _PROGRESS.search(line)]
    if notices:
        yield "notice", "\n".join(notices)


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
