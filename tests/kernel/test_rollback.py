"""A failed attempt leaves no trace in a real kernel; what stays is told to the model and to the person."""

from __future__ import annotations

FAILS = "1 / 0"


def cell(*lines):
    return "```python\n" + "\n".join(lines) + "\n```"


def sent(server, request):
    return server.requests[request].body["messages"][-1]["content"]


def test_a_correction_starts_from_the_state_before_the_failed_attempt(desk, script):
    server = script(cell("count += 1", "rows.append(count)", "fresh = 1", FAILS), cell("count += 1", "count"), "Two.")
    _, prompt, after = desk.write(
        "count = 1\nrows = []\nsame = rows", "%%interpret\ngo", "rows, same is rows, 'fresh' in dir()"
    )
    desk.run()
    assert prompt.error is None
    assert desk.cells[2].text == "2"
    assert after.text == "([], True, False)"
    assert "All variables are again as they were before this cell." in sent(server, 1)


def test_tables_and_arrays_are_put_back_where_they_stand(desk, script):
    script(cell("df['x'] = 0", "df.drop(columns='y', inplace=True)", "part[:] = 9", FAILS), cell("df.shape"), "Done.")
    begin = "import numpy as np, pandas as pd\ndf = pd.DataFrame({'x': [1, 2], 'y': [3, 4]})"
    begin += "\na = np.arange(4)\npart = a[1:3]"
    *_, after = desk.write(begin, "%%interpret\ngo", "df.to_dict('list'), a.tolist()")
    desk.run()
    assert after.text == "({'x': [1, 2], 'y': [3, 4]}, [0, 1, 2, 3])"


def test_what_cannot_be_put_back_is_told_to_both(desk, script):
    server = script(cell("next(steps)", FAILS), cell("next(steps)"), "One.")
    _, prompt = desk.write("steps = iter([0, 1, 2])", "%%interpret\ngo")
    desk.run()
    told = (
        "All variables are again as they were before this cell, except for what cannot be put back: `steps` (iterator)."
    )
    assert told in sent(server, 1)
    assert told in prompt.text
    assert desk.cells[2].text == "1"


def test_a_cell_that_ran_for_long_keeps_what_it_did(desk, script):
    server = script(cell("import time", "fitted = True", "time.sleep(10)", FAILS), cell("fitted"), "Done.")
    (prompt,) = desk.write("%%interpret\nfit")
    desk.run()
    assert prompt.error is None
    assert desk.cells[1].text == "True"
    assert "It ran for 10 s, so what it did before it failed was kept: the lines before line 4" in sent(server, 1)


def test_a_cell_that_is_stopped_leaves_no_trace(desk, script):
    script(cell("rows.append(1)", "import time", "time.sleep(30)"))
    begin, prompt = desk.write("rows = []", "%%interpret\ngo")
    desk.run(begin)
    desk.run(prompt, interrupt_after=3)
    assert prompt.error == "Interrupted"
    (after,) = desk.write("rows")
    desk.run(after)
    assert after.text == "[]"
