"""Columns and values that are spelled in plain words, without quotes: the longest run of words that means one."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator

from ...retrieval import singular
from .lexicon import empty, lexicon, operation
from .marks import MARK, Mention
from .naming import Likeness, meant, parts
from .tables import Table, values

_WORD = re.compile(r"[A-Za-z_](?:(?![㐀-鿿])\w)*|\d+(?:[.]\d+)?")
_OF_TABLE = re.compile(
    r"\b(?:show|filter|in|from|has|have|describe|table|frame|sort|(?:table|rows|columns|head) of)\s+(?:me\s+)?$",
    re.IGNORECASE,
)
_GAP = re.compile(r"[ \-_/]{1,2}|'s ")
_LONGEST = 6
_SURE = 0.7
Find = Callable[[re.Match[str]], "Mention | None"]


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


def chinese_names(table: Table) -> Iterator[tuple[re.Pattern[str], Find]]:
    """Chinese has no word boundaries: the table's own names, the glossary and values, the longest first."""
    named = {name: name for name in table.names if not name.isascii()}
    for spoken in lexicon().glossary:
        found = meant((spoken,), table.names)
        if found:
            named.setdefault(spoken, found.name)
    known = [each for column in table.columns for each in values(column) if isinstance(each, str)]
    valued = [each for each in (*lexicon().value_words, *known) if not each.isascii()]
    for spoken in sorted({*named, *valued}, key=lambda each: (-len(each), each)):
        yield _pattern(spoken), _finder(named.get(spoken), table)


def _pattern(spoken: str) -> re.Pattern[str]:
    """A single character is too common to be a name, but behind each or by."""
    return re.compile(re.escape(spoken) if len(spoken) > 1 else rf"(?<=[每按各哪]){re.escape(spoken)}")


def _finder(column: str | None, table: Table) -> Find:
    if column is None:
        return lambda match: next(values_of(table, (match.group(),)), None)
    return lambda match: Mention("c", match.group(), column=column, score=0.9)


def find_words(text: str, table: Table, frames: tuple[str, ...], put: Callable[[Mention], str]) -> str:
    """Walk over the words and mark what means a column, a value or a table."""
    out: list[str] = []
    at = 0
    while at < len(text):
        marked, word = MARK.match(text, at), _WORD.match(text, at)
        inside = at > 0 and text[at - 1].isascii() and (text[at - 1].isalnum() or text[at - 1] == "_")
        if marked or word is None or inside:
            end = marked.end() if marked else at + 1
            out.append(text[at:end])
        else:
            mention, end = _longest(text, at, table, frames)
            out.append(put(mention) if mention else text[at:end])
        at = end
    return "".join(out)


def _longest(text: str, at: int, table: Table, frames: tuple[str, ...]) -> tuple[Mention | None, int]:
    runs = _runs(text, at)
    if runs[0][0][0] in frames and runs[0][0][0] not in table.names and _OF_TABLE.search(text[max(0, at - 24) : at]):
        return Mention("f", runs[0][0][0], value=runs[0][0][0]), runs[0][1]
    for words, end in reversed(runs):
        pointed = _pointed(text, at, end)
        mention = _column(words, table, pointed=pointed) or next(_values(words, table), None)
        if mention:
            return mention, end
    words, end = runs[0]
    named = words[0] in frames and len(words[0]) > 1
    return (Mention("f", words[0], value=words[0]) if named else None), end


def _runs(text: str, at: int) -> list[tuple[tuple[str, ...], int]]:
    """The runs of one to six words from here, each with its end."""
    runs: list[tuple[tuple[str, ...], int]] = []
    words: tuple[str, ...] = ()
    while len(words) < _LONGEST:
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


def _pointed(text: str, start: int, end: int) -> bool:
    """Whether the words around say that a column is named: by X, the column X, X column."""
    before = re.search(r"(?:\bby|\bcolumn|\bper|\beach)\s+$", text[max(0, start - 20) : start], re.IGNORECASE)
    return bool(before or re.match(r"\s+(?:column|field)\b", text[end : end + 20], re.IGNORECASE))


def _column(words: tuple[str, ...], table: Table, *, pointed: bool) -> Mention | None:
    spoken, single = " ".join(words), len(words) == 1
    if single and not pointed and (spoken.lower() in lexicon().grammar or spoken[0].isdigit()):
        return None
    if words[0] not in table.names and (empty(words[0]) or empty(words[-1])):
        found = meant(words, table.names, loose=False) if pointed or not single else None
        return Mention("c", spoken, column=found.name) if found else None
    found = meant(words, table.names) or (_misspelt(spoken, table) if single and pointed else None)
    if found is None or found.score < _SURE:
        return None
    if single and found.score < 1 and (operation(spoken) or next(_values(words, table), None)):
        return None
    if not single and found.score <= _SURE and meant(words[:1], table.names):
        return None
    return Mention("c", spoken, column=found.name, score=found.score)


def _misspelt(word: str, table: Table) -> Likeness | None:
    """A key that is pointed at may be spelled worse than other words."""
    names = {each.lower(): each for each in table.names}
    close = difflib.get_close_matches(word.lower(), list(names), n=1, cutoff=0.75)
    return Likeness(names[close[0]], _SURE) if close and len(word) > 3 else None  # noqa: PLR2004 - shorter words are alike


def _values(words: tuple[str, ...], table: Table) -> Iterator[Mention]:
    spoken = " ".join(words).lower()
    if (
        len(spoken) == 1
        or spoken in lexicon().grammar
        or (len(words) == 1 and (empty(spoken) or _entity(spoken, table)))
    ):
        return iter(())
    return values_of(table, words)


def _entity(word: str, table: Table) -> bool:
    """A word that several column names hold is what the table is about, not one of its values: hotel_id, hotel_name."""
    return sum(singular(word) in parts(name) for name in table.names) > 1
