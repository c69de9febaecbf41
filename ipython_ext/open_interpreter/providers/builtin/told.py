"""What came of a task, in one sentence: told from what its last cell showed, else from what it was written for."""

from __future__ import annotations

import re

from ...core.cells import Attempt
from ...core.conversation import Turn
from ...core.snapshot import Snapshot

_SHORT_LINES, _SHORT = 4, 240
_LOADS = re.compile(r"(?m)^(?P<name>[A-Za-z_]\w*) = pd\.read_\w+\(")
_DEFINES = re.compile(r"(?m)^def (?P<call>\w+\([^)]*\)):")
_PAIR = re.compile(r"(?P<key>\S.*?)\s{2,}(?P<value>-?\d[\d.e+-]*)")
_FENCE = re.compile(r"(?P<prose>[^\n]*)\n+```+python[^\n]*\n(?P<code>.*?)^```+\s*$", re.MULTILINE | re.DOTALL)
_DONE = {
    "Rename": "Renamed", "Add": "Added", "Drop": "Dropped", "Fill": "Filled", "Remove": "Removed", "Turn": "Turned",
    "Merge": "Merged", "Split": "Split", "Convert": "Converted", "Replace": "Replaced", "Strip": "Stripped",
    "Standardize": "Standardized", "Load": "Loaded", "Scale": "Scaled", "Set": "Set", "Make": "Made", "Put": "Put",
}  # fmt: skip


def told(turns: tuple[Turn, ...], snapshot: Snapshot, *, chinese: bool) -> str:
    """One sentence about the last cell that ran well; empty where there is nothing to tell."""
    ran = [(turn, each) for turn in turns for each in turn.attempts if each.outcome.ok]
    if not ran:
        return ""
    turn, last = ran[-1]
    prose = _purpose(turn.reply, last.cell.source)
    shown = _labelled(last) or _loaded(last, snapshot, chinese=chinese)
    return shown or _series(last, prose, chinese=chinese) or _made(last, prose, chinese=chinese)


def _labelled(attempt: Attempt) -> str:
    """Printed figures, each with its label."""
    text = "\n".join(each.text.strip() for each in attempt.outcome.outputs if each.name == "stdout")
    lines = [each.strip() for each in text.splitlines() if each.strip()]
    if not lines or not all(re.search(r":\s*\S", each) for each in lines):
        return ""
    if len(lines) > _SHORT_LINES or len(text) > _SHORT:
        return ""
    return "  \n".join(_safe(each) for each in lines)


def _loaded(attempt: Attempt, snapshot: Snapshot, *, chinese: bool) -> str:
    found = _LOADS.search(attempt.cell.source)
    frame = snapshot.variable(found["name"]) if found else None
    if frame is None or not frame.columns or len(frame.shape) < 2:  # noqa: PLR2004 - rows and columns
        return ""
    rows, columns = frame.shape[:2]
    names = ", ".join(f"`{each.name.replace('`', '')}`" for each in frame.columns[:12])
    more = ", …" if columns > 12 else ""  # noqa: PLR2004 - as many as a line holds
    if chinese:
        return f"`{frame.name}` 有 {rows} 行、{columns} 列:{names}{more}。"
    return f"`{frame.name}` has {rows} rows and {columns} columns: {names}{more}."


def _series(attempt: Attempt, prose: str, *, chinese: bool) -> str:
    """Of a figure for each group: the highest and the lowest."""
    text = next((each.text for each in attempt.outcome.outputs if "dtype:" in each.text), "")
    if ".groupby(" not in attempt.cell.source.splitlines()[-1] or "..." in text:
        return ""
    found = [_PAIR.fullmatch(each.rstrip()) for each in text.splitlines()[1:]]
    pairs = [(float(each["value"]), re.sub(r"\s{2,}", " / ", each["key"]), each["value"]) for each in found if each]
    if len(pairs) < 2 or any(line.startswith(" ") for line in text.splitlines()[1:-1]):  # noqa: PLR2004 - to compare
        return ""
    low, high = min(pairs), max(pairs)
    lead = prose.rstrip(".。")
    if chinese:
        return f"{lead}:最高 {_safe(high[1])}({_short(high[2])}),最低 {_safe(low[1])}({_short(low[2])})。"
    return f"{lead}: highest for {_safe(high[1])} ({_short(high[2])}), lowest for {_safe(low[1])} ({_short(low[2])})."


def _short(figure: str) -> str:
    """A figure for a sentence: six digits that count, whole numbers whole."""
    return figure if "." not in figure else f"{float(figure):.6g}"


def _made(attempt: Attempt, prose: str, *, chinese: bool) -> str:
    """What the cell was written for, as done."""
    defined = _DEFINES.search(attempt.cell.source)
    if defined:
        return f"定义了 `{defined['call']}`。" if chinese else f"Defined `{defined['call']}`."
    if chinese or not prose:
        return f"已完成:{prose}" if prose else ""
    first, _, rest = prose.partition(" ")
    return f"{_DONE.get(first, first)} {rest}" if rest else prose


def _purpose(reply: str, source: str) -> str:
    """The line of prose before a cell of our own reply."""
    found = [each for each in _FENCE.finditer(reply) if each["code"].strip() == source.strip()]
    return found[-1]["prose"].strip() if found else ""


def _safe(text: str) -> str:
    """Names with signs of markup in backticks."""
    return re.sub(r"(?<!`)(?<!\S)([^\s`]*[_*<>\[\]][^\s`:,]*)", r"`\1`", text.replace("`", "'"))
