"""One notebook file from start to end: read, executed in a fresh kernel, and written whatever came of it."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode, v4

from open_interpreter.core.cells import CellError
from open_interpreter.core.errors import OpenInterpreterError, UsageError

from . import files
from .client import InterpretClient
from .notes import CellEnded, Note, Watch

LOAD = "%load_ext open_interpreter"
DONE, FAILED, WRONG_USE, UNAPPROVED = 0, 1, 2, 3
"""Exit codes: all tasks ended well, one failed, wrong use, something had to be approved and nobody could."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be run. `timeout` is in seconds for one cell of the notebook, 0 for none."""

    notebook: Path
    output: Path
    prompt: str = ""
    """An instruction that is appended as a prompt cell."""
    kernel: str = ""
    timeout: int = 0
    allow_errors: bool = False
    environment: Mapping[str, str] = field(default_factory=dict)
    """Variables of the kernel's environment, over our own."""


@dataclass(frozen=True, slots=True)
class Report:
    """How a run ended: its exit code, why where it is not 0, and where the notebook lies."""

    code: int
    output: Path
    seconds: float
    reason: str = ""


class RunFailed(OpenInterpreterError):
    """The run itself broke off: the kernel died, took too long, or was stopped."""


def run(job: Job, watch: Watch | None = None) -> Report:
    """Run the job. Raises UsageError before anything has started; what happens later is in the report."""
    notebook = files.read(job.notebook)
    if job.prompt:
        append_prompt(notebook, job.prompt)
    tally = Tally(watch)
    client = InterpretClient(
        notebook,
        kernel_name=job.kernel or str(notebook.metadata.get("kernelspec", {}).get("name", "")),
        timeout=job.timeout or None,
        allow_errors=job.allow_errors,
        path=job.notebook.name,
        resources={"metadata": {"path": str(job.notebook.resolve().parent)}},
        watch=tally.hear,
    )
    started, reason = time.monotonic(), ""
    begun = True
    try:
        execute(client, env={**os.environ, **job.environment})
    except UsageError:
        begun = False
        raise
    except RunFailed as error:
        tally.code, reason = FAILED, str(error)
    except CellExecutionError as error:
        tally.fail(CellError(error.ename, error.evalue))
    finally:
        if begun:
            files.write(notebook, job.output)
    return Report(tally.code, job.output, time.monotonic() - started, reason)


def execute(client: InterpretClient, env: Mapping[str, str] | None = None) -> None:
    """Execute the client's notebook; raises UsageError or RunFailed in place of what nbclient and Jupyter raise."""
    try:
        client.execute(env=dict(env or os.environ))
    except NoSuchKernel as error:
        names = ", ".join(sorted(KernelSpecManager().find_kernel_specs())) or "none: install ipykernel"
        raise UsageError(f"There is no kernel {error.name!r} here. Installed: {names}. Choose with --kernel.") from None
    except CellTimeoutError:
        raise RunFailed(f"A cell took more than {client.timeout} s. Allow more with --timeout, or 0 for any.") from None
    except (CellExecutionError, DeadKernelError) as error:
        if client.stopped:
            raise RunFailed("Stopped. What had been made until then is in the notebook.") from None
        if isinstance(error, CellExecutionError):
            raise
        raise RunFailed(
            f"The kernel died ({error}). The last cell of the notebook with outputs is where: "
            "it may have used up the memory or ended the process."
        ) from None


def append_prompt(notebook: NotebookNode, instruction: str) -> None:
    """Append a prompt cell, and above the first code cell the line that loads the magic where none does."""
    make = v4.new_code_cell
    if not any(LOAD in cell.source for cell in notebook.cells if cell.cell_type == "code"):
        first = next((index for index, cell in enumerate(notebook.cells) if cell.cell_type == "code"), None)
        notebook.cells.insert(len(notebook.cells) if first is None else first, make(LOAD))  # type: ignore[no-untyped-call]
    notebook.cells.append(make(f"%%interpret\n{instruction.strip()}"))  # type: ignore[no-untyped-call]


class Tally:
    """Counts towards the exit code what passes by, and hands it on."""

    def __init__(self, watch: Watch | None) -> None:
        self.code = DONE
        self._watch = watch

    def hear(self, note: Note) -> None:
        """Take in one note."""
        if isinstance(note, CellEnded) and note.prompt and note.error is not None:
            self.fail(note.error)
        if self._watch is not None:
            self._watch(note)

    def fail(self, error: CellError) -> None:
        """A cell of the notebook ended in this error."""
        self.code = max(self.code, UNAPPROVED if error.name == "ApprovalNeeded" else FAILED)
