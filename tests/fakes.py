"""The two doubles that ship: a model that says what the test scripted, and a host that runs cells in plain memory."""

from __future__ import annotations

import ast
import contextlib
import inspect
import io
import time
import traceback
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass

from open_interpreter.core.cells import Cell, CellError, Outcome, Output
from open_interpreter.core.conversation import Delta, Finish, Profile, Request, Task, Usage
from open_interpreter.core.questions import Answer, Choice, Question
from open_interpreter.core.snapshot import Snapshot, Variable

PROFILE = Profile(name="scripted", host="http://scripted.invalid", context=32_000)


@dataclass(frozen=True)
class Cut:
    """A reply that does not end properly: no finish at all, another finish than stop, or an error in the middle."""

    text: str
    finish: Finish | None = None
    error: BaseException | None = None


Scripted = str | Cut | BaseException | Sequence[Delta]
Script = Scripted | Callable[[Request], Scripted]


class ScriptedProvider:
    """Answers each request with the next reply of the script, `chunk` characters at a time.

    A reply is a text, a `Cut`, an exception to raise, a list of deltas, or a function of the request that gives one of
    these. `requests` holds what was asked and `closed` counts the streams that were closed, by their end or early.
    """

    def __init__(self, replies: Iterable[Script], *, chunk: int = 7, profile: Profile = PROFILE) -> None:
        self._replies = list(replies)
        self._chunk = chunk
        self._profile = profile
        self.requests: list[Request] = []
        self.closed = 0

    @property
    def profile(self) -> Profile:
        """What the loop must know of this model."""
        return self._profile

    async def stream(self, request: Request) -> AsyncIterator[Delta]:
        """The next scripted reply. Raises AssertionError where it was asked more often than scripted."""
        self.requests.append(request)
        try:
            assert self._replies, "the model was asked more often than the test scripted"
            reply = self._replies.pop(0)
            for delta in self._deltas(reply(request) if callable(reply) else reply):
                if isinstance(delta, BaseException):
                    raise delta
                yield delta
        finally:
            self.closed += 1

    def _deltas(self, reply: Scripted) -> Iterable[Delta | BaseException]:
        if isinstance(reply, BaseException):
            yield reply
        elif isinstance(reply, Cut):
            yield from self._pieces(reply.text)
            if reply.error is not None:
                yield reply.error
            elif reply.finish is not None:
                yield Delta(finish=reply.finish)
        elif isinstance(reply, str):
            yield from self._pieces(reply)
            yield Delta(finish="stop", usage=Usage(sent=100, received=max(1, len(reply) // 4)))
        else:
            yield from reply

    def _pieces(self, text: str) -> Iterable[Delta]:
        for start in range(0, len(text), self._chunk):
            yield Delta(text=text[start : start + self._chunk])


Answering = Sequence[Choice | Answer] | Callable[[Question], Answer]


class MemoryHost:
    """Runs cells in a plain namespace with stdout captured and real errors; answers questions as scripted.

    `answers` are used up one for each question; without any, an opening question is answered "computing" and every
    other one "run". What happened is in `executed`, `questions` and `snapshots`.
    """

    def __init__(
        self,
        namespace: dict[str, object] | None = None,
        *,
        answers: Answering = (),
        snapshot: Snapshot | None = None,
    ) -> None:
        self.namespace: dict[str, object] = {"__name__": "__main__", **(namespace or {})}
        self._answers = answers if callable(answers) else list(answers)
        self._snapshot = snapshot
        self.executed: list[Cell] = []
        self.questions: list[Question] = []
        self.snapshots = 0

    async def snapshot(self, task: Task) -> Snapshot:
        """The given snapshot, or the names and types of the namespace."""
        self.snapshots += 1
        if self._snapshot is not None:
            return self._snapshot
        named = ((name, value) for name, value in self.namespace.items() if not name.startswith("_"))
        return Snapshot(
            variables=tuple(
                Variable(name=name, type=type(value).__name__)
                for name, value in named
                if not task.only or name in task.only
            )
        )

    async def approve(self, question: Question) -> Answer:
        """The next scripted answer."""
        self.questions.append(question)
        if callable(self._answers):
            return self._answers(question)
        if not self._answers:
            return Answer("computing" if question.opening else "run")
        answer = self._answers.pop(0)
        return answer if isinstance(answer, Answer) else Answer(answer)

    async def execute(self, cell: Cell) -> Outcome:
        """Run the cell for real; the value of a last expression becomes a result."""
        self.executed.append(cell)
        started, printed, value, error = time.perf_counter(), io.StringIO(), None, None
        try:
            with contextlib.redirect_stdout(printed):
                value = await self._run(cell.source)
        except Exception as raised:  # noqa: BLE001 - whatever the user's code raises is data
            lines = traceback.format_exception(type(raised), raised, raised.__traceback__)
            error = CellError(type(raised).__name__, str(raised), tuple("".join(lines).splitlines()))
        outputs = []
        if printed.getvalue():
            outputs.append(Output("stream", {"text/plain": printed.getvalue()}, "stdout"))
        if value is not None:
            outputs.append(Output("result", {"text/plain": repr(value)}))
        return Outcome(
            "ok" if error is None else "error",
            tuple(outputs),
            error,
            count=len(self.executed),
            seconds=time.perf_counter() - started,
        )

    async def _run(self, source: str) -> object:
        tree = ast.parse(source, "<cell>")
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        await self._evaluate(compile(tree, "<cell>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT))
        if last is None:
            return None
        expression = ast.Expression(last.value)
        return await self._evaluate(compile(expression, "<cell>", "eval", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT))

    async def _evaluate(self, code: object) -> object:
        value = eval(code, self.namespace)  # type: ignore[arg-type]
        return await value if inspect.iscoroutine(value) else value
