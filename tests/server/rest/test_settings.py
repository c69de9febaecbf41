"""The model settings over HTTP: told with their source, saved in one file, and the key never told."""

from __future__ import annotations

import asyncio
import json
import stat

import pytest
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

from tests.model_server import ModelServer
from tests.server.rest.conftest import TOKEN, JupyterServer

KEY = "sk-canary-0123456789"
ADDRESS = "http://127.0.0.1:9/v1"


def test_nobody_gets_in_without_the_token(server):
    for method, path in (("GET", "settings"), ("PUT", "settings"), ("POST", "models/test"), ("GET", "openapi.yaml")):
        assert server.call(method, path, {} if method != "GET" else None, Accept="*/*").status == 403


def test_a_cookie_alone_changes_nothing_without_its_xsrf_token(server):
    cookies, xsrf = server.log_in()
    assert server.call("PUT", "settings", {"mode": "ask"}, Cookie=cookies).status == 403
    assert not server.file.exists()
    told = server.call("PUT", "settings", {"mode": "ask"}, Cookie=cookies, X_XSRFToken=xsrf)
    assert (told.status, told.json["settings"]["mode"]["value"]) == (200, "ask")


def test_with_nothing_configured_the_model_is_builtin_by_default(server):
    told = server.call("GET", "settings").json
    assert told["settings"]["model"] == {"value": "builtin", "from": "default", "set_by": ""}
    assert (told["key_set"], told["key_from"], told["trouble"]) == (False, "", "")


def test_what_is_saved_is_in_force_and_only_its_owner_can_read_the_file(server):
    told = server.call("PUT", "settings", {"model": "m", "base_url": f"{ADDRESS}/", "api_key": f" {KEY}\n"})
    assert told.status == 200, told.text
    assert told.json["settings"]["model"] == {"value": "m", "from": "file", "set_by": str(server.file)}
    assert told.json["settings"]["base_url"]["value"] == ADDRESS
    assert (told.json["key_set"], told.json["key_from"]) == (True, "file")
    assert KEY in server.file.read_text("utf-8")
    assert stat.S_IMODE(server.file.stat().st_mode) == 0o600


def test_the_key_is_in_no_answer_and_no_log(server):
    server.call("PUT", "settings", {"model": "m", "base_url": ADDRESS, "api_key": KEY})
    answers = [
        server.call("GET", "settings"),
        server.call("PUT", "settings", {"api_key": f"{KEY} {KEY}"}),
        server.call("PUT", "settings", {"api_key": [KEY]}),
        server.call("PUT", "settings", {"model": "nosuch:thing", "api_key": KEY, "base_url": None}),
        server.call("POST", "models/list", {"model": "m", "base_url": ADDRESS}),
        server.call("POST", "models/test", {"model": "m", "base_url": ADDRESS, "api_key": KEY}),
    ]
    assert [each.status for each in answers] == [200, 400, 400, 400, 502, 200]
    assert not [each.text for each in answers if "canary" in each.text]
    assert "canary" not in server.log


def test_a_key_does_not_follow_a_change_of_address(server):
    server.call("PUT", "settings", {"model": "m", "base_url": ADDRESS, "api_key": KEY})
    with ModelServer("ready") as elsewhere:
        changes = {"model": "m", "base_url": elsewhere.base_url}
        assert server.call("POST", "models/list", changes).json == {"models": ["scripted"]}
        assert server.call("POST", "models/test", changes).json["kind"] == "ok"
        heard = [each.headers["authorization"] for each in (*elsewhere.others, *elsewhere.requests)]
        assert heard == ["Bearer none"] * len(heard)
        assert server.call("PUT", "settings", changes).json["key_set"] is False
    assert KEY not in server.file.read_text("utf-8")


def test_null_takes_a_setting_out(server):
    server.call("PUT", "settings", {"model": "m", "base_url": ADDRESS, "api_key": KEY, "mode": "ask"})
    told = server.call("PUT", "settings", {"api_key": None, "mode": None}).json
    assert (told["key_set"], told["settings"]["mode"]["from"]) == (False, "default")
    told = server.call("PUT", "settings", {"model": "builtin", "base_url": None, "api_key": None}).json
    assert told["settings"]["base_url"]["value"] == ""


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"model": "gpt-5"}, "did you mean openai:gpt-5"),
        ({"model": "m", "base_url": "127.0.0.1:8000"}, "http://"),
        ({"mode": "always"}, "auto"),
        ({"max_mode": "auto"}, "max_mode"),
        ({"model": 5}, "text"),
        (["model"], "JSON object"),
    ],
)
def test_what_has_no_meaning_is_refused_in_words_and_not_saved(server, body, words):
    told = server.call("PUT", "settings", body)
    assert told.status == 400
    assert words in told.words
    assert not server.file.exists()


def test_a_model_whose_key_is_still_missing_can_be_saved(server):
    told = server.call("PUT", "settings", {"model": "openai:gpt-5", "base_url": None})
    assert (told.status, told.json["key_set"]) == (200, False)


def test_a_broken_file_is_told_and_the_page_still_gets_an_answer(server):
    server.file.write_text("model = ", encoding="utf-8")
    told = server.call("GET", "settings")
    assert told.status == 200
    assert "mend it, or delete it" in told.json["trouble"]
    assert "mend it, or delete it" in server.call("PUT", "settings", {"mode": "ask"}).words


@pytest.fixture(scope="module")
def governed(tmp_path_factory):
    """A server whose admin has set things."""
    server = JupyterServer(
        tmp_path_factory.mktemp("governed"),
        "--OpenInterpreter.max_mode=ask",
        "--OpenInterpreter.max_turns=3",
        OPEN_INTERPRETER_MODEL="openai:gpt-5",
        OPENAI_API_KEY=KEY,
    )
    yield server
    server.stop()


def test_each_setting_tells_what_sets_it(governed):
    told = governed.call("GET", "settings").json
    settings = told["settings"]
    assert settings["model"] == {
        "value": "openai:gpt-5",
        "from": "environment",
        "set_by": "OPEN_INTERPRETER_MODEL",
    }
    assert settings["max_turns"] == {"value": 3, "from": "trait", "set_by": "c.OpenInterpreter.max_turns"}
    assert (told["key_set"], told["key_from"], told["key_set_by"]) == (True, "environment", "OPENAI_API_KEY")


def test_what_something_stronger_sets_is_refused_with_its_name(governed):
    told = governed.call("PUT", "settings", {"model": "ollama:qwen3"})
    assert told.status == 409
    assert "OPEN_INTERPRETER_MODEL" in told.words
    told = governed.call("PUT", "settings", {"mode": "auto"})
    assert told.status == 409
    assert "c.OpenInterpreter.max_mode" in told.words
    assert not governed.file.exists()
    assert governed.call("PUT", "settings", {"model": "openai:gpt-5", "mode": "suggest"}).status == 200


def test_a_test_tells_what_something_stronger_sets(governed):
    told = governed.call("POST", "models/test", {"model": "ollama:qwen3"}).json
    assert told["kind"] == "settings"
    assert "OPEN_INTERPRETER_MODEL" in told["message"]


async def test_every_page_is_told_of_a_saved_model(server):
    url = f"{server.url.replace('http', 'ws', 1)}open-interpreter/api/live"
    page = await websocket_connect(HTTPRequest(url, headers={"Authorization": f"token {TOKEN}"}))
    assert json.loads(await page.read_message())["model"] == "builtin"
    await asyncio.to_thread(server.call, "PUT", "settings", {"model": "ollama:qwen3"})
    told = json.loads(await page.read_message())
    assert (told["type"], told["model"], told["set_up"]) == ("Welcome", "ollama:qwen3", True)
    page.close()
    while await page.read_message() is not None:
        pass  # until the line is really down
