"""An instruction with its names found: columns, values, numbers, files and quoted words become short marks.

`mean fare of "female" passengers` becomes `mean ‹c0› of ‹v1› passengers`, so that the patterns behind it see grammar
alone, and what a person wrote never reaches code but through a mention.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from ...retrieval import singular
from .lexicon import lexicon
from .naming import meant, parts
from .tables import Table, values

MentionKind = Literal["c", "v", "n", "q", "p", "f"]
"""c column, v value of a column, n number, q quoted or otherwise literal text, p file path, f DataFrame."""
MARK = re.compile(r"‹([cvnqpf])(\d+)›")
_QUOTED = re.compile(r"\"([^\"\n]+)\"|`([^`\n]+)`|(?<![\w'])'([^'\n]+)'(?!\w)")
_FILE = re.compile(r"[\w\-./]*[\w\-]\.(?:csv|tsv|txt|xlsx?|jsonl?|parquet|dat|data|log|md)\b", re.IGNORECASE | re.ASCII)
_REFERENCE = re.compile(r"@(?:file:(?P<file>[\w\-./]+)|(?P<frame>[^\W\d]\w*)(?:\.(?P<column>[^\W\d]\w*))?)")
_NUMBER = re.compile(
    r"(?<![\w‹.])-?\d+(?:,\d{3})*(?:\.\d+)?(?:[eE]-?\d+)?(?![\w›])|(?<=[㐀-鿿])-?\d+(?:\.\d+)?|(?<![\w‹.])-?\d+(?:\.\d+)?(?=[㐀-鿿])"
)
_COUNTED = re.compile(r"(?<![\w‹-])(?:two|three|four|five|six|seven|eight|nine|ten)(?=\s+[A-Za-z‹])", re.IGNORECASE)
_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_WORD = re.compile(r"[A-Za-z_][\w]*|\d+(?:[.]\d+)?")
_GAP = re.compile(r"[ \-_/]{1,2}|'s ")
_SPOKEN = 6
_SURE = 0.7
_GRAMMAR = frozenset(
    ["a", "an", "i", "at", "in", "is", "by", "and", "or", "of", "to", "no", "on", "as", "for", "not", "the", "it", "be", "who", "which", "what", "that", "how", "where", "when", "why", "with", "from", "per", "each", "all", "any", "there", "their", "its", "are", "was", "were", "do", "does", "did", "has", "have", "had", "if", "so", "than", "then"]
)
_FULL_WIDTH = str.maketrans("“”‘’「」『』（）：，！？％＞＜＝＋－＊／；", '""\'\'""""():,!?%><=+-*/;')


@dataclass(frozen=True, slots=True)
class Mention:
    """One name in an instruction: as it was written, and what it stands for."""

    kind: MentionKind
    text: str
    column: str = ""
    """The column that is meant, or whose value is meant."""
    value: str | int | float | bool | None = None
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Marked:
    """The text with marks in it, in lower case beside them, and the mentions that the marks count through."""

    text: str
    mentions: tuple[Mention, ...] = ()
    raw: str = ""

    def at(self, mark: str) -> Mention:
        """The mention behind a mark such as `‹c3›`."""
        found = MARK.fullmatch(mark)
        if found is None:
            raise ValueError(f"{mark!r} is no mark")
        return self.mentions[int(found.group(2))]

    def of(self, *kinds: MentionKind, text: str | None = None) -> tuple[Mention, ...]:
        """The mentions of these kinds that stand in the text (or in a part of it), in order."""
        found = MARK.finditer(self.text if text is None else text)
        return tuple(self.mentions[int(each.group(2))] for each in found if each.group(1) in kinds)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are named, in order, each once."""
        return tuple(dict.fromkeys(each.column for each in self.of("c")))


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


def plain(text: str) -> str:
    """The text with full-width signs as ASCII and without the characters that marks are made of."""
    return re.sub(r"[‹›\x00-\x08\x0b-\x1f\x7f]", " ", text.translate(_FULL_WIDTH))


def mark(text: str, table: Table | None, frames: tuple[str, ...] = (), paths: tuple[str, ...] = ()) -> Marked:
    """Find the names in a text. Without a table there are no columns and no values."""
    marker = _Marker(_explained(plain(text), table))
    marker.replace(_REFERENCE, lambda match: _reference(match, table, frames, paths))
    marker.replace(_FILE, lambda match: _path(match.group(), paths))
    marker.replace(_QUOTED, lambda match: _quoted(next(filter(None, match.groups())), table, frames, paths))
    marker.replace(_DATE, lambda match: Mention("q", match.group(), value=match.group()))
    if table is not None:
        _mark_chinese(marker, table)
        _mark_words(marker, table, frames)
    marker.replace(_NUMBER, _number)
    marker.replace(_COUNTED, _counted)
    return Marked(_lower(marker.text), tuple(marker.mentions), raw=text)


def _explained(text: str, table: Table | None) -> str:
    """`ticket class (Pclass)` names Pclass: the words before a column in brackets only tell what it is."""

    def shorten(match: re.Match[str]) -> str:
        if table is None or match["name"].strip("'\"") not in table.names:
            return match.group()
        words = match["words"].split()
        while words and not _empty(words[-1]):
            words.pop()
        return " ".join([*words, f'"{match["name"].strip(chr(34) + chr(39))}"'])

    return re.sub(r"(?P<words>(?:[A-Za-z]+\s+){1,4})\((?P<name>[^()\n]{1,40})\)", shorten, text)


def _lower(text: str) -> str:
    return re.sub(r"\s+", " ", text).lower().strip()


def _number(match: re.Match[str]) -> Mention:
    digits = match.group().replace(",", "")
    number = float(digits) if re.search(r"[.eE]", digits) else int(digits)
    return Mention("n", match.group(), value=number)


def _counted(match: re.Match[str]) -> Mention:
    return Mention("n", match.group(), value=lexicon().number_words[match.group().lower()])


def _path(name: str, paths: tuple[str, ...]) -> Mention:
    known = next((path for path in paths if path.lower() == name.lower().removeprefix("./")), None)
    return Mention("p", name, value=known or name, score=1.0 if known else 0.5)


def _reference(
    match: re.Match[str], table: Table | None, frames: tuple[str, ...], paths: tuple[str, ...]
) -> Mention | None:
    if match["file"]:
        return _path(match["file"], paths)
    if match["column"] and table and match["frame"] == table.name:
        found = meant((match["column"],), table.names)
        return Mention("c", match.group(), column=found.name if found else match["column"])
    if match["frame"] in frames:
        return Mention("f", match.group(), value=match["frame"])
    found = meant((match["frame"],), table.names) if table else None
    return Mention("c", match.group(), column=found.name) if found else None


def _quoted(word: str, table: Table | None, frames: tuple[str, ...], paths: tuple[str, ...]) -> Mention:
    if table is not None:
        if word in table.names:
            return Mention("c", word, column=word)
        found = meant((word,), table.names, loose=False) or None
        value = next(values_of(table, (word,)), None)
        if found and value is None:
            return Mention("c", word, column=found.name)
        if value:
            return value
    if word in paths:
        return Mention("p", word, value=word)
    if word in frames:
        return Mention("f", word, value=word)
    return Mention("q", word, value=word)


def values_of(table: Table, words: tuple[str, ...]) -> Iterator[Mention]:
    """The values of the table's text columns that these words spell, or that everyday words stand for."""
    spoken = " ".join(words).lower()
    wanted = {spoken, " ".join(singular(word) for word in words), *lexicon().value_words.get(spoken, ())}
    for column in table.columns:
        if column.kind in ("number", "time"):
            continue
        for value in values(column):
            if isinstance(value, str) and value.lower() in wanted:
                yield Mention("v", " ".join(words), column=column.name, value=value, score=0.9)


def _mark_chinese(marker: _Marker, table: Table) -> None:
    """Chinese has no word boundaries: names of the table's own first, then the glossary, the longest first."""
    own = [(name, name) for name in table.names if not name.isascii()]
    for spoken in lexicon().glossary:
        found = None if spoken.isascii() else meant((spoken,), table.names)
        if found and spoken not in table.names:
            own.append((spoken, found.name))
    own += [(spoken, "") for spoken in lexicon().value_words if not spoken.isascii()]
    own += [(e, "") for c in table.columns for e in values(c) if isinstance(e, str) and not e.isascii()]
    for spoken, name in sorted(own, key=lambda pair: -len(pair[0])):
        pattern = re.compile(re.escape(spoken) if len(spoken) > 1 else rf"(?<=[每按各哪]){re.escape(spoken)}")
        if name:
            marker.replace(pattern, lambda match, name=name: Mention("c", match.group(), column=name, score=0.9))  # type: ignore[misc]
        else:
            marker.replace(pattern, lambda match: next(values_of(table, (match.group(),)), None))


def _mark_words(marker: _Marker, table: Table, frames: tuple[str, ...]) -> None:
    """Walk over the words, longest run first, and mark what means a column or a value."""
    out: list[str] = []
    at, text = 0, marker.text
    while at < len(text):
        mark_here = MARK.match(text, at)
        word = _WORD.match(text, at)
        if (
            mark_here
            or word is None
            or (at and (text[at - 1].isalnum() or text[at - 1] == "_") and text[at - 1].isascii())
        ):
            end = mark_here.end() if mark_here else at + 1
            out.append(text[at:end])
            at = end
            continue
        mention, end = _longest(text, at, table, frames)
        out.append(marker.put(mention) if mention else text[at:end])
        at = end
    marker.text = "".join(out)


def _longest(text: str, at: int, table: Table, frames: tuple[str, ...]) -> tuple[Mention | None, int]:
    runs = _runs(text, at)
    for words, end in reversed(runs):
        mention = _column(words, text, at, end, table) or next(_spoken_values(words, table), None)
        if mention:
            return mention, end
    words, end = runs[0]
    if words[0] in frames and len(words[0]) > 1:
        return Mention("f", words[0], value=words[0]), end
    return None, end


def _runs(text: str, at: int) -> list[tuple[tuple[str, ...], int]]:
    """The runs of one to six words from here, each with its end."""
    runs: list[tuple[tuple[str, ...], int]] = []
    words: tuple[str, ...] = ()
    while len(words) < _SPOKEN:
        word = _WORD.match(text, at)
        if word is None:
            break
        words = (*words, word.group())
        runs.append((words, word.end()))
        gap = _GAP.match(text, word.end())
        if gap is None:
            break
        at = gap.end()
    return runs


def _column(words: tuple[str, ...], text: str, start: int, end: int, table: Table) -> Mention | None:
    spoken = " ".join(words)
    bare = len(words) == 1 and (spoken.lower() in _GRAMMAR or spoken[0].isdigit())
    if bare and not _pointed(text, start, end):
        return None
    if words[0] not in table.names and (_empty(words[0]) or _empty(words[-1])):
        found = meant(words, table.names, loose=False)
        sure = found and ((len(words) > 1 and not _empty(words[-1])) or len(words) > 1 or _pointed(text, start, end))
        return Mention("c", spoken, column=found.name) if found and sure else None
    found = meant(words, table.names)
    if found is None or found.score < _SURE or (len(words) == 1 and found.score < 1 and _operation(words[0])):
        return None
    if found.score < 1 and len(words) == 1 and next(_spoken_values(words, table), None):
        return None
    if len(words) > 1 and found.score <= _SURE and meant(words[:1], table.names):
        return None
    return Mention("c", spoken, column=found.name, score=found.score)


def _pointed(text: str, start: int, end: int) -> bool:
    """Whether the words around say that a column is named: by X, the column X, X column."""
    before = re.search(r"(?:\bby|\bcolumn)\s+$", text[:start], re.IGNORECASE)
    return bool(before or re.match(r"\s+(?:column|field)\b", text[end:], re.IGNORECASE))


def _empty(word: str) -> bool:
    return (
        word.lower() in lexicon().neutral or singular(word) in lexicon().neutral or word.isdigit() or _operation(word)
    )


def _operation(word: str) -> bool:
    return singular(word) in _OPERATIONS or word.lower() in lexicon().verbs


_OPERATIONS = frozenset(
    [
        "mean",
        "average",
        "avg",
        "median",
        "std",
        "deviation",
        "variance",
        "min",
        "max",
        "minimum",
        "maximum",
        "sum",
        "count",
        "mode",
        "range",
        "skewness",
        "kurtosis",
        "correlation",
        "distribution",
        "outlier",
        "missing",
        "null",
        "highest",
        "lowest",
        "top",
        "bottom",
        "plot",
        "chart",
        "histogram",
        "scatter",
        "box",
        "line",
        "bar",
        "heatmap",
        "pie",
        "test",
        "score",
        "percentage",
        "percent",
        "share",
        "ratio",
        "linear",
        "model",
        "train",
        "regression",
        "predict",
        "feature",
        "standard",
        "summary",
        "normal",
        "duplicate",
        "cluster",
        "rate",
        "per",
    ]
)


def _spoken_values(words: tuple[str, ...], table: Table) -> Iterator[Mention]:
    spoken = " ".join(words).lower()
    if len(spoken) == 1 or spoken in _GRAMMAR or (len(words) == 1 and (_empty(spoken) or _entity(spoken, table))):
        return iter(())
    return values_of(table, words)


def _entity(word: str, table: Table) -> bool:
    """A word that several column names hold is what the table is about, not one of its values: hotel_id, hotel_name."""
    return sum(singular(word) in parts(name) for name in table.names) > 1
