"""What a step may change of the process itself: environment, working directory, random states."""

from __future__ import annotations

import os
import random
import sys
from contextlib import suppress
from typing import Any

from .look import loaded


class ProcessState:
    """Everything of that as it was."""

    def __init__(self) -> None:
        self._environment = dict(os.environ)
        self._directory = _directory()
        self._random = random.getstate()
        self._numpy = _legacy("get_state")
        self._torch = loaded("torch", "get_rng_state")() if loaded("torch", "get_rng_state") else None

    def restore(self) -> None:
        """Put it back; a directory that is gone meanwhile stays gone."""
        if dict(os.environ) != self._environment:
            for name in set(os.environ) - set(self._environment):
                del os.environ[name]
            os.environ.update(self._environment)
        if self._directory and _directory() != self._directory:
            with suppress(OSError):
                os.chdir(self._directory)
        random.setstate(self._random)
        if self._numpy is not None:
            sys.modules["numpy.random"].set_state(self._numpy)
        if self._torch is not None:
            sys.modules["torch"].set_rng_state(self._torch)


def _directory() -> str:
    try:
        return os.getcwd()  # noqa: PTH109 - Path.cwd() of a deleted directory raises as well
    except OSError:
        return ""


def _legacy(name: str) -> Any:
    """Numpy's global generator, where it is loaded."""
    found = sys.modules.get("numpy.random")
    return getattr(found, name)() if found is not None else None
