"""Which encoding a text is in, from its first bytes.

Tried in this order: a byte order mark, UTF-8, UTF-16 without a mark, GB 18030 where it gives common Chinese characters,
Windows-1252. Nothing is guessed between the East Asian encodings: others than GB 18030 come out as Windows-1252.
"""

from __future__ import annotations

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHINESE_SHARE = 0.85
_RARE = 0xD8
"""From this first byte on, GB 2312 has its rare characters."""
_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 27})


def decode(head: bytes, *, whole: bool) -> tuple[str, str] | None:
    """The text and Python's name of its encoding, None for what is no text. `whole`: the file is not longer."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return _tried(head, encoding, whole=whole)
    if b"\x00" in head:
        return _without_mark(head, whole=whole)
    if len(head.translate(None, _CONTROLS)) < len(head) * 0.99:
        return None
    return (
        _tried(head, "utf-8", whole=whole)
        or _chinese(head, whole=whole)
        or _tried(head, "cp1252", whole=whole)
        or _tried(head, "latin-1", whole=whole)
    )


def _tried(head: bytes, encoding: str, *, whole: bool) -> tuple[str, str] | None:
    try:
        return codecs.getincrementaldecoder(encoding)().decode(head, whole), encoding
    except UnicodeError:
        return None


def _chinese(head: bytes, *, whole: bool) -> tuple[str, str] | None:
    found = _tried(head, "gb18030", whole=whole)
    if found is None:
        return None
    foreign = [letter for letter in found[0] if not letter.isascii()]
    common = sum(_is_common(letter) for letter in foreign)
    return found if foreign and common >= _CHINESE_SHARE * len(foreign) else None


def _is_common(letter: str) -> bool:
    try:
        return letter.encode("gb2312")[0] < _RARE and letter != "\ufffd"
    except UnicodeError:
        return False


def _without_mark(head: bytes, *, whole: bool) -> tuple[str, str] | None:
    """UTF-16 of mostly Latin text has its zero bytes all on one side."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = max(len(head) // 2, 1)
    if odd > 0.4 * half and even < 0.02 * half:
        return _tried(head, "utf-16-le", whole=whole)
    if even > 0.4 * half and odd < 0.02 * half:
        return _tried(head, "utf-16-be", whole=whole)
    return None
