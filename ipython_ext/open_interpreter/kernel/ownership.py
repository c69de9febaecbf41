"""Which cells a prompt owns, whether they are as they were made, and the hash that settles it. Pure."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Iterable

from open_interpreter.core.edits import NotebookCell, Place
from open_interpreter.core.fingerprint import fingerprint

from .options import Prompt
from .transform import PROMPT


def digest(prompt: Prompt) -> str:
    """8 characters over the normalised instruction and the options that change the answer.

    Normalised: Unicode NFC, white space folded to single blanks. The options: --with, --image, --plan, --as.
    """
    words = re.sub(r"\s+", " ", unicodedata.normalize("NFC", prompt.instruction)).strip()
    told = [words, sorted(prompt.only), list(prompt.images), "plan" in prompt.flags, prompt.values.get("assign", "")]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()[:8]


def is_prompt(cell: NotebookCell) -> bool:
    """Whether this is a code cell that begins with one of the magics."""
    return cell.kind == "code" and PROMPT.match(cell.source.lstrip("\r\n\t ")) is not None


def owned(place: Place) -> tuple[NotebookCell, ...]:
    """The cells of the prompt's task that stand below it and above the next prompt cell."""
    return tuple(cell for cell in _range(place) if cell.task and cell.task == place.task)


def _range(place: Place) -> tuple[NotebookCell, ...]:
    ids = [cell.id for cell in place.cells]
    if place.prompt not in ids:
        return ()
    below = place.cells[ids.index(place.prompt) + 1 :]
    end = next((number for number, cell in enumerate(below) if is_prompt(cell)), len(below))
    return below[:end]


def remnants(place: Place) -> tuple[NotebookCell, ...]:
    """Code cells below the prompt that a task began and never came to: the page was left or the kernel died."""
    return tuple(cell for cell in _range(place) if cell.kind == "code" and cell.task and not cell.source_hash)


def edited(cells: Iterable[NotebookCell], transform: Callable[[str], str]) -> tuple[str, ...]:
    """The ids of the code cells whose syntax tree is not the one that was generated; formatting is no edit."""
    return tuple(
        cell.id
        for cell in cells
        if cell.kind == "code" and cell.source_hash and fingerprint(cell.source, transform) != cell.source_hash
    )
