"""How the store's file became what it is: one step a version, each a tuple of statements. Steps are only ever added."""

from __future__ import annotations

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """
        CREATE TABLE chats (
            id TEXT PRIMARY KEY,
            path TEXT NOT NULL,
            name TEXT NOT NULL,
            created REAL NOT NULL,
            updated REAL NOT NULL
        )
        """,
        "CREATE INDEX chats_by_path ON chats (path)",
        """
        CREATE TABLE records (
            chat TEXT NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
            seq INTEGER NOT NULL,
            task TEXT NOT NULL,
            kind TEXT NOT NULL,
            body TEXT NOT NULL,
            PRIMARY KEY (chat, seq)
        )
        """,
        "CREATE INDEX records_by_task ON records (chat, task)",
        "CREATE INDEX ends_of_tasks ON records (kind, chat, task) WHERE kind IN ('Said', 'Finished')",
    ),
    (  # paths are those below the server's folder, which nobody has written down until here
        "ALTER TABLE chats ADD COLUMN root TEXT NOT NULL DEFAULT '?'",
        """
        CREATE TABLE heard (
            chat TEXT NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
            word TEXT NOT NULL,
            PRIMARY KEY (chat, word)
        ) WITHOUT ROWID
        """,
    ),
)
"""A file of version n has gone through the first n steps; 0 is an empty file."""
