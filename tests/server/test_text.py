"""What is half a character goes no further than to where it came in, and keeps nothing from being said or kept."""

from __future__ import annotations

import json

import pytest

from open_interpreter_lab.text import json_of, whole_json
from open_interpreter_lab.words import Name, Seen


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("a\ud83d", "a\ufffd"),
        ("\ude00b", "\ufffdb"),
        ("\ud83d\ude00", "\U0001f600"),
        ("😀", "😀"),
        ("\\ud83d", "\\ud83d"),
        ("\\\\\ud83d", "\\\\\ufffd"),
        ('"\n', '"\n'),
    ],
)
def test_half_a_character_in_json_is_marked_and_nothing_else(said, read):
    assert json.loads(whole_json(json.dumps([said]))) == [read]
    assert json.loads(whole_json(json.dumps([said]).encode())) == [read]


def test_text_that_is_no_utf_8_is_read_all_the_same():
    assert json.loads(whole_json(b'["caf\xe9"]')) == ["caf\ufffd"]


def test_a_file_name_that_is_no_utf_8_can_be_told():
    name = b"caf\xe9.csv".decode("utf-8", "surrogateescape")
    text = json_of(Seen("l1", (Name(name, "file"),)))
    assert json.loads(text.encode())["names"][0]["insert"] == "caf\ufffd.csv"
