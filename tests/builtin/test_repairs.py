"""A failed cell is corrected from its error, in its own place, and never the same way twice."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pandas as pd
import pytest
from open_interpreter.context import files, reader
from open_interpreter.core.cells import Attempt, Cell
from open_interpreter.core.conversation import Conversation, Request, Task, Turn
from open_interpreter.core.snapshot import PastCell, Snapshot, Trouble
from open_interpreter.providers.builtin import Builtin

from tests.builtin.running import FENCE, ask, execute


def frame() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "fare": [1.0, 2.0, 3.0],
            "price": ["1", "2", "x"],
            "day": ["2024-01-01", "2024-02-01", "2024-03-01"],
            "kind": ["a", "b", "a"],
        }
    )


def mend(
    source: str, namespace: dict, folder: Path | None = None, cells: tuple[PastCell, ...] = (), reply: str = ""
) -> tuple[str, list[str]]:
    """Run a broken cell and ask for its repair; gives the reply and the sources of its cells."""
    outcome = execute(source, namespace)
    assert outcome.error is not None
    cell = Cell("abc", source)
    talk = Conversation(Task("make it work"), (Turn(reply or f"```python\n{source}\n```", (Attempt(cell, outcome),)),))
    snapshot = Snapshot(
        reader.variables({k: v for k, v in namespace.items() if k != "__builtins__"}),
        cells,
        files.look(folder) if folder else (),
    )

    async def answer() -> str:
        return "".join([delta.text async for delta in Builtin().stream(Request((), talk, snapshot))])

    text = asyncio.run(answer())
    return text, [each[2].rstrip("\n") for each in FENCE.findall(text)]


@pytest.mark.parametrize(
    "source",
    [
        'df["Fair"].mean()',
        'df[["fares", "kind"]].head()',
        'df.groupby("kinds")["fare"].mean()',
        "df.fares.mean()",
        "dff.fare.mean()",
        "np.mean(df.fare)",
        'df["price"].mean()',
        'df["price"] > 1',
        'pd.to_numeric(df["price"]).sum()',
        'df["day"].dt.month',
        'df["fare"].str.upper()',
        "df.groupby('kind').mean()",
        "df.corr()",
        'import pandas as pd\n\npd.to_numeric(df["price"])',
    ],
)
def test_a_known_mistake_is_corrected_in_place(source: str) -> None:
    namespace = {"df": frame()} | ({"pd": pd} if "pd." in source else {})
    text, sources = mend(source, namespace)
    assert "```python replace=abc\n" in text, text
    outcome = execute(sources[0], namespace)
    assert outcome.ok, (sources[0], outcome.error)


def test_the_cells_behind_a_corrected_one_are_written_again_with_the_same_change() -> None:
    reply = '```python\ndf["Fares"].mean()\n```\n\n```python\ndf["Fares"].max()\n```'
    _, sources = mend('df["Fares"].mean()', {"df": frame()}, reply=reply)
    assert sources == ['df["fare"].mean()', 'df["fare"].max()']


def test_a_file_name_is_corrected_to_the_nearest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    frame().to_csv(tmp_path / "titanic.csv", index=False)
    monkeypatch.chdir(tmp_path)
    _, sources = mend('df = pd.read_csv("titanik.csv")', {"pd": pd}, tmp_path)
    assert sources == ['df = pd.read_csv("titanic.csv")']


def test_a_wrong_encoding_is_corrected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.csv").write_bytes("城市,数\n北京,1\n上海,2\n".encode("gb18030"))
    monkeypatch.chdir(tmp_path)
    namespace: dict = {"pd": pd}
    _, sources = mend('df = pd.read_csv("a.csv")', namespace, tmp_path)
    assert execute(sources[0], namespace).ok
    assert list(namespace["df"].columns) == ["城市", "数"]


def test_a_wrong_separator_is_corrected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.csv").write_text("a;b\n1,5;2\n3,5,7;4\n")
    monkeypatch.chdir(tmp_path)
    namespace: dict = {"pd": pd}
    _, sources = mend('df = pd.read_csv("a.csv")', namespace, tmp_path)
    assert execute(sources[0], namespace).ok
    assert list(namespace["df"].columns) == ["a", "b"]


def test_a_table_read_as_one_column_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.csv").write_text("a;b\n1;2\n3;4\n")
    monkeypatch.chdir(tmp_path)
    load = 'df = pd.read_csv("a.csv")'
    namespace: dict = {"pd": pd, "df": pd.read_csv("a.csv")}
    _, sources = mend('df["b"].sum()', namespace, tmp_path, (PastCell(load),))
    assert execute(sources[0], namespace).ok


def test_a_missing_module_ends_with_what_to_install() -> None:
    text, sources = mend("import polarbears", {})
    assert not sources
    assert "%pip install polarbears" in text


def test_an_unknown_mistake_is_told_honestly() -> None:
    text, sources = mend("1 / 0", {})
    assert not sources
    assert "ZeroDivisionError" in text
    assert "%oi model" in text


def test_the_same_repair_is_not_tried_twice() -> None:
    namespace = {"df": frame()}
    source = 'df["Fares"].mean()'
    outcome = execute(source, namespace)
    fixed = Attempt(Cell("abc", 'df["fare"].mean()', attempt=2), outcome)
    talk = Conversation(
        Task("x"),
        (
            Turn("", (Attempt(Cell("abc", source), outcome),)),
            Turn("", (fixed,)),
            Turn("", (Attempt(Cell("abc", source, attempt=3), outcome),)),
        ),
    )
    snapshot = Snapshot(reader.variables(namespace))

    async def answer() -> str:
        return "".join([delta.text async for delta in Builtin().stream(Request((), talk, snapshot))])

    assert "```python" not in asyncio.run(answer())


def test_text_that_holds_numbers_is_converted_and_then_coerced() -> None:
    table = pd.DataFrame({"price": ["1", "2", "3", "oops"], "shop": ["a", "a", "b", "b"]})
    shown = ask("mean of price", {"df": table})
    assert [each.outcome.status for each in shown.attempts] == ["error", "ok"]
    assert "2.0" in shown.text


def test_the_last_failed_cell_of_the_kernel_is_mended_on_demand() -> None:
    trouble = Trouble("KeyError", "'Fares'", 'df["Fares"].mean()')
    shown = ask("fix the error in my last cell", {"df": frame()}, trouble=trouble)
    assert shown.code == 'df["fare"].mean()'
