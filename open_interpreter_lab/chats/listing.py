"""Which pages want to know which chats are there about a notebook."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..desks import Page
from ..words import Chats, Listed


class Listing:
    """`listed` gives the chats about a path, the latest first."""

    def __init__(self, listed: Callable[[str], Iterable[Listed]]) -> None:
        self._listed = listed
        self._wanted: dict[Page, dict[str, Chats | None]] = {}

    def want(self, page: Page, path: str) -> None:
        """The page asks, and is told again whenever that changes."""
        self._wanted.setdefault(page, {})[path] = None
        self.tell(path)

    def leave(self, page: Page) -> None:
        """The page is gone."""
        self._wanted.pop(page, None)

    def tell(self, path: str) -> None:
        """Something may have changed about this notebook."""
        asking = [(page, paths) for page, paths in self._wanted.items() if path in paths]
        if not asking:
            return
        word = Chats(path, tuple(self._listed(path)))
        for page, paths in asking:
            if paths[path] != word:
                paths[path] = word
                page.tell(word)
