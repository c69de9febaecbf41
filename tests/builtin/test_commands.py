"""The panel's commands with the built-in model: it mends, explains and documents a cell, and says what it cannot."""

from __future__ import annotations

import ast

import pandas as pd
import pytest
from open_interpreter.agent.commands import make_task
from open_interpreter.agent.loop import Agent
from open_interpreter.context import reader
from open_interpreter.core.cells import Cell
from open_interpreter.core.conversation import Conversation
from open_interpreter.core.events import Executed
from open_interpreter.core.settings import Settings
from open_interpreter.core.snapshot import PastCell, Snapshot, Trouble
from open_interpreter.providers.builtin import Builtin
from open_interpreter.providers.builtin.documenting import documented
from open_interpreter.providers.builtin.explaining import explained
from open_interpreter.safety.policy import Policy

from tests.fakes import MemoryHost

WRONG = "df['Fair'].mean()"


def there(**more) -> Snapshot:
    return Snapshot(variables=reader.variables({"df": pd.DataFrame({"fare": [1.0, 3.0]})}), **more)


async def run(command: str, source: str, snapshot: Snapshot, text: str = ""):
    host = MemoryHost({"df": pd.DataFrame({"fare": [1.0, 3.0]})}, snapshot=snapshot)
    task = make_task(command, text, target=Cell("mine", source))
    agent = Agent(Builtin(), host, Policy(), Settings())
    events = [event async for event in agent.run(Conversation(task))]
    return events[-1], [each.cell for each in events if isinstance(each, Executed)]


@pytest.mark.parametrize(
    "snapshot",
    [
        there(trouble=Trouble("KeyError", "'Fair'", WRONG, "KeyError: 'Fair'")),
        there(cells=(PastCell(WRONG, 1, "mine", "Traceback (most recent call last)\nKeyError: 'Fair'", failed=True),)),
    ],
)
async def test_a_known_mistake_is_mended_in_the_cell_itself(snapshot: Snapshot) -> None:
    end, (cell,) = await run("fix", WRONG, snapshot)
    assert (cell.id, cell.attempt, "fare" in cell.source) == ("mine", 2, True)
    assert (end.ending, end.turns) == ("done", 2)


async def test_another_cell_that_failed_last_is_not_mistaken_for_this_one() -> None:
    end, cells = await run("fix", "df.head()", there(trouble=Trouble("KeyError", "'Fair'", WRONG)))
    assert (end.ending, cells) == ("failed", [])
    assert "has not failed" in end.reason


async def test_what_it_cannot_mend_it_says() -> None:
    end, cells = await run("fix", "f()", there(trouble=Trouble("RuntimeError", "odd", "f()")))
    assert (end.ending, cells) == ("failed", [])
    assert "RuntimeError: odd" in end.reason
    assert "/model" in end.reason


@pytest.mark.parametrize("command", ["test", "optimise"])
async def test_what_it_does_not_know_it_declines_in_words(command: str) -> None:
    end, cells = await run(command, "x = 1", there())
    assert (end.ending, cells) == ("failed", [])
    assert f"cannot do /{command}" in end.reason


async def test_an_explanation_is_prose_and_runs_nothing() -> None:
    end, cells = await run("explain", WRONG, there(trouble=Trouble("KeyError", "'Fair'", WRONG)))
    assert (end.ending, cells) == ("done", [])
    assert "`df` (DataFrame)" in end.answer
    assert "KeyError: 'Fair'" in end.answer
    end, _ = await run("explain", WRONG, there(), "用中文")
    assert "使用已有的" in end.answer


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("import pandas as pd\nfrom os import path", ["imports `pandas` (`pd`), `os.path`"]),
        ("t = df.sum()", ["`t` becomes `df.sum()`"]),
        ("df['a'] = 1", ["changes `df['a']`, to `1`"]),
        ("n = 0\nn += 1", ["changes `n`: `n += 1`"]),
        ("for a in b:\n    print(a)", ["goes through `b`", "prints `a`", "uses `b`, which the kernel does not have"]),
        ("if x > 1:\n    y = 2\nelse:\n    z = 3", ["decides by `x > 1`", "`y` becomes `2`", "`z` becomes `3`"]),
        ("while x:\n    x -= 1", ["repeats as long as `x`"]),
        ("with open('a') as f:\n    t = f.read()", ["works within `open('a') as f`"]),
        ("try:\n    f()\nexcept ValueError:\n    pass", ["catches its errors", "calls `f()`"]),
        ('def f(a, b=1):\n    """Add."""\n    return a', ["function `f(a, b=1)`: Add."]),
        ("class A:\n    pass", ["class `A`."]),
        ("df.plot()", ["draws: `df.plot()`"]),
        ("df.head()", ["At its end it shows `df.head()`"]),
        ("del df", ["removes the name `df`"]),
        ("%matplotlib inline\nx = 1", ["command `%matplotlib inline`", "`x` becomes `1`"]),
        ("%%bash\nls `x`", ["command `%%bash`"]),
        ("x = !ls", ["command `x = !ls`"]),
        ("df?", ["command `df?`"]),
        ("x = (a\n% b)", ["`x` becomes `a % b`"]),
        ("x = ", ["not whole Python: line 1"]),
        ("# only a comment", ["does nothing"]),
        ("\n".join(f"x{n} = {n}" for n in range(40)), ["has 26 more steps"]),
        ("x = " + "-" * 5_000 + "1", ["in"]),
    ],
)
def test_a_cell_is_told_part_by_part(source: str, told: list[str]) -> None:
    text = explained(source, there(), "", chinese=False)
    for each in told:
        assert each in text
    assert text.count("`") % 2 == 0
    assert explained(source, there(), "E: x", chinese=True).endswith("`E: x`。")


async def test_docstrings_are_added_and_the_code_is_the_same() -> None:
    source = (
        "import pandas as pd\n\n\ndef mean_fare(frame, by='class'):\n    # why so\n    return frame[by]\n\n\n"
        "def one(x): return x\n\n\ndef told():\n    '''Yes.'''\n"
    )
    end, (cell,) = await run("document", source, there())
    assert (end.ending, cell.id) == ("done", "mine")
    lines = cell.source.split("\n")
    assert lines[0] == "# Define mean_fare, one, told."
    assert lines[lines.index("def mean_fare(frame, by='class'):") + 1] == '    """Mean fare; takes frame, by."""'
    kept = [line for line in lines[1:] if '"""' not in line]
    assert "\n".join(kept) == source.rstrip("\n")


@pytest.mark.parametrize("source", ["# Told.\nx = 1", "x = (", "%%bash\nls", "1 + 1", "x" + ".y" * 5_000])
def test_what_needs_no_words_gets_none(source: str) -> None:
    assert documented(source, chinese=False) is None


@pytest.mark.parametrize(
    "source",
    [
        "x = '''\ndef f(a):\n    return a\n'''",
        "@decorated\ndef f(\n    a,  # the first\n):\n\n    @inner\n    def g():\n        return a\n    return g",
        "async def f():\n\treturn 1",
        "df = pd.read_csv('tips.csv')\ndf.plot()\ndf.to_csv('out.csv')",
        "%matplotlib inline\ndef f(x):\n    return x",
    ],
)
@pytest.mark.parametrize("chinese", [False, True])
def test_only_docstrings_and_comments_are_added(source: str, chinese: bool) -> None:
    made = documented(source, chinese=chinese)
    assert made is not None
    plain, told = (ast.parse(each.replace("%matplotlib inline", "pass")) for each in (source, made))
    for node in ast.walk(told):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            assert ast.get_docstring(node)
            node.body = node.body[1:]
    assert ast.dump(told) == ast.dump(plain)


async def test_there_is_nothing_to_document_is_said() -> None:
    end, cells = await run("document", "1 + 1", there())
    assert (end.ending, cells) == ("failed", [])
    assert "nothing in this cell" in end.reason


async def test_other_languages_are_declined_with_the_next_step() -> None:
    end, cells = await run("", "ls", Snapshot(language="bash"), "list the files")
    assert (end.ending, cells) == ("failed", [])
    assert end.reason.startswith("The built-in model writes Python only, and this kernel runs Bash: choose another")
