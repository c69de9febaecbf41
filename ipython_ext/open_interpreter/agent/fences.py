"""What a fence is: the line that opens a block, its info string, and the line that closes it.

CommonMark's rules, but two: a fence may be indented by any amount (models indent them in lists), and a Markdown block
nests, since models show Markdown that has blocks of its own without a longer outer fence. Quoted blocks (`> `) are
quotes, never code of ours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST = 300
"""Characters of a line that can still be a fence; a longer one is text."""

_LIST = r"(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*"
_OPEN = re.compile(rf"(?P<indent>[ \t]*{_LIST})(?P<fence>`{{3,}}(?=[^`]*$)|~{{3,}})(?P<info>.*)")
_MAY_OPEN = re.compile(rf"[ \t]*{_LIST}(?:[-*+]|\d{{1,9}}[.)]?|`{{1,2}}|~{{1,2}}|`{{3,}}[^`]*|~{{3,}}.*)?")
_CLOSE = re.compile(r"(?P<indent>[ \t]*)(?P<fence>`+|~+)[ \t]*")
_MAY_CLOSE = re.compile(r"[ \t]*(?:`*|~*)[ \t]*")
_INFO = re.compile(r"\{?\s*\.?(?P<tag>[\w+#-]+(?![\w+#-]*=))?(?P<words>.*)")
_REPLACE = re.compile(r"\breplace\s*=\s*[\"']?([\w-]+)")
_MARKDOWN = frozenset({"markdown", "md", "mdx", "qmd"})


@dataclass(frozen=True, slots=True)
class Fence:
    """An opening fence: its character, length and indentation in columns, and what its info string says."""

    mark: str
    length: int
    indent: int
    tag: str = ""
    replace: str = ""

    @property
    def nests(self) -> bool:
        """Whether blocks inside are counted, so that their ends do not end this one."""
        return self.tag in _MARKDOWN


def opening(line: str) -> Fence | None:
    """The fence that this whole line opens, or None."""
    found = _OPEN.fullmatch(line) if len(line) <= LONGEST else None
    if found is None:
        return None
    info = _INFO.fullmatch(found["info"].strip())
    words = info["words"] if info else ""
    replace = _REPLACE.search(words)
    return Fence(
        mark=found["fence"][0],
        length=len(found["fence"]),
        indent=len(found["indent"].expandtabs(4)),
        tag=(info["tag"] or "").lower() if info else "",
        replace=replace[1] if replace else "",
    )


def closes(line: str, fence: Fence) -> bool:
    """Whether this whole line ends the block: the same mark, no shorter, no more than three columns further in."""
    found = _CLOSE.fullmatch(line) if len(line) <= LONGEST else None
    if found is None or found["fence"][0] != fence.mark or len(found["fence"]) < fence.length:
        return False
    return len(found["indent"].expandtabs(4)) <= fence.indent + 3


def may_open(start: str) -> bool:
    """Whether a line that begins so can still become an opening fence."""
    return len(start) <= LONGEST and _MAY_OPEN.fullmatch(start) is not None


def may_close(start: str) -> bool:
    """Whether a line that begins so can still become a closing fence."""
    return len(start) <= LONGEST and _MAY_CLOSE.fullmatch(start) is not None


def outdented(line: str, columns: int) -> str:
    """The line without its first columns, as far as they are blank."""
    column = 0
    for place, character in enumerate(line):
        if column >= columns or character not in " \t":
            return line[place:]
        column += 1 if character == " " else 4 - column % 4
    return ""
