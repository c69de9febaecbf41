"""One example of everything on the wire of docs/wire.md; `python -m tests.core.golden` writes tests/golden from them.

Pytest holds Python to the files and jest holds TypeScript to them, so neither end can change a word alone.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from open_interpreter.core.cells import Cell
from open_interpreter.core.edits import (
    Append,
    Ask,
    Choose,
    Chosen,
    Insert,
    NotebookCell,
    Place,
    Remove,
    Rewrite,
    Run,
    Settle,
    Stamp,
    Standing,
)
from open_interpreter.core.questions import Answer, Judgement, Question
from open_interpreter.core.wire import to_wire

FOLDER = Path(__file__).resolve().parents[1] / "golden"
MARK = {"task": "0123456789ab", "turn": 1, "model": "builtin", "source_hash": "e3" * 32, "approved": "policy"}

EXAMPLES: tuple[Any, ...] = (
    Insert("b1", "a1", "code", "df.head()", {"open_interpreter": MARK}),
    Append("b1", "\nplt.plot('Gehäuse 数据')"),
    Rewrite("b1", "df.tail()"),
    Run("b1", "5f1c", "df.tail()"),
    Stamp("b1", MARK),
    Remove(("b1", "b2"), 3),
    Settle("a1", "%%interpret --settled 1a2b3c4d", "0123456789ab"),
    Standing("a1", ("b1", "b2")),
    Ask(
        "a1",
        Question(
            Cell("b1", "import os\nos.remove('old.csv')", "python", 2, 1),
            Judgement("L3", ("deletes files: line 2",)),
            "https://api.example.org",
            opening=False,
            id="q1",
        ),
    ),
    Choose("a1", "q2", ("b2",)),
    Answer("refuse", "use the new file", nobody=False),
    Chosen("q2", "keep"),
    Place(
        "a1",
        (
            NotebookCell("m1", "markdown", "# Title"),
            NotebookCell("a1", "code", "%%interpret\nthe mean", "0123456789ab", "", None, ""),
            NotebookCell("b1", "code", "df.mean()", "0123456789ab", "e3" * 32, 4, "3.5"),
        ),
        "work/tour.ipynb",
        "0123456789ab",
    ),
)


def file_of(example: object) -> Path:
    """The golden file of a value."""
    return FOLDER / f"{type(example).__name__}.json"


def main() -> None:
    """Write every file anew."""
    FOLDER.mkdir(exist_ok=True)
    for example in EXAMPLES:
        text = json.dumps(to_wire(example), ensure_ascii=False, indent=2)
        file_of(example).write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
