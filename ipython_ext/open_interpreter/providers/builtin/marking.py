"""Finds the names in an instruction and puts marks in their places: see marks.py for what a mark is."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from .lexicon import empty, lexicon
from .marks import Marked, Mention, plain
from .naming import meant
from .tables import Table
from .wordmarks import chinese_names, find_words, values_of

_QUOTED = re.compile(r"\"([^\"\n]+)\"|`([^`\n]+)`|(?<![\w'])'([^'\n]+)'(?!\w)")
_FILE = re.compile(r"[\w\-./]*[\w\-]\.(?:csv|tsv|txt|xlsx?|jsonl?|parquet|dat|data|log|md)\b", re.IGNORECASE | re.ASCII)
_REFERENCE = re.compile(r"@(?:file:(?P<file>[\w\-./]+)|(?P<frame>[^\W\d]\w*)(?:\.(?P<column>[^\W\d]\w*))?)")
_NUMBER = re.compile(
    r"(?<![\w‹.])-?\d+(?:,\d{3})*(?:\.\d+)?(?:[eE]-?\d+)?(?![\w›])"
    r"|(?<=[㐀-鿿])-?\d+(?:\.\d+)?|(?<![\w‹.])-?\d+(?:\.\d+)?(?=[㐀-鿿])"
)
_COUNTED = re.compile(r"(?<![\w‹-])(?:two|three|four|five|six|seven|eight|nine|ten)(?=\s+[A-Za-z‹])", re.IGNORECASE)
_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_BRACKETED = re.compile(r"(?P<words>(?:[A-Za-z]+\s+){1,4})\((?P<name>[^()\n]{1,40})\)")


@dataclass
class _Marker:
    """Replaces pieces of a text by marks; what is already a mark is left alone."""

    text: str
    mentions: list[Mention] = field(default_factory=list)

    def put(self, mention: Mention) -> str:
        """The mark for one more mention."""
        self.mentions.append(mention)
        return f"‹{mention.kind}{len(self.mentions) - 1}›"

    def replace(self, pattern: re.Pattern[str], find: Callable[[re.Match[str]], Mention | None]) -> None:
        """Mark what the pattern finds and `find` knows."""

        def swap(match: re.Match[str]) -> str:
            mention = find(match)
            return match.group() if mention is None else self.put(mention)

        self.text = pattern.sub(swap, self.text)


def mark(text: str, table: Table | None, frames: tuple[str, ...] = (), paths: tuple[str, ...] = ()) -> Marked:
    """Find the names in a text. Without a table there are no columns and no values."""
    names = _Names(table, frames, paths)
    marker = _Marker(_shortened(plain(text), table))
    marker.replace(_REFERENCE, names.reference)
    marker.replace(_FILE, lambda match: names.path(match.group()))
    marker.replace(_QUOTED, lambda match: names.quoted(next(filter(None, match.groups()))))
    marker.replace(_DATE, lambda match: Mention("q", match.group(), value=match.group()))
    if table is not None:
        for pattern, find in chinese_names(table):
            marker.replace(pattern, find)
        marker.text = find_words(marker.text, table, frames, marker.put)
    marker.replace(_NUMBER, _number)
    marker.replace(
        _COUNTED, lambda match: Mention("n", match.group(), value=lexicon().number_words[match.group().lower()])
    )
    lowered = re.sub(r"\s+", " ", marker.text).lower().strip()
    return Marked(lowered, tuple(marker.mentions), raw=text)


def _shortened(text: str, table: Table | None) -> str:
    """`ticket class (Pclass)` names Pclass: the words before a column in brackets only tell what it is."""

    def shorten(match: re.Match[str]) -> str:
        name = match["name"].strip("'\"")
        if table is None or name not in table.names:
            return match.group()
        words = match["words"].split()
        while words and not empty(words[-1]):
            words.pop()
        return " ".join([*words, f'"{name}"'])

    return _BRACKETED.sub(shorten, text)


def _number(match: re.Match[str]) -> Mention:
    digits = match.group().replace(",", "")
    return Mention("n", match.group(), value=float(digits) if re.search(r"[.eE]", digits) else int(digits))


@dataclass(frozen=True, slots=True)
class _Names:
    """What a name that stands out, by a sign or by quotes, can mean here."""

    table: Table | None
    frames: tuple[str, ...]
    paths: tuple[str, ...]

    def path(self, name: str) -> Mention:
        """A file: the one of that name, whatever the case."""
        known = next((path for path in self.paths if path.lower() == name.lower().removeprefix("./")), None)
        return Mention("p", name, value=known or name, score=1.0 if known else 0.5)

    def reference(self, match: re.Match[str]) -> Mention | None:
        """`@df.price`, `@df`, `@file:data.csv`, or `@price`."""
        if match["file"]:
            return self.path(match["file"])
        if match["column"] and self.table and match["frame"] == self.table.name:
            found = meant((match["column"],), self.table.names)
            return Mention("c", match.group(), column=found.name if found else match["column"])
        if match["frame"] in self.frames:
            return Mention("f", match.group(), value=match["frame"])
        found = meant((match["frame"],), self.table.names) if self.table else None
        return Mention("c", match.group(), column=found.name) if found else None

    def quoted(self, word: str) -> Mention:
        """A column or a value of the table, a file, a table; else the words themselves."""
        owned = self._owned(word)
        if owned:
            return owned
        if word in self.paths:
            return Mention("p", word, value=word)
        return Mention("f" if word in self.frames else "q", word, value=word)

    def _owned(self, word: str) -> Mention | None:
        if self.table is None:
            return None
        if word in self.table.names:
            return Mention("c", word, column=word)
        value = next(values_of(self.table, (word,)), None)
        found = meant((word,), self.table.names, loose=False)
        return value or (Mention("c", word, column=found.name) if found else None)
