"""Both ends speak the words of tests/golden: this is Python's half."""

from __future__ import annotations

import json
import typing

import pytest
from open_interpreter.core import edits
from open_interpreter.core.cells import Cell
from open_interpreter.core.edits import Chosen, Insert, Place, Remove
from open_interpreter.core.questions import Answer
from open_interpreter.core.wire import from_wire, to_wire

from tests.core.golden import EXAMPLES, FOLDER, file_of


def _name(example: object) -> str:
    return type(example).__name__


@pytest.mark.parametrize("example", EXAMPLES, ids=_name)
def test_a_value_crosses_the_wire_both_ways(example: object) -> None:
    golden = json.loads(file_of(example).read_text(encoding="utf-8"))
    assert to_wire(example) == golden
    assert from_wire(type(example), golden) == example


def test_every_edit_has_a_golden_file() -> None:
    named = {each.__name__ for each in typing.get_args(edits.Edit)} | {"Place", "Answer", "Chosen"}
    assert {file.stem for file in FOLDER.glob("*.json")} == named


def test_unknown_fields_are_ignored_and_missing_ones_take_their_default() -> None:
    assert from_wire(Remove, {"type": "Remove", "ids": ["a"], "later": True}) == Remove(("a",))


@pytest.mark.parametrize(
    ("kind", "wire"),
    [
        (Insert, {"type": "Insert", "id": 1, "after": "a"}),
        (Insert, {"type": "Insert", "after": "a"}),
        (Insert, {"type": "Insert", "id": "b", "after": "a", "kind": "raw"}),
        (Remove, {"type": "Remove", "ids": "abc"}),
        (Answer, {"type": "Answer", "choice": "always"}),
        (Chosen, "keep"),
        (Cell, {"id": "a", "source": "x", "turn": True}),
        (Place, None),
        (edits.Ask, {"id": "a", "question": {"type": "Answer", "choice": "run"}}),
    ],
)
def test_what_does_not_fit_is_refused(kind: type, wire: object) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        from_wire(kind, wire)
