"""Outputs put together as a notebook does it."""

import pytest

from open_interpreter_lab.kernels.heard import heard_from
from open_interpreter_lab.kernels.lives import Lives
from open_interpreter_lab.kernels.outcome import error_of, outputs_of
from open_interpreter_lab.kernels.outputs import Outputs
from open_interpreter_lab.kernels.terminal import StreamText


def shown(*pieces):
    text = StreamText()
    for piece in pieces:
        text.add(piece)
    return str(text)


@pytest.mark.parametrize(
    ("pieces", "seen"),
    [
        (["one\ntwo"], "one\ntwo"),
        (["10%\r", "20%\r", "30%"], "30%"),
        (["abcdef\rxy", "z"], "xyzdef"),
        (["line\r", "\nnext"], "line\nnext"),
        (["dos\r\nlines\r\n"], "dos\nlines\n"),
        (["12\b", "3"], "13"),
        (["\b\b1"], "1"),
        (["kept\n", "\rover", "\r123"], "kept\n123r"),
        (["done\r"], "done"),
    ],
)
def test_a_stream_is_shown_as_a_terminal_shows_it(pieces, seen):
    assert shown(*pieces) == seen


def test_a_redrawn_line_weighs_no_more_than_a_line():
    text = StreamText()
    for number in range(10_000):
        text.add(f"\r{number:>60}")
    assert len(text) < 200


def outputs(*messages, **limits):
    told = Outputs(**limits)
    for kind, content in messages:
        told.add(kind, content)
    return told.as_nbformat()


def stream(text, name="stdout"):
    return ("stream", {"name": name, "text": text})


def display(text, display_id="", kind="display_data", **data):
    transient = {"display_id": display_id} if display_id else {}
    return (kind, {"data": {"text/plain": text, **data}, "metadata": {}, "transient": transient})


def test_streams_are_joined_by_name():
    told = outputs(stream("a"), stream("b"), stream("!", "stderr"), stream("c"))
    assert [(each["name"], each["text"]) for each in told] == [("stdout", "ab"), ("stderr", "!"), ("stdout", "c")]


def test_a_display_is_updated_wherever_its_id_is_shown():
    told = outputs(display("1", "bar"), display("2", "bar"), display("3", "bar", "update_display_data"), display("4"))
    assert [each["data"]["text/plain"] for each in told] == ["3", "3", "4"]
    assert all(set(each) == {"output_type", "data", "metadata"} for each in told)


def test_a_cleared_display_is_updated_no_more():
    told = outputs(display("1", "bar"), ("clear_output", {}), display("2", "bar", "update_display_data"))
    assert told == []


def test_what_is_too_much_is_left_out_and_counted():
    told = outputs(stream("x" * 60), stream("y" * 60), display("z" * 30), text_limit=100)
    assert told[0]["text"] == "x" * 60 + "y" * 40
    assert told[1]["text"] == "\n… 50 characters of output left out …\n"


def test_a_chart_is_whole_or_left_out():
    chart = {"application/vnd.plotly.v1+json": {"data": list(range(50))}}
    assert outputs(display("Figure", **chart))[0]["data"] == {"text/plain": "Figure", **chart}
    told = outputs(display("Figure", **chart), rich_limit=100)
    assert told[0]["data"] == {"text/plain": "Figure"}
    assert "left out" in told[1]["text"]


def test_clearing_makes_room_again():
    told = outputs(stream("x" * 100), ("clear_output", {"wait": True}), stream("y" * 90), text_limit=100)
    assert [each["text"] for each in told] == ["y" * 90]


def test_outputs_become_those_of_the_core():
    told = outputs(
        stream("a\n", "stderr"), display("7", kind="execute_result"), display("f", **{"application/json": {}})
    )
    assert [(each.kind, each.name, dict(each.data)) for each in outputs_of(told)] == [
        ("stream", "stderr", {"text/plain": "a\n"}),
        ("result", "", {"text/plain": "7"}),
        ("display", "", {"text/plain": "f", "application/json": "{}"}),
    ]


def test_an_error_of_any_shape_is_an_error():
    assert error_of({"ename": "", "evalue": "\x1b[31m1\x1b[0m", "traceback": None}).line == "Error: 1"
    assert error_of({"ename": "E", "traceback": ["\x1b[0;31ma", 7]}).traceback == ("a", "7")


def message(kind="status", session="k1", parent="", **content):
    header = {"msg_id": "p", "msg_type": "execute_request", "session": parent} if parent else {}
    return heard_from({"header": {"msg_type": kind, "session": session}, "parent_header": header, "content": content})


def test_another_session_is_another_life():
    lives = Lives()
    assert lives.of(message()) == "this"
    assert lives.of(message(session="k2")) == "new"
    lives.end()
    assert lives.of(message(session="k2")) == "this"
    assert lives.of(message(session="k1")) == "past"


def test_a_kernel_that_borrows_its_askers_sessions_begins_anew_when_it_says_so():
    lives = Lives()
    assert lives.of(message(session="a", parent="a", execution_state="busy")) == "this"
    assert lives.of(message("execute_input", session="a", parent="a")) == "this"
    assert lives.of(message(session="b", parent="b", execution_state="busy")) == "this"
    assert lives.of(message(session="c", execution_state="starting")) == "new"


def test_what_is_no_message_is_read_as_an_empty_one():
    assert heard_from({"header": None, "content": 3}).kind == ""
