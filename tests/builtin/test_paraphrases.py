"""The same wish in many words gives the same right figures, computed here in a second way."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest

from tests.builtin.running import Shown, ask

mpl.use("Agg")
DATA = Path(__file__).resolve().parents[1] / "data"
NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
Expect = Callable[[Any], list[object]]


@cache
def _table(name: str) -> pd.DataFrame:
    return pd.read_csv(DATA / f"{name}.csv")


def run(table: str, instruction: str) -> Shown:
    """Ask about a copy of a table that stands in the namespace as `df`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ask(instruction, {"df": _table(table).copy()})


def appears(value: object, text: str) -> bool:
    """Whether a figure (to its 3rd decimal or better) or a word stands in the text."""
    if isinstance(value, str):
        return value.lower() in text.lower()
    shown = [float(each) for each in NUMBER.findall(text)]
    wanted = float(value)  # type: ignore[arg-type]
    return any(abs(each - wanted) <= max(0.006, abs(wanted) * 1e-4) for each in shown)


FIGURES: list[tuple[str, str, Expect]] = [
    # one statistic
    ("titanic", "mean of fare", lambda d: [d.fare.mean()]),
    ("titanic", "What's the average fare?", lambda d: [d.fare.mean()]),
    ("titanic", "How much did passengers pay on average (fare)?", lambda d: [d.fare.mean()]),
    ("titanic", "median age please", lambda d: [d.age.median()]),
    ("titanic", "give me the standard deviation of the age column", lambda d: [d.age.std()]),
    ("titanic", "population standard deviation of fare, 2 decimals", lambda d: [round(d.fare.std(ddof=0), 2)]),
    ("titanic", "What is the highest fare anyone paid?", lambda d: [d.fare.max()]),
    ("titanic", "oldest age in the data", lambda d: [d.age.max()]),
    ("titanic", "the minimum and maximum of age", lambda d: [d.age.min(), d.age.max()]),
    ("titanic", "skewness and kurtosis of fare", lambda d: [d.fare.skew(), d.fare.kurt()]),
    ("titanic", "mean, median and std of age", lambda d: [d.age.mean(), d.age.median(), d.age.std()]),
    ("titanic", "90th percentile of fare", lambda d: [d.fare.quantile(0.9)]),
    ("titanic", "interquartile range of age", lambda d: [d.age.quantile(0.75) - d.age.quantile(0.25)]),
    ("tips", "What is the total of all tips?", lambda d: [d.tip.sum()]),
    ("tips", "sum up the bill column", lambda d: [d.total_bill.sum()]),
    ("tips", "variance of the tip", lambda d: [d.tip.var()]),
    ("tips", "what is the mode of size", lambda d: [2]),
    ("tips", "average of total_bill and tip", lambda d: [d.total_bill.mean(), d.tip.mean()]),
    ("penguins", "mean flipper length", lambda d: [d.flipper_length_mm.mean()]),
    ("penguins", "what is the average body mass of the penguins in grams?", lambda d: [d.body_mass_g.mean()]),
    # with conditions
    ("titanic", "average fare of passengers older than 30", lambda d: [d[d.age > 30].fare.mean()]),
    ("titanic", "mean age of the women", lambda d: [d[d.sex == "female"].age.mean()]),
    (
        "titanic",
        "mean fare for male passengers in third class",
        lambda d: [d[(d.sex == "male") & (d["class"] == "Third")].fare.mean()],
    ),
    ("titanic", "median fare where pclass is 1", lambda d: [d[d.pclass == 1].fare.median()]),
    ("titanic", "average age of passengers who survived", lambda d: [d[d.survived == 1].age.mean()]),
    ("titanic", "average age of passengers who did not survive", lambda d: [d[d.survived == 0].age.mean()]),
    ("titanic", "how many passengers are older than 60?", lambda d: [int((d.age > 60).sum())]),
    (
        "titanic",
        "How many women were there in first class?",
        lambda d: [int(((d.sex == "female") & (d["class"] == "First")).sum())],
    ),
    ("titanic", "count the rows where age is between 20 and 30", lambda d: [int(d.age.between(20, 30).sum())]),
    ("titanic", "number of passengers with fare above 100", lambda d: [int((d.fare > 100).sum())]),
    ("titanic", "how many passengers paid at least 50 fare", lambda d: [int((d.fare >= 50).sum())]),
    ("titanic", "how many people embarked in Cherbourg", lambda d: [int((d.embark_town == "Cherbourg").sum())]),
    ("titanic", "how many passengers have a missing age", lambda d: [177]),
    ("tips", "mean tip on Sunday", lambda d: [d[d.day == "Sun"].tip.mean()]),
    ("tips", "mean total bill for smokers", lambda d: [d[d.smoker == "Yes"].total_bill.mean()]),
    ("tips", "average tip of non-smokers", lambda d: [d[d.smoker == "No"].tip.mean()]),
    (
        "tips",
        "average tip at dinner when size is greater than 3",
        lambda d: [d[(d.time == "Dinner") & (d["size"] > 3)].tip.mean()],
    ),
    ("tips", "how many bills are over 40?", lambda d: [int((d.total_bill > 40).sum())]),
    ("penguins", "mean bill length of Gentoo penguins", lambda d: [d[d.species == "Gentoo"].bill_length_mm.mean()]),
    ("penguins", "number of Adelie or Gentoo penguins", lambda d: [int(d.species.isin(["Adelie", "Gentoo"]).sum())]),
    ("penguins", "average body mass of penguins not on Biscoe", lambda d: [d[d.island != "Biscoe"].body_mass_g.mean()]),
    ("tips", "average total bill of tables with 2 size", lambda d: [d[d["size"] == 2].total_bill.mean()]),
    ("titanic", "mean fare of children under 12", lambda d: [d[d.age < 12].fare.mean()]),
    ("titanic", "which passengers paid more than the average fare", lambda d: [int((d.fare > d.fare.mean()).sum())]),
    ("titanic", "how many men and women were on board", lambda d: list(d.groupby("sex").size())),
    ("titanic", "drop rows where age is above 60", lambda d: [869, 22]),
    ("titanic", "mean fare excluding third class", lambda d: [d[d["class"] != "Third"].fare.mean()]),
    ("titanic", "replace male with M in the sex column", lambda d: ["M", 577]),
    ("titanic", "fare quartiles by class", lambda d: list(d.groupby("class").fare.quantile(0.75))),
    # percentages
    ("titanic", "what percentage of passengers survived?", lambda d: [d.survived.mean() * 100]),
    ("titanic", "what percentage of the women survived?", lambda d: [d[d.sex == "female"].survived.mean() * 100]),
    ("titanic", "percentage of passengers who are male", lambda d: [(d.sex == "male").mean() * 100]),
    ("titanic", "percentage of missing values in deck", lambda d: [d.deck.isna().mean() * 100]),
    ("titanic", "survival rate by sex", lambda d: list(d.groupby("sex").survived.mean() * 100)),
    ("penguins", "share of each species in percent", lambda d: list(d.species.value_counts(normalize=True) * 100)),
    # groups
    ("titanic", "mean fare by class", lambda d: list(d.groupby("class").fare.mean())),
    ("titanic", "average age for each sex", lambda d: list(d.groupby("sex").age.mean())),
    ("titanic", "for every class, show the median fare", lambda d: list(d.groupby("class").fare.median())),
    (
        "titanic",
        "group by sex and class and compute the mean age",
        lambda d: list(d.groupby(["sex", "class"]).age.mean()),
    ),
    (
        "titanic",
        "calculate mean, median and std of fare for each class rounded to 2 decimals",
        lambda d: [round(v, 2) for v in d.groupby("class").fare.std()],
    ),
    ("titanic", "how many passengers are there in each class?", lambda d: list(d.groupby("class").size())),
    ("titanic", "number of survivors per class", lambda d: list(d[d.survived == 1].groupby("class").size())),
    (
        "titanic",
        "compare the average fare of passengers who survived and those who did not survive",
        lambda d: list(d.groupby("survived").fare.mean()),
    ),
    ("tips", "total tips per day", lambda d: list(d.groupby("day").tip.sum())),
    ("tips", "average tip grouped by day and time", lambda d: list(d.groupby(["day", "time"]).tip.mean())),
    ("tips", "max total_bill for each day", lambda d: list(d.groupby("day").total_bill.max())),
    ("tips", "average bill by party size", lambda d: list(d.groupby("size").total_bill.mean())),
    (
        "penguins",
        "mean body mass per species and sex",
        lambda d: list(d.groupby(["species", "sex"]).body_mass_g.mean()),
    ),
    ("penguins", "count penguins per island", lambda d: list(d.groupby("island").size())),
    (
        "penguins",
        "minimum, maximum and mean flipper length by species",
        lambda d: list(d.groupby("species").flipper_length_mm.mean()),
    ),
    ("flights", "total passengers per year", lambda d: list(d.groupby("year").passengers.sum())),
    # superlatives
    ("titanic", "which class has the highest average fare?", lambda d: ["First", d[d["class"] == "First"].fare.mean()]),
    ("tips", "which day has the highest mean tip", lambda d: ["Sun", d[d.day == "Sun"].tip.mean()]),
    ("tips", "On which day is the total tip the highest?", lambda d: ["Sat", d[d.day == "Sat"].tip.sum()]),
    ("penguins", "which species is the heaviest on average by body mass?", lambda d: ["Gentoo"]),
    ("penguins", "which island has the lowest average body mass", lambda d: ["Torgersen"]),
    ("penguins", "what is the most common species", lambda d: ["Adelie", 152]),
    ("flights", "in which year was the number of passengers the highest", lambda d: [1960, 622]),
    ("titanic", "top 5 fares", lambda d: list(d.fare.nlargest(5))),
    ("titanic", "show the 3 oldest passengers by age", lambda d: list(d.age.nlargest(3))),
    ("tips", "the five largest tips", lambda d: list(d.tip.nlargest(5))),
    # looking
    ("titanic", "how many rows and columns does the table have?", lambda d: [891, 15]),
    ("titanic", "show the first 3 rows", lambda d: [7.25, 71.2833, 7.925]),
    ("titanic", "what are the column names and types", lambda d: ["embark_town", "float64"]),
    ("titanic", "describe the data", lambda d: [d.age.mean(), d.fare.std()]),
    ("penguins", "what different islands are there?", lambda d: ["Torgersen", "Biscoe", "Dream"]),
    ("penguins", "how many unique species are in the data", lambda d: [3]),
    ("titanic", "are there duplicated rows?", lambda d: [int(d.duplicated().sum())]),
    # missing
    ("titanic", "count the missing values in each column", lambda d: [177, 688]),
    ("titanic", "how many null values in age?", lambda d: [177]),
    ("titanic", "drop the rows with missing age", lambda d: [714, 177]),
    (
        "titanic",
        "remove rows with missing age and show the mean fare",
        lambda d: [d.dropna(subset=["age"]).fare.mean()],
    ),
    (
        "titanic",
        "fill missing ages with the median, then show the mean age",
        lambda d: [d.age.fillna(d.age.median()).mean()],
    ),
    ("titanic", "fill missing values of age with 0 and give the mean age", lambda d: [d.age.fillna(0).mean()]),
    # new columns
    (
        "titanic",
        "create a column family_size = sibsp + parch + 1 and show its mean",
        lambda d: [(d.sibsp + d.parch + 1).mean()],
    ),
    (
        "tips",
        "add a new column tip_pct that is tip divided by total_bill, then show the mean of tip_pct by day",
        lambda d: list((d.tip / d.total_bill).groupby(d.day).mean()),
    ),
    (
        "tips",
        "create a new column called 'rest' as the difference between total_bill and tip and compute its median",
        lambda d: [(d.total_bill - d.tip).median()],
    ),
    (
        "titanic",
        "add a column named relatives which is the sum of sibsp and parch. What is its maximum?",
        lambda d: [(d.sibsp + d.parch).max()],
    ),
    # correlation and tests
    ("titanic", "correlation between age and fare", lambda d: [d.age.corr(d.fare)]),
    (
        "titanic",
        "How strongly are fare and age correlated? Round to 3 decimals.",
        lambda d: [round(d.age.corr(d.fare), 3)],
    ),
    ("tips", "spearman correlation of tip and total_bill", lambda d: [d.tip.corr(d.total_bill, method="spearman")]),
    (
        "titanic",
        "filter rows where age > 30 and sex is female, then correlation between age and fare",
        lambda d: [
            len(d[(d.age > 30) & (d.sex == "female")]),
            d[(d.age > 30) & (d.sex == "female")].pipe(lambda s: s.age.corr(s.fare)),
        ],
    ),
    ("penguins", "correlation matrix of the numeric columns", lambda d: [d.body_mass_g.corr(d.flipper_length_mm)]),
    ("penguins", "which column is most correlated with body_mass_g", lambda d: ["flipper_length_mm"]),
    ("titanic", "is age normally distributed? use the shapiro-wilk test", lambda d: [0.9815]),
    ("tips", "is there a significant difference in tip between smokers and non-smokers?", lambda d: ["p-value"]),
    ("tips", "t-test of total_bill by sex", lambda d: ["p-value"]),
    ("penguins", "anova of body mass across species", lambda d: [343.6263]),
    ("titanic", "chi-square test between sex and survived", lambda d: [260.717]),
    # outliers
    ("titanic", "how many outliers are in fare by the IQR rule?", lambda d: [116]),
    ("titanic", "detect outliers in fare with z-score above 3", lambda d: [20]),
    ("titanic", "remove the outliers of fare", lambda d: [775]),
    # models
    ("tips", "linear regression to predict tip from total_bill and size", lambda d: ["R²", "RMSE"]),
    (
        "titanic",
        "train a logistic regression to predict survived using age, fare and pclass with a test size of 20%, seed 42",
        lambda d: ["Accuracy"],
    ),
    ("penguins", "random forest to predict species from bill_length_mm and flipper_length_mm", lambda d: ["Accuracy"]),
    ("penguins", "cluster the penguins into 3 clusters by bill length and flipper length", lambda d: ["cluster"]),
    # pivots
    (
        "titanic",
        "pivot table of mean fare with sex as rows and class as columns",
        lambda d: list(d.groupby(["sex", "class"]).fare.mean()),
    ),
    ("titanic", "cross tabulation of sex and survived", lambda d: [81, 468]),
    # selecting and sorting
    ("tips", "sort by tip descending", lambda d: [10.0]),
    ("tips", "show only the columns day and tip", lambda d: [1.01]),
    (
        "penguins",
        "select the rows where species is Chinstrap and body_mass_g > 4500",
        lambda d: [int(((d.species == "Chinstrap") & (d.body_mass_g > 4500)).sum())],
    ),
    # Chinese
    ("titanic", "计算年龄的平均值", lambda d: [d.age.mean()]),
    ("titanic", "按性别分组计算票价的平均值和中位数", lambda d: list(d.groupby("sex").fare.median())),
    ("titanic", "女性乘客的平均票价是多少?", lambda d: [d[d.sex == "female"].fare.mean()]),
    (
        "titanic",
        "筛选年龄大于30的女性,然后计算年龄和票价的相关系数",
        lambda d: [d[(d.age > 30) & (d.sex == "female")].pipe(lambda s: s.age.corr(s.fare))],
    ),
    ("titanic", "统计每列的缺失值", lambda d: [177, 688]),
    ("titanic", "年龄列有多少缺失值", lambda d: [177]),
    ("titanic", "显示前3行", lambda d: [7.925]),
    ("titanic", "删除年龄缺失的行", lambda d: [714]),
    ("titanic", "用中位数填充年龄的缺失值,然后计算年龄的平均值", lambda d: [d.age.fillna(d.age.median()).mean()]),
    ("tips", "每天的小费总和", lambda d: list(d.groupby("day").tip.sum())),
    ("tips", "按小费从大到小排序,显示前5行", lambda d: list(d.tip.nlargest(5))),
    ("tips", "小费最高的5条记录", lambda d: list(d.tip.nlargest(5))),
    (
        "penguins",
        "各物种的平均体重,保留两位小数",
        lambda d: [round(v, 2) for v in d.groupby("species").body_mass_g.mean()],
    ),
    ("penguins", "每个岛屿有多少只企鹅", lambda d: list(d.groupby("island").size())),
    ("tips", "检验小费是否服从正态分布", lambda d: [0.8978]),
    ("tips", "用总账单预测小费,做线性回归", lambda d: ["R²"]),
    ("titanic", "票价的异常值有多少个", lambda d: [116]),
]


@pytest.mark.parametrize(("table", "instruction", "expect"), FIGURES, ids=[each[1][:60] for each in FIGURES])
def test_the_right_figures_are_shown(table: str, instruction: str, expect: Expect) -> None:
    shown = run(table, instruction)
    assert shown.ok, shown.replies
    absent = [value for value in expect(_table(table)) if not appears(value, shown.text)]
    assert not absent, f"{absent} not in:\n{shown.code}\n{shown.text}"


PLOTS = [
    ("titanic", "histogram of age", ["hist", '"age"']),
    ("titanic", "plot the distribution of fare with 30 bins", ["hist", '"fare"', "30"]),
    ("titanic", "show me how ages are distributed as a histogram for each sex", ["hist", "groupby", '"sex"']),
    ("tips", "scatter plot of total_bill and tip", ["scatter", '"total_bill"', '"tip"']),
    ("tips", "scatter total_bill against tip, colored by day", ["scatter", '"day"', 'ylabel="total_bill"']),
    ("tips", "bar chart of the average tip per day", ["bar", '"day"', '"mean"']),
    ("tips", "draw a bar plot of how many rows there are for each day", ["bar", "size()", '"day"']),
    ("tips", "boxplot of tip by day", ["boxplot", '"day"']),
    ("flights", "line chart of passengers over year", ["plot", '"year"', '"passengers"']),
    ("flights", "plot passengers by year", ["plot", '"year"', '"passengers"']),
    ("penguins", "correlation heatmap", ["imshow", "corr"]),
    ("flights", "heat map of passengers with month as rows and year as columns", ["imshow", '"month"', '"year"']),
    ("penguins", "pie chart of the species", ["pie", '"species"']),
    ("penguins", "violin plot of body mass by species", ["violinplot", '"species"']),
    ("titanic", "group by class and show the mean fare, then plot it as a bar chart", ["bar", '"class"', '"fare"']),
    ("penguins", "画体重的直方图", ["hist", '"body_mass_g"']),
    ("tips", "画总账单和小费的散点图", ["scatter", '"total_bill"', '"tip"']),
    ("tips", "画每天平均小费的柱状图", ["bar", '"day"', '"mean"']),
    ("penguins", "按物种画体重的箱线图", ["boxplot", '"species"']),
    ("flights", "画乘客数随年份变化的折线图", ["plot", '"year"', '"passengers"']),
    ("penguins", "画相关性热力图", ["imshow"]),
]


@pytest.mark.parametrize(("table", "instruction", "pieces"), PLOTS, ids=[each[1][:60] for each in PLOTS])
def test_the_right_picture_is_drawn(table: str, instruction: str, pieces: list[str]) -> None:
    shown = run(table, instruction)
    assert shown.ok, [each.outcome.error for each in shown.attempts] or shown.replies
    assert "plt.show()" in shown.code
    assert all(piece in shown.code for piece in pieces), shown.code
    plt.close("all")
