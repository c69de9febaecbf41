"""What the panel shows around a task: the list of chats, previews, names, sketches; and who may connect."""

from __future__ import annotations

import asyncio
import urllib.request

import pytest
from open_interpreter.core.events import Finished
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import websocket_connect

from open_interpreter_lab.words import (
    Chats,
    DeleteChat,
    Drawn,
    DropSketch,
    Failed,
    Gone,
    ListChats,
    Look,
    NameChat,
    OpenChat,
    Opened,
    Preview,
    Previewed,
    Running,
    Seen,
    Sketch,
    Wish,
)
from tests.model_server import Fault
from tests.server.lab import TOKEN
from tests.server.telling import code, fresh

PATH = "panel.ipynb"


def live(lab):
    return f"{lab.url.replace('http', 'ws', 1)}open-interpreter/api/live"


async def test_nobody_connects_without_a_token(lab):
    with pytest.raises(HTTPClientError) as refused:
        await websocket_connect(live(lab))
    assert refused.value.code == 403


def cookie_of(lab):
    with urllib.request.urlopen(f"{lab.url}api/status?token={TOKEN}") as reply:
        return "; ".join(value.split(";")[0] for name, value in reply.headers.items() if name == "Set-Cookie")


async def names_seen(page, wanted):
    """What can be referred to, once this is among it."""
    while True:
        page.say(Look("l1", PATH))
        names = {name.insert: name for name in (await page.hears(Seen)).names}
        if wanted in names:
            return names


async def test_another_site_cannot_connect_with_the_browsers_cookie(lab):
    cookie = cookie_of(lab)
    assert "username" in cookie
    own = await websocket_connect(HTTPRequest(live(lab), headers={"Cookie": cookie}))
    assert "Welcome" in await own.read_message()
    own.close()
    assert await own.read_message() is None
    with pytest.raises(HTTPClientError) as refused:
        await websocket_connect(
            HTTPRequest(live(lab), headers={"Cookie": cookie, "Origin": "http://elsewhere.example"})
        )
    assert refused.value.code == 403


async def test_chats_are_listed_named_and_deleted_on_every_page(page, pages, lab, script, kernel_of):
    script("Hello.")
    fresh(page, lab, kernel_of, PATH)
    second = await pages()
    second.say(ListChats(PATH))
    assert (await second.hears(Chats)).chats == ()
    text = "  say a\nvery friendly hello to everybody who happens to be in this room now "
    await page.finished("p1", page.ask("p1", PATH, text))
    listed = await second.hears(Chats, lambda each: each.chats and not each.chats[0].running)
    assert listed.chats[0].chat.name == "say a very friendly hello to everybody who…"
    page.say(NameChat("p1", "Greetings"))
    assert await second.hears(Chats, lambda each: each.chats[0].chat.name == "Greetings")
    second.say(OpenChat("p1", 0))
    await second.hears(Opened)
    page.say(DeleteChat("p1"))
    assert await second.hears(Gone) == Gone("p1")
    assert await second.hears(Chats, lambda each: not each.chats)
    page.say(NameChat("p1", "Lost"))
    assert (await page.hears(Failed)).about == "p1"


async def test_a_preview_tells_exactly_what_would_be_sent_and_sends_nothing(page, lab, script, kernel_of):
    requests = script("Fine.")
    notebook = fresh(page, lab, kernel_of, PATH)
    await page.execute(notebook.kernel, "fares = [1, 2, 3]")
    await names_seen(page, "@fares")
    page.say(Preview("v1", "p2", Wish(PATH, "the mean of @fares")))
    previewed = await page.hears(Previewed)
    assert previewed.id == "v1"
    assert previewed.tokens > 0
    assert requests == []
    page.say(Preview("v2", "p2", Wish(PATH, " ")))
    assert (await page.hears(Previewed)).trouble
    await page.finished("p2", page.ask("p2", PATH, "the mean of @fares"))
    sent = [message["content"] for message in requests[0].body["messages"]]
    assert sent == [message.text for message in previewed.messages]


async def test_what_is_seen_can_be_referred_to(page, lab, kernel_of):
    notebook = fresh(page, lab, kernel_of, PATH)
    (lab.root / "table.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    await page.execute(notebook.kernel, "prices = {'a': 1}")
    names = await names_seen(page, "@prices")
    assert names["@prices"].kind == "variable"
    assert names["@file:table.csv"].detail == "csv"
    assert any(name.kind == "cell" and "prices" in name.detail for name in names.values())


async def test_a_sketch_is_drawn_and_can_be_dropped(page, lab, model, script, kernel_of):
    script(code("df.mean()", "df.median()"), Fault(text=code("a = 1", "b = 2"), stall="middle"))
    fresh(page, lab, kernel_of, PATH)
    page.say(Sketch("s1", PATH, "a1", "df", "the middle"))
    last = await page.hears(Drawn, lambda each: each.done)
    assert last.source == "df.mean()\ndf.median()"
    assert not last.trouble
    page.say(Sketch("s2", PATH, "a1", "df", "never drawn"))
    await page.hears(Drawn, lambda each: each.id == "s2")
    page.say(DropSketch("s2"))
    assert await asyncio.to_thread(model.left.wait, 10)
    page.say(Sketch("s3", PATH, "a1", "df", "  "))
    assert (await page.hears(Drawn, lambda each: each.id == "s3")).trouble


async def test_a_chat_that_is_deleted_stops_its_task(page, lab, script, kernel_of):
    script(code("import time", "time.sleep(60)"))
    notebook = fresh(page, lab, kernel_of, PATH)
    page.ask("p3", PATH, "sleep")
    await page.event("p3", Running)
    page.say(DeleteChat("p3"))
    await page.hears(Gone)
    await page.until(lambda: not notebook.cells[1].running)
    assert [each.ending for each in page.events("p3", Finished)] == ["stopped"]
