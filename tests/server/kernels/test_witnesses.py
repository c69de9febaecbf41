"""One witness for each kernel of a server."""

import asyncio

import pytest
import pytest_asyncio
from jupyter_server.services.kernels.kernelmanager import MappingKernelManager

from open_interpreter_lab.kernels import KernelLost, Witnesses
from tests.server.kernels.conftest import run, until

pytestmark = pytest.mark.asyncio(loop_scope="module")


class Sessions:
    """What a session manager tells, with a console on the same path."""

    def __init__(self, kernel):
        self.kernel = kernel

    async def list_sessions(self):
        return [
            {"path": "a.ipynb", "type": "console", "kernel": {"id": "console"}},
            {"path": "a.ipynb", "type": "notebook", "kernel": {"id": self.kernel}},
            {"path": "b.ipynb", "type": "notebook", "kernel": None},
        ]


@pytest_asyncio.fixture(loop_scope="module")
async def witnesses(house):
    witnesses = Witnesses(house.manager, Sessions("k"))
    yield witnesses
    await witnesses.close()


async def test_it_is_the_same_one_each_time(house, witnesses):
    async with house.kernel() as kernel:
        first, second = await asyncio.gather(witnesses.of(kernel), witnesses.of(kernel))
        assert first is second is await witnesses.of(kernel)
        assert (await run(first, "1"))[1].ok


async def test_a_kernel_that_is_not_there(witnesses):
    with pytest.raises(KernelLost):
        await witnesses.of("nowhere")
    with pytest.raises(KernelLost):
        await witnesses.of("nowhere")


async def test_a_kernel_that_was_shut_down_is_forgotten(house, witnesses):
    async with house.kernel() as kernel:
        witness = await witnesses.of(kernel)
    await until(lambda: not witness.alive, witness.listen)
    with pytest.raises(KernelLost):
        await witnesses.of(kernel)


async def test_giving_up_the_wait_does_not_close_it_for_others(house, witnesses):
    async with house.kernel() as kernel:
        waits = asyncio.create_task(witnesses.of(kernel))
        await asyncio.sleep(0)
        waits.cancel()
        assert (await run(await witnesses.of(kernel), "2"))[1].ok


async def test_the_kernel_of_a_notebook(witnesses):
    assert await witnesses.kernel_of("a.ipynb") == "k"
    assert await witnesses.kernel_of("b.ipynb") == ""
    assert await witnesses.kernel_of("c.ipynb") == ""


async def test_a_server_with_the_older_kernel_manager(tmp_path):
    manager = MappingKernelManager(root_dir=str(tmp_path), connection_dir=str(tmp_path))
    kernel = await manager.start_kernel(kernel_name="python3")
    witnesses = Witnesses(manager, Sessions(kernel))
    try:
        witness = await witnesses.of(kernel)
        await witness.rest()
        assert (await run(witness, "x = 6 * 7; x"))[1].outputs[0].text == "42"
        assert [each.preview for each in (await witness.look(["x"])).variables] == ["42"]
        sent = witness.expect("long", "c")
        await witness.send(sent, "print('on'); import time; time.sleep(600)")
        await sent.begin()
        assert await sent.stop()
        await manager.restart_kernel(kernel)
        await until(lambda: witness.life == 2, witness.listen)
        await asyncio.wait_for(witness.rest(), 60)
        assert (await run(witness, "7"))[1].ok
    finally:
        await witnesses.close()
        await manager.shutdown_kernel(kernel, now=True)
        manager.context.destroy(linger=0)
