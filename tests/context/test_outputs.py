"""What came of a cell, in words: trimmed, pictures described, errors with the person's own frames."""

from __future__ import annotations

import base64
import subprocess
import sys
import time

import pytest
from open_interpreter.context.outputs import error_text, failing_line, outputs_text
from open_interpreter.core.cells import CellError, Outcome, Output


def printed(text, name="stdout"):
    return Output("stream", {"text/plain": text}, name)


def shown(**data):
    return Output("display", {kind.replace("_", "/", 1): value for kind, value in data.items()})


def test_streams_that_were_written_in_pieces_are_one_text():
    told = outputs_text(Outcome("ok", (printed("a"), printed("b\n"), printed("!", "stderr"), printed("c"))))
    assert told == "ab\nstderr: !\nc"


def test_a_result_comes_as_plain_text_and_a_picture_as_one_line():
    picture = base64.b64encode(bytes(23_000)).decode()
    told = outputs_text(
        Outcome(
            "ok",
            (
                Output("result", {"text/plain": "   a\n0  1", "text/html": "<table>…</table>"}),
                Output("display", {"text/plain": "<Figure size 640x480 with 1 Axes>", "image/png": picture}),
                Output("display", {"application/vnd.plotly.v1+json": "{}" * 600, "text/html": "<div>"}),
                Output("display", {"text/html": "<b>bold</b>" * 200}),
                Output("display", {}),
            ),
        )
    )
    assert told.splitlines() == [
        "   a",
        "0  1",
        "(a picture, image/png, 23 kB)",
        "(a chart, application/vnd.plotly.v1+json, 1.2 kB)",
        "(an output, text/html, 2.2 kB)",
    ]


def test_ten_megabytes_of_output_become_head_tail_and_a_count():
    outputs = tuple(printed(f"{n:07} of many lines of text\n") for n in range(350_000))
    started = time.perf_counter()
    told = outputs_text(Outcome("ok", outputs), 2_000)
    assert time.perf_counter() - started < 2
    assert told.startswith("0000000 of many")
    assert told.endswith("0349999 of many lines of text")
    assert "characters left out" in told
    assert len(told) < 2_100


def failure(source):
    """The error of a cell as IPython's own traceback tells it, from a real shell."""
    program = (
        "import json, sys; from IPython.core.interactiveshell import InteractiveShell as S\n"
        "s = S.instance(colors='NoColor')\n"
        "kept = []; s._showtraceback = lambda kind, value, lines: kept.append((kind.__name__, str(value), lines))\n"
        "s.run_cell(sys.stdin.read(), store_history=True); sys.stdout.write('\\n' + json.dumps(kept[-1]))"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program], input=source, capture_output=True, text=True, check=True
    )
    import json

    name, value, lines = json.loads(done.stdout.splitlines()[-1])
    return CellError(name, value, tuple(lines))


def test_an_error_is_told_with_the_person_s_frames_and_the_failing_line_only():
    source = "import pandas as pd\ndf = pd.DataFrame({'a': [1]})\ndef part(d):\n    return d['b']\n\npart(df)"
    error = failure(source)
    told = error_text(error, source)
    assert "site-packages" not in told
    assert "return d['b']" in told
    assert "part(df)" in told
    assert told.endswith("KeyError: 'b'")
    assert told.count("KeyError") == 1
    assert failing_line(error, source) == "return d['b']"
    assert len("".join(error.traceback)) > 3 * len(told)


def test_a_syntax_error_is_told_with_its_line():
    source = "x = 1\nfor y in x\n    print(y)"
    told = error_text(failure(source), source)
    assert "for y in x" in told
    assert "SyntaxError" in told


@pytest.mark.parametrize("lines", [(), ("no frames here",), ("File /lib/python3.11/json/x.py:1, in f()\n-> 1 a",)])
def test_an_error_without_frames_of_the_person_is_its_last_line(lines):
    assert error_text(CellError("ValueError", "bad", lines), "x").splitlines()[-1] == "ValueError: bad"


def test_an_endless_message_is_cut():
    told = error_text(CellError("E", "x" * 10**6, ("Cell In[1], line 1\n" + "y\n" * 10**5,)), "z")
    assert len(told) < 2_600
