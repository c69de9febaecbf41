"""What came of a cell as text: outputs trimmed, pictures in one line, an error with the person's own frames only."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..core.cells import CellError, Outcome, Output
from .text import clean, one_line, trim

_FRAME = re.compile(r"^\s*(?:Cell In|Input In|File )", re.IGNORECASE)
_USER = re.compile(r"^\s*(?:Cell In|Input In|File \"?<(?:ipython-input|string|stdin|cell))")
_LIBRARY = re.compile(
    r"[/\\](?:(?:site|dist)-packages|lib[/\\]python\d[\d.]*)[/\\]|\.p(?:yx|xi|xd)\b|<frozen |<__array_"
)
_BETWEEN = re.compile(r"^-{20,}$|^The above exception|^During handling|^\w+\s+Traceback \(most recent call last\)$")
_NUMBER = re.compile(r"line (\d+)")
_TEXTS = ("text/plain", "text/markdown", "text/latex")
_TRACE_LETTERS = 1_500


def outputs_text(outcome: Outcome, limit: int = 4_000) -> str:
    """The outputs of an outcome in at most about `limit` letters: head and tail, and how much is missing between.

    A picture, a chart or a widget is one line that says what it is. The error is not told here.
    """
    return trim("\n".join(_pieces(outcome.outputs)), limit)


def error_text(error: CellError, source: str, limit: int = _TRACE_LETTERS) -> str:
    """The error: the frames of the person's own code, the failing line, and Python's last line."""
    last = (f"{error.name}:", error.name)
    frames = "\n".join(line for line in _own_frames(error.traceback) if not line.startswith(last))
    line = failing_line(error, source)
    parts = [trim(frames, limit)] if frames else []
    if line and line not in frames:
        parts.append(f"at: {line}")
    return "\n".join([*parts, trim(error.line, limit // 2)])


def failing_line(error: CellError, source: str) -> str:
    """The line of the cell's source at which it failed, empty where the traceback does not tell."""
    for each in reversed(_frames(error.traceback)):
        number = _NUMBER.search(each[0]) if _USER.match(each[0]) else None
        lines = source.splitlines()
        if number is not None and 0 < int(number.group(1)) <= len(lines):
            return one_line(lines[int(number.group(1)) - 1])
    return ""


def _pieces(outputs: tuple[Output, ...]) -> Iterator[str]:
    """One text for each output; what a stream wrote in one go stays together."""
    stream: list[str] = []
    name = ""
    for output in outputs:
        if output.kind == "stream" and (output.name == name or not stream):
            name = output.name
            stream.append(output.text)
            continue
        if stream:
            yield _stream(name, stream)
            stream = []
        if output.kind == "stream":
            name, stream = output.name, [output.text]
        else:
            yield _shown(output)
    if stream:
        yield _stream(name, stream)


def _stream(name: str, pieces: list[str]) -> str:
    text = "".join(pieces).rstrip("\n")
    return f"stderr: {text}" if name == "stderr" and text else text


def _shown(output: Output) -> str:
    special = next((kind for kind in output.data if _is_special(kind)), "")
    if special:
        return _description(special, output.data[special])
    text = next((output.data[kind] for kind in _TEXTS if output.data.get(kind)), None)
    if text is not None:
        return text.rstrip("\n")
    kind = next(iter(output.data), "")
    return _description(kind, output.data[kind]) if kind else ""


def _is_special(kind: str) -> bool:
    return kind.startswith(("image/", "audio/", "video/", "application/vnd.")) or kind == "application/pdf"


def _description(kind: str, content: str) -> str:
    what = {"image": "a picture", "audio": "a sound", "video": "a film"}.get(kind.partition("/")[0])
    if what is None:
        what = "a widget" if "widget" in kind else "a chart" if "vnd" in kind else "an output"
    size = len(content) if kind.startswith("text/") or "json" in kind or "svg" in kind else len(content) * 3 // 4
    return f"({what}, {one_line(kind, 60)}, {size_text(size)})"


def size_text(size: int) -> str:
    """`23 kB`, for people and models alike."""
    for unit, step in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if size >= step:
            return f"{size / step:.3g} {unit}"
    return f"{size} B"


def _frames(traceback: tuple[str, ...]) -> list[list[str]]:
    """The traceback's frames, each with its lines; what stands above the first frame is left out."""
    frames: list[list[str]] = []
    for line in clean("\n".join(traceback)).splitlines():
        if _FRAME.match(line):
            frames.append([line])
        elif frames and line.strip() and not _BETWEEN.match(line):
            frames[-1].append(line)
    return frames


def _own_frames(traceback: tuple[str, ...]) -> list[str]:
    """The lines of the frames of code outside libraries."""
    own = [frame for frame in _frames(traceback) if _USER.match(frame[0]) or not _LIBRARY.search(frame[0])]
    return [line for frame in own for line in frame]
