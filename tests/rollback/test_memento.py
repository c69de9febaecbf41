"""What a memento brings back, what it says that it cannot, and that it asks nothing of the person's objects."""

from __future__ import annotations

import collections
import os
import random
import warnings

import numpy as np
import pandas as pd
import pytest
from open_interpreter.rollback import take

from tests.context.tripwire import CALLS, Meta, Trip, armed, derived, instances


def namespace_of(source):
    namespace = {"__name__": "__main__"}
    exec(source, namespace)
    return namespace


def after(setup, step):
    """A namespace and the report of a memento, after a step was undone."""
    namespace = namespace_of(setup)
    memento = take(namespace, step)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(step, namespace)
    return namespace, memento.restore()


def test_names_are_bound_to_the_very_same_objects_again():
    namespace, report = after("a = [1]\nb = a", "a = 2\ndel b\nc = 3")
    assert namespace["a"] == [1]
    assert namespace["a"] is namespace["b"]
    assert "c" not in namespace
    assert report.restored == ("a", "b", "c")
    assert dict(report.lost) == {}


def test_a_function_s_own_reach_counts_as_named():
    setup = "big = bytearray(200_000)\ndef inner():\n    big[0] = 1\ndef outer():\n    inner()"
    namespace, _ = after(setup, "outer()")
    assert namespace["big"][0] == 0


def test_the_methods_of_an_instance_count_as_named():
    setup = "import numpy as np\nbig = np.zeros(100_000)\nclass A:\n    def go(self):\n        big[:] = 1\nitem = A()"
    namespace, _ = after(setup, "item.go()")
    assert namespace["big"].sum() == 0


@pytest.mark.parametrize("step", ["exec('big[0] = 1')", "globals()['big'][0] = 1", "eval('big').__setitem__(0, 1)"])
def test_a_step_that_may_touch_anything_has_everything_kept(step):
    namespace, _ = after("big = bytearray(200_000)", step)
    assert namespace["big"][0] == 0


def test_a_large_buffer_that_is_not_named_costs_nothing():
    namespace = namespace_of("import numpy as np\nbig = np.zeros(1_000_000)\nn = 1")
    assert take(namespace, "n += 1").weight == 0
    assert take(namespace, "big[0] = n").weight == 8_000_000


def test_what_exceeds_the_memory_is_told_before_and_after():
    namespace = namespace_of("import numpy as np\nbig = np.zeros(1_000_000)")
    memento = take(namespace, "big[0] = 1", free=1_000_000)
    assert memento.lost == {"big": "is too large to be kept"}
    assert dict(memento.restore().lost) == memento.lost


@pytest.mark.parametrize(
    ("setup", "step", "lost"),
    [
        ("steps = (n for n in range(3))", "next(steps)", {"steps": "generator"}),
        ("steps = iter([1, 2])", "next(steps)", {"steps": "iterator"}),
        ("import threading\nlock = threading.Thread()", "lock.name = 'x'", {"lock": "thread"}),
        ("import queue\nline = queue.Queue()", "line.put(1)", {"line": "object that threads share"}),
        ("import json", "json.extra = 1", {"json.extra": "is set in a module"}),
    ],
)
def test_what_cannot_be_kept_is_told_by_name(setup, step, lost):
    namespace, report = after(setup, step)
    assert dict(report.lost) == lost
    vars(namespace.get("json", collections)).pop("extra", None)


def test_what_a_step_does_not_touch_is_not_told():
    assert take(namespace_of("steps = iter([1])\nn = 1"), "n += 1").lost == {}


def test_a_library_s_own_object_is_left_alone_where_the_step_does_not_name_it():
    setup = "import string, types\nmaker = string.Formatter()\nspace = types.SimpleNamespace(n=1)\nn = 1"
    namespace = namespace_of(setup)
    memento = take(namespace, "n += 1")
    namespace["maker"].seen = namespace["space"].n = 2  # by a thread, say
    memento.restore()
    assert namespace["maker"].seen == 2


def test_a_class_has_its_attributes_back():
    namespace, report = after("class A:\n    seen = []\n    n = 1", "A.n = 2\nA.seen.append(1)\nA.more = 3\ndel A.seen")
    assert (namespace["A"].n, namespace["A"].seen, hasattr(namespace["A"], "more")) == (1, [], False)
    assert dict(report.lost) == {}


def test_closures_and_defaults_are_kept():
    setup = """
def make():
    n = 0
    def count(seen=[]):
        nonlocal n
        n += 1
        seen.append(n)
        return n
    return count
count = make()
"""
    namespace, _ = after(setup, "count()\ncount()")
    assert namespace["count"]() == 1
    assert namespace["count"].__defaults__ == ([1],)


def test_arrays_keep_their_buffer_whatever_looks_into_it():
    setup = "import numpy as np\na = np.arange(6)\nview = a[1:4]\ngrid = a.reshape(2, 3)"
    namespace, _ = after(setup, "view[:] = 9\ngrid.shape = (3, 2)")
    assert namespace["a"].tolist() == [0, 1, 2, 3, 4, 5]
    assert namespace["grid"].shape == (2, 3)
    assert namespace["view"].base is namespace["a"]


def test_a_table_and_the_column_taken_from_it():
    setup = "import pandas as pd\nt = pd.DataFrame({'x': [1, 2], 'o': [[1], [2]]})\nx = t['x']\nother = t"
    step = """
t['x'] = t['x'] * 2
t.loc[0, 'x'] = 7
t['o'][0].append(5)
t['n'] = 1
t.columns = list('abc')
x.iloc[0] = 3
"""
    namespace, _ = after(setup, step)
    table = namespace["t"]
    assert table is namespace["other"]
    assert table.to_dict("list") == {"x": [1, 2], "o": [[1], [2]]}
    assert namespace["x"].tolist() == [1, 2]


def test_the_process_is_as_it_was(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "inside").mkdir()
    namespace = namespace_of("import os, random\nimport numpy as np")
    drawn, state = random.getstate(), np.random.get_state()[1].tolist()  # noqa: NPY002
    memento = take(namespace, "pass")
    exec("os.chdir('inside')\nos.environ['OIL_X'] = '1'\nrandom.random()\nnp.random.rand()", namespace)
    memento.restore()
    assert os.getcwd() == str(tmp_path)
    assert "OIL_X" not in os.environ
    assert random.getstate() == drawn
    assert np.random.get_state()[1].tolist() == state  # noqa: NPY002


def test_nothing_of_the_person_s_runs():
    trip, text = Trip(), derived(str)("x")
    holder = type("Holder", (), {})()
    holder.trip = trip
    namespace = {
        "__name__": "__main__",
        "value": trip,
        "kind": Trip,
        "meta": Meta,
        **instances(),
        "items": [trip, text],
        "mapping": {trip: trip, "k": trip},
        "bag": {trip},
        "queue": collections.deque([trip]),
        "frame": pd.DataFrame({"o": [1, 2]}),
        "holder": holder,
    }
    everything = "\n".join(name for name in namespace if name.isidentifier() and not name.startswith("__"))
    with armed():
        memento = take(namespace, everything)
    assert CALLS == []
    list.append(namespace["items"], 1)
    dict.clear(namespace["mapping"])
    set.clear(namespace["bag"])
    holder.trip = None
    with armed():
        memento.restore()
    assert CALLS == []
    assert namespace["items"][0] is trip
    assert len(namespace["items"]) == 2
    assert [id(key) for key in namespace["mapping"]] == [id(trip), id("k")]
    assert holder.trip is trip
