"""What a file is, from its first bytes: format, encoding, separator and header.

The ending only breaks ties: a one-column csv, a script that looks like a table.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from pathlib import PurePath

from ..core.snapshot import FileEntry, FileFormat
from .encodings import decode

_MAGIC: tuple[tuple[bytes, FileFormat], ...] = (
    (b"PAR1", "parquet"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"BM", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ\x00", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!", "archive"),
    (b"\x28\xb5\x2f\xfd", "archive"),
)
_SEPARATORS = (",", ";", "\t", "|")
_PROSE = {
    *(".py", ".md", ".rst", ".html", ".htm", ".xml", ".svg", ".yaml", ".yml", ".toml", ".cfg", ".ini", ".log", ".tex"),
    *(".sh", ".js", ".ts", ".css", ".c", ".h", ".cpp", ".java", ".r", ".jl", ".sql", ".bib"),
}
_TABLES = {".csv": ",", ".tsv": "\t", ".tab": "\t"}
_COLUMNS = 200
_LINES = 60
_WIDE = 2
"""Fields that a row of a table has at least; `_ROWS` rows make a table of a file that does not say it is one."""
_ROWS = 3
_EVEN = 0.8
_LABEL = 60
_NUMBER = re.compile(r"[-+]?[\d.,]+(e[-+]?\d+)?%?", re.IGNORECASE)


def recognize(name: str, head: bytes, size: int) -> FileEntry:
    """What the file of this name and size is, from its first bytes."""
    known = _binary(name, head)
    if known is not None:
        return FileEntry(name, size, known)
    whole = len(head) >= size
    decoded = decode(head, whole=whole)
    if decoded is None:
        return FileEntry(name, size, "binary")
    text, encoding = decoded
    suffix = PurePath(name).suffix.lower()
    lines = text.splitlines()
    if not whole and len(lines) > 1:
        lines = lines[:-1]
    kind, keys = _json(text, lines, whole=whole)
    if kind is not None:
        return FileEntry(name, size, kind, encoding=encoding, columns=keys)
    separator, columns = _table(lines[:_LINES], suffix)
    if separator:
        return FileEntry(name, size, "csv", separator, encoding, columns)
    return FileEntry(name, size, "image" if suffix == ".svg" else "text", encoding=encoding)


def _binary(name: str, head: bytes) -> FileFormat | None:
    if head.startswith(b"PK\x03\x04"):
        return "excel" if b"xl/" in head else "archive"
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        is_book = "Workbook".encode("utf-16-le") in head or name.lower().endswith(".xls")
        return "excel" if is_book else "binary"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image"
    if head[257:262] == b"ustar":
        return "archive"
    found = next((kind for magic, kind in _MAGIC if head.startswith(magic)), None)
    return None if head.startswith(b"BM") and b"\x00" not in head[:64] else found


def _json(text: str, lines: list[str], *, whole: bool) -> tuple[FileFormat | None, tuple[str, ...]]:
    """The format, where it is json, jsonl or a notebook, and the keys of the first record."""
    start = text.lstrip()
    if not start.startswith(("{", "[")):
        return None, ()
    filled = [line for line in lines if line.strip()]
    first = _parsed(filled[0])
    if isinstance(first, dict) and len(filled) > 1 and isinstance(_parsed(filled[1]), dict):
        return "jsonl", tuple(first)[:_COLUMNS]
    everything = _parsed(start) if whole else None
    if whole and everything is None:
        return None, ()
    if isinstance(everything, dict) and "nbformat" in everything and "cells" in everything:
        return "notebook", ()
    if everything is None and start.startswith("{") and '"cells"' in start[:4000] and '"cell_type"' in start:
        return "notebook", ()
    return "json", _record(everything if whole else _first_record(start))


def _parsed(text: str) -> object:
    try:
        parsed: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return parsed


def _first_record(start: str) -> object:
    """The first element of a list that is cut, None where it is no list or the element itself is cut."""
    try:
        return [json.JSONDecoder().raw_decode(start[1:].lstrip())[0]] if start.startswith("[") else None
    except (ValueError, RecursionError):
        return None


def _record(value: object) -> tuple[str, ...]:
    first = value[0] if isinstance(value, list) and value else value
    return tuple(first)[:_COLUMNS] if isinstance(first, dict) else ()


def _table(lines: list[str], suffix: str) -> tuple[str, tuple[str, ...]]:
    """The separator and the header of separated values, or nothing where it is no table."""
    if suffix in _PROSE or not lines:
        return "", ()
    found = max((_score(lines, separator, suffix) for separator in _SEPARATORS), key=lambda each: each[:2])
    share, width, separator, rows = found
    certain = suffix in _TABLES or (share == 1 and len(rows) >= _ROWS)
    if width >= _WIDE and share >= _EVEN and certain:
        return separator, _header(rows[0])
    if suffix in _TABLES:
        rows = _rows(lines, _TABLES[suffix])
        return _TABLES[suffix], _header(rows[0]) if rows else ()
    return "", ()


def _score(lines: list[str], separator: str, suffix: str) -> tuple[float, int, str, list[list[str]]]:
    rows = _rows(lines, separator)
    if not rows:
        return 0.0, 0, separator, rows
    width, often = Counter(len(row) for row in rows).most_common(1)[0]
    wordy = suffix not in _TABLES and any(len(cell) > _LABEL for cell in rows[0])
    return (0.0 if width < _WIDE or wordy else often / len(rows)), width, separator, rows


def _rows(lines: list[str], separator: str) -> list[list[str]]:
    try:
        return [row for row in csv.reader(lines, delimiter=separator) if any(cell.strip() for cell in row)]
    except csv.Error:
        return []


def _header(row: list[str]) -> tuple[str, ...]:
    """The first row as column names; nothing where it is all numbers, for then the file has no header."""
    if all(_NUMBER.fullmatch(cell.strip()) for cell in row if cell.strip()):
        return ()
    return tuple(row[:_COLUMNS])
