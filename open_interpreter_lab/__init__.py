"""The JupyterLab side of Open Interpreter Lab: tells Jupyter where the labextension and the server's part are."""

from __future__ import annotations

from typing import Any


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    return [{"src": "labextension", "dest": "open-interpreter-lab"}]


def _jupyter_server_extension_points() -> list[dict[str, Any]]:
    from .app import OpenInterpreter

    return [{"module": "open_interpreter_lab", "app": OpenInterpreter}]
