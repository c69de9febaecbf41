"""Which column do these words mean? Exact names first, then other spelling, abbreviations, likeness."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from ...retrieval import singular
from .lexicon import lexicon

_PARTS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+|[^\W\d_a-zA-Z]+")
_LIKE = 0.84
_LEAST = 3
_LONG = 5
_LONGEST = 60
_KEYS = frozenset({"id", "key", "index", "code", "no", "uuid"})


@cache
def parts(name: str) -> tuple[str, ...]:
    """The words inside a name: `SibSp`, `wind_speed` and `Bill Length (mm)` fall into theirs, singular."""
    return tuple(singular(part) for part in _PARTS.findall(name))


@dataclass(frozen=True, slots=True)
class Likeness:
    """A name and how surely it was meant, from 0 to 1 (1: written as it stands)."""

    name: str
    score: float


def meant(words: Sequence[str], names: Iterable[str], *, loose: bool = True) -> Likeness | None:
    """The name that these neighbouring words mean, or None. Not `loose`: only spelling may differ, not words."""
    wanted = tuple(part for word in words for part in parts(word))
    if not wanted:
        return None
    pool = tuple(names)
    tests: list[tuple[float, Callable[[tuple[str, ...], tuple[str, ...]], bool]]] = [(1.0, _same)]
    if loose:
        tests += [(0.9, _initials), (0.85, _shortened)]
    for score, test in tests:
        found = [name for name in pool if test(wanted, parts(name))]
        if found:
            return Likeness(found[0], score)
    return (_by_synonym(wanted, pool) or _partly(wanted, pool) or _alike(wanted, pool)) if loose else None


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The most similar of the names, for a name that does not exist; None where nothing is near."""
    pool = tuple(names)
    found = meant((name,), pool)
    if found:
        return found.name
    keys = {"".join(parts(each)): each for each in pool}
    close = difflib.get_close_matches("".join(parts(name)), list(keys), n=1, cutoff=0.6)
    return keys[close[0]] if close else None


def _same(wanted: tuple[str, ...], own: tuple[str, ...]) -> bool:
    return "".join(wanted) == "".join(own)


def _initials(wanted: tuple[str, ...], own: tuple[str, ...]) -> bool:
    """`passenger class` is Pclass."""
    return len(wanted) > 1 and "".join(word[0] for word in wanted[:-1]) + wanted[-1] == "".join(own)


def _shortened(wanted: tuple[str, ...], own: tuple[str, ...]) -> bool:
    """`experience` is exper: only beginnings count."""
    return len(wanted) == len(own) and all(_begins(a, b) for a, b in zip(wanted, own, strict=True))


def _begins(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return short == long or (len(short) >= _LEAST and long.startswith(short) and len(long) - len(short) > 1)


def _by_synonym(wanted: tuple[str, ...], pool: tuple[str, ...]) -> Likeness | None:
    spoken = " ".join(wanted)
    for other in (*lexicon().synonyms.get(spoken, ()), *lexicon().glossary.get(spoken, ())):
        key = parts(other)
        for test in (_same, lambda a, b: " ".join(a) in " ".join(b)):
            found = [name for name in pool if test(key, parts(name))]
            if found:
                return Likeness(found[0], 0.85)
    return None


def _partly(wanted: tuple[str, ...], pool: tuple[str, ...]) -> Likeness | None:
    """`reviews` is review_count where no other name has that word; names that begin so go first."""
    if len("".join(wanted)) < _LEAST or all(word in lexicon().neutral or word.isdigit() for word in wanted):
        return None
    spoken = " ".join(wanted)
    holding = [name for name in pool if f" {spoken} " in f" {' '.join(parts(name))} " and not _key(wanted, parts(name))]
    beginning = [name for name in holding if " ".join(parts(name)).startswith(spoken)]
    for found in (holding, beginning):
        if len(found) == 1:
            return Likeness(found[0], 0.75)
    return None


def _key(wanted: tuple[str, ...], own: tuple[str, ...]) -> bool:
    """`passengers` are not the column PassengerId."""
    return set(own) - set(wanted) <= _KEYS


def _alike(wanted: tuple[str, ...], pool: tuple[str, ...]) -> Likeness | None:
    joined = "".join(wanted)
    if not _LONG <= len(joined) <= _LONGEST:
        return None
    ranked = [(difflib.SequenceMatcher(None, joined, "".join(parts(name))).ratio(), name) for name in pool]
    score, name = max(ranked, default=(0.0, ""))
    return Likeness(name, 0.7) if score >= _LIKE else None
