"""What the built-in model does not know it declines, in two lines that say how to get a model that does."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tests.builtin.running import ask

DATA = Path(__file__).resolve().parents[1] / "data"
FOREIGN = [
    "Write a poem about the sea",
    "Translate 'good morning' into French",
    "What is the capital of France?",
    "Send an email to my boss with the results",
    "Explain quantum computing in simple words",
    "Build a REST API with FastAPI",
    "Create a React website with a login form",
    "Scrape the headlines from the BBC",
    "Book me a flight to Paris",
    "Who won the world cup in 2018?",
    "Fine-tune a transformer on my reviews",
    "Delete all files in my home directory",
    "What should I cook tonight?",
    "Play some music",
    "Write a Dockerfile for this project",
    "Forecast the fares of the next ten years with ARIMA",
    "Tell me a joke",
    "Summarize the plot of Titanic the movie",
    "Is the passenger on row 5 my grandfather?",
    "Recommend a restaurant near me",
    "Write unit tests for my package",
    "Convert this notebook into slides",
    "Set an alarm for 7 am",
    "How do I feel today?",
    "Draw a cat",
    "What is the meaning of life?",
    "Connect to the PostgreSQL database and list the tables",
    "Refactor my code to use classes",
    "mean age of the first 10 rows",
    "mean of salary by department",
    "average happiness per continent",
    "plot the revenue over time",
    "correlation between height and income",
    "histogram of the blood pressure",
    "drop the column temperature",
    "which product sells best?",
    "train a neural network to predict the price",
    "Write a program that controls a drone",
    "Write a function that parses C++ templates",
    "implement a red-black tree in Haskell",
    "solve the traveling salesman problem for European capitals",
    "asdf qwer zxcv",
    "???",
    "hello",
    "thanks!",
    "帮我写一首关于春天的诗",
    "把这段话翻译成英文",
    "今天天气怎么样?",
    "写一封辞职邮件",
    "给我讲个笑话",
    "推荐几部好看的电影",
    "计算各部门的平均工资",
    "帮我订一张去北京的机票",
    "用神经网络预测房价",
]


@pytest.mark.parametrize("instruction", FOREIGN)
def test_what_is_not_known_is_declined(instruction: str) -> None:
    shown = ask(instruction, {"df": pd.read_csv(DATA / "titanic.csv")})
    assert shown.refused, shown.replies
    assert len(shown.replies[-1].splitlines()) == 2


@pytest.mark.parametrize("instruction", ["mean of age", "plot it", "histogram of fare by class", "计算年龄的平均值"])
def test_without_a_table_nothing_is_computed(instruction: str) -> None:
    shown = ask(instruction, {})
    assert shown.refused, shown.replies
    assert len(shown.replies[-1].splitlines()) == 2


def test_a_figure_that_text_does_not_have_is_declined() -> None:
    shown = ask("mean of sex", {"df": pd.read_csv(DATA / "titanic.csv")})
    assert shown.refused
    assert "sex holds text" in shown.replies[-1]


def test_what_was_not_understood_of_a_longer_wish_is_said() -> None:
    shown = ask("show the mean fare by class and then email it to Bob", {"df": pd.read_csv(DATA / "titanic.csv")})
    assert shown.ok
    assert "email it to Bob" in shown.replies[0]
    assert "email it to Bob" in shown.replies[-1]


TIPS = DATA / "tips.csv"
HALVES = [
    "avg tip per qqq",
    "mean tip of @tipps",
    "mean of tip, weighted by size",
    "select all columns except sex and day",
    "scatter of tip vs total_bill with a regression line",
    "delete all files in this folder",
]


@pytest.mark.parametrize("instruction", HALVES)
def test_what_could_only_be_half_done_is_declined(instruction: str) -> None:
    assert ask(instruction, {"df": pd.read_csv(TIPS)}).refused


def test_a_missing_reference_is_answered_with_the_nearest_name() -> None:
    assert "`tips`" in ask("mean tip of @tipps", {"tips": pd.read_csv(TIPS)}).replies[-1]


def test_frames_that_recipes_made_do_not_hide_the_persons_own() -> None:
    tips = pd.read_csv(TIPS)
    shown = ask("mean tip by day", {"df": tips, "X_test": tips.head(9), "selected": tips.head(3)})
    assert "df.groupby" in shown.code


def test_a_result_takes_the_name_that_it_is_given(tmp_path: Path) -> None:
    pd.read_csv(TIPS).to_csv(tmp_path / "tips.csv", index=False)
    assert len(ask("Load tips.csv as dinners", directory=tmp_path).namespace["dinners"]) == 244
