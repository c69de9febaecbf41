"""Both ends speak the words of tests/golden/words: this is Python's half."""

from __future__ import annotations

import json
import typing

import pytest
from open_interpreter.core.wire import from_wire, to_wire

from open_interpreter_lab.words import FromPage, FromServer, Happening, OrderEdit
from open_interpreter_lab.words.reading import happening, page_word
from tests.server.golden import ASKING, EXAMPLES, FOLDER, HAPPENINGS, ORDER, file_of


def _name(example: object) -> str:
    return type(example).__name__


@pytest.mark.parametrize("example", EXAMPLES, ids=_name)
def test_a_word_crosses_the_wire_both_ways(example: object) -> None:
    golden = json.loads(file_of(example).read_text(encoding="utf-8"))
    assert to_wire(example) == golden
    assert from_wire(type(example), golden) == example


def test_every_word_has_a_golden_file() -> None:
    every = (*typing.get_args(FromPage), *typing.get_args(FromServer), *typing.get_args(Happening))
    assert {file.stem for file in FOLDER.glob("*.json")} == {each.__name__ for each in every}


def test_the_example_of_an_order_has_every_edit() -> None:
    assert {type(each) for each in ORDER.edits} == set(typing.get_args(OrderEdit))


@pytest.mark.parametrize("example", ASKING, ids=_name)
def test_what_a_page_says_is_read_by_its_type(example: object) -> None:
    assert page_word(json.dumps(to_wire(example))) == example


@pytest.mark.parametrize("example", HAPPENINGS, ids=_name)
def test_what_was_kept_is_read_by_its_kind(example: object) -> None:
    assert happening(type(example).__name__, json.dumps(to_wire(example))) == example


@pytest.mark.parametrize(
    "text",
    ["", "{", "null", "[]", '{"type": "Welcome"}', '{"type": 3}', '{"type": "Stop"}', '{"type": "Stop", "chat": 3}'],
)
def test_what_is_no_word_of_a_page_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        page_word(text)
