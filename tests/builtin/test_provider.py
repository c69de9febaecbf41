"""The built-in model as the loop meets it: loading, programs, languages, names, and nothing injected."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from open_interpreter.core.conversation import Exchange
from open_interpreter.providers.builtin import Builtin
from open_interpreter.providers.builtin.columnslots import COLUMN_SLOTS
from open_interpreter.providers.builtin.recipes import library
from open_interpreter.providers.builtin.valueslots import VALUE_SLOTS

from tests.builtin.running import ask

DATA = Path(__file__).resolve().parents[1] / "data"


def titanic() -> pd.DataFrame:
    return pd.read_csv(DATA / "titanic.csv")


def test_the_three_seed_tasks_run(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = ask("根据以下描述生成一个Python函数:计算给定数字的阶乘,即n!的值。例如,输入5,输出120。")
    assert shown.ok
    assert "120" in shown.text
    assert shown.namespace["factorial"](0) == 1
    shown = ask("请生成一个函数，用于计算两个矩阵的乘积")
    assert shown.ok
    assert shown.namespace["matrix_product"]([[1, 2]], [[3], [4]]) == [[11]]
    shown = ask("请根据用户输入生成一个简单的猜数字游戏")
    assert shown.ok
    guesses = iter(["abc", *map(str, range(1, 101))])
    monkeypatch.setattr("builtins.input", lambda _: next(guesses))
    assert 1 <= shown.namespace["guess_number"]() <= 100


PROGRAMS = {
    "write a python function for the factorial of a number": "120",
    "Write a program that prints all prime numbers up to 30": "29",
    "check if a number is prime": "True",
    "generate the first 12 Fibonacci numbers": "89",
    "implement bubble sort": "[1, 2, 5, 7, 9]",
    "quicksort in python": "[1, 2, 5, 7, 9]",
    "function that checks whether a string is a palindrome": "notebook False",
    "write a function to reverse a string": "koobeton",
    "binary search algorithm": "3",
    "greatest common divisor of two numbers": "12",
    "fizzbuzz up to 15": "FizzBuzz",
    "count the words in a text": "('the', 3)",
    "is 2024 a leap year?": "2024 True",
    "sum of the numbers from 1 to 100": "5050",
    "multiply two matrices": "58",
    "写一个判断素数的函数": "97 True",
    "用Python写冒泡排序": "[1, 2, 5, 7, 9]",
    "生成斐波那契数列的前10项": "34",
    "打印九九乘法表": "9×9=81",
    "求两个数的最大公约数": "12",
    "写一个函数判断回文": "notebook False",
    "计算1到100的和": "5050",
}


@pytest.mark.parametrize("instruction", PROGRAMS)
def test_a_small_program_is_written_and_tried(instruction: str) -> None:
    shown = ask(instruction)
    assert shown.ok, shown.replies
    assert PROGRAMS[instruction] in shown.text


@pytest.mark.parametrize("with_table", [True, False])
def test_a_program_is_written_beside_a_table_too(with_table: bool) -> None:
    shown = ask("write a function that computes the factorial of n", {"df": titanic()} if with_table else {})
    assert "def factorial" in shown.code


def test_a_named_file_is_loaded_in_a_cell_of_its_own_and_the_rest_follows(tmp_path: Path) -> None:
    shutil.copy(DATA / "titanic.csv", tmp_path)
    shown = ask(
        "load titanic.csv, drop rows with missing age, group by class and show mean fare, plot it",
        {},
        directory=tmp_path,
    )
    assert shown.ok, shown.replies
    assert [each.cell.source.splitlines()[-1] for each in shown.attempts][:1] == ["df.head()"]
    assert len(shown.attempts) == 4
    assert "87.96" in shown.text
    assert "```" not in shown.replies[-1]


def test_the_only_table_of_the_folder_is_loaded_when_one_is_needed(tmp_path: Path) -> None:
    shutil.copy(DATA / "tips.csv", tmp_path)
    shown = ask("average tip by day", {}, directory=tmp_path)
    assert "2.99" in shown.text


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("a.csv", lambda d, p: d.to_csv(p, index=False)),
        ("a.tsv", lambda d, p: d.to_csv(p, index=False, sep="\t")),
        ("a.dat", lambda d, p: d.to_csv(p, index=False, sep=";")),
        ("a.json", lambda d, p: d.to_json(p, orient="records")),
        ("a.jsonl", lambda d, p: d.to_json(p, orient="records", lines=True)),
        ("a.parquet", lambda d, p: d.to_parquet(p)),
        ("a.xlsx", lambda d, p: d.to_excel(p, index=False)),
        ("wrong_ending.txt", lambda d, p: d.to_csv(p, index=False, encoding="utf-16")),
    ],
)
def test_a_file_is_read_by_its_content(tmp_path: Path, name: str, write: object) -> None:
    write(pd.DataFrame({"city": ["Bonn", "Köln"], "people": [3, 5]}), tmp_path / name)  # type: ignore[operator]
    shown = ask(f"load {name}", {}, directory=tmp_path)
    assert shown.ok, (shown.replies, [each.outcome.error for each in shown.attempts])
    assert list(shown.namespace["df"].columns) == ["city", "people"]
    assert shown.namespace["df"].people.sum() == 8


def test_an_english_wish_is_answered_in_english_and_a_chinese_one_in_chinese() -> None:
    assert ask("mean of age", {"df": titanic()}).replies[0].startswith("Mean of age.")
    assert ask("年龄的平均值", {"df": titanic()}).replies[0].startswith("age 的平均值。")


def test_the_answer_repeats_short_figures() -> None:
    shown = ask("mean of fare, rounded to 2 decimals", {"df": titanic()})
    assert shown.replies[-1].startswith("Mean of fare: 32.2")
    assert "```" not in shown.replies[-1]


@pytest.mark.parametrize(
    ("instruction", "kind"),
    [
        ("mean of fare", float),
        ("mean, median and std of fare", pd.Series),
        ("mean fare by class", pd.Series),
        ("rows where age > 60", pd.DataFrame),
    ],
)
def test_the_last_cell_assigns_the_answer(instruction: str, kind: type) -> None:
    shown = ask(instruction, {"df": titanic()}, assign="answer")
    assert shown.ok, shown.replies
    assert isinstance(shown.namespace["answer"], kind)


def test_a_follow_up_goes_on_from_the_question_before() -> None:
    earlier = (Exchange("mean fare by class", "…"),)
    shown = ask("and by sex?", {"df": titanic()}, earlier=earlier)
    assert shown.code == 'df.groupby("sex")["fare"].mean()'


def test_the_named_table_is_taken_and_else_the_one_with_the_columns() -> None:
    both = {"tips": pd.read_csv(DATA / "tips.csv"), "ships": titanic()}
    assert "tips[" in ask("average tip", dict(both)).code
    assert "ships[" in ask("mean of @ships.fare", dict(both)).code
    assert "tips." in ask("how many rows has tips", dict(both)).code


def test_names_of_the_person_are_not_overwritten() -> None:
    shown = ask("which class has the highest fare", {"df": titanic(), "highest": "mine", "mean_fare": 3})
    assert shown.namespace["highest"] == "mine"
    shown = ask("mean of fare", shown.namespace)
    assert shown.namespace["mean_fare"] == 3


def test_merging_names_both_tables() -> None:
    left = pd.DataFrame({"key": [1, 2], "a": [3, 4]})
    shown = ask("merge left and right on key", {"left": left, "right": pd.DataFrame({"key": [1, 2], "b": [5, 6]})})
    assert shown.ok, shown.replies
    assert list(shown.namespace["merged"].columns) == ["key", "a", "b"]


def test_a_monthly_average_reads_the_date_column() -> None:
    table = pd.DataFrame({"date": ["2024-01-01", "2024-01-15", "2024-02-01"], "sales": [1, 3, 7]})
    shown = ask("monthly average of sales", {"df": table})
    assert "2024-01    2.0" in shown.text


NASTY = [
    'x"]; import os; os.system("echo")',
    "a'b",
    'a"b',
    "back\\slash",
    "new\nline",
    "{data}",
    "[[x]]",
    "`tick`",
    "‹c0›",
]


@pytest.mark.parametrize("name", NASTY)
def test_a_column_name_never_becomes_code(name: str) -> None:
    table = pd.DataFrame({name: [1.0, 2.0, 3.0], "kind": ["a", "b", "a"]})
    shown = ask("describe the data", {"df": table})
    assert shown.ok
    shown = ask(f"mean of @df.kind and sum of all numeric columns by {name}", {"df": table})
    _harmless(shown.code)


@given(st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_no_instruction_breaks_or_injects(text: str) -> None:
    table = pd.DataFrame({"a": [1.0, 2.0], "b": ["x", "y"]})
    for instruction in (text, f'rows where b is "{text}"', f"create a column called '{text}' as the sum of a and a"):
        _harmless(ask(instruction, {"df": table.copy()}).code)


def _harmless(code: str) -> None:
    """No call but pandas' and print's, no import beyond the computing ones."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else [node.module or ""]
            assert all(
                each.split(".")[0]
                in ("pandas", "numpy", "scipy", "matplotlib", "sklearn", "random", "math", "re", "collections")
                for each in names
            )
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in ("exec", "eval", "__import__", "compile")


def test_a_file_is_read_line_by_line(tmp_path: Path) -> None:
    (tmp_path / "notes.log").write_text("one\ntwo\n", encoding="utf-8")
    shown = ask("read the text file notes.log line by line", {}, directory=tmp_path)
    assert "Lines: 2\none\ntwo" in shown.text
    assert "def read_lines" in ask("write a function that reads a text file line by line").code


def test_importing_the_room_stays_light() -> None:
    watched = "{'pandas', 'numpy', 'openai', 'IPython'}"
    code = (
        f"import sys, open_interpreter.providers.builtin as b; b.Builtin(); print(sorted({watched} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert told.stdout.strip() == "[]"


def test_the_library_is_whole() -> None:
    recipes = library()
    assert len(recipes) >= 60
    for each in recipes.values():
        assert each.phrases
        assert {slot.kind for slot in each.slots} <= {*COLUMN_SLOTS, *VALUE_SLOTS}
        assert each.aggregate or each.expression or each.variants
        assert all(each.prose) or each.role == "statistic"
    assert Builtin().profile.trusted
