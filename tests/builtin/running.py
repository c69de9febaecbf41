"""Asks the built-in model and runs what it writes in this process, turn by turn, as the loop does with a kernel."""

from __future__ import annotations

import ast
import asyncio
import contextlib
import io
import os
import re
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from open_interpreter.context import files, reader
from open_interpreter.core.cells import Attempt, Cell, CellError, Outcome, Output
from open_interpreter.core.conversation import Conversation, Exchange, Request, Task, Turn
from open_interpreter.core.snapshot import Snapshot, Trouble
from open_interpreter.providers.builtin import Builtin
from open_interpreter.safety.policy import Policy

FENCE = re.compile(r"^(`{3,})python(?: replace=(\S+))?\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
TURNS = 8


@dataclass
class Shown:
    """What a task showed: every reply, what its cells printed and displayed, and the namespace after it."""

    replies: list[str] = field(default_factory=list)
    attempts: list[Attempt] = field(default_factory=list)
    namespace: dict[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The outputs of the cells that ran well."""
        return "\n".join(out.text for each in self.attempts if each.outcome.ok for out in each.outcome.outputs)

    @property
    def code(self) -> str:
        """The source of the cells that ran well."""
        return "\n".join(each.cell.source for each in self.attempts if each.outcome.ok)

    @property
    def ok(self) -> bool:
        """Whether the last cell ran, and there was one."""
        return bool(self.attempts) and self.attempts[-1].outcome.ok

    @property
    def refused(self) -> bool:
        """Whether no cell was written and a model is recommended."""
        return not self.attempts and "%oi model" in self.replies[-1]


def ask(
    instruction: str,
    namespace: dict[str, Any] | None = None,
    *,
    directory: Path | None = None,
    assign: str = "",
    earlier: tuple[Exchange, ...] = (),
    trouble: Trouble | None = None,
) -> Shown:
    """Put one instruction to the built-in model and follow it to its end."""
    shown = Shown(namespace={} if namespace is None else namespace)
    talk = Conversation(Task(instruction, assign=assign), earlier=earlier)
    with _within(directory) if directory else contextlib.nullcontext():
        for number in range(1, TURNS + 1):
            snapshot = Snapshot(
                variables=reader.variables({k: v for k, v in shown.namespace.items() if k != "__builtins__"}),
                files=files.look(Path.cwd()) if directory else (),
                directory=os.getcwd(),
                trouble=trouble,
            )
            reply = asyncio.run(_reply(Request((), talk, snapshot)))
            shown.replies.append(reply)
            attempts = tuple(_run(reply, number, shown))
            talk = talk.add(Turn(reply, attempts))
            shown.attempts += attempts
            if not attempts:
                break
    return shown


@contextlib.contextmanager
def _within(directory: Path) -> Iterator[None]:
    """The working directory for a while; contextlib.chdir is not in Python 3.10."""
    before = Path.cwd()
    os.chdir(directory)
    try:
        yield
    finally:
        os.chdir(before)


async def _reply(request: Request) -> str:
    pieces = [delta async for delta in Builtin().stream(request)]
    assert pieces[-1].finish in ("stop", "declined")
    return "".join(each.text for each in pieces)


def _run(reply: str, number: int, shown: Shown) -> Iterator[Attempt]:
    policy = Policy()
    for _, old, source in FENCE.findall(reply):
        known = [each.cell for each in shown.attempts if each.cell.id == old]
        code = source.rstrip("\n")
        cell = (
            Cell(old, code, turn=number, attempt=len(known) + 1)
            if old
            else Cell(f"c{number}{len(source)}", code, turn=number)
        )
        live = reader.variables({key: value for key, value in shown.namespace.items() if key != "__builtins__"})
        verdict = policy.verdict(cell, Builtin().profile, live)
        assert verdict.runs, f"{verdict.judgement} of:\n{code}"
        outcome = execute(code, shown.namespace)
        yield Attempt(cell, outcome)
        if not outcome.ok:
            return


def execute(source: str, namespace: dict[str, Any]) -> Outcome:
    """Run one cell as a kernel would: what it prints, and its last expression's repr."""
    printed = io.StringIO()
    outputs: list[Output] = []
    try:
        tree = ast.parse(source)
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        with contextlib.redirect_stdout(printed):
            exec(compile(tree, "<cell>", "exec"), namespace)
            value = eval(compile(ast.Expression(last.value), "<cell>", "eval"), namespace) if last else None
    except Exception as error:  # noqa: BLE001 - a cell may raise anything, and that is its outcome
        lines = tuple(traceback.format_exception(error))
        found = CellError(type(error).__name__, str(error), lines)
        return Outcome("error", _streams(printed), found)
    outputs += _streams(printed)
    if value is not None:
        outputs.append(Output("result", {"text/plain": _whole(value)}))
    return Outcome("ok", tuple(outputs))


def _streams(printed: io.StringIO) -> tuple[Output, ...]:
    text = printed.getvalue()
    return (Output("stream", {"text/plain": text}, "stdout"),) if text else ()


def _whole(value: object) -> str:
    import pandas as pd

    with pd.option_context("display.max_columns", 40, "display.width", 400):
        return repr(value)
