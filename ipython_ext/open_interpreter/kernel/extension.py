"""`%load_ext open_interpreter`: hang everything into a shell, and take it out again."""

from __future__ import annotations

from typing import Any

from .magics import InterpreterMagics, misplaced
from .nested import Counts, parent_of
from .presence import presence_of
from .record import Tap
from .resident import Resident
from .transform import ATTRIBUTE, PromptTransformer


def load(shell: Any) -> None:
    """Register magics, the input transformer, the record and the reply's mending. A second time does nothing."""
    if getattr(shell, ATTRIBUTE, None) is not None:
        return
    resident = Resident(shell, _traits(shell))
    setattr(shell, ATTRIBUTE, resident)
    resident.transformer = PromptTransformer(lambda: resident.recorder.depth > 0)
    shell.input_transformers_cleanup.insert(0, resident.transformer)
    shell.events.register("pre_run_cell", resident.recorder.begin)
    shell.events.register("post_run_cell", resident.recorder.end)
    shell.register_magics(InterpreterMagics(shell, resident))
    shell.register_magic_function(misplaced, "line_cell", "interpret")
    kernel = getattr(shell, "kernel", None)
    if kernel is not None:
        resident.hooks = [Tap(kernel.session, resident.recorder), Replies(kernel, resident)]


def unload(shell: Any) -> None:
    """Take everything out again."""
    resident = getattr(shell, ATTRIBUTE, None)
    if resident is None:
        return
    shell.input_transformers_cleanup.remove(resident.transformer)
    shell.events.unregister("pre_run_cell", resident.recorder.begin)
    shell.events.unregister("post_run_cell", resident.recorder.end)
    for kind, name in (("line", "oi"), ("line", "interpret"), ("cell", "interpret")):
        shell.magics_manager.magics[kind].pop(name, None)
    for hook in resident.hooks:
        hook.close()
    delattr(shell, ATTRIBUTE)


class Replies:
    """Stands around a kernel's `do_execute`: counts are mended, and cells that a prompt replaced do not run."""

    def __init__(self, kernel: Any, resident: Resident) -> None:
        self._kernel, self._resident, self._execute = kernel, resident, kernel.do_execute
        kernel.do_execute = self.do_execute

    def close(self) -> None:
        """Let the kernel execute as before."""
        del self._kernel.do_execute

    async def do_execute(  # noqa: PLR0913 - ipykernel's own signature
        self,
        code: str,
        silent: bool,  # noqa: FBT001
        store_history: bool = True,  # noqa: FBT001, FBT002
        user_expressions: Any = None,
        allow_stdin: bool = False,  # noqa: FBT001, FBT002
        *,
        cell_meta: Any = None,
        cell_id: str | None = None,
    ) -> dict[str, Any]:
        """Execute as before, or not at all."""
        shell, resident = self._kernel.shell, self._resident
        if cell_id and resident.is_withdrawn(cell_id, presence_of(parent_of(shell))):
            return _nothing(shell.execution_count - 1)
        before, depth = resident.counts, resident.recorder.depth
        resident.counts = counts = Counts(shell, shell.execution_count)
        try:
            reply: dict[str, Any] = await self._execute(
                code, silent, store_history, user_expressions, allow_stdin, cell_meta=cell_meta, cell_id=cell_id
            )
        finally:
            resident.counts = before
            resident.recorder.unwind(depth)
        counts.mend(reply)
        return reply


def _nothing(count: int) -> dict[str, Any]:
    return {"status": "ok", "execution_count": count, "user_expressions": {}, "payload": []}


def _traits(shell: Any) -> dict[str, object]:
    """The configuration under `c.OpenInterpreter` as plain values."""
    section = getattr(shell, "config", {}).get("OpenInterpreter", {})
    return {str(name): value for name, value in dict(section).items()}
