"""What `models` and `doctor` are told of the servers that there are."""

from __future__ import annotations

import dataclasses
import time

import pytest
from open_interpreter.core.errors import KeyMissing, ProviderError, Unreachable
from open_interpreter.core.settings import Settings
from open_interpreter.providers.discovery import list_models, local_servers, read_models
from open_interpreter.providers.presets import Preset, presets

from tests.model_server import ModelServer

KEY = "sk-canary-0123456789"


def standing_at(base_url: str) -> Preset:
    return dataclasses.replace(presets()["ollama"], base_url=base_url)


def test_servers_of_this_machine_are_found_with_their_models():
    with ModelServer(models=["qwen3:8b", "llama3"]) as server:
        (found,) = local_servers([standing_at(server.base_url), standing_at("http://127.0.0.1:9/v1")])
    assert found.base_url == server.base_url
    assert found.names == ("ollama:llama3", "ollama:qwen3:8b")
    assert "authorization" not in server.others[0].headers


def test_what_stands_there_but_has_no_models_is_none():
    with ModelServer() as server:
        assert local_servers([standing_at(f"{server.origin}/elsewhere")]) == []
    assert server.others[0].path == "/elsewhere/models"


def test_the_usual_ports_are_asked_at_once():
    began = time.monotonic()
    local_servers()
    assert time.monotonic() - began < 3
    assert local_servers([]) == []


async def test_the_models_of_an_endpoint_are_listed():
    with ModelServer(models=["b", "a"]) as server:
        assert await list_models(Settings(model="x", base_url=server.base_url, api_key=KEY), {}) == ("a", "b")
    assert server.others[0].headers["authorization"] == f"Bearer {KEY}"


async def test_a_model_without_an_endpoint_lists_itself():
    assert await list_models(Settings()) == ("builtin",)


async def test_trouble_is_told_as_with_a_reply():
    with pytest.raises(Unreachable, match="Nothing answers"):
        await list_models(Settings(model="x", base_url="http://127.0.0.1:9/v1"), {})
    with pytest.raises(KeyMissing):
        await list_models(Settings(model="openai:x"), {})
    with ModelServer() as server, pytest.raises(ProviderError, match="check base_url"):
        await list_models(Settings(model="x", base_url=f"{server.origin}/elsewhere"), {})


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ({"data": [{"id": "a"}]}, ("a",)),
        ([{"id": "b"}, {"name": "a"}, "x", {}], ("a", "b")),
        ({"data": None}, ()),
        ("hello", ()),
        (None, ()),
    ],
)
def test_lists_of_every_make_are_read(body, names):
    assert read_models(body) == names
