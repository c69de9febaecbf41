"""Looking at a namespace tells what is there, in short."""

from __future__ import annotations

import datetime as dt
import decimal
import time
import types

import numpy as np
import pandas as pd
import pytest
from open_interpreter.context import probe, reader


def test_clutter_of_the_shell_is_left_out_and_the_order_is_the_namespace_s():
    held = object()
    namespace = {
        "_": 1,
        "__name__": "x",
        "In": [],
        "Out": {},
        "exit": 1,
        "quit": 1,
        "get_ipython": 1,
        "b": 1,
        "a": 2,
        "h": held,
    }
    assert [each.name for each in reader.variables(namespace, hidden={"h": held, "b": 3})] == ["b", "a"]


def test_only_the_named_variables_are_described():
    assert [each.name for each in reader.variables({"a": 1, "secret": 2}, only=("a",))] == ["a"]


@pytest.mark.parametrize(
    ("value", "kind", "shape", "preview"),
    [
        (3, "scalar", (), "3"),
        (None, "scalar", (), "None"),
        pytest.param(10**5000, "scalar", (), "<int of 16610 bits>", id="huge"),
        ("你好", "text", (2,), "'你好'"),
        pytest.param("x" * 10**6, "text", (10**6,), f"'{'x' * 60}'… (1000000 in all)", id="long"),
        ([1, 2.5, "a", None, True, 6], "collection", (6,), "[1, 2.5, 'a', None, True, … 1 more]"),
        ({"a": [1, 2]}, "collection", (1,), "{'a': [1, 2]}"),
        (np.float64(2.5), "scalar", (), "2.5"),
        (np.arange(6).reshape(2, 3), "array", (2, 3), "int64 [0, 1, 2, …]"),
        (np.zeros(2, dtype=[("a", "i4")]), "array", (2,), "structured"),
        (dt.date(2024, 2, 29), "scalar", (), "2024-02-29"),
        (pd.Timestamp("2024-02-29 10:00"), "scalar", (), "2024-02-29 10:00:00"),
        (decimal.Decimal("1.50"), "other", (), "1.50"),
        (object(), "other", (), ""),
        (types, "module", (), "types"),
        (len, "function", (), "len(…)"),
    ],
)
def test_plain_values_are_told_in_short(value, kind, shape, preview):
    (told,) = reader.variables({"value": value})
    assert (told.kind, told.shape, told.preview) == (kind, shape, preview)


def test_a_function_is_told_by_its_signature_and_the_first_line_of_its_docstring():
    async def load(path, /, sep=",", *rest, strict=True, **more):
        """Read a file.

        And more.
        """

    (told,) = reader.variables({"load": load})
    assert told.preview == "async load(path, /, sep=',', *rest, strict=True, **more): Read a file."


def test_a_list_that_changes_in_the_middle_of_the_look_is_told_by_its_type():
    class Shifting(dict):
        pass

    assert reader.variables({"s": Shifting(a=1)})[0].kind == "other"


def test_the_probe_runs_as_source_in_a_namespace_without_this_package_and_leaves_no_name():
    frame = pd.DataFrame({"a": [1, 2], "b": ["x", "y"]})
    namespace = {"frame": frame, "n": 3, "f": lambda x: x}
    names = set(namespace) | {"__builtins__"}
    told = reader.read_text(eval(reader.expression(), namespace))
    assert told == reader.variables({"frame": frame, "n": 3, "f": namespace["f"]})
    assert set(namespace) == names
    assert reader.read_text(eval(reader.expression(("n",)), namespace)) == reader.variables({"n": 3})


def test_what_is_no_answer_of_the_probe_is_refused():
    with pytest.raises(ValueError, match="no answer of the probe"):
        reader.read([{"nothing": 1}])


def test_of_thousands_of_names_the_person_s_own_come_before_imported_ones():
    namespace = {f"imported{n}": time.sleep for n in range(probe.LIMIT)} | {f"own{n}": n for n in range(50)}
    told = [each.name for each in reader.variables(namespace)]
    assert len(told) == probe.LIMIT
    assert told[-50:] == [f"own{n}" for n in range(50)]
