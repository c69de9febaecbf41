"""Where a task shows its work when no front end of ours holds the notebook: in the prompt's own output.

IPython in a terminal, VS Code, nbconvert, papermill: the code is shown highlighted and then runs under the cell's own
request, so that nothing is lost and nothing runs twice.
"""

from __future__ import annotations

import time
from contextlib import nullcontext
from typing import Any, Protocol

from IPython.display import Code, Markdown, display

from open_interpreter.core.cells import Cell, Outcome, Output
from open_interpreter.core.events import Dropped, Event, Finished, Judged
from open_interpreter.core.questions import Answer, Question

from . import consent
from .nested import flush, run_nested
from .outcome import outcome_of
from .record import Recorder
from .tee import Tee


class Stage(Protocol):
    """Where generated cells are shown and run, and where questions are put."""

    async def hear(self, event: Event) -> None:
        """Show one event."""
        ...

    async def ask(self, question: Question) -> Answer:
        """Put one question to the person."""
        ...

    async def run(self, cell: Cell) -> Outcome:
        """Run one cell to its end."""
        ...

    def close(self) -> None:
        """The task is over."""
        ...


class PlainStage:
    """Shows and runs everything in the output of the prompt's own cell."""

    def __init__(self, shell: Any, recorder: Recorder, *, attended: bool) -> None:
        self._shell, self._recorder, self._attended = shell, recorder, attended
        self._terminal = not hasattr(shell, "kernel")
        self._shown: set[tuple[str, int]] = set()

    async def hear(self, event: Event) -> None:
        """Show the answer when the task is over; cells are shown when they are come to."""
        if isinstance(event, Finished) and event.answer and event.ok:
            print(event.answer) if self._terminal else display(Markdown(event.answer))  # noqa: T201
        elif isinstance(event, Judged | Dropped):
            flush()

    async def ask(self, question: Question) -> Answer:
        """Ask at the input line."""
        if not self._attended:
            return Answer("refuse", nobody=True)
        self._show(question.cell)
        return consent.ask(question)

    async def run(self, cell: Cell) -> Outcome:
        """Show the code, then run it under the prompt's own request.

        Its error is shown as text: the prompt's own may end well yet, and papermill fails a file with `error` outputs.
        """
        self._show(cell)
        flush()
        begun, started = self._recorder.begun, time.monotonic()
        self._recorder.as_text = True
        try:
            with Tee() if self._terminal else nullcontext() as tee:
                result = await run_nested(self._shell, cell.source, store_history=False)
        finally:
            self._recorder.as_text = False
        flush()
        entry = self._recorder.since(begun)
        if tee is not None and entry is not None and tee.text:
            entry.outputs.append(Output("stream", {"text/plain": tee.text}, "stdout"))
        return outcome_of(result, entry, time.monotonic() - started)

    def close(self) -> None:
        """Nothing is held."""

    def _show(self, cell: Cell) -> None:
        if (cell.id, cell.attempt) in self._shown:
            return
        self._shown.add((cell.id, cell.attempt))
        if self._terminal:
            plain = str(getattr(self._shell, "colors", "")).lower() == "nocolor"
            print(cell.source if plain else _coloured(cell.source))  # noqa: T201 - the terminal's own display
        else:
            display(Code(cell.source, language="python"))


def _coloured(source: str) -> str:
    from pygments import highlight
    from pygments.formatters import TerminalFormatter
    from pygments.lexers import PythonLexer

    return str(highlight(source, PythonLexer(), TerminalFormatter())).rstrip()
