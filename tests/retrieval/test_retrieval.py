"""Short texts are found by their words, in English and where a script has no spaces."""

from __future__ import annotations

import pytest
from open_interpreter.retrieval import Index, singular, tokens


def test_chinese_falls_into_pairs_and_english_into_singular_words() -> None:
    assert tokens("计算平均值 of Boxes") == ("计算", "算平", "平均", "均值", "of", "box")


@pytest.mark.parametrize(
    ("word", "one"),
    [("boxes", "box"), ("cities", "city"), ("class", "class"), ("bus", "bus"), ("fares", "fare"), ("is", "is")],
)
def test_plurals_are_cut(word: str, one: str) -> None:
    assert singular(word) == one


def test_the_nearest_text_comes_first() -> None:
    index = Index({"mean": "mean average 平均值", "median": "median 中位数", "plot": "plot chart histogram 直方图"})
    assert index.search("the averages")[0].key == "mean"
    assert index.search("求中位数")[0].key == "median"
    assert index.search("画直方图")[0].key == "plot"
    assert index.search("nothing shared") == ()
    assert index.search("") == ()


def test_signs_of_the_query_language_are_plain_text() -> None:
    index = Index({"a": "one two"})
    assert index.search('"one" AND (two OR -three*) NEAR "')[0].key == "a"
