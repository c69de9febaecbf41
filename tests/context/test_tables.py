"""What is told of tables: every kind of column, from a sample, with what a person may name in an instruction."""

from __future__ import annotations

import datetime as dt
import decimal
import gc
import time
import weakref
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from open_interpreter.context import reader, tables

PENGUINS = """species,island,bill_length_mm,sex
Adelie,Torgersen,39.1,Male
Adelie,Torgersen,39.5,Female
Adelie,Torgersen,,
Gentoo,Biscoe,46.1,Female
Chinstrap,Dream,,Male
"""


@pytest.fixture
def penguins(tmp_path):
    file = tmp_path / "penguins.csv"
    file.write_text(PENGUINS)
    return pd.read_csv(file)


def one(value):
    return reader.variables({"value": value})[0]


def columns(value):
    return {each.name: each for each in one(value).columns}


def test_a_table_is_told_with_types_values_and_gaps(penguins):
    told = one(penguins)
    assert (told.kind, told.shape) == ("frame", (5, 4))
    species, _, length, sex = told.columns
    assert (species.kind, species.examples, species.distinct) == ("text", ("Adelie", "Gentoo", "Chinstrap"), 3)
    assert (length.dtype, length.kind, length.missing, length.low, length.high) == (
        "float64",
        "number",
        2,
        "39.1",
        "46.1",
    )
    assert (sex.missing, sex.examples) == (1, ("Male", "Female"))


@pytest.mark.parametrize(
    ("values", "dtype", "kind", "examples", "missing"),
    [
        (pd.Series([1, 2, 2]), "int64", "number", ("1", "2"), 0),
        (pd.Series([1.5, None]), "float64", "number", ("1.5",), 1),
        (pd.Series([True, False]), "bool", "bool", ("True", "False"), 0),
        (pd.Series(["a", None, "a", "b"], dtype=object), "object", "text", ("a", "b"), 1),
        (pd.Series(["a", None], dtype="string"), "string", "text", ("a",), 1),
        (pd.Series(["a", None], dtype="string[python]"), "string", "text", ("a",), 1),
        (pd.Series([1, None], dtype="Int64"), "Int64", "number", ("1",), 1),
        (pd.Series([1, None], dtype="Float32"), "Float32", "number", ("1.0",), 1),
        (pd.Series([True, None], dtype="boolean"), "boolean", "bool", ("True",), 1),
        (pd.Series(pd.Categorical(["lo", "hi", "lo", None])), "category", "category", ("lo", "hi"), 1),
        (pd.Series(pd.Categorical([3, 5, 3])), "category", "category", ("3", "5"), 0),
        (pd.Series([1, None], dtype="int64[pyarrow]"), "int64[pyarrow]", "number", ("1",), 1),
        (pd.Series([dt.date(2024, 5, 1), None], dtype=object), "object", "time", ("2024-05-01",), 1),
        (pd.Series([decimal.Decimal("1.5")], dtype=object), "object", "number", ("1.5",), 0),
        (pd.Series([[1, 2]]), "object", "other", ("[1, 2]",), 0),
        (pd.Series(["a", 1, "b"], dtype=object), "object", "text", ("a", "1", "b"), 0),
        (pd.Series(pd.interval_range(0, 2)), "interval", "other", (), None),
        (pd.Series([pd.NA, pd.NaT, None, "x"], dtype=object), "object", "text", ("x",), 3),
        (pd.Series([], dtype=float), "float64", "number", (), 0),
        (
            pd.Series(pd.to_timedelta([1], unit="h")).astype("timedelta64[ns]"),
            "timedelta64[ns]",
            "other",
            ("1:00:00",),
            0,
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_kind_of_column_is_told(values, dtype, kind, examples, missing):
    (column,) = one(values).columns
    assert (column.dtype, column.kind, column.examples, column.missing) == (dtype, kind, examples, missing)


def test_times_are_told_by_their_first_and_last():
    (column,) = one(pd.Series(pd.to_datetime(["2024-05-01", None, "2023-01-02 10:30"], format="mixed"))).columns
    assert (column.kind, column.low, column.high, column.missing) == ("time", "2023-01-02 10:30:00", "2024-05-01", 1)


def test_a_time_zone_is_named_in_the_dtype():
    (column,) = one(pd.Series(pd.to_datetime(["2024-05-01"])).dt.tz_localize("UTC")).columns
    assert column.dtype.endswith(", UTC]")


def test_an_index_that_says_something_is_told(penguins):
    grouped = penguins.groupby(["species", "sex"])["bill_length_mm"].mean()
    assert one(grouped).preview == "index species, sex (MultiIndex)"
    assert one(penguins).preview == ""
    assert one(penguins.set_index("island")).preview.startswith("index island (")


def test_labels_of_every_kind_become_names(penguins):
    summary = penguins.groupby("species").agg({"bill_length_mm": ["mean", "max"]})
    assert list(columns(summary)) == ["('bill_length_mm', 'mean')", "('bill_length_mm', 'max')"]
    assert list(columns(pd.DataFrame([[1, 2]]))) == ["0", "1"]
    assert list(columns(pd.DataFrame([[1]], columns=pd.to_datetime(["2024-05-01"])))) == ["2024-05-01"]
    assert list(columns(pd.DataFrame({1.5: [1], "地区": [2], None: [3]}))) == ["1.5", "地区", ""]
    pivot = penguins.astype({"island": "category"})
    pivot = pivot.pivot_table(index="species", columns="island", values="bill_length_mm", observed=True)
    assert list(columns(pivot)) == ["Biscoe", "Torgersen"]


def test_duplicate_labels_keep_their_own_values():
    frame = pd.DataFrame([[1, "x"], [2, "y"]], columns=["a", "a"])
    assert [each.kind for each in one(frame).columns] == ["number", "text"]


def test_texts_that_can_be_named_in_an_instruction_are_kept_the_most_frequent_first():
    frame = pd.DataFrame({"city": [f"city {n % 30}" for n in range(300)] + ["Paris"] * 50})
    (city,) = one(frame).columns
    assert (city.distinct, len(city.examples), city.examples[0]) == (31, 20, "Paris")


def test_columns_beyond_a_hundred_are_named_without_figures():
    frame = pd.DataFrame(np.ones((3, 1_500)), columns=[f"c{n}" for n in range(1_500)])
    told = one(frame)
    assert told.shape == (3, 1_500)
    assert len(told.columns) == tables.NAMES
    assert told.columns[99].low == "1.0"
    assert (told.columns[100].kind, told.columns[100].missing) == ("number", None)


def test_a_large_table_is_sampled_from_its_start_to_its_end():
    frame = pd.DataFrame({"n": np.arange(1_000_000)})
    (column,) = one(frame).columns
    assert (column.low, column.high) == ("0", "999999")
    assert column.distinct == tables.SAMPLE


def test_many_tables_are_each_looked_at_in_less():
    frames = {f"f{n}": pd.DataFrame({"a": np.arange(50_000), "b": ["x", "y"] * 25_000}) for n in range(40)}
    started = time.perf_counter()
    told = reader.variables(frames)
    assert time.perf_counter() - started < 2
    assert told[-1].columns[1].examples == ("x", "y")


def test_nothing_that_was_looked_at_is_kept_alive(penguins):
    class Thing:
        pass

    thing = Thing()
    here = weakref.ref(thing)
    frame = pd.DataFrame({"o": [thing]})
    gone = weakref.ref(frame)
    reader.variables({"frame": frame, "thing": thing})
    del frame, thing
    gc.collect()
    assert here() is None
    assert gone() is None


def test_looking_changes_nothing(penguins):
    before = penguins.copy(deep=True)
    slots = set(vars(penguins))
    one(penguins)
    pd.testing.assert_frame_equal(penguins, before)
    assert set(vars(penguins)) == slots


SHIPPED = sorted((Path(__file__).parents[2] / "binder").rglob("*.csv"))


def mixed(rows=700):
    """A table as they are met: gaps, repeated texts, dates, flags."""
    chance = np.random.default_rng(7)
    frame = pd.DataFrame({"n": chance.integers(-50, 50, rows), "x": chance.normal(size=rows)})
    frame["group"] = chance.choice(["a", "b", "c d", "é"], rows)
    frame["flag"] = frame["n"] > 0
    frame["rank"] = pd.array(frame["n"], dtype="Int64")
    frame.loc[::7, ["x", "group", "rank"]] = None
    return frame


@pytest.mark.parametrize("file", [None, *SHIPPED], ids=lambda file: getattr(file, "name", "mixed"))
def test_figures_are_what_pandas_says(file):
    frame = mixed() if file is None else pd.read_csv(file)
    told = columns(frame)
    assert list(told) == list(frame.columns)
    for name, column in told.items():
        assert column.missing == int(frame[name].isna().sum())
        assert column.distinct == frame[name].nunique()
        if column.kind == "number":
            extremes = (frame[name].min(), frame[name].max())
            assert (float(column.low), float(column.high)) == pytest.approx(extremes, rel=1e-5)
