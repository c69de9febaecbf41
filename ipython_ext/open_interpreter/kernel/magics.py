"""The magics that IPython lists, explains and completes.

`%%interpret` itself never comes here: the transformer has turned it into an awaited call. What does come here is a
prompt that stands where it cannot run, and gets an error that says so.
"""

from __future__ import annotations

import re
from typing import Any

from IPython.core.magic import Magics, line_magic, magics_class, no_var_expand

from open_interpreter import configuration
from open_interpreter.core.errors import UsageError

from .resident import Resident

HELP = """\
%%interpret [options]        instruction in the lines below, in plain words of any language
%interpret instruction       the same on one line, alone in its cell

  -m, --model NAME           builtin, openai:NAME, ollama:NAME …   --base-url URL   any OpenAI-compatible endpoint
  --mode suggest|ask|auto    when generated cells run              --max-turns N    replies at most
  --with NAME                only these variables are described    --image PATH     attach a picture
  --as NAME                  the answer's value goes to NAME       --preview        show what would be sent
  --fresh                    ask again although cells stand for this instruction

%oi                          what is configured
%oi model NAME [--base-url URL]   configure the model for this computer
%oi undo                     take back the cells of the last task
%oi help                     this text

@name is a variable, @df.column a column, @[3] a cell by its number, @file:data.csv a file."""


_MODEL = re.compile(r"(?P<name>[^\s-]\S*)(?:\s+--base-url[\s=]+(?P<url>\S+))?")


@magics_class
class InterpreterMagics(Magics):
    """`%interpret`, `%%interpret` and `%oi`."""

    def __init__(self, shell: Any, resident: Resident) -> None:
        super().__init__(shell)
        self._resident = resident

    @no_var_expand
    @line_magic
    def oi(self, line: str) -> None:
        """Manage Open Interpreter Lab: `%oi help` lists what it can do."""
        word, _, rest = line.strip().partition(" ")
        known = {"": self._status, "model": self._model, "undo": self._undo, "help": self._help}
        if word not in known:
            raise UsageError(f"%oi has no {word!r}: there are {', '.join(filter(None, known))}. See %oi help.")
        print(known[word](rest.strip()))  # noqa: T201 - the magic's answer

    def _status(self, _: str) -> str:
        settings = self._resident.settings()
        where = f" at {settings.base_url}" if settings.base_url else ""
        lines = [f"model {settings.model}{where} · mode {settings.effective_mode} · at most {settings.max_turns} turns"]
        if settings.model == "builtin":
            lines.append("The built-in model answers common data tasks offline. `%oi model openai:NAME` sets another.")
        return "\n".join(lines)

    def _model(self, rest: str) -> str:
        told = _MODEL.fullmatch(rest)
        if told is None:
            raise UsageError("%oi model NAME [--base-url URL], for example: %oi model ollama:qwen3")
        if told["url"]:
            configuration.save_settings(model=told["name"], base_url=told["url"])
        else:
            configuration.save_settings(model=told["name"])
        return self._status("")

    def _undo(self, _: str) -> str:
        return self._resident.undo()

    def _help(self, _: str) -> str:
        return HELP


def misplaced(_line: str, cell: str | None = None) -> None:
    """Write what you want in plain words; cells that do it appear below, run, and correct themselves.

    %%interpret [options]
    instruction in plain language, over several lines

    %interpret one-line instruction

    It must stand alone in its cell. `%oi help` lists the options.
    """
    if cell is None:
        raise UsageError("%interpret must be the only statement of its cell: put it into a cell of its own.")
    raise UsageError("%%interpret must be the first line of its cell, not under %%time, %%capture or another magic.")
