"""An index over a few thousand short texts, each under a key."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from .words import tokens


@dataclass(frozen=True, slots=True)
class Hit:
    """A key and its score; higher is nearer. Scores compare within one search only."""

    key: str
    score: float


class Index:
    """Texts by key, built once and only read afterwards (so threads may share it)."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._keys = tuple(texts)
        self._store = sqlite3.connect(":memory:", check_same_thread=False)
        self._store.execute("CREATE VIRTUAL TABLE texts USING fts5(body, tokenize = 'unicode61')")
        rows = ((at, " ".join(tokens(text))) for at, text in enumerate(texts.values(), start=1))
        self._store.executemany("INSERT INTO texts (rowid, body) VALUES (?, ?)", rows)

    def search(self, query: str, limit: int = 12) -> tuple[Hit, ...]:
        """The nearest texts that share at least one token with the query, best first."""
        terms = " OR ".join(f'"{token}"' for token in dict.fromkeys(tokens(query)))
        if not terms:
            return ()
        rows = self._store.execute(
            "SELECT rowid, -bm25(texts) FROM texts WHERE texts MATCH ? ORDER BY bm25(texts), rowid LIMIT ?",
            (terms, limit),
        )
        return tuple(Hit(self._keys[at - 1], score) for at, score in rows)
