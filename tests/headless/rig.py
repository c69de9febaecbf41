"""Notebooks of the headless tests, and how they are executed with the hand-written kernel side."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbformat import NotebookNode, v4
from open_interpreter.headless.client import InterpretClient
from open_interpreter.headless.notes import Note

KERNEL_SIDE = f"exec(compile(open({str(Path(__file__).with_name('kernel_side.py'))!r}).read(), 'kernel_side', 'exec'))"
MAGIC = """
from IPython.core.magic import register_cell_magic
@register_cell_magic
def interpret(line, cell):
    exec(cell, globals())
"""


def notebook(*sources: str) -> NotebookNode:
    """A notebook of code cells with the ids c0, c1 …; those that begin with a hash and a space are Markdown."""
    cells = [
        v4.new_markdown_cell(source, id=f"c{index}")
        if source.startswith("# ")
        else v4.new_code_cell(source, id=f"c{index}")
        for index, source in enumerate([KERNEL_SIDE + MAGIC, *sources])
    ]
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return v4.new_notebook(cells=cells, metadata={"kernelspec": spec})


def execute(nb: NotebookNode, **options: object) -> tuple[NotebookNode, list[Note]]:
    """Execute it; the notebook stays valid."""
    notes: list[Note] = []
    client = InterpretClient(nb, timeout=60, watch=notes.append, **options)
    client.execute()
    nbformat.validate(nb)
    return nb, notes


def sources(nb: NotebookNode) -> list[str]:
    """The cells' sources, without the first cell's."""
    return [cell.source for cell in nb.cells[1:]]


def texts(cell: NotebookNode) -> list[str]:
    """A cell's outputs as text."""
    return [each.get("text") or each.get("data", {}).get("text/plain") or each.get("ename") for each in cell.outputs]
