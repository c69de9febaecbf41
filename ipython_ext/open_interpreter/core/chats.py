"""A chat: what a person and a model said to each other about one notebook, under a name, over many tasks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Chat:
    """One chat. `path` is the notebook's, as the server names it; times are seconds since 1970."""

    id: str
    path: str
    name: str = ""
    created: float = 0.0
    updated: float = 0.0
