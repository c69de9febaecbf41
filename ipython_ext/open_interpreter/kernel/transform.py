"""A prompt cell becomes an awaited call, before IPython sees a magic in it.

A registered magic is synchronous and cannot run cells that await. The call goes to an attribute of the shell and not to
a name of the user's, so that `%reset -f` takes nothing away.
"""

from __future__ import annotations

import re
from collections.abc import Callable

ATTRIBUTE = "open_interpreter"
"""The attribute of the shell that holds the resident."""

PROMPT = re.compile(r"%%?interpret(?=\s|$)")


def prompt_lines(lines: list[str]) -> list[str]:
    """The lines of a cell, a prompt cell's turned into one awaited call."""
    start = next((number for number, line in enumerate(lines) if line.strip()), None)
    if start is None or not PROMPT.match(lines[start]):
        return lines
    line, body = lines[start].rstrip("\r\n"), "".join(lines[start + 1 :])
    if not line.startswith("%%") and body.strip():
        return lines
    return [f"await get_ipython().{ATTRIBUTE}.interpret({line!r}, {body!r})\n"]


class PromptTransformer:
    """`prompt_lines` as an input transformer of a shell, for whole cells alone.

    While a cell runs, IPython transforms code again for `%%time` and the like, where no call can be awaited: there the
    prompt stays a magic, and the registered magic says what is wrong.
    """

    has_side_effects = True
    """Such transformers are asked when a cell runs and not while it is typed: in a terminal a prompt may go on."""

    def __init__(self, running: Callable[[], bool]) -> None:
        self._running = running

    def __call__(self, lines: list[str]) -> list[str]:
        """The lines that IPython goes on with."""
        return lines if self._running() else prompt_lines(lines)
