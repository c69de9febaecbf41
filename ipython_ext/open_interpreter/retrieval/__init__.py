"""Ranking of short texts without a dependency: SQLite's FTS5 in memory, with bigrams for Chinese, Japanese and Korean.

It ranks words, not meanings, and stores nothing on disk.
"""

from .index import Hit, Index
from .words import singular, tokens

__all__ = ["Hit", "Index", "singular", "tokens"]
