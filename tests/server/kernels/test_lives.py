"""Death and restart, each as it really comes: the witness tells of it once, and goes on with the new life."""

import asyncio
from contextlib import suppress

import pytest

from open_interpreter_lab.kernels import KernelLost
from tests.server.kernels.conftest import begin, run, until

pytestmark = pytest.mark.asyncio(loop_scope="module")

SLOW = "import time; print('on'); time.sleep(600)"


async def lived(witness):
    """A first life with something in it, and a run that is not over."""
    await run(witness, "kept = 1")
    await witness.look()
    sent = await begin(witness, SLOW, "slow")
    await sent.begin()
    return sent


async def begins_anew(witness, sent, *, words, life=2):
    """What must be true after the end of a life, and that the next one works."""
    with pytest.raises(KernelLost, match=words):
        await asyncio.wait_for(sent.end(), 40)
    await goes_on(witness, life=life)


async def goes_on(witness, *, life=2):
    await until(lambda: witness.life == life and witness.alive, witness.listen)
    assert [each.source for each in witness.lost] == ["kept = 1"]
    assert witness.past == ()
    assert witness.names == ("kept",)
    assert witness.seen is None
    await asyncio.wait_for(witness.rest(), 60)
    assert (await run(witness, "'kept' in globals()"))[1].outputs[0].text == "False"
    assert witness.life == life
    assert [each.count for each in witness.past] == [1]


async def test_a_killed_kernel(house):
    async with house.watched() as witness:
        sent = await lived(witness)
        rests = asyncio.create_task(witness.rest())
        house.kill(witness)
        await begins_anew(witness, sent, words="kernel died; everything in its memory is lost")
        with pytest.raises(KernelLost, match="died"):
            await rests


async def test_code_that_ends_its_kernel(house):
    async with house.watched() as witness:
        await run(witness, "kept = 1")
        await witness.look()
        sent = await begin(witness, "import os; os._exit(1)")
        await begins_anew(witness, sent, words="kernel died")


async def test_a_restart_by_a_person(house):
    """Jupyter interrupts what runs before it restarts, so the run may be over by then: as stopped, or as lost."""
    async with house.watched() as witness:
        sent = await lived(witness)
        await house.manager.restart_kernel(witness.kernel)
        try:
            assert not (await asyncio.wait_for(sent.end(), 40)).ok
        except KernelLost as error:
            assert "was restarted" in str(error)  # noqa: PT017
        await until(lambda: witness.life == 2, witness.listen)
        assert "kept = 1" in [each.source for each in witness.lost]
        await asyncio.wait_for(witness.rest(), 60)
        assert (await run(witness, "'kept' in globals()"))[1].outputs[0].text == "False"


async def test_a_restart_without_a_word(house):
    async with house.watched() as witness:
        sent = await lived(witness)
        await house.manager.restart_kernel(witness.kernel, now=True)
        await begins_anew(witness, sent, words="was restarted")


async def test_restarts_one_after_another(house):
    async with house.watched() as witness:
        await run(witness, "kept = 1")
        for life in (2, 3):
            await house.manager.restart_kernel(witness.kernel)
            await until(lambda life=life: witness.life == life, witness.listen)
            await asyncio.wait_for(witness.rest(), 60)
        assert [each.source for each in witness.lost] == ["kept = 1"]
        assert (await run(witness, "5"))[1].outputs[0].text == "5"
        assert witness.life == 3


async def test_a_restart_at_other_ports(house):
    async with house.watched() as witness:
        sent = await lived(witness)
        kernel = house.manager.get_kernel(witness.kernel)
        ports = kernel.shell_port
        kernel.provisioner.ports_cached = False
        await kernel.restart_kernel(now=True, newports=True)
        assert kernel.shell_port != ports
        await begins_anew(witness, sent, words="was restarted")


@pytest.mark.parametrize("now", [False, True])
async def test_a_kernel_that_is_shut_down(house, now):
    async with house.watched() as witness:
        sent = await lived(witness)
        await house.manager.shutdown_kernel(witness.kernel, now=now)
        await until(lambda: not witness.alive, witness.listen)
        assert not witness.busy
        if now:
            with pytest.raises(KernelLost):
                await sent.end()
        else:  # an orderly end interrupts first: the cell may have told of that before its kernel went
            with suppress(KernelLost):
                assert (await sent.end()).status != "ok"
        for ask in (witness.rest, witness.look, lambda: witness.send(sent, "1")):
            with pytest.raises(KernelLost):
                await ask()
        late = witness.expect("late", "c")
        with pytest.raises(KernelLost):
            await late.end()


async def test_a_kernel_that_is_given_up(house):
    async with house.watched() as witness:
        sent = await lived(witness)
        kernel = house.manager.get_kernel(witness.kernel)
        kernel._restarter.restart_limit = 0
        house.kill(witness)
        with pytest.raises(KernelLost, match="died"):
            await asyncio.wait_for(sent.end(), 40)
        await until(lambda: not witness.alive, witness.listen)
        with pytest.raises(KernelLost, match="died"):
            await witness.rest()
        assert witness.names == ("kept",)


async def test_a_kernel_that_a_console_shuts_down_comes_back(house):
    async with house.watched() as witness:
        await run(witness, "kept = 1")
        await witness.look()
        sent = witness.expect("nobody sends it", "c")
        kernel = house.manager.get_kernel(witness.kernel)
        control = kernel.connect_control()
        try:
            kernel.session.send(control, "shutdown_request", {"restart": False})
            with pytest.raises(KernelLost):
                await asyncio.wait_for(sent.end(), 40)
            await goes_on(witness)
        finally:
            control.close()


async def test_another_language_restarts_too(house):
    async with house.watched("bash") as witness:
        await run(witness, "kept=1")
        sent = await begin(witness, "sleep 600")
        await sent.begin()
        await house.manager.restart_kernel(witness.kernel, now=True)
        with pytest.raises(KernelLost, match="was restarted"):
            await asyncio.wait_for(sent.end(), 40)
        await asyncio.wait_for(witness.rest(), 60)
        assert (await run(witness, "echo kept=$kept"))[1].outputs[0].text == "kept=\n"
        assert witness.life == 2
