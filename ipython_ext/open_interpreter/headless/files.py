"""A notebook file is read in any version and written whole or not at all."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from nbformat import NotebookNode, reads, writes
from nbformat.reader import NotJSONError
from nbformat.validator import ValidationError

from open_interpreter.core.errors import UsageError

from .document import identify

_reads: Callable[..., NotebookNode] = reads
_writes: Callable[..., str] = writes


def read(path: Path) -> NotebookNode:
    """The notebook at `path` in today's format, every cell with an id. Raises UsageError with the next step."""
    if path.is_dir():
        raise UsageError(f"{path} is a folder: name the notebook in it, such as {path / 'notebook.ipynb'}.")
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        identify(notebook)
        return _reads(json.dumps(notebook), as_version=4)
    except FileNotFoundError:
        raise UsageError(f"There is no file {path}: check the name and the folder you are in.") from None
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from None
    except (ValueError, AttributeError, KeyError, TypeError, NotJSONError, ValidationError):
        raise UsageError(f"{path} is no notebook: open it in JupyterLab and save it, or name another file.") from None


def write(notebook: NotebookNode, path: Path) -> None:
    """Put the notebook at `path` in one step, so that a reader sees the old file or the new one. Raises UsageError."""
    text = _writes(notebook, version=4)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path.resolve(), text if text.endswith("\n") else text + "\n")
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}. Name another place with -o.") from None


def _replace(path: Path, text: str) -> None:
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    new = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        new.chmod(mode)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
