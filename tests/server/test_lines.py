"""What a witness stands on, with doubles for kernels that no machine here has: a gateway's, and one that fails once."""

from __future__ import annotations

import asyncio

import pytest

from open_interpreter_lab.kernels import Witness, Witnesses, witness
from open_interpreter_lab.kernels.heard import Heard
from open_interpreter_lab.kernels.line import Line
from open_interpreter_lab.kernels.outputs import Outputs


class GatewayClient:
    """A client whose channels are started by a coroutine, as a gateway's are."""

    def __init__(self):
        self.started = self.stopped = False

    async def start_channels(self, **_):
        await asyncio.sleep(0)
        self.started = True

    def stop_channels(self):
        assert self.started
        self.stopped = True

    async def get_iopub_msg(self):
        assert self.started
        await asyncio.Event().wait()

    get_shell_msg = get_control_msg = get_iopub_msg


class Gateway:
    """A kernel without ports on this machine."""

    def __init__(self):
        self.made = GatewayClient()

    def client(self):
        return self.made


async def test_a_gateways_channels_are_started_and_stopped():
    kernel = Gateway()
    line = Line(kernel, lambda _: None)
    await line.open()
    assert kernel.made.started
    await line.close()
    assert kernel.made.stopped


async def test_a_line_that_was_never_opened_can_be_closed():
    kernel = Gateway()
    await Line(kernel, lambda _: None).close()
    assert not kernel.made.stopped


class Failing:
    """A kernel manager that breaks whenever it is asked for a kernel."""

    def __init__(self):
        self.asked = 0

    def __contains__(self, _):
        return True

    def get_kernel(self, _):
        self.asked += 1
        raise RuntimeError("not now")

    def remove_restart_callback(self, *_):
        raise KeyError


async def test_an_opening_that_has_failed_is_tried_anew():
    manager = Failing()
    witnesses = Witnesses(manager, None)
    for number in (1, 2):
        with pytest.raises(RuntimeError, match="not now"):
            await witnesses.of("k1")
        assert manager.asked == number
    await witnesses.close()


def published(kind, run, **content):
    return Heard(kind, content, "kernel", run.msg_id, "execute_request", "page")


async def test_runs_that_are_over_are_kept_as_far_as_there_is_room(monkeypatch):
    monkeypatch.setattr(witness, "KEPT_WEIGHT", 1_000)
    heard = Witness(Failing(), "k1")
    for number in range(5):
        run = heard.expect(f"m{number}", "c1")
        run.hear(published("stream", run, name="stdout", text="x" * 400))
        run.hear(published("status", run, execution_state="idle"))
        assert run.over
    running = heard.expect("m9", "c1")
    assert list(heard._runs) == ["m3", "m4", "m9"]
    assert not running.over


def test_what_no_room_is_left_for_leaves_nothing_behind():
    told = Outputs(10)
    for number in range(1_000):
        told.add("stream", {"name": ("stdout", "stderr")[number % 2], "text": "12345"})
    shown = told.as_nbformat()
    assert [each["text"] for each in shown[:-1]] == ["12345", "12345"]
    assert "4,990 characters" in shown[-1]["text"]
    assert told.weight == 10
