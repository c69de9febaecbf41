"""A notebook without us: its prompts told as Markdown, its generated cells as the ordinary cells that they are."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from nbformat import NotebookNode, v4

from open_interpreter.core.edits import METADATA_KEY

from .document import instruction_of, is_prompt

_OURS = re.compile(r"^\s*(%(load|reload)_ext\s+open_interpreter|%oi)\b.*$\n?", re.MULTILINE)
_markdown: Callable[..., NotebookNode] = v4.new_markdown_cell


def plain(notebook: NotebookNode) -> NotebookNode:
    """The same notebook, changed in place: no magic of ours and no metadata of ours is left."""
    kept: list[Any] = []
    for cell in notebook.cells:
        cell.metadata.pop(METADATA_KEY, None)
        if is_prompt(cell):
            kept.append(_quoted(cell))
        elif cell.cell_type != "code" or not _OURS.search(cell.source):
            kept.append(cell)
        else:
            cell.source = _OURS.sub("", cell.source).rstrip("\n")
            if cell.source.strip():
                kept.append(cell)
    notebook["cells"] = kept
    return notebook


def _quoted(prompt: NotebookNode) -> NotebookNode:
    lines = instruction_of(prompt.source).split("\n")
    return _markdown("\n".join(f"> {line}".rstrip() for line in lines), id=prompt["id"], metadata=prompt.metadata)
