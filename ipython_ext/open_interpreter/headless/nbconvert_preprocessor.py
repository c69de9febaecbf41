"""Prompt cells under nbconvert: a preprocessor that executes as `open-interpreter run` does.

    jupyter nbconvert --to html --Exporter.preprocessors \
        open_interpreter.headless.nbconvert_preprocessor.InterpretPreprocessor notebook.ipynb

takes the place of `--execute`. nbconvert is imported here and nowhere else.
"""

from __future__ import annotations

from typing import Any

from nbconvert.preprocessors import ExecutePreprocessor
from nbformat import NotebookNode
from traitlets import Bool

from .client import InterpretClient


class InterpretPreprocessor(InterpretClient, ExecutePreprocessor):
    """Executes a notebook, prompt cells included."""

    enabled = Bool(default_value=True, help="Whether to execute; naming the preprocessor is asking for it.").tag(
        config=True
    )

    def preprocess(
        self, nb: NotebookNode, resources: Any = None, km: Any = None
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Execute the notebook in place; raises nbclient's CellExecutionError where a cell or a task fails."""
        metadata = (resources or {}).get("metadata", {})
        if metadata.get("name"):
            self.path = f"{metadata['name']}.ipynb"
        done: tuple[NotebookNode, dict[str, Any]] = super().preprocess(nb, resources, km)
        return done
