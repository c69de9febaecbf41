"""A desk for judging answers: tables, files as people have them, and a host that keeps what its cells showed."""

from __future__ import annotations

import ast
import builtins
import contextlib
import io
import itertools
import os
import time
import traceback
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
from open_interpreter.context import files, reader
from open_interpreter.core.cells import Cell, CellError, Outcome, Output
from open_interpreter.core.conversation import Task
from open_interpreter.core.questions import Answer, Question
from open_interpreter.core.snapshot import Snapshot, Trouble

TABLES = Path(os.environ.get("OPEN_INTERPRETER_SEABORN", "") or Path(__file__).parents[3] / "shared/data/seaborn")


@cache
def _read(name: str) -> pd.DataFrame:
    if name == "orders":
        return _orders()
    if name == "regions":
        rows = [("N", "North", "Ann"), ("S", "South", "Bo"), ("E", "East", "Cy"), ("X", "Overseas", "Di")]
        return pd.DataFrame(rows, columns=["region_code", "region_name", "manager"])
    if name == "sales_cn":
        return pd.DataFrame(
            {
                "城市": ["北京", "上海", "广州", "北京", "上海", "深圳", "广州", "深圳"],
                "产品": ["手机", "电脑", "手机", "电脑", "手机", "手机", "电脑", "电脑"],
                "销售额": [120.5, 300.0, 98.0, 410.0, 150.0, 87.5, 260.0, 333.0],
                "数量": [5, 3, 4, 4, 6, 3, 2, 3],
            }
        )
    return pd.read_csv(TABLES / f"{name}.csv")


def table(name: str) -> pd.DataFrame:
    """A copy of a table of seaborn's, or of one of three small made ones: orders, regions, sales_cn."""
    return _read(name).copy()


def _orders() -> pd.DataFrame:
    draw = np.random.default_rng(7)
    count = 120
    dates = pd.Timestamp("2023-01-03") + pd.to_timedelta(draw.integers(0, 700, count), unit="D")
    price = draw.uniform(5, 2500, count).round(2)
    frame = pd.DataFrame(
        {
            "order_id": np.arange(1001, 1001 + count),
            "order_date": [f"{date:%Y-%m-%d}" for date in dates],
            "region_code": draw.choice(["N", "S", "E", "W"], count),
            "product": draw.choice([" apple", "Banana", "cherry ", "apple"], count),
            "price": [f"${each:,.2f}" for each in price],
            "quantity": draw.integers(1, 12, count),
            "discount": np.where(draw.random(count) < 0.2, np.nan, draw.uniform(0, 0.3, count).round(3)),
        }
    )
    return pd.concat([frame, frame.iloc[:3]], ignore_index=True)


def write(told: str, folder: Path) -> None:
    """Write `name=kind:table` into the folder, for example `a.dat=tsv:tips`."""
    name, _, rest = told.partition("=")
    kind, _, source = rest.partition(":")
    frame, path = table(source), folder / name
    if kind in ("csv", "tsv", "semicolon", "gb18030"):
        separator = {"tsv": "\t", "semicolon": ";"}.get(kind, ",")
        frame.to_csv(path, index=False, sep=separator, encoding="gb18030" if kind == "gb18030" else "utf-8")
    elif kind == "decimal":
        frame.to_csv(path, index=False, sep=";", decimal=",")
    elif kind == "excel":
        with path.open("wb") as file:
            frame.to_excel(file, index=False, engine="openpyxl")
    elif kind == "json":
        frame.to_json(path, orient="records")
    elif kind == "jsonl":
        frame.to_json(path, orient="records", lines=True)
    elif kind == "parquet":
        frame.to_parquet(path)
    elif kind == "text":
        path.write_text("the quick brown fox\njumps over the lazy dog\nthe end\n", encoding="utf-8")


class Desk:
    """A host over a plain namespace that keeps the very values that cells showed."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        self.namespace: dict[str, Any] = {"__name__": "__main__", "display": self._display, **namespace}
        self._hidden = {"display": self._display}
        self.trouble: Trouble | None = None
        self.values: list[Any] = []
        self.errors: list[str] = []
        self.sources: list[str] = []
        self.printed = ""

    def clear(self) -> None:
        """Forget what was shown; the namespace stays."""
        self.values, self.errors, self.sources, self.printed = [], [], [], ""

    @property
    def variables(self) -> SimpleNamespace:
        """The namespace as attributes."""
        return SimpleNamespace(**self.namespace)

    async def snapshot(self, task: Task) -> Snapshot:
        """What a kernel would tell."""
        return Snapshot(
            variables=reader.variables(
                {name: value for name, value in self.namespace.items() if name not in ("__builtins__", "display")},
                only=task.only,
            ),
            files=files.look(os.getcwd()),
            trouble=self.trouble,
            directory=os.getcwd(),
        )

    async def approve(self, question: Question) -> Answer:
        """Yes."""
        return Answer("computing" if question.opening else "run")

    def _display(self, *values: Any) -> None:
        for value in values:
            self.values.append(value)
            print(repr(value))

    async def execute(self, cell: Cell) -> Outcome:
        """Run the cell for real."""
        printed, outputs, error, began = io.StringIO(), [], None, time.perf_counter()
        try:
            with contextlib.redirect_stdout(printed), _typing():
                value = self._run(cell.source)
        except Exception as raised:  # noqa: BLE001 - whatever the cell raises is data
            lines = "".join(traceback.format_exception(raised)).splitlines()
            error = CellError(type(raised).__name__, str(raised), tuple(lines))
            self.errors.append(error.line)
            value = None
        else:
            self.sources.append(cell.source)
        if printed.getvalue():
            outputs.append(Output("stream", {"text/plain": printed.getvalue()}, "stdout"))
        if value is not None:
            self.values.append(value)
            outputs.append(Output("result", {"text/plain": repr(value)}))
        self.printed += "\n".join(each.text for each in outputs) + "\n"
        seconds = time.perf_counter() - began
        return Outcome("ok" if error is None else "error", tuple(outputs), error, seconds=seconds)

    def _run(self, source: str) -> Any:
        tree = ast.parse(source, "<cell>")
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, "<cell>", "exec"), self.namespace)
        return eval(compile(ast.Expression(last.value), "<cell>", "eval"), self.namespace) if last else None


@contextlib.contextmanager
def _typing() -> Iterator[None]:
    """A person who types 1, 2, 3 … at every question, and has enough after 200."""
    numbers, before = itertools.chain(range(1, 201)), builtins.input

    def typed(prompt: object = "") -> str:
        print(prompt, end="")
        try:
            return str(next(numbers))
        except StopIteration:
            raise EOFError from None

    builtins.input = typed
    try:
        yield
    finally:
        builtins.input = before


def frames(told: Mapping[str, str]) -> dict[str, pd.DataFrame]:
    """The tables by the names they have in the namespace."""
    return {name: table(source) for name, source in told.items()}
