"""Whether a message comes from the kernel as it was, or from one that has been started anew in its place.

A kernel has a session of its own for each life, and says `starting` at its beginning. Some kernels borrow the session
of whoever asked them: theirs tells nothing.
"""

from __future__ import annotations

from typing import Literal

from .heard import Heard

Life = Literal["this", "new", "past"]


class Lives:
    """Remembers which sessions are over."""

    def __init__(self) -> None:
        self._session = ""
        self._past: set[str] = set()
        self._fresh = True

    def end(self) -> None:
        """This life is over; what comes next is of another."""
        if self._session:
            self._past.add(self._session)
        self._session = ""
        self._fresh = True

    def of(self, heard: Heard) -> Life:
        """Which life this message belongs to. After "new", the caller calls `end` and then asks again."""
        own = heard.session if heard.session != heard.parent_session else ""
        if own and own in self._past:
            return "past"
        if own and self._session and own != self._session:
            return "new"
        if heard.status == "starting" and not self._fresh:
            return "new"
        self._session = self._session or own
        if heard.kind == "execute_input":
            self._fresh = False
        return "this"
