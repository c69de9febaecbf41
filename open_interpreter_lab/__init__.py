"""The JupyterLab side of Open Interpreter Lab: tells Jupyter where the built labextension lies."""

from __future__ import annotations


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    return [{"src": "labextension", "dest": "open-interpreter-lab"}]
