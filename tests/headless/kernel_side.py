"""The kernel's side of docs/wire.md, by hand: executed inside a test's kernel, it plays edits as a task would.

`play(script)` opens the comm and carries out steps: an edit as {"type": …} is sent, and {"run": id, "source": …} sends
`Run` and executes the source under a synthetic parent.
"""

import sys
import uuid

from comm import create_comm
from IPython import get_ipython, version_info


def presence():
    """The metadata of the request that is being executed."""
    return get_ipython().kernel.get_parent("shell")["metadata"]


def place():
    """The place that came with the request."""
    return presence()["open_interpreter_place"]


def play(*steps):
    """Play a task's edits, in order, below the cell that is being executed."""
    comm = create_comm(target_name="open_interpreter")
    if version_info[0] < 9:  # IPython 8 raises the count when a cell ends, IPython 9 when it starts
        get_ipython().execution_count += 1
    for step in steps:
        if "run" in step:
            _run(comm, step["run"], step["source"])
        else:
            comm.send(step)
    comm.close()


def insert(cell_id, after=None, kind="code", source="", task="t1"):
    """An Insert; below the prompt itself where no cell is named."""
    note = {"task": task, "turn": 1, "model": "scripted", "source_hash": "", "approved": "policy"}
    after = after or presence()["cellId"]
    metadata = {"open_interpreter": note}
    return {"type": "Insert", "id": cell_id, "after": after, "kind": kind, "source": source, "metadata": metadata}


def settle(task="t1", first_line="%%interpret --settled 0badcafe"):
    """The Settle of the prompt that is being executed."""
    return {"type": "Settle", "id": presence()["cellId"], "first_line": first_line, "task": task}


def _run(comm, cell_id, source):
    shell = get_ipython()
    kernel = shell.kernel
    outer, ident = kernel.get_parent("shell"), kernel._parent_ident["shell"]
    header = {**outer["header"], "msg_id": uuid.uuid4().hex}
    comm.send({"type": "Run", "id": cell_id, "msg_id": header["msg_id"], "source": source})
    parent = {**outer, "header": header, "msg_id": header["msg_id"], "metadata": {"cellId": cell_id}}
    kernel.set_parent(ident, parent)
    try:
        kernel._publish_status("busy", "shell")
        kernel._publish_execute_input(source, parent, shell.execution_count)
        shell.run_cell(source, store_history=True)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        kernel._publish_status("idle", "shell")
        kernel.set_parent(ident, outer)
