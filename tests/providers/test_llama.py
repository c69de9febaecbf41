"""A real llama.cpp server, which nobody here wrote, says a fenced block; and `local:` runs one over a file."""

from __future__ import annotations

import asyncio
import gc
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from open_interpreter.core.errors import SettingsError, Unreachable
from open_interpreter.core.settings import Settings
from open_interpreter.providers import local, open_provider

from tests.providers.asking import a_request, hear, streaming

TEXT = "I multiply.\n\n```python\nprint(6 * 7)\nprint(6 * 7)\n```\n它是 42。"


def children() -> list[psutil.Process]:
    return [each for each in psutil.Process().children() if local.PROGRAM.name in " ".join(each.cmdline())]


@pytest.fixture(autouse=True)
def _nothing_stays_loaded():
    yield
    local._child.cache_clear()
    gc.collect()


async def test_a_llama_cpp_server_gives_the_fenced_code_piece_by_piece(llama_server):
    base_url = llama_server(TEXT)
    heard = await hear(open_provider(Settings(model="llama.cpp:", base_url=base_url)))
    assert (heard.text, heard.finish) == (TEXT, "stop")
    assert heard.pieces > 3
    assert heard.usage is not None
    assert heard.usage.sent > 0
    assert not heard.usage.estimated


async def test_a_llama_cpp_server_cuts_at_the_limit(llama_server):
    base_url = llama_server(TEXT)
    heard = await hear(open_provider(Settings(model="scripted", base_url=base_url, max_tokens=4)))
    assert heard.finish == "length"
    assert TEXT.startswith(heard.text)


async def test_a_file_is_a_model(scripted_file):
    provider = open_provider(Settings(model=f"local:{scripted_file(TEXT)}"))
    assert provider.profile.host == "http://127.0.0.1"
    assert children() == []
    assert (await hear(provider)).text == TEXT
    again = open_provider(Settings(model=provider.profile.name))
    assert (await hear(again)).text == TEXT
    assert len(children()) == 1


async def test_the_child_ends_when_nobody_needs_it(scripted_file):
    provider = open_provider(Settings(model=f"local:{scripted_file(TEXT)}"))
    await hear(provider)
    assert len(children()) == 1
    local._child.cache_clear()
    del provider
    gc.collect()
    assert children() == []


async def test_a_child_that_died_is_started_again(scripted_file):
    provider = open_provider(Settings(model=f"local:{scripted_file(TEXT)}"))
    await hear(provider)
    (child,) = children()
    child.kill()
    child.wait(5)
    assert (await hear(provider)).text == TEXT


async def test_the_childs_server_wants_a_key_that_its_command_line_does_not_show(scripted_file):
    provider = open_provider(Settings(model=f"local:{scripted_file(TEXT)}"))
    await hear(provider)
    (child,) = children()
    assert provider._child.key not in " ".join(child.cmdline())
    stranger = open_provider(Settings(model="x", base_url=f"{provider._child.address()}/v1"))
    with pytest.raises(Exception, match="refused the key"):
        await hear(stranger)


async def test_leaving_a_local_reply_is_clean(scripted_file):
    provider = open_provider(Settings(model=f"local:{scripted_file(TEXT * 20)}"))
    async with streaming(provider) as pieces:
        await anext(pieces)
    assert (await hear(provider, a_request("again"))).finish is not None


async def test_a_broken_file_is_told_and_harms_nobody(tmp_path):
    path = tmp_path / "broken.gguf"
    path.write_bytes(b"GGUF" + bytes(range(200)))
    with pytest.raises(Unreachable, match=r"cannot load .*broken\.gguf"):
        await hear(open_provider(Settings(model=f"local:{path}")))
    assert children() == []


def test_what_is_no_file_is_told_before_anything_starts(tmp_path):
    text = tmp_path / "notes.txt"
    text.write_text("hello")
    with pytest.raises(SettingsError, match="is no GGUF file"):
        open_provider(Settings(model=f"local:{text}"))
    with pytest.raises(SettingsError, match="There is no file"):
        open_provider(Settings(model=f"local:{tmp_path}/none.gguf"))


@pytest.mark.skipif(os.name != "posix", reason="kills by signal")
def test_the_child_ends_with_a_process_that_is_killed(scripted_file, tmp_path):
    program = f"""
import asyncio, json, sys
from open_interpreter.core.settings import Settings
from open_interpreter.providers import open_provider
provider = open_provider(Settings(model={f"local:{scripted_file(TEXT)}"!r}))
provider._child.address()
print(json.dumps(provider._child._process.pid), flush=True)
sys.stdin.read()
"""
    parent = subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    with parent:
        child = psutil.Process(json.loads(parent.stdout.readline()))
        parent.send_signal(signal.SIGINT)
        time.sleep(0.1)
        parent.kill()
        child.wait(10)


async def test_one_file_is_loaded_once_for_all_that_ask_at_once(scripted_file):
    path: Path = scripted_file(TEXT)
    providers = [open_provider(Settings(model=f"local:{path}")) for _ in range(3)]
    heard = await asyncio.gather(*map(hear, providers))
    assert {each.text for each in heard} == {TEXT}
    assert len(children()) == 1
