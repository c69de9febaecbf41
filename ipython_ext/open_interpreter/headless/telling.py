"""From cells of the notebook to the notes that a run tells of them."""

from __future__ import annotations

from nbformat import NotebookNode

from open_interpreter.core.cells import CellError

from .document import Document, note_of
from .notes import CellBegan, CellEnded, GeneratedRan, Owned
from .place import output_text
from .streams import pictures


def tell_run(cell: NotebookNode, seconds: float) -> GeneratedRan:
    """The note of a generated cell that ran."""
    text, error = _told(cell)
    return GeneratedRan(cell.execution_count, seconds, text, pictures(cell.outputs), error)


def tell_cell(document: Document, cell: NotebookNode, began: CellBegan, seconds: float, *, asked: bool) -> CellEnded:
    """The note of a cell of the notebook that ended; `asked` if a prompt's task went on in it."""
    text, error = _told(cell)
    owned = list(document.owned(cell["id"])) if began.prompt else []
    return CellEnded(
        source=began.source,
        prompt=began.prompt,
        count=cell.execution_count,
        seconds=seconds,
        text=text,
        pictures=pictures(cell.outputs),
        error=error,
        settled=error is None and bool(owned),
        asked=asked,
        model=next((str(note_of(each)["model"]) for each in owned if note_of(each).get("model")), ""),
        owned=tuple(Owned(each.cell_type, each.source, each.get("execution_count") is not None) for each in owned),
    )


def _told(cell: NotebookNode) -> tuple[str, CellError | None]:
    """A cell's output text, and its error where it has one."""
    wrong = next((each for each in cell.outputs if each.output_type == "error"), None)
    text = output_text(each for each in cell.outputs if each.output_type != "error" and not pictures([each]))
    return text, None if wrong is None else CellError(wrong.ename, wrong.evalue)
