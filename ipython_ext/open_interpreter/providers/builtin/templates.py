"""A code template with its slots filled. What fills a slot is source already: a literal, a checked name, our own code.

In a template: `{slot}` is the slot's source, `{{` and `}}` are braces where the code needs them next to a word,
`[[English <slot>|Chinese <slot>]]` a string literal in the person's language, `[[ ` the start of a nested list,
`#: English|Chinese` a comment; a line that begins with `?slot ` stands only where the slot is filled, one with `!slot `
only where it is not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from .literals import literal

_PIECE = re.compile(
    r"\[\[(?P<english>[^ \[\]{}][^|\[\]{}]*)(?:\|(?P<other>[^|\[\]{}]*))?\]\]"
    r"|\{(?P<slot>[a-z_]+)\}|(?P<brace>\{\{|\}\}|\[\[ )"
)
_BRACES = {"{{": "{", "}}": "}", "[[ ": "[["}
_PLAIN = re.compile(r"<([a-z_]+)>")
_GUARD = re.compile(r"(\s*)([?!])([a-z_]+) (.*)")


def said(text: str, plain: Mapping[str, str]) -> str:
    """Prose with its `<slot>` places filled; a missing one raises KeyError."""
    return _PLAIN.sub(lambda match: plain[match.group(1)], text)


def render(text: str, source: Mapping[str, str], plain: Mapping[str, str], *, chinese: bool) -> str:
    """The code. Raises KeyError where a slot is not filled: that is the recipe's fault."""
    lines = (kept for line in text.splitlines() if (kept := _guarded(line, source)) is not None)
    return "\n".join(_line(line, source, plain, chinese=chinese) for line in lines)


def _guarded(line: str, source: Mapping[str, str]) -> str | None:
    while found := _GUARD.fullmatch(line):
        indent, sign, slot, rest = found.groups()
        if bool(source.get(slot)) is not (sign == "?"):
            return None
        line = indent + rest
    return line


def _line(line: str, source: Mapping[str, str], plain: Mapping[str, str], *, chinese: bool) -> str:
    comment = re.fullmatch(r"(\s*)#: (.*?)(?:\|(.*))?", line)
    if comment:
        indent, english, other = comment.groups()
        return f"{indent}# {other if chinese and other else english}"
    return _PIECE.sub(lambda found: _piece(found, source, plain, chinese=chinese), line)


def _piece(found: re.Match[str], source: Mapping[str, str], plain: Mapping[str, str], *, chinese: bool) -> str:
    if found["slot"]:
        return source[found["slot"]]
    if found["brace"]:
        return _BRACES[found["brace"]]
    words = found["other"] if chinese and found["other"] else found["english"]
    return literal(said(words, plain))
