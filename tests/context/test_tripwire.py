"""Looking at a namespace runs none of the user's code, whatever the object is and wherever it stands."""

from __future__ import annotations

import collections
import datetime as dt
import sys
import types

import numpy as np
import pandas as pd

from tests.context.tripwire import CALLS, Meta, Strange, Trip, armed, derived, instances, look


def column_of(values):
    cells = np.empty(len(values), dtype=object)
    for at, value in enumerate(values):
        cells[at] = value
    return cells


def test_the_tripwire_itself_counts():
    with armed():
        told = [repr(Trip()), Trip() == 1, hash(Trip()), Trip().__class__, Trip.__name__, isinstance(Trip(), int)]
    assert len(told) == 6
    assert len(CALLS) >= 6


def test_no_code_of_a_value_of_any_kind_runs():
    namespace = {"value": Trip(), "kind": Trip, "bound": Trip.__repr__, **instances()}
    told = {each.name: each for each in look(namespace)}
    assert CALLS == []
    assert told["value"].type == "Trip"
    assert told["kind"].kind == "class"
    assert told["TripDataFrame"].kind == "other"
    assert told["Tripint"].kind == "other"


def test_no_code_of_elements_and_keys_runs():
    trip, text = Trip(), derived(str)("x")
    namespace = {
        "items": [trip, text],
        "pair": (trip, derived(int)(1)),
        "mapping": {trip: trip, "k": trip},
        "bag": {trip},
        "deep": [{"a": [trip]}],
        "objects": column_of([trip, text]),
        "queue": collections.deque([trip]),
        "simple": types.SimpleNamespace(a=trip),
        "span": slice(trip, trip),
        text: 1,
        trip: 2,
    }
    told = {each.name: each for each in look(namespace)}
    assert CALLS == []
    assert told["items"].preview == "[<Trip>, <Tripstr>]"
    assert "x" not in told


def test_no_code_of_cells_labels_categories_and_names_runs():
    trip, text = Trip(), derived(str)("label")
    plain = pd.DataFrame({"cells": pd.Series(column_of([trip, text, 1]), dtype=object), "n": [1, 2, 3]})
    labelled = pd.DataFrame([[1, 2]], columns=pd.Index(column_of([trip, "n"]), dtype=object))
    indexed = pd.DataFrame({"n": [1, 2]}, index=pd.Index(column_of([trip, text]), dtype=object))
    several = pd.DataFrame([[1, 2]], columns=pd.MultiIndex.from_arrays([column_of([trip, "b"]), ["x", "y"]]))
    category = pd.Series(pd.Categorical.from_codes([0, 1], categories=pd.Index(column_of([trip, "b"]), dtype=object)))
    named = pd.Series([1, 2], name=trip)
    namespace = {"p": plain, "l": labelled, "i": indexed, "s": several, "c": category, "n": named}
    told = {each.name: each for each in look(namespace)}
    assert CALLS == []
    assert [each.kind for each in told.values()] == ["frame"] * 4 + ["series"] * 2
    assert [each.name for each in told["l"].columns] == ["<Trip>", "n"]
    assert told["p"].columns[0].examples == ("<Trip>", "<Tripstr>", "1")


def test_no_code_of_functions_classes_and_their_parts_runs():
    trip, text = Trip(), derived(str)("doc")

    def function(a, b=trip, *, c=trip):
        raise AssertionError

    function.__doc__ = text
    function.__name__ = text
    function.__module__ = trip
    base = Meta("Base", (Trip,), {"__doc__": trip, "__init__": function, "__module__": trip})
    module = types.ModuleType("module")
    module.__name__ = trip
    told = {each.name: each for each in look({"function": function, "base": base, "o": base, "module": module})}
    assert CALLS == []
    assert told["function"].preview == "function(a, b=<Trip>, *, c=<Trip>)"
    assert told["base"].kind == "class"
    assert told["module"].kind == "module"


def test_no_code_of_a_time_zone_runs():
    zone = derived(dt.tzinfo)()
    told = look({"now": dt.datetime(2024, 5, 1, 12, 30, tzinfo=zone)})
    assert CALLS == []
    assert told[0].preview == "2024-05-01 12:30:00"


def test_no_code_of_a_user_s_extension_array_runs():
    frame = pd.DataFrame({"n": [1, 2]})
    frame["strange"] = Strange()
    told = look({"frame": frame, "series": pd.Series(Strange())})
    assert CALLS == []
    assert told[0].columns[1].dtype == "strange"


def test_a_fake_module_in_the_place_of_pandas_is_not_asked(monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", Trip())
    assert look({"x": 1, "o": Trip()})[0].preview == "1"
    assert CALLS == []
