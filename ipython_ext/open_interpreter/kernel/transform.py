"""A prompt cell becomes an awaited call, before IPython sees a magic in it.

A registered magic is synchronous and cannot run cells that await. The call goes to an attribute of the shell and not to
a name of the user's, so that `%reset -f` takes nothing away.
"""

from __future__ import annotations

import re

ATTRIBUTE = "open_interpreter"
"""The attribute of the shell that holds the resident."""

PROMPT = re.compile(r"%%?interpret(?=\s|$)")


def prompt_lines(lines: list[str]) -> list[str]:
    """The lines of a cell, a prompt cell's turned into one awaited call; an input transformer of IPython."""
    start = next((number for number, line in enumerate(lines) if line.strip()), None)
    if start is None or not PROMPT.match(lines[start]):
        return lines
    line, body = lines[start].rstrip("\n"), "".join(lines[start + 1 :])
    if not line.startswith("%%") and body.strip():
        return lines
    return [f"await get_ipython().{ATTRIBUTE}.interpret({line!r}, {body!r})\n"]


# IPython asks transformers with side effects only when a cell runs, not while it is typed: in a terminal the prompt's
# text may then go on over several lines.
prompt_lines.has_side_effects = True  # type: ignore[attr-defined]
