"""What is done, and said, when a server does not answer: when it is asked again, and that no key is ever shown."""

from __future__ import annotations

import socket
import time
import traceback

import pytest
from open_interpreter.core.conversation import Usage
from open_interpreter.core.errors import BadReply, KeyMissing, Limited, OpenInterpreterError, ProviderError, Unreachable
from open_interpreter.core.settings import Settings
from open_interpreter.providers import open_provider
from open_interpreter.providers.patience import Patience
from open_interpreter.providers.refusal import Refusal

from tests.model_server import Fault, ModelServer, does_not_know, only_knows, refusal
from tests.providers.asking import hear, provider_of

TEXT = "```python\nprint(42)\n```"
KEY = "sk-canary-0123456789abcdef"


async def test_too_many_requests_wait_as_long_as_the_server_asks():
    with ModelServer([refusal(429, Retry_After="0.3"), TEXT]) as server:
        assert (await hear(provider_of(server))).text == TEXT
    first, second = server.requests
    assert second.at - first.at >= 0.3


async def test_a_long_wait_is_not_sat_through():
    with (
        ModelServer([refusal(429, Retry_After="3600"), TEXT]) as server,
        pytest.raises(Limited, match="try again in 3600 s"),
    ):
        await hear(provider_of(server))
    assert len(server.requests) == 1


async def test_three_tries_are_enough():
    with ModelServer(refusal(429, Retry_After="0.01")) as server, pytest.raises(Limited, match="Too many requests"):
        await hear(provider_of(server))
    assert len(server.requests) == 4


@pytest.mark.parametrize(
    "fault",
    [
        refusal(429, "You exceeded your current quota", code="insufficient_quota"),
        refusal(402, "Insufficient Balance"),
        refusal(403, "add credits to continue", Retry_After="0"),
    ],
)
async def test_an_account_that_is_used_up_is_not_asked_again(fault):
    with ModelServer([fault, TEXT]) as server, pytest.raises(Limited, match="used up"):
        await hear(provider_of(server))
    assert len(server.requests) == 1


@pytest.mark.parametrize("status", [408, 500, 502, 503, 504])
async def test_passing_trouble_is_waited_for(status):
    with ModelServer([refusal(status, "oops"), TEXT]) as server:
        assert (await hear(provider_of(server))).text == TEXT


async def test_a_connection_that_is_reset_before_the_answer_is_tried_again():
    with ModelServer([Fault(reset="start"), TEXT]) as server:
        assert (await hear(provider_of(server))).text == TEXT


def test_back_off_grows_and_ends():
    patience, trouble = Patience(), Refusal("status", status=503)
    waits = []
    while (wait := patience.wait_for(trouble)) is not None:
        waits.append(wait)
    assert waits[:5] == sorted(waits[:5])
    assert 0.3 < waits[0] <= 0.5
    assert 3 <= len(waits) <= 8
    assert sum(waits) <= 30


async def test_a_server_that_loads_its_model_is_waited_for():
    loading = refusal(503, "Loading model", kind="unavailable_error")
    with ModelServer([loading, loading, TEXT]) as server:
        assert (await hear(provider_of(server))).text == TEXT


async def test_waiting_ends_with_the_time_for_the_whole_reply():
    began = time.monotonic()
    with ModelServer(refusal(503, "Loading model")) as server, pytest.raises(ProviderError, match="Loading model"):
        await hear(provider_of(server, total_timeout=1.2))
    assert time.monotonic() - began < 2


@pytest.mark.parametrize("status", [400, 422, 500])
@pytest.mark.parametrize("name", ["max_completion_tokens", "max_tokens"])
async def test_the_other_name_of_the_token_limit_is_tried_once_and_remembered(name, status):
    with ModelServer(only_knows(name, TEXT, status=status)) as server:
        provider = provider_of(server)
        assert (await hear(provider)).text == TEXT
        assert (await hear(provider)).text == TEXT
    asked = [sorted(each.body.keys() & {"max_tokens", "max_completion_tokens"}) for each in server.requests]
    assert asked == ([["max_tokens"]] if name == "max_completion_tokens" else []) + [[name]] * 2


async def test_a_server_that_refuses_both_names_is_not_asked_for_ever():
    with (
        ModelServer(refusal(400, "max_tokens is too large")) as server,
        pytest.raises(ProviderError, match="too large"),
    ):
        await hear(provider_of(server))
    assert len(server.requests) == 2


async def test_room_for_hidden_reasoning_is_given_up_where_it_is_too_much():
    def answer(body):
        field = "max_completion_tokens"
        return refusal(400, f"{field} is too large: {body[field]}") if body[field] > 4096 else TEXT

    with ModelServer(answer) as server:
        provider = provider_of(server, model="openai:small")
        assert (await hear(provider)).text == TEXT
    assert [each.body["max_completion_tokens"] for each in server.requests] == [16_096, 4096]


async def test_stream_options_are_left_out_where_they_are_refused():
    with ModelServer(does_not_know("stream_options", TEXT)) as server:
        provider = provider_of(server)
        heard = [await hear(provider), await hear(provider)]
    assert [each.text for each in heard] == [TEXT] * 2
    assert isinstance(heard[0].usage, Usage)
    assert heard[0].usage.estimated
    assert ["stream_options" in each.body for each in server.requests] == [True, False, False]


@pytest.mark.parametrize(
    ("fault", "kind", "words"),
    [
        (refusal(401, "bad key"), KeyMissing, r"refused the key \(bad key\): set OPEN_INTERPRETER_API_KEY"),
        (refusal(403, "not in your region"), KeyMissing, "not in your region"),
        (refusal(404, "model not found"), ProviderError, "has no model scripted .*open-interpreter models"),
        (
            refusal(400, "maximum context length is 8192", code="context_length_exceeded"),
            ProviderError,
            "lower context_tokens",
        ),
        (refusal(413, "too long"), ProviderError, "lower context_tokens"),
        (refusal(400, "strange"), ProviderError, r"did not take the request \(400\) \(strange\)"),
        (refusal(501, "never"), ProviderError, r"has trouble \(501\)"),
        (Fault(status=400, body="<html>nginx</html>"), ProviderError, r"\(400\): check"),
        (Fault(status=422, body={"detail": [{"loc": ["model"], "msg": "wrong"}]}), ProviderError, "wrong"),
    ],
)
async def test_a_refusal_is_told_with_the_host_and_the_next_step(fault, kind, words):
    with ModelServer([fault]) as server, pytest.raises(kind, match=words) as caught:
        await hear(provider_of(server))
    assert type(caught.value) is kind
    assert server.origin.removeprefix("http://") in str(caught.value)
    assert len(server.requests) == 1


async def test_a_long_complaint_is_cut():
    with ModelServer([refusal(400, "no " * 5000)]) as server, pytest.raises(ProviderError) as caught:
        await hear(provider_of(server))
    assert len(str(caught.value)) < 600


async def test_a_complaint_holds_no_codes_for_the_terminal():
    red = refusal(400, "red \x1b[31m\r\n\u202e line")
    with ModelServer([red]) as server, pytest.raises(ProviderError) as caught:
        await hear(provider_of(server))
    assert str(caught.value).isprintable()


async def test_a_refused_connection_is_told_at_once_with_how_to_start_the_server():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    provider = open_provider(Settings(model="ollama:qwen3", base_url=f"http://127.0.0.1:{port}/v1"))
    began = time.monotonic()
    with pytest.raises(Unreachable, match=rf"Nothing answers at 127\.0\.0\.1:{port}.*`ollama serve`"):
        await hear(provider)
    assert time.monotonic() - began < 3


async def test_a_host_that_does_not_exist_is_told():
    provider = open_provider(Settings(model="x", base_url="http://nobody.invalid/v1"), environ={})
    with pytest.raises(Unreachable, match=r"Nothing answers at nobody\.invalid"):
        await hear(provider)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_a_redirect_within_the_host_is_followed_with_the_same_request(status):
    moved = Fault(status=status, body={}, headers={"Location": "/v2/chat/completions"})
    with ModelServer([moved, TEXT]) as server:
        assert (await hear(provider_of(server, api_key=KEY))).text == TEXT
    first, second = server.requests
    assert second.path == "/v2/chat/completions"
    assert second.body == first.body
    assert second.headers["authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize("status", [301, 307])
async def test_a_redirect_to_another_host_is_not_followed(status):
    with ModelServer(TEXT) as other:
        moved = Fault(status=status, body={}, headers={"Location": f"{other.base_url}/chat/completions"})
        words = f"on to {other.origin}, another host.*set base_url"
        with ModelServer([moved]) as server, pytest.raises(ProviderError, match=words):
            await hear(provider_of(server, api_key=KEY))
    assert (other.requests, other.others) == ([], [])


@pytest.mark.parametrize(
    "fault",
    [
        refusal(401, f"Incorrect API key provided: {KEY}"),
        refusal(400, f"headers: Authorization: Bearer {KEY}"),
        Fault(text="hello", error={"message": f"key {KEY} expired"}),
        Fault(text="hello", reset="middle"),
        Fault(status=307, body={}, headers={"Location": "http://127.0.0.1:9/v1"}),
        Fault(body="<html></html>"),
        Fault(stall="start"),
    ],
)
async def test_no_error_shows_the_key(fault):
    with ModelServer([fault]) as server:
        provider = provider_of(server, api_key=KEY, first_byte_timeout=0.3)
        with pytest.raises(OpenInterpreterError) as caught:
            await hear(provider)
    frames = traceback.TracebackException.from_exception(caught.value, capture_locals=True).stack
    ours = [each for each in frames if "open_interpreter" in each.filename]
    assert ours
    assert KEY not in str(caught.value)
    assert KEY not in repr([(each.line, each.locals) for each in ours])
    assert KEY not in repr(provider)
    assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"


async def test_a_foreign_error_is_not_chained():
    with ModelServer([refusal(401)]) as server, pytest.raises(KeyMissing) as caught:
        await hear(provider_of(server, api_key=KEY))
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


async def test_a_server_without_a_key_gets_a_dummy_and_nothing_meant_for_openai(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_ORG_ID", "org-canary")
    monkeypatch.setenv("OPENAI_ADMIN_KEY", KEY)
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", f"Authorization: Bearer {KEY}\nX-Canary: {KEY}")
    with ModelServer(TEXT) as server:
        provider = open_provider(Settings(model="x", base_url=server.base_url))
        await hear(provider)
    headers = server.requests[0].headers
    assert headers["authorization"] == "Bearer none"
    assert not [name for name, value in headers.items() if "canary" in value or "stainless" in name]


async def test_a_proxy_of_the_environment_is_not_used_for_this_machine(monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    with ModelServer(TEXT) as server:
        assert (await hear(provider_of(server))).text == TEXT


async def test_an_error_in_the_middle_is_no_ending():
    with (
        ModelServer([Fault(text="hello", error={"message": "gone"}), TEXT]) as server,
        pytest.raises(BadReply, match="gone"),
    ):
        await hear(provider_of(server))
    assert len(server.requests) == 1
