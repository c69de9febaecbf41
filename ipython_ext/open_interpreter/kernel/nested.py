"""One cell run from within another: the only place that touches what is private to ipykernel.

Works on ipykernel 6.31 and 7.x, IPython 8 and 9. Counts: IPython 9 raises the execution count when a cell starts and
IPython 8 when it ends, so a prompt cell tells `Counts` where it began and the kernel's reply is mended with that.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from .interrupts import Interrupted, awaiting, raising, stopped


class Counts:
    """The execution counts of one prompt cell and of the cells nested in it."""

    def __init__(self, shell: Any, own: int) -> None:
        self._shell = shell
        self.own = own
        self.next: int | None = None
        self._late = False

    def begin(self) -> None:
        """Make room for the nested cells."""
        self._late = self._shell.execution_count == self.own  # IPython 8: not raised yet
        if self._late:
            self._shell.execution_count = self.own + 1

    def end(self) -> None:
        """Give the prompt its own count back, for IPython's last steps with it."""
        self.next = self._shell.execution_count
        if self._late:
            self._shell.execution_count = self.own

    def mend(self, reply: dict[str, Any]) -> None:
        """The reply of the prompt's request, with its own count, and the next free count for the next cell."""
        if self.next is not None:
            self._shell.execution_count = self.next
            reply["execution_count"] = self.own


def parent_of(shell: Any) -> dict[str, Any]:
    """The request that is running, as a message; an empty dict outside a kernel."""
    kernel = getattr(shell, "kernel", None)
    return (kernel.get_parent("shell") or {}) if kernel is not None else {}


def synthetic_parent(parent: dict[str, Any], msg_id: str, cell_id: str, code: str) -> dict[str, Any]:
    """An execute request of the same session as `parent`, with our message id, for the cell `cell_id`."""
    return {
        **parent,
        "header": {**parent["header"], "msg_id": msg_id, "msg_type": "execute_request"},
        "msg_id": msg_id,
        "metadata": {"cellId": cell_id},
        "content": {**parent.get("content", {}), "code": code},
    }


@contextmanager
def under_parent(shell: Any, parent: dict[str, Any], code: str) -> Iterator[None]:
    """While this is open everything that is published belongs to `parent`, busy to idle."""
    kernel = shell.kernel
    outer, ident = kernel.get_parent("shell"), kernel._parent_ident["shell"]  # noqa: SLF001
    flush()
    kernel.set_parent(ident, parent)
    kernel._publish_status("busy", "shell")  # noqa: SLF001
    kernel._publish_execute_input(code, parent, shell.execution_count)  # noqa: SLF001
    try:
        yield
    finally:
        flush()
        kernel._publish_status("idle", "shell")  # noqa: SLF001
        kernel.set_parent(ident, outer)
        kernel._publish_status("busy", "shell")  # noqa: SLF001 - the prompt itself goes on


async def run_nested(shell: Any, code: str, *, store_history: bool, cell_id: str | None = None) -> Any:
    """Run code in the user's namespace; returns IPython's ExecutionResult. Raises Interrupted on an interrupt."""
    transformed, trouble = _transformed(shell, code)
    asynchronous = trouble is None and shell.should_run_async(
        code, transformed_cell=transformed, preprocessing_exc_tuple=None
    )
    if asynchronous:
        with awaiting():
            result = await _run_async(shell, code, transformed, store_history=store_history, cell_id=cell_id)
    else:
        with raising():
            result = shell.run_cell(code, store_history=store_history, cell_id=cell_id)
    error = result.error_in_exec
    if isinstance(error, KeyboardInterrupt) or (isinstance(error, asyncio.CancelledError) and stopped()):
        raise Interrupted
    return result


async def _run_async(shell: Any, code: str, transformed: str, *, store_history: bool, cell_id: str | None) -> Any:
    result = None
    try:
        result = await shell.run_cell_async(
            code, store_history=store_history, transformed_cell=transformed, cell_id=cell_id
        )
    finally:
        shell.events.trigger("post_execute")
        shell.events.trigger("post_run_cell", result)  # None where it was cancelled, as in ipykernel
    return result


def _transformed(shell: Any, code: str) -> tuple[str, BaseException | None]:
    try:
        return shell.transform_cell(code), None
    except SyntaxError as error:
        return code, error


def flush() -> None:
    """Send out what was printed so far, so that it goes to the cell that printed it.

    User code may have put anything in the streams' place: what cannot be flushed is left alone.
    """
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError, OSError):
            stream.flush()
