"""Foreign text made harmless: shown as it is read, fenced so that nothing in it ends the fence.

Left as they are: letters of every script, line ends and tabs. Shown as escapes: control characters, letters that cannot
be seen or that turn the direction of reading, tag characters, lone surrogates.
"""

from __future__ import annotations

import re

_ANSI = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[@-Z\\-_]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
)
_OVERWRITTEN = re.compile(r"[^\n]*\r(?!\n|$)", re.MULTILINE)
_ESCAPES = (("x", 2), ("u", 4), ("U", 8))
_TICKS = re.compile("`{3,}")


def clean(text: str) -> str:
    """The text without colours and overwritten progress lines, with what cannot be seen written as escapes."""
    if "\x1b" in text:
        text = _ANSI.sub("", text)
    if "\r" in text:
        text = _OVERWRITTEN.sub("", text.replace("\r\n", "\n")).replace("\r", "")
    return _UNSEEN.sub(_escape, text)


def sendable(text: str) -> str:
    """The person's own words, unchanged but for what no encoder takes."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def one_line(text: str, letters: int = 120) -> str:
    """Clean text on one line, cut after so many letters."""
    line = " ".join(clean(text[: letters * 4]).split())
    return line if len(line) <= letters else line[: letters - 1] + "…"


def fence(text: str, info: str = "text") -> str:
    """The text in a fence that is longer than any run of backticks in it."""
    ticks = "`" * max([3, *(len(run) + 1 for run in _TICKS.findall(text))])
    return f"{ticks}{info}\n{text}\n{ticks}"


def trim(text: str, letters: int) -> str:
    """Clean text of at most about so many letters: head and tail, and between them how much is missing."""
    if len(text) > 4 * letters:
        head, tail = clean(text[: 2 * letters]), clean(text[-2 * letters :])
    else:
        head = tail = clean(text)
        if len(head) <= letters:
            return head
    keep = letters * 2 // 3
    start, end = _whole_lines(head[:keep]), _whole_lines(tail[keep - letters :][::-1])[::-1]
    return f"{start}\n… {max(len(text) - len(start) - len(end), 1):,} characters left out …\n{end}"


def _whole_lines(head: str) -> str:
    """The text up to its last line end, where that does not cost much of it."""
    end = head.rfind("\n")
    return head[:end] if end > len(head) * 2 // 3 else head


def _escape(found: re.Match[str]) -> str:
    code = ord(found.group())
    return next(f"\\{letter}{code:0{digits}x}" for letter, digits in _ESCAPES if code < 16**digits)
