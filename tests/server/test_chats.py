"""What is kept of a chat and what a page is told of it, without a server around it."""

from __future__ import annotations

import asyncio

import pytest
from open_interpreter.core.cells import Cell
from open_interpreter.core.chats import Chat
from open_interpreter.core.conversation import Usage
from open_interpreter.core.events import CellGrew, CellOpened, Drafted, Dropped, Finished, Notice, Thought, Wrote
from open_interpreter.core.questions import Answer, Judgement, Question
from open_interpreter.sessions.store import Store

from open_interpreter_lab.chats.chat import LiveChat
from open_interpreter_lab.chats.earlier import earlier
from open_interpreter_lab.chats.folding import fold
from open_interpreter_lab.chats.keeping import SOON
from open_interpreter_lab.chats.queue import Queue
from open_interpreter_lab.host.undo import Deed, deeds
from open_interpreter_lab.services import Server, Services
from open_interpreter_lab.words import (
    Decided,
    Happened,
    Opened,
    Ran,
    Record,
    Replaces,
    Said,
    Undone,
    Waits,
    Welcome,
)


class Ear:
    """A page that only listens."""

    def __init__(self):
        self.heard = []

    def tell(self, word):
        self.heard.append(word)


def records(*events, task="t1"):
    return [Record(seq, task, event) for seq, event in enumerate(events, 1)]


def finished(answer="", reason=""):
    return Finished("done", answer, 1, Usage(), reason)


@pytest.fixture
def store(tmp_path):
    opened = Store(tmp_path / "chats.db")
    yield opened
    opened.close()


@pytest.fixture
def chat(store):
    return LiveChat(Chat("c1", "a.ipynb"), [], store, lambda: None)


async def test_what_is_said_names_the_chat_and_is_kept(chat, store):
    chat.add("t1", Said("plot the ages", at=5.0))
    chat.keep()
    assert store.chat("c1") == Chat("c1", "a.ipynb", "plot the ages", 5.0, 5.0)
    assert [row.kind for row in store.rows("c1")] == ["Said"]


async def test_records_are_kept_a_quarter_of_a_second_later_by_themselves(chat, store):
    chat.add("t1", Said("hello", at=1.0))
    assert store.rows("c1") == ()
    await asyncio.sleep(SOON + 0.1)
    assert len(store.rows("c1")) == 1


async def test_records_go_out_together_and_in_order(chat):
    page = Ear()
    chat.follow(page, 0)
    for number in range(50):
        chat.add("t1", Wrote(str(number)))
    chat.close()
    assert isinstance(page.heard[0], Opened)
    told = [record for word in page.heard[1:] for record in word.records]
    assert [record.seq for record in told] == list(range(1, 51))
    assert len(page.heard) == 2


async def test_a_page_that_had_half_of_a_text_that_is_one_now_gets_the_whole_chat(chat):
    chat.add("t1", Said("hello", at=1.0))
    for text in ("a", "b", "c"):
        chat.add("t1", Wrote(text))
    chat.add("t1", finished("abc"))
    chat.fold("t1")
    half, whole, none = Ear(), Ear(), Ear()
    chat.follow(half, 3)
    chat.follow(whole, 4)
    chat.follow(none, 5)
    assert isinstance(half.heard[0], Opened)
    assert [type(each.event).__name__ for each in half.heard[0].records] == ["Said", "Wrote", "Finished"]
    assert [record.seq for record in whole.heard[0].records] == [5]
    assert none.heard == [Happened("c1", ())]


async def test_where_nothing_can_be_kept_the_chat_goes_on_and_says_so_once(chat, store):
    page = Ear()
    chat.follow(page, 0)
    store.close()
    chat.add("t1", Said("hello", at=1.0))
    chat.keep()
    chat.add("t1", Wrote("a"))
    chat.keep()
    chat.add("t1", Wrote("b"))
    assert [type(each.event).__name__ for each in chat.records] == ["Said", "Notice", "Wrote", "Wrote"]
    assert "cannot be" in chat.records[1].event.text
    assert isinstance(chat.records[1].event, Notice)
    chat.close()


async def test_a_store_that_cannot_be_opened_leaves_chats_that_end_with_the_server(home):
    (home / "sessions").write_text("in the way", encoding="utf-8")
    services = Services({}, Server(None, None, None))
    page = Ear()
    services.live().join(page)
    assert isinstance(page.heard[0], Welcome)
    assert page.heard[0].model == "builtin"
    assert not page.heard[0].set_up
    await services.close()


def test_folding_keeps_what_matters():
    told = records(
        Wrote("a"),
        Thought("hm"),
        Wrote("b"),
        CellOpened("x", "python", 1, 1),
        CellGrew("x", "1"),
        Wrote("c"),
        Drafted(Cell("x", "1")),
        Wrote("d"),
    )
    assert [(each.seq, each.event) for each in fold(told)] == [
        (3, Wrote("ab")),
        (4, CellOpened("x", "python", 1, 1)),
        (6, Wrote("c")),
        (7, Drafted(Cell("x", "1"))),
        (8, Wrote("d")),
    ]


def test_earlier_tasks_are_told_with_what_ran_and_without_what_was_taken_back():
    asked = Question(Cell("x", "a = 1"), Judgement(), id="q1")
    kept = records(
        Said("set a"),
        Drafted(Cell("x", "a = 1")),
        Waits(asked),
        Decided("q1", Answer("run", source="a = 11")),
        Ran("x", "ok"),
        Drafted(Cell("y", "b = 2")),
        Ran("y", "error"),
        finished("Done."),
    )
    undone = records(Said("more"), Drafted(Cell("z", "c = 3")), Ran("z", "ok"), finished("Also."), Undone(1), task="t2")
    running = records(Said("now"), Wrote("hm"), task="t3")
    (told,) = earlier([*kept, *undone, *running])
    assert told.instruction == "set a"
    assert "a = 11" in told.answer
    assert "b = 2" not in told.answer
    assert "Done." in told.answer


def test_what_a_task_did_is_read_from_its_records():
    told = records(
        Replaces("a1", "old"),
        CellOpened("a1", "python", 1, 2),
        Drafted(Cell("a1", "new")),
        CellOpened("x", "python", 1, 1),
        Drafted(Cell("x", "one")),
        CellOpened("x", "python", 2, 2),
        Dropped("x", "cut", "one"),
        CellOpened("y", "python", 2, 1),
        Dropped("y", "cut", None),
    )
    assert deeds(told) == [Deed("a1", "new", "old"), Deed("x", "one")]


async def test_tasks_on_a_kernel_take_turns_and_hear_how_many_are_ahead():
    queue, order, told = Queue(), [], []
    go = asyncio.Event()

    async def task(name, kernel="k1"):
        async with queue.turn(kernel, lambda ahead: told.append((name, ahead))):
            order.append(name)
            await go.wait()

    running = [asyncio.create_task(task(name)) for name in ("one", "two", "three")]
    other = asyncio.create_task(task("elsewhere", "k2"))
    await asyncio.sleep(0)
    assert order == ["one", "elsewhere"]
    assert told == [("two", 1), ("three", 2)]
    running[1].cancel()
    await asyncio.gather(running[1], return_exceptions=True)
    assert told[-1] == ("three", 1)
    go.set()
    await asyncio.gather(running[0], running[2], other)
    assert order == ["one", "elsewhere", "three"]
