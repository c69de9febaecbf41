"""One example of every word of docs/live.md; `python -m tests.server.golden` writes tests/golden/words from them.

Pytest holds Python to the files and jest holds TypeScript to them, so neither end can change a word alone.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from open_interpreter.core.cells import Cell
from open_interpreter.core.chats import Chat
from open_interpreter.core.conversation import Image, Message, Quote, Usage
from open_interpreter.core.edits import Append, Insert, NotebookCell, Place, Remove, Rewrite, Run, Stamp
from open_interpreter.core.events import (
    CellGrew,
    CellOpened,
    Drafted,
    Dropped,
    Finished,
    Judged,
    Notice,
    Planned,
    Thought,
    Wrote,
)
from open_interpreter.core.plans import Step
from open_interpreter.core.questions import Answer, Judgement, Question
from open_interpreter.core.wire import to_wire

from open_interpreter_lab import words
from open_interpreter_lab.words import Done, Happened, Order, Record, Wish

FOLDER = Path(__file__).resolve().parents[1] / "golden" / "words"
CHAT, TASK, CELL, PATH = "c0ffee000001", "0123456789ab", "b1", "work/Gehäuse 数据.ipynb"
MARK = {"task": TASK, "turn": 1, "model": "builtin", "source_hash": "e3" * 32, "approved": "policy"}
STREAM = {"output_type": "stream", "name": "stdout", "text": "1\n"}
IMAGE = Image("image/png", "iVBORw0KGgo=")
QUOTED = Quote("Cell [3]", "df.head()")
JUDGED = Judgement("L2", ("starts a program: line 2",))
QUESTION = Question(Cell(CELL, "!ls", "python", 1, 1), JUDGED, "https://api.example.org", opening=True, id="q1")
ANSWER = Answer("refuse", "use the new file")
NAMED = Chat(CHAT, PATH, "Plot the ages", 1767225600.25, 1767225660.5)
PLACE = Place(
    "a1",
    (
        NotebookCell("m1", "markdown", "# Title"),
        NotebookCell("a1", "code", "df = load()", "", "", 3, "ok"),
        NotebookCell(CELL, "code", "df.mean()", TASK, "e3" * 32, None, ""),
    ),
    PATH,
)
WISH = Wish(
    PATH,
    "plot the ages",
    command="fix",
    cell="a1",
    anchor="a1",
    quotes=(QUOTED,),
    images=(IMAGE,),
    shares=False,
    mode="ask",
    max_turns=4,
)

ASKING: tuple[Any, ...] = (
    words.Hold((words.Holding(PATH, "k1", "python3", "python", readonly=True, modified="2026-01-01T00:00:00Z"),), PATH),
    words.Renamed(PATH, "work/b.ipynb"),
    words.ListChats(PATH),
    words.OpenChat(CHAT, 17),
    words.LeaveChat(CHAT),
    words.Say(CHAT, TASK, WISH, instead="fedcba987654", undo=True),
    words.Stop(CHAT, TASK),
    words.Decide(CHAT, "q1", ANSWER),
    words.Undo(CHAT, TASK),
    words.NameChat(CHAT, "Ages"),
    words.DeleteChat(CHAT),
    words.Preview("p1", CHAT, WISH),
    words.Look("l1", PATH),
    words.Sketch("s1", PATH, CELL, "df.mean()", "by island"),
    words.DropSketch("s1"),
    Done("o1", "edited", CELL, "df.median()", PLACE, "changed by hand"),
)
HAPPENINGS: tuple[Any, ...] = (
    words.Said("plot the ages", "fix", ("Cell [3]",), 1, 1767225600.25),
    words.Steered("as bars"),
    words.Started("gpt-5", "https://api.example.org"),
    words.Sent(1, 1234),
    words.Queued(2),
    words.Waits(QUESTION, "df.old()"),
    words.Decided("q1", ANSWER),
    words.Replaces("a1", "df.old()"),
    words.Running(CELL, 1767225601.5),
    words.Ran(CELL, "error", 0.25, 4, "1\n", 1, "KeyError: 'age'", "Traceback (most recent call last)", "a note"),
    words.KernelGone(restarted=True, variables=("df",), cells=("a1",)),
    words.Undone(2, (CELL,)),
    Wrote("Here is **the plot**:\n"),
    Thought("The column is named Age."),
    CellOpened(CELL, "python", 1, 2),
    CellGrew(CELL, "df.plot()\n"),
    Drafted(Cell(CELL, "df.plot()", "python", 1, 2)),
    Dropped(CELL, "The cell before it failed.", "df.old()"),
    Judged(CELL, JUDGED, allowed=True, by="person"),
    Planned((Step("Load", done=True), Step("Plot"))),
    Notice("One line."),
    Finished("stopped", "Here it is.", 2, Usage(1200, 80, estimated=True), "You stopped it."),
)
ORDER = Order(
    "o1",
    PATH,
    (
        Insert(CELL, "a1", "code", "df", {"open_interpreter": MARK}),
        Append(CELL, ".mean()"),
        Rewrite(CELL, "df.median()"),
        Stamp(CELL, MARK),
        Remove(("b2",), 0),
        words.Move(CELL, "m1"),
        Run(CELL, "5f1c", "df.median()"),
        words.Show(CELL, (STREAM,), 4, running=True),
        words.Read(seeds=False),
        words.Revert("2026-11-25T23:10:12.450426Z"),
    ),
    answered=False,
    kernel="k1",
)
TELLING: tuple[Any, ...] = (
    words.Welcome("0.1.0", "gpt-5", set_up=True, vision=True, trouble="No key is set."),
    words.Chats(PATH, (words.Listed(NAMED, running=True, waiting=True),)),
    words.Opened(NAMED, (Record(3, TASK, Notice("One line.")),), 3, running=True),
    Happened(CHAT, (Record(4, TASK, Wrote("Hello")),)),
    words.Gone(CHAT),
    words.Previewed("p1", (Message("user", "plot the ages", (IMAGE,)),), 1234, 0.0021, "The kernel is busy."),
    words.Seen("l1", (words.Name("@df.age", "column", "number"),), "No kernel."),
    words.Drawn("s1", "df.mean()", "By island.", done=True, trouble="The reply was cut."),
    words.Failed("There is nothing to do.", CHAT),
    ORDER,
)
EXAMPLES: tuple[Any, ...] = (*ASKING, *HAPPENINGS, *TELLING)


def file_of(example: object) -> Path:
    """The golden file of a word."""
    return FOLDER / f"{type(example).__name__}.json"


def main() -> None:
    """Write every file anew."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for example in EXAMPLES:
        text = json.dumps(to_wire(example), ensure_ascii=False, indent=2)
        file_of(example).write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
