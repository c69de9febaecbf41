"""What the prompt's own output says while a task runs and when it is over: one line, updated in place."""

from __future__ import annotations

import html
import time
from typing import Any

from IPython.display import display

from open_interpreter.core.events import Asked, CellOpened, Event, Executed, Finished, Notice

from .transaction import UNDONE


class Line:
    """A text that IPython shows plainly in a terminal and muted in a notebook."""

    def __init__(self, text: str) -> None:
        self.text = text

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        shown = html.escape(self.text).replace("\n", "<br>")
        style = "color: var(--jp-ui-font-color2, gray); font-family: var(--jp-ui-font-family, sans-serif)"
        return {"text/plain": self.text, "text/html": f'<div style="{style}; font-size: 90%">{shown}</div>'}


class Progress:
    """Says in one line what a task is doing. `show` is false where a line cannot be updated in place."""

    def __init__(self, model: str, *, live: bool) -> None:
        self._model, self._live = model, live
        self._started = time.monotonic()
        self._handle: Any = None
        self._cells: dict[str, int] = {}

    def hear(self, event: Event) -> None:
        """Take in one event."""
        match event:
            case Asked(turn=turn):
                self._say(f"{self._model} is thinking …" if turn == 1 else f"{self._model} looks at what came out …")
            case CellOpened(id=cell_id, attempt=attempt):
                self._cells[cell_id] = attempt
                number = list(self._cells).index(cell_id) + 1
                self._say(f"{self._model} is {'correcting' if attempt > 1 else 'writing'} cell {number} …")
            case Executed(outcome=outcome) if outcome.status == "refused" and not outcome.note:
                self._say("Not run.")
            case Executed(outcome=outcome) if outcome.status == "error" and outcome.note not in ("", UNDONE):
                display(Line(outcome.note))
            case Notice(text=text):
                display(Line(text))
            case Finished():
                self._say(self._ending(event), last=True)

    def stop(self) -> None:
        """The task was interrupted."""
        if self._handle is not None:
            self._handle.update(Line("Stopped."))

    def _ending(self, event: Finished) -> str:
        corrected = sum(attempt > 1 for attempt in self._cells.values())
        cells = len(self._cells)
        told = [f"{cells} cell{'s' if cells != 1 else ''}"] if cells else []
        if corrected:
            told.append(f"{corrected} corrected")
        told += [self._model, f"{time.monotonic() - self._started:.1f} s"]
        return " · ".join(told) if event.ok else f"Stopped: {' · '.join(told)}"

    def _say(self, text: str, *, last: bool = False) -> None:
        if not self._live:
            if last:
                display(Line(text))
        elif self._handle is None:
            self._handle = display(Line(text), display_id=True)
        else:
            self._handle.update(Line(text))
