"""Prompt cells under papermill: `papermill in.ipynb out.ipynb --engine open-interpreter`.

papermill finds the engine by its entry point and is imported here and nowhere else.
"""

from __future__ import annotations

from typing import Any

from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, NotebookExecutionManager
from papermill.log import logger

from .client import InterpretClient
from .document import node


class PapermillClient(InterpretClient, PapermillNotebookClient):  # type: ignore[misc]
    """papermill's own client, with generated cells; each gains the record that papermill keeps of every cell."""

    def adorn(self, cell: NotebookNode) -> None:
        """Give a generated cell papermill's record, as done: the prompt's own record tells when it ran."""
        record = {"exception": None, "start_time": None, "end_time": None, "duration": None}
        cell.metadata["papermill"] = node({**record, "status": NotebookExecutionManager.COMPLETED})


class InterpretEngine(NBClientEngine):  # type: ignore[misc]
    """papermill's usual engine, prompt cells included."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> Any:
        """Execute the managed notebook; options are those of papermill's usual engine."""
        wanted = {
            "timeout": options.pop("execution_timeout", None) or options.pop("timeout", None),
            "startup_timeout": options.pop("start_timeout", 60),
            "path": str(options.pop("input_path", "") or ""),
        }
        options.pop("timeout", None)
        return PapermillClient(nb_man, kernel_name=kernel_name, log=logger, **wanted, **options).execute()
