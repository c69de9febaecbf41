"""Tasks that are stopped, fail or are spoken to at a bad moment: every chat gets its last word, and none is stuck."""

from __future__ import annotations

import asyncio
import json

import pytest
import pytest_asyncio
from open_interpreter.core.chats import Chat
from open_interpreter.core.errors import UsageError
from open_interpreter.core.events import Finished, Wrote
from open_interpreter.core.settings import Settings
from open_interpreter.core.wire import to_wire
from open_interpreter.sessions.store import Store
from tornado.web import HTTPError

from open_interpreter_lab.chats import keeping
from open_interpreter_lab.chats.chat import LiveChat
from open_interpreter_lab.live import Live
from open_interpreter_lab.services import Server, Services
from open_interpreter_lab.words import (
    Chats,
    DeleteChat,
    Failed,
    ListChats,
    OpenChat,
    Opened,
    Said,
    Say,
    Steered,
    Stop,
    Welcome,
    Wish,
)

PATH = "a.ipynb"


class Ear:
    """A page that only listens."""

    def __init__(self):
        self.heard = []

    def tell(self, word):
        self.heard.append(word)


class Sessions:
    """Whoever asks for the sessions waits at the gate; `swallows` cancellations have no effect there."""

    def __init__(self):
        self.gate = asyncio.Event()
        self.swallows = 0

    async def list_sessions(self):
        try:
            await self.gate.wait()
        except asyncio.CancelledError:
            if not self.swallows:
                raise
            self.swallows -= 1
            return await self.list_sessions()
        return []


class Contents:
    """No notebook is there: a task that comes through the gate fails."""

    def __init__(self, root=""):
        self.root_dir = str(root)

    async def get(self, path, **_):
        raise HTTPError(404)


class Fragile(Store):
    """Breaks in a way that nobody has thought of."""

    broken = False

    def add(self, *given):
        if self.broken:
            raise RuntimeError("broken")
        return super().add(*given)


@pytest.fixture
def sessions():
    return Sessions()


@pytest.fixture
def store(tmp_path):
    opened = Fragile(tmp_path / "chats.db")
    yield opened
    opened.close()


@pytest_asyncio.fixture
async def live(home, store, sessions):
    made = Live(store, lambda *_: Settings(), lambda: Welcome("1", "builtin"), ({}, sessions, Contents()))
    yield made
    sessions.gate.set()
    await made.close()


@pytest.fixture
def chats(live):
    return live._chats


@pytest.fixture
def page(live):
    ear = Ear()
    live.join(ear)
    return ear


def say(task, text="hello", chat="c1"):
    return Say(chat, task, Wish(PATH, text))


def happened(chats, kind):
    return [each.event for each in chats.records("c1") if isinstance(each.event, kind)]


async def ending(chats):
    """Wait until the task ends, and cannot be stopped any more."""
    task = chats._tasks["c1"]
    for _ in range(1_000):
        if task._is_ending:
            return
        await asyncio.sleep(0)
    pytest.fail("the task does not end")


async def quiet(chats):
    """Wait until nothing runs any more, what follows by itself included."""
    while busy := [*(each.close() for each in chats._tasks.values()), *chats._leaving]:
        await asyncio.gather(*busy)


async def test_stop_insists_where_its_first_try_is_swallowed(chats, page, sessions):
    sessions.swallows = 2
    await chats.say(page, say("t1"))
    await asyncio.sleep(0)
    await asyncio.wait_for(chats.stop(page, Stop("c1")), 10)
    (finished,) = happened(chats, Finished)
    assert finished.ending == "stopped"


async def test_words_said_right_after_stop_begin_a_task_of_their_own(chats, page, sessions):
    await chats.say(page, say("t1"))
    await asyncio.sleep(0)
    chats._tasks["c1"].stop()
    await chats.say(page, say("t2", "something else"))
    assert [each.text for each in happened(chats, Said)] == ["hello", "something else"]
    assert happened(chats, Steered) == []


async def test_words_that_no_request_has_carried_end_with_a_chat_that_is_deleted(chats, page, sessions, store, home):
    await chats.say(page, say("t1"))
    await chats.say(page, say("s1", "and that"))
    (home / "sessions").mkdir()
    log = home / "sessions" / "t1.jsonl"
    log.write_text("{}\n", encoding="utf-8")
    sessions.gate.set()
    await ending(chats)
    await chats.delete(page, DeleteChat("c1"))
    assert chats._tasks == {}
    await quiet(chats)
    assert store.chat("c1") is None
    assert not log.exists()


async def test_a_server_that_is_stopped_begins_nothing_more(chats, page, sessions):
    await chats.say(page, say("t1"))
    await chats.say(page, say("s1", "and that"))
    sessions.gate.set()
    await ending(chats)
    await chats.close()
    assert chats._tasks == {}
    assert [each.text for each in happened(chats, Said)] == ["hello"]
    with pytest.raises(UsageError, match="stopped"):
        await chats.say(page, say("t2"))


async def test_a_word_that_steered_is_known_again_when_the_chat_was_put_away(chats, page, sessions, store):
    await chats.say(page, say("t1"))
    await chats.say(page, say("s1", "and that"))
    sessions.gate.set()
    await quiet(chats)
    chats.gone(page)
    assert chats._shelf.loaded == []
    before = store.rows("c1")
    await chats.say(page, say("s1", "and that"))
    await quiet(chats)
    assert store.rows("c1") == before
    assert [row.kind for row in before].count("Said") == 2, "the words that no request has carried, once"


async def test_a_fault_at_the_end_of_a_task_leaves_its_chat_free(chats, page, sessions, store, caplog):
    await chats.say(page, say("t1"))
    job = chats._tasks["c1"]._job
    store.broken = True
    sessions.gate.set()
    await asyncio.wait([job])
    await asyncio.sleep(0)
    assert chats._tasks == {}
    assert "ended in a fault" in caplog.text
    store.broken = False
    await chats.say(page, say("t2"))
    await quiet(chats)
    assert [each.ending for each in happened(chats, Finished)] == ["failed", "failed"]


async def test_a_page_that_has_left_before_its_word_was_heard_follows_nothing(live, chats, page):
    live.hear(page, json.dumps(to_wire(OpenChat("c1"))))
    live.leave(page)
    await asyncio.gather(*live._jobs)
    assert chats._shelf.loaded == []


async def test_records_that_the_store_did_not_take_are_kept_later(chats, page, store, monkeypatch):
    monkeypatch.setattr(keeping, "AGAIN", 0.05)
    other = Store(store._file)
    await chats.say(page, say("t1"))
    with other._work():
        chats._tasks["c1"].steer("while another server writes")
        chats._shelf.load("c1").keep()
    assert [row.kind for row in store.rows("c1")] == ["Said"]
    await asyncio.sleep(0.2)
    assert [row.kind for row in store.rows("c1")] == ["Said", "Steered"]
    other.close()


async def test_two_servers_in_one_chat_lose_nothing(chats, page, store, sessions):
    other = Store(store._file)
    await chats.say(page, say("t1"))
    chat = chats._shelf.load("c1")
    there = LiveChat(other.chat("c1"), list(chat.records), other, lambda: None)
    for text in ("a", "b"):
        there.add("t9", Wrote(text))
    there.keep()
    chat.add("t1", Wrote("c"))
    chat.keep()
    chat.add("t1", Wrote("d"))
    chat.keep()
    assert [json.loads(row.body).get("text") for row in store.rows("c1")] == ["hello", "a", "b", "c", "d"]
    there.close()
    other.close()


async def test_servers_in_two_folders_do_not_show_each_others_chats(home, tmp_path, sessions):
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
    here, there = (Services({}, Server({}, sessions, Contents(tmp_path / name))) for name in ("here", "there"))
    one, two = Ear(), Ear()
    here.live().join(one)
    here.live().hear(one, json.dumps(to_wire(say("t1"))))
    sessions.gate.set()
    await asyncio.sleep(0.05)
    await quiet(here.live()._chats)
    there.live().join(two)
    for word in (ListChats(PATH), OpenChat("c1"), say("t2")):
        there.live().hear(two, json.dumps(to_wire(word)))
    await asyncio.sleep(0.05)
    told = {type(word): word for word in two.heard}
    assert told[Chats].chats == ()
    assert told[Opened].records == ()
    assert "another folder" in told[Failed].text
    here.live().hear(one, json.dumps(to_wire(ListChats(PATH))))
    (listed,) = one.heard[-1].chats
    assert listed.chat == Chat("c1", PATH, "hello", listed.chat.created, listed.chat.updated)
    await there.close()
    await here.close()
