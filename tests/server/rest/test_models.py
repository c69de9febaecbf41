"""Which models there are, and one real request to one of them, over HTTP."""

from __future__ import annotations

import threading
import time

import pytest

from tests.model_server import Fault, ModelServer, refusal

KEY = "sk-canary-0123456789"


def try_out(server, **body):
    told = server.call("POST", "models/test", body)
    assert told.status == 200, told.text
    return told.json


def needs_key(reply):
    """A server that asks for KEY."""

    def answer(_):
        heard = scripted.requests[-1].headers["authorization"]
        return reply if heard == f"Bearer {KEY}" else refusal(401, f"Incorrect API key provided: {heard[7:]}")

    scripted = ModelServer(answer)
    return scripted


def test_the_presets_tell_what_a_choice_needs(server):
    told = {each["name"]: each for each in server.call("GET", "models/presets").json["presets"]}
    assert (told["openai"]["label"], told["openai"]["key"], told["openai"]["key_set"]) == (
        "OpenAI",
        "OPENAI_API_KEY",
        False,
    )
    assert told["azure"]["base_url"] == ""
    assert told["azure"]["address"].startswith("https://")
    assert (told["ollama"]["local"], told["ollama"]["key"]) == (True, "")
    assert all(each["label"] for each in told.values())


def test_the_local_servers_are_told(server):
    told = server.call("GET", "models/local").json
    assert isinstance(told["gguf"], bool)
    assert all({"preset", "base_url", "models"} == set(each) for each in told["servers"])


def test_the_models_of_an_address_are_listed_without_naming_one(server):
    with ModelServer(models=("beta", "alpha")) as scripted:
        told = server.call("POST", "models/list", {"base_url": scripted.base_url}).json
        assert told == {"models": ["alpha", "beta"]}
        told = server.call("POST", "models/list", {"model": "ollama:", "base_url": scripted.base_url}).json
        assert told == {"models": ["alpha", "beta"]}


def test_a_list_that_cannot_be_had_says_why(server, free_port):
    told = server.call("POST", "models/list", {"base_url": f"http://127.0.0.1:{free_port}/v1"})
    assert told.status == 502
    assert f"Nothing answers at 127.0.0.1:{free_port}" in told.words
    told = server.call("POST", "models/list", {"model": "openai:"})
    assert told.status == 502
    assert "OPENAI_API_KEY" in told.words


def test_a_model_that_answers_is_told_with_its_time_and_words(server):
    with ModelServer("ready") as scripted:
        told = try_out(server, model="scripted", base_url=scripted.base_url)
        assert (told["kind"], told["reply"], told["host"]) == ("ok", "ready", scripted.origin)
        assert 0 < told["seconds"] < 20
        assert not server.file.exists()
        body = scripted.requests[0].body
    assert body["max_tokens"] <= 64
    assert len(str(body["messages"])) < 200


def test_the_builtin_model_answers_too(server):
    told = try_out(server, model="builtin", base_url=None)
    assert (told["kind"], told["host"]) == ("ok", "")
    assert told["reply"]


def test_a_refused_key_is_told_in_words(server):
    with needs_key("ready") as scripted:
        assert try_out(server, model="scripted", base_url=scripted.base_url, api_key=KEY)["kind"] == "ok"
        told = try_out(server, model="scripted", base_url=scripted.base_url, api_key="sk-wrong-9876543210")
    assert told["kind"] == "key"
    assert "refused the key" in told["message"]
    assert "sk-wrong" not in str(told)


def test_a_missing_key_is_told_before_anything_is_sent(server):
    told = try_out(server, model="openai:gpt-5", base_url=None)
    assert told["kind"] == "key"
    assert "OPENAI_API_KEY" in told["message"]


@pytest.mark.parametrize("status", [404, 400])
def test_an_unknown_model_is_told_with_the_nearest_names(server, status):
    with ModelServer(refusal(status, "model not found"), models=("qwen3:8b", "qwen3:14b", "llama3.3")) as scripted:
        told = try_out(server, model="qwen3", base_url=scripted.base_url)
    assert told["kind"] == "model"
    assert "has no model qwen3" in told["message"]
    assert set(told["near"]) >= {"qwen3:8b", "qwen3:14b"}


def test_a_model_that_does_not_chat_is_told_as_that(server):
    with ModelServer(refusal(400, "this model does not support chat"), models=("embedder",)) as scripted:
        told = try_out(server, model="embedder", base_url=scripted.base_url)
    assert told["kind"] == "reply"
    assert "does not support chat" in told["message"]


def test_a_page_in_place_of_a_model_is_told_as_that(server):
    with ModelServer(Fault(body="<html>Welcome</html>")) as scripted:
        told = try_out(server, model="m", base_url=scripted.origin)
    assert told["kind"] == "reply"
    assert "base_url" in told["message"]


def test_an_address_at_which_nothing_answers_is_told(server, free_port):
    told = try_out(server, model="m", base_url=f"http://127.0.0.1:{free_port}/v1")
    assert told["kind"] == "host"
    assert "Nothing answers" in told["message"]


def test_a_used_up_account_is_told(server):
    with ModelServer(refusal(429, "You exceeded your current quota", code="insufficient_quota")) as scripted:
        told = try_out(server, model="m", base_url=scripted.base_url)
    assert told["kind"] == "limited"


def test_what_has_no_meaning_is_told_as_what_came_of_it(server):
    told = try_out(server, model="m", base_url="not an address")
    assert told["kind"] == "settings"
    assert server.call("POST", "models/test", ["m"]).status == 400


def test_a_test_can_be_stopped(server):
    with ModelServer(Fault(stall="start")) as scripted:
        told = {}

        def ask():
            told.update(try_out(server, id="t-1", model="m", base_url=scripted.base_url))

        asking = threading.Thread(target=ask)
        began = time.monotonic()
        asking.start()
        assert scripted.asked.wait(20)
        assert server.call("DELETE", "models/test/t-1").status == 204
        asking.join(20)
        assert told["kind"] == "stopped"
        assert scripted.left.wait(10)
        assert time.monotonic() - began < 20
    assert server.call("DELETE", "models/test/t-1").status == 204


def test_a_model_that_does_not_answer_is_given_up_after_twenty_seconds(server):
    with ModelServer(Fault(stall="headers")) as scripted:
        began = time.monotonic()
        told = try_out(server, model="m", base_url=scripted.base_url)
        assert 19 < time.monotonic() - began < 25
    assert told["kind"] == "slow"
    assert "20 s" in told["message"]
