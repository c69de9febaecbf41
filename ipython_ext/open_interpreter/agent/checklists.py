"""The plan in a reply: its first task list (`- [ ] step`), taken out of the prose while that streams in.

However the text is cut into pieces, the same plan and the same prose come out. Lists in fenced blocks are no plan.
"""

from __future__ import annotations

import re

from ..core.events import Planned, Wrote
from ..core.plans import Step

_MARK = r"(?:[-*+]|\d{1,3}[.)])"
_ITEM = re.compile(rf"[ \t]*{_MARK}[ \t]+\[(?P<done>[ xX])\][ \t]+(?P<text>\S[^\n]*)\n?")
_MAY_BE_ITEM = re.compile(rf"[ \t]*(?:\d{{0,3}}|{_MARK}(?:[ \t]+(?:\[(?:[ xX](?:\](?:[ \t]+.*)?)?)?)?)?)")
_FENCE = re.compile(r"[ \t]*(?:`{3}|~{3})")
_MAY_BE_FENCE = re.compile(r"[ \t]*(?:`{0,2}|~{0,2})")
_MORE = re.compile(r"[ \t]{2,}\S")
_LINES = re.compile(r"[^\n]*\n|[^\n]+")

Heard = list[Wrote | Planned]


class Checklist:
    """The plan of one task over all its replies; `begin` is said before each of them."""

    def __init__(self) -> None:
        self.steps: tuple[Step, ...] = ()
        """The plan as it was told last."""
        self.begin()

    def begin(self) -> None:
        """A new reply comes."""
        self.found = False
        """Whether this reply holds the plan, changed or not."""
        self._over = False  # what comes now is prose, whatever it looks like
        self._line = ""  # held back: it can still belong to the list
        self._passing = False  # the line is prose, so the rest of it goes out as it comes
        self._items: list[Step] = []
        self._raw = ""  # the list as it was written
        self._blank = ""  # blank lines behind its last step

    @property
    def unfinished(self) -> bool:
        """Whether a step is still to be done."""
        return any(not step.done for step in self.steps)

    def hear(self, text: str) -> Heard:
        """Take in a piece of prose."""
        if self._over:
            return [Wrote(text)] if text else []
        heard: Heard = []
        for piece in _LINES.findall(text):
            heard += self._take(piece)
        return _joined(heard)

    def pause(self) -> Heard:
        """The prose is interrupted by a cell, or it is over: a list ends here."""
        return _joined([*self._settle(), *self._close()])

    def end(self, *, whole: bool) -> Heard:
        """The reply is over; a list that was being written in a reply that was cut is prose."""
        if whole:
            return self.pause()
        held, self._items, self._raw, self._blank = self._raw + self._blank + self._line, [], "", ""
        self._line, self._over = "", True
        return [Wrote(held)] if held else []

    def _take(self, piece: str) -> Heard:
        ends = piece.endswith("\n")
        if self._over:
            return [Wrote(piece)]
        if self._passing:
            self._passing = not ends
            return [Wrote(piece)]
        self._line += piece
        if not ends and self._undecided(self._line):
            return []
        heard = self._settle()
        self._passing = not ends and not self._over
        return heard

    def _undecided(self, line: str) -> bool:
        """Whether a line that begins so can still be part of a list, or end the looking for one."""
        if _MAY_BE_ITEM.fullmatch(line) or _MAY_BE_FENCE.fullmatch(line):
            return True
        return bool(self._items) and not self._blank and _MORE.match(line) is not None

    def _settle(self) -> Heard:
        """Decide upon the line that was held back."""
        line, self._line = self._line, ""
        item = _ITEM.fullmatch(line)
        if item is not None and not self._over:
            self._items.append(Step(item["text"].strip(), item["done"] != " "))
            self._raw, self._blank = self._raw + self._blank + line, ""
            return []
        if self._items and line and not line.strip():
            self._blank += line
            return []
        if self._items and not self._blank and _MORE.match(line):
            last = self._items[-1]
            self._items[-1] = Step(f"{last.text} {line.strip()}", last.done)
            self._raw += line
            return []
        heard = self._close() if line else []
        self._over = self._over or _FENCE.match(line) is not None
        return [*heard, Wrote(line)] if line else heard

    def _close(self) -> Heard:
        """The list is over, where there is one: it is the plan from now on."""
        if not self._items:
            return []
        steps, blank = tuple(self._items), self._blank
        self._items, self._raw, self._blank = [], "", ""
        self.found = self._over = True
        heard: Heard = [Planned(steps)] if steps != self.steps else []
        self.steps = steps
        return [*heard, Wrote(blank)] if blank else heard


def _joined(heard: Heard) -> Heard:
    """Pieces of prose that follow each other as one."""
    joined: Heard = []
    for each in heard:
        if joined and isinstance(each, Wrote) and isinstance(joined[-1], Wrote):
            joined[-1] = Wrote(joined[-1].text + each.text)
        else:
            joined.append(each)
    return joined
