"""Words that the built-in model knows beside its recipes: grammar, synonyms, and what is not its business."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ...retrieval import singular
from .toml import read


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The word lists of lexicon.toml, ready to look up. English words are singular and in lower case."""

    verbs: tuple[str, ...]
    verbs_zh: tuple[str, ...]
    neutral: frozenset[str]
    neutral_zh: tuple[str, ...]
    grammar: frozenset[str]
    operations: frozenset[str]
    programming: frozenset[str]
    programming_zh: tuple[str, ...]
    foreign: frozenset[str]
    foreign_zh: tuple[str, ...]
    modifier_starts: tuple[str, ...]
    operators: tuple[tuple[str, str], ...]
    """Phrase and symbol, the longest phrase first."""
    comparatives: dict[str, str]
    number_words: dict[str, int]
    synonyms: dict[str, tuple[str, ...]]
    glossary: dict[str, tuple[str, ...]]
    value_words: dict[str, tuple[str, ...]]
    ordinals: dict[str, int]


@cache
def lexicon() -> Lexicon:
    """The lexicon, read on first use."""
    words = read("lexicon.toml")
    pairs = [(phrase, symbol) for symbol, phrases in words["operators"].items() for phrase in phrases]
    return Lexicon(
        verbs=tuple(words["verbs"]),
        verbs_zh=tuple(words["verbs_zh"]),
        neutral=frozenset(singular(word) for word in words["neutral"]) | frozenset(words["neutral"]),
        neutral_zh=_longest(words["neutral_zh"]),
        grammar=frozenset(words["grammar"]),
        operations=frozenset(words["operations"]),
        programming=frozenset(singular(word) for word in words["programming"]),
        programming_zh=_longest(words["programming_zh"]),
        foreign=frozenset(words["foreign"]),
        foreign_zh=tuple(words["foreign_zh"]),
        modifier_starts=tuple(words["modifier_starts"]),
        operators=tuple(sorted(pairs, key=lambda pair: -len(pair[0]))),
        comparatives=words["comparatives"],
        number_words=words["number_words"],
        synonyms={key: tuple(each) for key, each in words["synonyms"].items()},
        glossary={key: tuple(each) for key, each in words["glossary"].items()},
        value_words={key: tuple(each) for key, each in words["value_words"].items()},
        ordinals=words["ordinals"],
    )


def operation(word: str) -> bool:
    """Whether a word names what is done rather than what it is done with."""
    return singular(word) in lexicon().operations or word.lower() in lexicon().verbs


def empty(word: str) -> bool:
    """Whether a word alone is too common to mean a column or a value."""
    plain = word.lower() in lexicon().neutral or singular(word) in lexicon().neutral
    return plain or word.isdigit() or operation(word)


def chinese(text: str) -> bool:
    """Whether an instruction is in Chinese: quoted text and English column names do not make it English."""
    return bool(re.search(r"[㐀-鿿]", text))


def _longest(words: list[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=len, reverse=True))
