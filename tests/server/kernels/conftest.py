import asyncio
import os
import signal
import uuid
from contextlib import asynccontextmanager
from pathlib import Path

import pytest_asyncio
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.session import Session
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager

from open_interpreter_lab.kernels import Witness
from tests.kernels import bash_spec

REQUEST = {"silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": True, "stop_on_error": True}


class House:
    """A kernel manager as the server has it, and witnesses of its kernels."""

    def __init__(self, folder: Path) -> None:
        specs = KernelSpecManager()
        specs.kernel_dirs = [str(bash_spec(folder) / "kernels"), *specs.kernel_dirs]
        self.manager = AsyncMappingKernelManager(
            root_dir=str(folder), connection_dir=str(folder), kernel_spec_manager=specs
        )

    async def close(self):
        await self.manager.shutdown_all(now=True)
        self.manager.context.destroy(linger=0)

    @asynccontextmanager
    async def kernel(self, name="python3"):
        """A running kernel's id."""
        kernel = await self.manager.start_kernel(kernel_name=name)
        try:
            yield kernel
        finally:
            if kernel in self.manager:
                await self.manager.shutdown_kernel(kernel, now=True)

    @asynccontextmanager
    async def witness(self, kernel):
        witness = Witness(self.manager, kernel)
        await witness.open()
        try:
            yield witness
        finally:
            await witness.close()

    @asynccontextmanager
    async def watched(self, name="python3"):
        """A kernel of its own and its witness."""
        async with self.kernel(name) as kernel, self.witness(kernel) as witness:
            yield witness

    @asynccontextmanager
    async def page(self, witness):
        kernel = self.manager.get_kernel(witness.kernel)
        client = AsyncKernelClient(session=Session(key=kernel.session.key))
        client.load_connection_info(kernel.get_connection_info())
        client.start_channels(shell=True, iopub=False, stdin=False, hb=False, control=False)
        try:
            yield Page(client)
        finally:
            client.stop_channels()
            client.context.destroy(linger=0)

    def process(self, witness):
        return self.manager.get_kernel(witness.kernel).provisioner.pid

    def kill(self, witness):
        os.kill(self.process(witness), signal.SIGKILL)


async def run(witness, code, *, seconds=60):
    """Run code as the server does it, and what came of it."""
    sent = await begin(witness, code)
    outcome = await asyncio.wait_for(sent.end(), seconds)
    return sent, outcome


async def begin(witness, code, cell="cell"):
    sent = witness.expect(uuid.uuid4().hex, cell)
    await witness.send(sent, code)
    return sent


async def until(true, listen, seconds=40):
    """Wait until something is true, looked at whenever the witness says that it has changed."""
    event = asyncio.Event()
    unlisten = listen(event.set)

    async def wait():
        while not true():
            event.clear()
            await event.wait()

    try:
        await asyncio.wait_for(wait(), seconds)
    finally:
        unlisten()


class Page:
    """A client of its own, as a page of JupyterLab is one."""

    def __init__(self, client):
        self.client = client

    def send(self, code, msg_id=""):
        message = self.client.session.msg("execute_request", {**REQUEST, "code": code})
        if msg_id:
            message["msg_id"] = message["header"]["msg_id"] = msg_id
        self.client.shell_channel.send(message)
        return message["header"]["msg_id"]

    async def reply(self, msg_id):
        while True:
            message = await asyncio.wait_for(self.client.get_shell_msg(), 60)
            if message["parent_header"].get("msg_id") == msg_id:
                return message["content"]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory):
    house = House(tmp_path_factory.mktemp("house"))
    yield house
    await house.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def python(house):
    """The witness of one Python kernel for all tests of a module that leave it alive."""
    async with house.watched() as witness:
        yield witness


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bash(house):
    async with house.watched("bash") as witness:
        yield witness
