"""What servers of every make send, and the reply that comes of it."""

from __future__ import annotations

import asyncio
import itertools
import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from open_interpreter.core.errors import BadReply, Unreachable
from open_interpreter.providers.thoughts import ThoughtSplitter

from tests.model_server import Fault, ModelServer, only_knows
from tests.providers.asking import PICTURE, a_request, hear, provider_of, streaming

TEXT = "I multiply.\n\n```python\nprint(6 * 7)\n```\n它是 42。"


async def test_a_reply_arrives_piece_by_piece_with_finish_and_usage_at_the_end():
    with ModelServer([TEXT], piece=5) as server:
        heard = await hear(provider_of(server))
    assert (heard.text, heard.finish) == (TEXT, "stop")
    assert heard.pieces == -(-len(TEXT) // 5)
    assert heard.usage is not None
    assert heard.usage.received == len(TEXT) // 4
    assert not heard.usage.estimated


async def test_a_piece_is_handed_over_before_the_next_one_is_there():
    with ModelServer([TEXT], piece=10, delay=0.05) as server:
        arrived = [time.monotonic() async for _ in provider_of(server).stream(a_request())]
    assert arrived[-1] - arrived[0] > 0.1


async def test_the_request_is_in_the_dialect_that_every_server_speaks():
    with ModelServer([TEXT]) as server:
        await hear(provider_of(server, max_tokens=77))
    assert server.requests[0].body == {
        "model": "scripted",
        "messages": [
            {"role": "system", "content": "You write Python."},
            {"role": "user", "content": "What is 6 times 7?"},
        ],
        "stream": True,
        "stream_options": {"include_usage": True},
        "max_tokens": 77,
    }


@pytest.mark.parametrize(
    ("reason", "finish"),
    [
        ("stop", "stop"),
        ("eos", "stop"),
        ("STOP", "stop"),
        ("end_turn", "stop"),
        ("length", "length"),
        ("model_length", "length"),
        ("MAX_TOKENS", "length"),
        ("content_filter", "filter"),
        ("SAFETY", "filter"),
        ("error", None),
        ("insufficient_system_resource", None),
        (None, None),
    ],
)
async def test_finish_reasons_of_every_make_are_understood(reason, finish):
    with ModelServer([Fault(text=TEXT, finish=reason)]) as server:
        heard = await hear(provider_of(server))
    assert (heard.text, heard.finish) == (TEXT, finish)


async def test_the_last_finish_reason_that_is_not_null_counts():
    def line(choices: str) -> str:
        return f'data: {{"id":"1","object":"chat.completion.chunk","created":0,"model":"m","choices":[{choices}]}}'

    lines = (
        line('{"index":0,"delta":{"content":"hello"},"finish_reason":""}'),
        line('{"index":0,"delta":{},"finish_reason":"length"}'),
        line('{"index":0,"delta":{"content":null},"finish_reason":null}'),
        line('{"index":0,"finish_reason":null}'),
        line(""),
        "data: [DONE]",
    )
    with ModelServer([Fault(raw=lines)]) as server:
        heard = await hear(provider_of(server))
    assert (heard.text, heard.finish) == ("hello", "length")


@pytest.mark.parametrize("fault", [Fault(text=TEXT, empty_choices=True), Fault(text=TEXT, null_content=True)])
async def test_empty_chunks_say_nothing(fault):
    with ModelServer([fault]) as server:
        heard = await hear(provider_of(server))
    assert (heard.text, heard.finish) == (TEXT, "stop")


async def test_a_missing_usage_is_estimated():
    with ModelServer([Fault(text="word " * 40, usage=False)]) as server:
        heard = await hear(provider_of(server))
    assert heard.usage is not None
    assert heard.usage.estimated
    assert 40 <= heard.usage.received <= 80
    assert heard.usage.sent > 5


@pytest.mark.parametrize(
    "told", ['"prompt_tokens":-1,"completion_tokens":2', '"prompt_tokens":"many"', '"prompt_tokens":9e18']
)
async def test_a_usage_that_makes_no_sense_is_estimated(told):
    line = f'data: {{"choices":[{{"index":0,"delta":{{"content":"hi"}},"finish_reason":"stop"}}],"usage":{{{told}}}}}'
    with ModelServer([Fault(raw=(line, "data: [DONE]"))]) as server:
        heard = await hear(provider_of(server))
    assert heard.usage is not None
    assert heard.usage.estimated


async def test_a_letter_that_is_cut_in_two_is_put_together_and_a_half_one_replaced():
    def line(content: str) -> str:
        return f'data: {{"choices":[{{"index":0,"delta":{{"content":"{content}"}},"finish_reason":null}}]}}'

    halves = (line(r"a \ud83d"), line(r"\ude00 b \ude00 c"), line(r"\ud83d"), line("d"))
    with ModelServer([Fault(raw=(*halves, "data: [DONE]"))]) as server:
        heard = await hear(provider_of(server))
    assert heard.text == "a 😀 b \N{REPLACEMENT CHARACTER} c\N{REPLACEMENT CHARACTER}d"


async def test_a_reply_without_an_end_is_given_up():
    line = f'data: {{"choices":[{{"index":0,"delta":{{"content":"{"x" * 600_000}"}},"finish_reason":null}}]}}'
    with ModelServer([Fault(raw=(line,) * 50)]) as server:
        with pytest.raises(BadReply, match="does not come to an end"):
            await hear(provider_of(server))
        assert await asyncio.to_thread(server.left.wait, 5)


async def test_a_server_that_does_not_stream_is_understood():
    with ModelServer([Fault(text=TEXT, whole=True)]) as server:
        heard = await hear(provider_of(server))
    assert (heard.text, heard.finish, heard.pieces) == (TEXT, "stop", 1)


async def test_a_missing_done_mark_does_no_harm():
    with ModelServer([Fault(text=TEXT, done=False)]) as server:
        assert (await hear(provider_of(server))).finish == "stop"


@pytest.mark.parametrize("fault", [Fault(text=TEXT, reset="end"), Fault(text=TEXT, stall="end", done=False)])
async def test_what_breaks_after_the_finish_reason_does_no_harm(fault):
    with ModelServer([fault]) as server:
        heard = await hear(provider_of(server, idle_timeout=0.5))
    assert (heard.text, heard.finish) == (TEXT, "stop")


@pytest.mark.parametrize("name", ["reasoning_content", "reasoning"])
async def test_reasoning_in_a_field_of_its_own_is_thought(name):
    with ModelServer([Fault(text=TEXT, thought="Let me see.", thought_field=name)]) as server:
        heard = await hear(provider_of(server))
    assert (heard.text, heard.thought) == (TEXT, "Let me see.")


async def test_parts_of_content_are_told_apart():
    content = '[{"type":"thinking","thinking":[{"type":"text","text":"hm"}]},{"type":"text","text":"yes"}]'
    line = f'data: {{"choices":[{{"index":0,"delta":{{"content":{content}}},"finish_reason":"stop"}}]}}'
    with ModelServer([Fault(raw=(line, "data: [DONE]"))]) as server:
        heard = await hear(provider_of(server))
    assert (heard.text, heard.thought, heard.finish) == ("yes", "hm", "stop")


@pytest.mark.parametrize("piece", [1, 3, 50])
async def test_inline_reasoning_is_thought_however_it_is_cut(piece):
    with ModelServer([f"\n<think>\nHm.\n</think>\n\n{TEXT}"], piece=piece) as server:
        heard = await hear(provider_of(server))
    assert (heard.text, heard.thought) == (TEXT, "\nHm.\n")


async def test_tags_inside_an_answer_are_its_own():
    text = "Look:\n```python\nprint('<think>a</think>')\n```\n"
    with ModelServer([text], piece=4) as server:
        heard = await hear(provider_of(server))
    assert (heard.text, heard.thought) == (text, "")


@given(st.text(alphabet="<>/think \na", max_size=40), st.lists(st.integers(1, 39), max_size=8))
def test_the_split_is_the_same_however_the_text_is_cut(text: str, cuts: list[int]):
    def split(pieces: list[str]) -> tuple[str, str]:
        splitter = ThoughtSplitter()
        parts = [*map(splitter.feed, pieces), splitter.end()]
        return "".join(each[0] for each in parts), "".join(each[1] for each in parts)

    edges = [0, *sorted(min(each, len(text)) for each in cuts), len(text)]
    pieces = [text[start:end] for start, end in itertools.pairwise(edges)]
    assert split(pieces) == split([text])


async def test_an_unclosed_thought_is_no_answer():
    with ModelServer(["<think>and so on"]) as server, pytest.raises(BadReply, match="empty reply"):
        await hear(provider_of(server))


async def test_pictures_go_only_to_models_that_see():
    with ModelServer([TEXT, TEXT]) as server:
        await hear(provider_of(server, model="llava"), a_request("look", PICTURE))
        await hear(provider_of(server, model="blind"), a_request("look", PICTURE))
    seen, blind = (each.body["messages"][1]["content"] for each in server.requests)
    assert seen[1]["image_url"]["url"] == "data:image/png;base64,aGk="
    assert blind == "look"


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Fault(text=TEXT, error={"message": "overloaded", "code": 502}), "broke off its reply .*overloaded"),
        (Fault(text=TEXT, reset="middle"), "broke off its reply"),
        (Fault(text=TEXT, stall="middle"), "fell silent for 0.3 s"),
        (Fault(text=""), "empty reply"),
        (Fault(raw=("data: [DONE]",)), "not as a model does"),
        (Fault(raw=(": only a comment",)), "not as a model does"),
        (Fault(raw=("data: {broken",)), "broke off its reply"),
        (Fault(body="<html>Log in</html>"), "not as a model does .*check base_url"),
        (Fault(body={"error": {"message": "no such thing"}}), "no such thing"),
        (Fault(body={"hello": "world"}), "broke off its reply"),
    ],
)
async def test_what_is_no_whole_reply_raises_and_is_not_asked_again(fault, words):
    with ModelServer([fault, TEXT]) as server:
        with pytest.raises(BadReply, match=words) as caught:
            await hear(provider_of(server, idle_timeout=0.3))
        assert len(server.requests) == 1
    assert server.origin.removeprefix("http://") in str(caught.value)


async def test_the_pieces_before_a_break_are_handed_over():
    with ModelServer([Fault(text=TEXT, reset="middle")], piece=4) as server:
        async with streaming(provider_of(server)) as pieces:
            assert (await anext(pieces)).text == TEXT[:4]
            assert (await anext(pieces)).text == TEXT[4:8]
            with pytest.raises(BadReply):
                _ = [each async for each in pieces]


@pytest.mark.parametrize("place", ["start", "headers"])
async def test_a_server_that_does_not_begin_is_given_up(place):
    with ModelServer([Fault(text=TEXT, stall=place)]) as server:
        with pytest.raises(Unreachable, match=r"within 0\.3 s \(first_byte_timeout\)"):
            await hear(provider_of(server, first_byte_timeout=0.3))
        assert server.left.wait(2)


async def test_a_reply_that_takes_too_long_is_given_up():
    with ModelServer(["x" * 1000], piece=1, delay=0.02) as server:
        with pytest.raises(BadReply, match=r"took longer than 0\.4 s"):
            await hear(provider_of(server, total_timeout=0.4))
        assert server.left.wait(2)


@pytest.mark.parametrize("fault", [Fault(text=TEXT, stall="middle"), Fault(text=TEXT, stall="start")])
async def test_a_cancelled_reply_lets_go_of_the_connection_at_once(fault):
    with ModelServer([fault]) as server:
        provider = provider_of(server)
        await asyncio.to_thread(__import__, "openai")
        task = asyncio.create_task(hear(provider))
        assert await asyncio.to_thread(server.asked.wait, 5)
        await asyncio.sleep(0.05)
        began = time.monotonic()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await asyncio.to_thread(server.left.wait, 2)
        assert time.monotonic() - began < 1


async def test_leaving_the_iteration_lets_go_of_the_connection_at_once():
    with ModelServer(["x" * 1000], piece=1, delay=0.01) as server:
        async with streaming(provider_of(server)) as pieces:
            async for _ in pieces:
                break
        assert await asyncio.to_thread(server.left.wait, 1)


async def test_what_a_server_taught_outlives_a_task():
    with ModelServer(only_knows("max_completion_tokens", TEXT)) as server:
        for _ in range(3):
            await hear(provider_of(server))
    assert len(server.requests) == 4


def test_one_provider_serves_several_loops():
    with ModelServer(TEXT) as server:
        provider = provider_of(server)
        heard = [asyncio.run(hear(provider)).text for _ in range(3)]
    assert heard == [TEXT] * 3


async def test_several_replies_at_once_do_not_mix():
    with ModelServer(lambda body: body["messages"][1]["content"] * 50, piece=3, delay=0.002) as server:
        provider = provider_of(server)
        heard = await asyncio.gather(*(hear(provider, a_request(each)) for each in "abc"))
    assert [each.text for each in heard] == ["a" * 50, "b" * 50, "c" * 50]


async def test_the_first_piece_costs_little_more_than_with_the_raw_client():
    import openai

    async def raw(client: openai.AsyncOpenAI) -> float:
        began = time.perf_counter()
        stream = await client.chat.completions.create(
            model="scripted", messages=[{"role": "user", "content": "hi"}], stream=True
        )
        async for chunk in stream:
            if chunk.choices and chunk.choices[0].delta.content:
                elapsed = time.perf_counter() - began
                await stream.close()
                return elapsed
        raise AssertionError

    async def ours(provider) -> float:
        began = time.perf_counter()
        async with streaming(provider) as pieces:
            async for _ in pieces:
                return time.perf_counter() - began
        raise AssertionError

    with ModelServer(TEXT) as server:
        async with openai.AsyncOpenAI(api_key="none", base_url=server.base_url) as client:
            provider = provider_of(server)
            await raw(client), await ours(provider)
            pairs = [(await raw(client), await ours(provider)) for _ in range(9)]
    extra = sorted(ours - raw for raw, ours in pairs)[4]
    assert extra < 0.010


def test_importing_the_room_and_opening_a_provider_imports_no_client_library():
    code = (
        "import sys; from open_interpreter.providers import open_provider as o;"
        "from open_interpreter.core.settings import Settings;"
        "o(Settings(model='x', base_url='http://127.0.0.1:1/v1'));"
        "print(*sorted({'openai', 'httpx', 'httpx2', 'pydantic', 'anyio'} & set(sys.modules)))"
    )
    child = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert child.stdout.strip() == ""
