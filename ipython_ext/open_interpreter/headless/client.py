"""Our front end without a browser: an nbclient that puts generated cells into the notebook while they are made.

It says who it is with every request, tells a prompt where it stands, carries out the kernel's edits (docs/wire.md) and
routes what is published under a synthetic parent into the cell it belongs to. It never answers a question: requests say
`allow_stdin: false`, so the kernel asks none. nbclient keeps the kernel, the hooks, the time-outs and the widgets.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from jupyter_core.utils import run_sync
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionComplete
from nbclient.util import ensure_async
from nbformat import NotebookNode
from nbformat.v4 import output_from_msg
from traitlets import Callable, Unicode

from open_interpreter.core.edits import (
    CLIENT_KEY,
    COMM_TARGET,
    PLACE_KEY,
    REMOVED_KEY,
    Edit,
    Insert,
    Remove,
    Run,
    Settle,
)
from open_interpreter.core.wire import from_wire, to_wire

from .document import Document, is_prompt
from .kernels import guard
from .notes import CellBegan, Generated, Note
from .place import place_of, wants_place
from .streams import join_last, tidy
from .telling import tell_cell, tell_run

_output: Any = output_from_msg


@dataclass(slots=True)
class Route:
    """Where the outputs of one synthetic parent go, and whether its next output clears those before it."""

    cell: NotebookNode
    began: float
    clearing: bool = False


@dataclass(frozen=True, slots=True)
class Ear:
    """What nbclient wants of a comm's object: it hands each message's data on."""

    client: InterpretClient

    def handle_msg(self, msg: dict[str, Any]) -> None:
        """Take in one message of the comm."""
        self.client.hear(msg)


class InterpretClient(NotebookClient):
    """Executes a notebook, prompt cells included; what a task inserts stands in `nb` and is not executed twice."""

    watch = Callable(default_value=None, allow_none=True, help="Called with each note of `headless.notes`.")
    path = Unicode("", help="The notebook's path, told to the kernel.").tag(config=True)

    def reset_execution_trackers(self) -> None:
        """Begin anew: nothing ran, nothing is inserted, nothing is routed."""
        super().reset_execution_trackers()
        self.document = Document(self.nb)
        self._routes: dict[str, Route] = {}
        self._attempts: dict[str, int] = {}
        self._displays: dict[str, list[NotebookNode]] = {}
        self._inserted: set[str] = set()
        self._ran: set[str] = set()
        self._asked = False
        self._removed = 0
        self.stopped = False
        self._ending: asyncio.Future[None] | None = None

    def create_kernel_manager(self) -> Any:
        """A manager of the notebook's kernel, or of the one that `kernel_name` says."""
        return guard(super().create_kernel_manager())

    async def async_start_new_kernel_client(self) -> Any:
        """The kernel's client, with an ear for our comm."""
        self.comm_open_handlers[COMM_TARGET] = lambda _msg: Ear(self)
        return await super().async_start_new_kernel_client()

    start_new_kernel_client = run_sync(async_start_new_kernel_client)

    async def async_execute_cell(
        self,
        cell: NotebookNode,
        cell_index: int,
        execution_count: int | None = None,  # noqa: ARG002  (nbclient's own; nested cells count too, so the kernel counts)
        store_history: bool = True,  # noqa: FBT001, FBT002  (nbclient's signature)
    ) -> NotebookNode:
        """Execute one cell of the notebook, unless a task of this run has inserted it."""
        if cell.cell_type != "code" or not cell.source.strip() or cell["id"] in self._inserted:
            return cell
        self._kernel.session.metadata = self._presence(cell)
        began, since = CellBegan(cell.source, is_prompt(cell)), time.monotonic()
        self._asked = False
        self.tell(began)
        try:
            return await super().async_execute_cell(cell, cell_index, store_history=store_history)
        finally:
            self._ran.add(cell["id"])
            tidy(cell.outputs)
            self.tell(tell_cell(self.document, cell, began, time.monotonic() - since, asked=self._asked))

    execute_cell = run_sync(async_execute_cell)

    def tell(self, note: Note) -> None:
        """Hand a note to whoever watches."""
        if self.watch is not None:
            self.watch(note)

    def adorn(self, cell: NotebookNode) -> None:
        """Called with each cell that a task has inserted; the papermill engine adds what papermill needs."""

    def hear(self, msg: dict[str, Any]) -> None:
        """Carry out the edit of a comm message, if it is an answer to a request of ours."""
        if msg["parent_header"].get("session") != self._kernel.session.session:
            return
        try:
            edit = from_wire(cast("type[Edit]", Edit), msg["content"]["data"])
        except ValueError as error:
            self.log.warning("An edit was ignored: %s. Are kernel and command line of the same version?", error)
            return
        self._carry_out(edit)

    def output(
        self, outs: list[NotebookNode], msg: dict[str, Any], display_id: str | None, cell_index: int
    ) -> NotebookNode | None:
        """Add an output; pieces of one stream are joined, and displays are found again however cells move."""
        out = super().output(outs, msg, display_id, cell_index)
        if out is not None and display_id:
            self._displays.setdefault(display_id, []).append(out)
        join_last(outs)
        return out

    @property
    def _kernel(self) -> Any:
        return self.kc

    def _presence(self, cell: NotebookNode) -> dict[str, Any]:
        """The metadata of a cell's request: its id, who sends it, and for a prompt where it stands."""
        metadata = {"cellId": cell["id"], CLIENT_KEY: self._kernel.session.session, REMOVED_KEY: self._removed}
        if wants_place(cell.source):
            metadata[PLACE_KEY] = to_wire(place_of(self.document, cell, path=self.path, ran=self._ran))
        return metadata

    def _carry_out(self, edit: Edit) -> None:
        match edit:
            case Insert():
                self.document.carry_out(edit)
                self._adopt(edit.id)
            case Run():
                self._route(edit)
            case _:
                self.document.carry_out(edit)
        if isinstance(edit, Remove):
            self._removed = max(self._removed, edit.number)
        self._asked = self._asked or isinstance(edit, Insert | Settle)

    def _adopt(self, cell_id: str) -> None:
        cell = self.document.find(cell_id)
        if cell is not None and cell_id not in self._inserted:
            self._inserted.add(cell_id)
            self.adorn(cell)

    def _route(self, run: Run) -> None:
        cell = self.document.find(run.id)
        if cell is None or cell.cell_type != "code":
            return
        cell.source, cell.outputs, cell.execution_count = run.source, [], None
        if self.record_timing:
            cell.metadata["execution"] = {}
        self._routes[run.msg_id] = Route(cell, time.monotonic())
        self._ran.add(run.id)
        self._attempts[run.id] = self._attempts.get(run.id, 0) + 1
        self.tell(Generated(run.source, self._attempts[run.id]))

    def _deliver(self, msg: dict[str, Any], route: Route) -> None:
        """Give a message under a synthetic parent to its cell, as if the cell had been executed by itself."""
        outer, self.clear_before_next_output = self.clear_before_next_output, route.clearing
        try:
            self.process_message(msg, route.cell, self.document.position(route.cell["id"]) or 0)
        except CellExecutionComplete:
            tidy(route.cell.outputs)
            self.tell(tell_run(route.cell, time.monotonic() - route.began))
        finally:
            route.clearing, self.clear_before_next_output = self.clear_before_next_output, outer

    async def _async_poll_output_msg(self, parent_msg_id: str, cell: NotebookNode, cell_index: int) -> None:
        """Take in what the kernel publishes until this cell's request is done (nbclient calls it once for a cell)."""
        self._kernel.session.metadata = {}
        while True:
            msg = await ensure_async(self._kernel.iopub_channel.get_msg(timeout=None))
            parent = msg["parent_header"].get("msg_id")
            if parent in self._routes:
                self._deliver(msg, self._routes[parent])
            elif parent == parent_msg_id:
                try:
                    self.process_message(msg, cell, cell_index)
                except CellExecutionComplete:
                    return

    async def _async_cleanup_kernel(self) -> None:
        """End the kernel, once; in the middle of a cell only a signal does that (nbclient's handler of Ctrl-C)."""
        reply = self.task_poll_for_reply
        self.stopped = self.stopped or (reply is not None and not reply.done())
        if self.km is None:
            return
        if self._ending is None or self._ending.done():
            self._ending = asyncio.ensure_future(super()._async_cleanup_kernel())
        await self._ending
        if reply is not None and not reply.done():
            reply.cancel()

    def _update_display_id(self, display_id: str, msg: Mapping[str, Any]) -> None:
        """Renew every output of that display id (nbclient finds them by index, which moves when cells come and go)."""
        if display_id not in self._displays:
            return
        header = {**msg["header"], "msg_type": "display_data"}
        new = _output({**msg, "header": header})
        for out in self._displays[display_id]:
            out["data"], out["metadata"] = new["data"], new["metadata"]
