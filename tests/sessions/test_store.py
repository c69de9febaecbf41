"""What was said stays: rows in, rows out, in one file that only its owner can read."""

from __future__ import annotations

import sqlite3
import stat
import time

import pytest
from open_interpreter.core.chats import Chat
from open_interpreter.core.errors import StoreError
from open_interpreter.sessions.migrations import MIGRATIONS
from open_interpreter.sessions.store import FILE, Row, Store

ONE, TWO = Chat("c1", "work/a.ipynb", "One", 1.0, 2.0), Chat("c2", "work/a.ipynb", "Two", 1.5, 3.0)


def rows(task, *kinds, start=1):
    return [Row(start + at, task, kind, f'{{"type": "{kind}"}}') for at, kind in enumerate(kinds)]


@pytest.fixture
def file(tmp_path):
    return tmp_path / "sessions" / FILE


@pytest.fixture
def store(file):
    opened = Store(file)
    opened.save(ONE)
    opened.save(TWO)
    yield opened
    opened.close()


def test_chats_are_found_again_by_their_notebook_the_latest_first(store, file):
    store.save(Chat("c3", "other.ipynb", "Elsewhere", 9.0, 9.0))
    again = Store(file)
    assert again.chats("work/a.ipynb") == (TWO, ONE)
    assert again.chat("c1") == ONE
    assert again.chat("nobody") is None
    again.close()


def test_only_the_owner_can_read_it(store, file):
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_a_chat_that_is_saved_again_keeps_its_records(store):
    store.add("c1", rows("t1", "Said"))
    store.save(Chat("c1", "work/a.ipynb", "Another name", 1.0, 5.0))
    assert [row.kind for row in store.rows("c1")] == ["Said"]
    assert store.chats("work/a.ipynb")[0].name == "Another name"


def test_records_come_back_in_order_and_after_a_number(store):
    store.add("c1", rows("t1", "Said", "Wrote", "Finished"))
    assert [row.seq for row in store.rows("c1")] == [1, 2, 3]
    assert [row.kind for row in store.rows("c1", 1)] == ["Wrote", "Finished"]
    assert store.rows("c2") == ()


def test_records_of_a_chat_that_was_deleted_go_nowhere(store):
    store.add("c1", rows("t1", "Said"))
    store.delete("c1")
    store.add("c1", rows("t1", "Wrote", start=2))
    assert store.rows("c1") == ()
    assert store.chat("c1") is None


def test_a_task_is_replaced_in_one_step(store):
    store.add("c1", rows("t1", "Said", "Wrote", "Wrote", "Finished"))
    store.add("c1", rows("t2", "Said", start=5))
    store.replace("c1", "t1", [Row(1, "t1", "Said", "{}"), Row(3, "t1", "Wrote", "{}"), Row(4, "t1", "Finished", "{}")])
    assert [(row.seq, row.task) for row in store.rows("c1")] == [(1, "t1"), (3, "t1"), (4, "t1"), (5, "t2")]


def test_a_chat_is_cut_at_a_task(store):
    for at, task in enumerate(("t1", "t2", "t3")):
        store.add("c1", rows(task, "Said", "Finished", start=1 + 2 * at))
    assert store.cut("c1", "nothing") == ()
    assert store.cut("c1", "t2") == ("t2", "t3")
    assert {row.task for row in store.rows("c1")} == {"t1"}


def test_a_notebook_and_a_folder_can_move(store):
    store.save(Chat("c3", "work/deep/b.ipynb"))
    store.save(Chat("c4", "workshop/c.ipynb"))
    store.move("work/a.ipynb", "work/z.ipynb")
    store.move("work", "play")
    store.move("", "everything")
    assert [chat.id for chat in store.chats("play/z.ipynb")] == ["c2", "c1"]
    assert store.chat("c3").path == "play/deep/b.ipynb"
    assert store.chat("c4").path == "workshop/c.ipynb"


def test_tasks_without_an_end_are_told(store):
    store.add("c1", rows("t1", "Said", "Finished"))
    store.add("c1", rows("t2", "Said", "Running", start=3))
    store.add("c2", rows("t3", "Said"))
    assert set(store.unfinished()) == {("c1", "t2"), ("c2", "t3")}


def test_two_servers_write_into_one_file(store, file):
    other = Store(file)
    other.add("c1", rows("t1", "Said"))
    store.add("c2", rows("t2", "Said"))
    assert store.rows("c1") == other.rows("c1") != ()
    other.close()


def test_a_newer_file_is_left_alone(file):
    Store(file).close()
    with sqlite3.connect(file) as base:
        base.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    base.close()
    before = file.read_bytes()
    with pytest.raises(StoreError, match="newer"):
        Store(file)
    assert file.read_bytes() == before


def test_a_file_that_is_no_base_says_what_to_do(file):
    file.parent.mkdir()
    file.write_text("this is no base at all, but a text of some length " * 40, encoding="utf-8")
    with pytest.raises(StoreError, match="move the file away"):
        Store(file)


def test_a_folder_that_cannot_be_made_says_what_to_do(tmp_path):
    (tmp_path / "sessions").write_text("in the way", encoding="utf-8")
    with pytest.raises(StoreError, match="OPEN_INTERPRETER_HOME"):
        Store(tmp_path / "sessions" / FILE)


def test_a_step_that_fails_leaves_nothing_behind(store):
    store.add("c1", rows("t1", "Said"))
    with pytest.raises(StoreError):
        store.add("c1", [*rows("t1", "Wrote", start=2), Row(3, "t1", None, "{}")])
    assert [row.kind for row in store.rows("c1")] == ["Said"]


def test_a_server_in_another_folder_sees_none_of_it(store, file):
    store.add("c1", rows("t1", "Said"))
    there = Store(file, "/there")
    assert there.chats("work/a.ipynb") == ()
    assert there.chat("c1") is None
    assert there.is_elsewhere("c1")
    assert not there.is_elsewhere("c9")
    there.save(Chat("c1", "work/a.ipynb", "Taken over"))
    there.add("c1", rows("t2", "Said", start=2))
    there.move("work", "play")
    there.delete("c1")
    assert there.unfinished() == ()
    there.save(Chat("c3", "work/a.ipynb", "There"))
    assert [chat.name for chat in there.chats("work/a.ipynb")] == ["There"]
    there.close()
    assert store.chats("work/a.ipynb") == (TWO, ONE)
    assert [row.task for row in store.rows("c1")] == ["t1"]


def test_chats_of_before_folders_were_written_down_are_shown_everywhere(file):
    file.parent.mkdir()
    with sqlite3.connect(file) as base:
        for statement in MIGRATIONS[0]:
            base.execute(statement)
        base.execute("INSERT INTO chats VALUES ('c1', 'work/a.ipynb', 'One', 1.0, 2.0)")
        base.execute("PRAGMA user_version = 1")
    base.close()
    for root in ("", "/here", "/there"):
        opened = Store(file, root)
        assert opened.chats("work/a.ipynb") == (ONE,)
        opened.save(ONE)
        opened.close()


def test_records_whose_numbers_another_server_has_used_go_behind_them(store, file):
    other = Store(file)
    assert store.add("c1", rows("t1", "Said", "Wrote")) == 0
    assert other.add("c1", rows("t2", "Said", "Wrote", "Finished")) == 2
    store.replace("c1", "t1", rows("t1", "Said"))
    other.replace("c1", "t2", rows("t2", "Said", "Finished"))
    assert [(row.seq, row.task, row.kind) for row in store.rows("c1")] == [
        (1, "t1", "Said"),
        (2, "t2", "Said"),
        (3, "t2", "Finished"),
    ]
    other.close()


def test_who_reads_waits_for_nobody_and_who_writes_only_a_moment(store, file):
    with sqlite3.connect(file, isolation_level=None) as base:
        base.execute("BEGIN IMMEDIATE")
        assert store.chats("work/a.ipynb") == (TWO, ONE)
        began = time.monotonic()
        with pytest.raises(StoreError, match="as soon as"):
            store.save(ONE)
        assert time.monotonic() - began < 1
        base.execute("ROLLBACK")
    base.close()
    store.save(ONE)


def test_a_record_that_cannot_be_kept_keeps_no_other_out(store):
    store.add("c1", [*rows("t1", "Said"), Row(2, "t1", "Wrote", "\ud800"), *rows("t1", "Finished", start=3)])
    assert [row.kind for row in store.rows("c1")] == ["Said", "Finished"]


def test_the_words_that_were_heard_are_remembered_as_long_as_their_chat(store, file):
    store.add("c1", rows("t1", "Said"), ["w1", "w2"])
    store.add("c1", (), ["w1"])
    again = Store(file)
    assert again.heard("c1") == {"w1", "w2"}
    again.delete("c1")
    again.save(ONE)
    assert again.heard("c1") == frozenset()
    again.close()
