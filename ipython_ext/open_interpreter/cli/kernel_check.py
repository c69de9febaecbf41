"""The doctor's look at a kernel: does it start, and does it load the extension."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from open_interpreter.core.errors import OpenInterpreterError

from .findings import FAIL, OK, Finding

SECONDS = 60


def look(kernel: str) -> Iterator[Finding]:
    """Start the kernel, load the extension in it, and end it."""
    from nbclient.exceptions import CellExecutionError
    from nbformat import v4

    from open_interpreter.headless.client import InterpretClient
    from open_interpreter.headless.run import LOAD, execute

    cell: Any = v4.new_code_cell
    notebook: Any = v4.new_notebook
    client = InterpretClient(notebook(cells=[cell(LOAD)]), kernel_name=kernel, timeout=SECONDS, startup_timeout=SECONDS)
    try:
        execute(client)
    except CellExecutionError as error:
        yield Finding(OK, "kernel", f"{kernel} starts")
        step = "pip install open-interpreter-lab in the environment of that kernel"
        yield Finding(FAIL, "extension", f"does not load: {error.ename}: {error.evalue}", step)
    except OpenInterpreterError as error:
        yield Finding(FAIL, "kernel", str(error), "python -m ipykernel install --sys-prefix")
    else:
        yield Finding(OK, "kernel", f"{kernel} starts")
        yield Finding(OK, "extension", "loads in it")
