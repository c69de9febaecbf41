"""Names of models: where each leads, whose key goes there, and what is said about a wrong one."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

import pytest
from open_interpreter.core.errors import KeyMissing, SettingsError
from open_interpreter.core.settings import Settings
from open_interpreter.providers import open_provider
from open_interpreter.providers.endpoint import find_endpoint
from open_interpreter.providers.presets import presets

KEY = "sk-canary-0123456789"
NAMES = "openai azure anthropic gemini mistral deepseek groq openrouter together xai ollama lmstudio vllm llama.cpp"


def find(model: str, environ: dict[str, str] | None = None, **settings):
    return find_endpoint(Settings(model=model, **settings), environ or {})


def test_the_presets_are_those_that_are_promised():
    assert set(presets()) == set(NAMES.split())


@pytest.mark.parametrize("preset", presets().values(), ids=str)
def test_every_preset_is_whole(preset):
    assert preset.limit in ("max_tokens", "max_completion_tokens")
    assert preset.context >= 4096
    assert preset.example
    assert bool(preset.start) == preset.local
    assert bool(preset.key) != preset.local
    if preset.base_url:
        url = urlsplit(preset.base_url)
        assert url.scheme == ("http" if preset.local else "https")
        assert preset.local or preset.owns(url.hostname)
    else:
        assert preset.address


@pytest.mark.parametrize("preset", [each for each in presets().values() if each.key], ids=str)
def test_a_presets_key_comes_from_its_usual_variable(preset):
    base_url = preset.address.replace("RESOURCE", "mine")
    endpoint = find(f"{preset.name}:m", {preset.key: KEY}, base_url=base_url)
    assert endpoint.api_key == KEY
    assert endpoint.profile.name == f"{preset.name}:m"
    assert endpoint.profile.host == endpoint.origin
    assert not endpoint.profile.trusted
    assert KEY not in repr(endpoint)


@pytest.mark.parametrize("preset", [each for each in presets().values() if each.key], ids=str)
def test_a_missing_key_is_told_before_any_request(preset):
    base_url = preset.address.replace("RESOURCE", "mine")
    with pytest.raises(KeyMissing, match=f"{preset.key}.*builtin"):
        open_provider(Settings(model=f"{preset.name}:m", base_url=base_url), environ={})


def test_a_configured_key_goes_before_the_usual_variable():
    assert find("openai:m", {"OPENAI_API_KEY": "other"}, api_key=f" Bearer {KEY}\n").api_key == KEY


def test_the_usual_variable_goes_to_its_own_host_only():
    environ = {"OPENAI_API_KEY": KEY, "AZURE_OPENAI_API_KEY": KEY}
    assert find("openai:m", environ, base_url="https://evil.example/v1").api_key == ""
    assert find("m", environ, base_url="https://api.openai.com.evil.example/v1").api_key == ""
    assert find("m", environ, base_url="https://evilapi.openai.com/v1").api_key == ""
    assert find("azure:m", environ, base_url="https://openai.azure.com.evil.example/v1").api_key == ""
    assert find("m", environ, base_url="https://api.openai.com/v1").api_key == KEY


def test_a_bare_name_at_a_known_host_speaks_its_dialect():
    endpoint = find("m", {"XAI_API_KEY": KEY}, base_url="https://api.x.ai/v1")
    assert endpoint.preset.name == "xai"


@pytest.mark.parametrize("name", ["ollama", "lmstudio", "vllm", "llama.cpp"])
def test_a_local_server_needs_no_key(name):
    endpoint = find(f"{name}:m")
    assert endpoint.near
    assert endpoint.api_key == ""
    assert endpoint.profile.host.startswith("http://127.0.0.1:")


def test_names_keep_their_colons():
    assert find("ollama:qwen3:8b").model == "qwen3:8b"
    assert find("qwen3:8b", base_url="http://127.0.0.1:1/v1").model == "qwen3:8b"


def test_llama_cpp_needs_no_name():
    assert find("llama.cpp:").model == "default"


def test_a_preset_may_stand_at_another_address():
    endpoint = find("ollama:qwen3", base_url="http://gpu.lan:11434/v1/")
    assert (endpoint.base_url, endpoint.origin, endpoint.near) == (
        "http://gpu.lan:11434/v1",
        "http://gpu.lan:11434",
        False,
    )


@pytest.mark.parametrize(
    ("model", "words"),
    [
        ("opnai:gpt-5", "did you mean openai:gpt-5"),
        ("olama:qwen3", "did you mean ollama:qwen3"),
        ("buildin", "did you mean builtin"),
        ("gpt-5-mini", "did you mean openai:gpt-5-mini"),
        ("claude-sonnet-4-5", "did you mean anthropic:claude-sonnet-4-5"),
        ("openai", "did you mean openai:gpt-5-mini"),
        ("openai:", "names no model: write for example openai:gpt-5-mini"),
        ("zzz", "Choose builtin, one of openai:…, .*base_url"),
        ("", "Choose builtin"),
    ],
)
def test_an_unknown_model_is_told_with_the_nearest_one(model, words):
    with pytest.raises(SettingsError, match=words):
        open_provider(Settings(model=model), environ={})


def test_azure_has_an_address_for_everybody():
    with pytest.raises(SettingsError, match=r"set base_url to https://RESOURCE\.openai\.azure\.com/openai/v1"):
        find("azure:mine", {"AZURE_OPENAI_API_KEY": KEY})


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("http://127.0.0.1:8000/v1/", "http://127.0.0.1:8000/v1"),
        ("https://host/v1/chat/completions", "https://host/v1"),
        (" https://host/v1 ", "https://host/v1"),
        ("http://[::1]:8000/v1", "http://[::1]:8000/v1"),
    ],
)
def test_an_address_is_cleaned(given, clean):
    assert find("m", base_url=given).base_url == clean


def test_an_origin_leaves_the_usual_port_out():
    assert find("m", base_url="https://Host:443/v1").origin == "https://host"
    assert find("m", base_url="http://[::1]:8000/v1").origin == "http://[::1]:8000"


@pytest.mark.parametrize(
    "url",
    [
        "host/v1",
        "ftp://host/v1",
        "file:///etc/passwd",
        "http://",
        f"https://me:{KEY}@host/v1",
        "https://host/v1?key=1",
        "https://host/v1#x",
        "https://ho st/v1",
        "https://host:99999/v1",
        "http://[::1/v1",
        "http://169.254.169.254/latest",
        "http://2852039166/latest",
        "http://0xa9fea9fe/",
        "http://0251.0376.0251.0376/",
        "http://[::ffff:169.254.169.254]/",
        "http://[fe80::1]/v1",
        "http://metadata.google.internal/",
        "http://metadata.google.internal./",
    ],
)
def test_an_address_that_makes_no_sense_is_refused_without_showing_a_secret(url):
    with pytest.raises(SettingsError, match="base_url") as caught:
        find("m", base_url=url)
    assert KEY not in str(caught.value)


@pytest.mark.parametrize("key", ["sk-\ninner", "sk-é", "two words"])
def test_a_key_that_is_none_is_refused_and_not_shown(key):
    with pytest.raises(SettingsError, match="copy it again") as caught:
        find("openai:m", api_key=key)
    assert key not in str(caught.value)


def test_opening_a_provider_sends_nothing():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.05)
        open_provider(Settings(model="m", base_url=f"http://127.0.0.1:{listener.getsockname()[1]}/v1"), environ={})
        with pytest.raises(TimeoutError):
            listener.accept()
