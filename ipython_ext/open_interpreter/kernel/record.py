"""What the kernel itself saw run: every cell's source and outputs, by cell id, kept small.

In a kernel all outputs pass through the session that sends them, so one tap there sees streams, displays, results and
errors alike, with the request that each belongs to. Pictures are kept only while their own cell is looked at.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from open_interpreter.core.cells import CellError, Output
from open_interpreter.core.snapshot import PastCell, Trouble

from .nested import flush, parent_of

KEPT_CELLS = 1000
KEPT_TEXT = 4_000
"""Characters of output text kept for a cell that is over, half from its start and half from its end."""
LIVE_TEXT = 200_000
"""Characters of one stream or text kept while the cell runs."""
LIVE_OUTPUTS = 200
"""Outputs kept while the cell runs, half of them its first and half its last."""

_LEFT_OUT = re.compile(r"\n… ([\d,]{1,20}) characters left out …\n")
_ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@dataclass
class Entry:
    """One execution."""

    source: str
    id: str = ""
    count: int | None = None
    outputs: list[Output] = field(default_factory=list)
    error: CellError | None = None

    def past(self) -> PastCell:
        """This execution as a value for the snapshot."""
        text = "".join(each.text if each.kind == "stream" else each.text + "\n" for each in self.outputs)
        if self.error is not None:
            text += self.error.line
        return PastCell(self.source, self.count, self.id, shorten(text.strip("\n")), failed=self.error is not None)


def said(error: BaseException) -> str:
    """The words of an exception, whose class may be anybody's."""
    try:
        return str(error)
    except Exception:  # noqa: BLE001 - whatever somebody's __str__ raises
        return "(it cannot be shown)"


class Recorder:
    """The executions of this kernel, in order; `tap` sees what is published and `begin`, `end` what runs."""

    def __init__(self, shell: Any) -> None:
        self._shell = shell
        self._entries: deque[Entry] = deque(maxlen=KEPT_CELLS)
        self._running: list[tuple[str, Entry]] = []
        self._open: dict[str, Entry] = {}
        self._trouble: Trouble | None = None
        self.as_text = False
        """Whether errors are shown as text: a reader of the file would take an `error` output for the cell's end."""
        self.begun = 0
        """How many executions began; `since` takes an earlier value of it."""

    def begin(self, info: Any) -> None:
        """A cell starts (IPython's pre_run_cell)."""
        entry = Entry(info.raw_cell, getattr(info, "cell_id", None) or "")
        msg_id = str(parent_of(self._shell).get("header", {}).get("msg_id", ""))
        self._running.append((msg_id, entry))
        self._open[msg_id] = entry
        self._entries.append(entry)
        self.begun += 1

    def end(self, result: Any) -> None:
        """A cell is over (IPython's post_run_cell); what it printed last may still wait in a buffer."""
        if not self._running:
            return
        flush()
        msg_id, entry = self._running.pop()
        if result is None:
            return
        entry.count = result.execution_count
        error = result.error_before_exec or result.error_in_exec
        if error is not None and entry.error is None:
            entry.error = CellError(type(error).__name__, said(error))
        if error is not None and entry.error is not None:
            lines = "\n".join(entry.error.traceback)
            self._trouble = Trouble(entry.error.name, entry.error.value, entry.source, lines)
        outer = next((each for at, each in reversed(self._running) if at == msg_id), None)
        if outer is not None:
            self._open[msg_id] = outer
        for stale in [each for each in self._open if each not in {at for at, _ in self._running} | {msg_id}]:
            self._close(stale)

    def since(self, begun: int) -> Entry | None:
        """The first execution that began after `begun` was read, None where nothing has run."""
        later = self.begun - begun
        return self._entries[-later] if 0 < later <= len(self._entries) else None

    @property
    def depth(self) -> int:
        """How many cells run now, one inside the other."""
        return len(self._running)

    def unwind(self, depth: int) -> None:
        """Forget cells that run deeper than this and whose end nobody told."""
        del self._running[depth:]

    @property
    def cells(self) -> tuple[PastCell, ...]:
        """What ran, oldest first, without the prompt that is running now."""
        return tuple(entry.past() for entry in self._entries if not self._runs(entry))

    @property
    def trouble(self) -> Trouble | None:
        """The last error, where no cell has run well since."""
        last = next((entry for entry in reversed(self._entries) if not self._runs(entry)), None)
        return self._trouble if last is not None and last.error is not None else None

    def published(self, msg_type: str, content: Mapping[str, Any], msg_id: str) -> None:
        """Take in one message of the kernel's publications."""
        entry = self._open.get(msg_id)
        if entry is None:
            return
        if msg_type == "stream":
            _add_stream(entry.outputs, str(content.get("name", "")), str(content.get("text", "")))
        elif msg_type in ("display_data", "execute_result"):
            kind = "result" if msg_type == "execute_result" else "display"
            texts = {str(mime): value for mime, value in content.get("data", {}).items() if isinstance(value, str)}
            data = {mime: _kept(mime, value) for mime, value in texts.items()}
            _add(entry.outputs, Output(kind, data))  # type: ignore[arg-type]
        elif msg_type == "error" and self._runs(entry):  # else it is of somebody's hook, after the cell
            lines = tuple(_ANSI.sub("", str(line)) for line in content.get("traceback", ()))
            entry.error = CellError(str(content.get("ename", "")), str(content.get("evalue", "")), lines)
        elif msg_type == "clear_output":
            entry.outputs.clear()

    def _runs(self, entry: Entry) -> bool:
        return any(entry is each for _, each in self._running)

    def _close(self, msg_id: str) -> None:
        entry = self._open.pop(msg_id)
        text = shorten("\n".join(each.text for each in entry.outputs if each.text))
        entry.outputs[:] = [Output("display", {"text/plain": text})] if text else []


def _add_stream(outputs: list[Output], name: str, text: str) -> None:
    if outputs and outputs[-1].kind == "stream" and outputs[-1].name == name:
        text = outputs.pop().text + text
    _add(outputs, Output("stream", {"text/plain": shorten(text, LIVE_TEXT)}, name))


def _add(outputs: list[Output], output: Output) -> None:
    outputs.append(output)
    if len(outputs) > LIVE_OUTPUTS:
        del outputs[LIVE_OUTPUTS // 2]


def _kept(mime: str, text: str) -> str:
    return shorten(text, LIVE_TEXT) if mime.startswith("text/") else text


def shorten(text: str, limit: int = KEPT_TEXT) -> str:
    """The text, or its head and tail with a count of what is missing between them, now and at earlier times."""
    if len(text) <= limit:
        return text
    half = limit // 2
    between = text[half:-half]
    missing = len(between)
    for earlier in _LEFT_OUT.finditer(between):
        missing += int(earlier[1].replace(",", "") or 0) - len(earlier[0])
    return f"{text[:half]}\n… {missing:,} characters left out …\n{text[-half:]}"


class Tap:
    """Listens to everything that a kernel's session sends. `close` takes it away again."""

    def __init__(self, session: Any, recorder: Recorder) -> None:
        self._session, self._recorder, self._send = session, recorder, session.send
        session.send = self.send

    def close(self) -> None:
        """Let the session send as before."""
        if self._session.__dict__.get("send") == self.send:
            del self._session.send

    def send(
        self, stream: Any, msg_or_type: Any, content: Any = None, parent: Any = None, *args: Any, **more: Any
    ) -> Any:
        """Send as before, and let the recorder see it."""
        if isinstance(msg_or_type, str):
            kind, told, header = msg_or_type, content, parent or {}
        else:
            kind, told = msg_or_type["header"]["msg_type"], msg_or_type["content"]
            header = msg_or_type.get("parent_header") or {}
        header = header.get("header", header) if isinstance(header, Mapping) else {}
        if isinstance(told, Mapping):
            self._recorder.published(kind, told, str(header.get("msg_id", "")))
            if msg_or_type == "error" and self._recorder.as_text:
                lines = "\n".join(str(line) for line in told.get("traceback", ()))
                msg_or_type, content = "stream", {"name": "stderr", "text": f"{lines}\n"}
        return self._send(stream, msg_or_type, content, parent, *args, **more)
