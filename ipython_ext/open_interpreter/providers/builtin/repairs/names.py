"""A column, a variable, a module or a file that does not exist under that name."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from ..edits import before, strings, with_attribute, with_name, with_string
from ..naming import nearest
from .fixes import Break, Fix

WELL_KNOWN = {
    "np": "import numpy as np",
    "pd": "import pandas as pd",
    "plt": "import matplotlib.pyplot as plt",
    "sns": "import seaborn as sns",
    "stats": "from scipy import stats",
    "math": "import math",
    "re": "import re",
    "random": "import random",
    "json": "import json",
    "datetime": "import datetime",
    "Counter": "from collections import Counter",
    "defaultdict": "from collections import defaultdict",
    "itertools": "import itertools",
    "statistics": "import statistics",
    "train_test_split": "from sklearn.model_selection import train_test_split",
    "LinearRegression": "from sklearn.linear_model import LinearRegression",
    "LogisticRegression": "from sklearn.linear_model import LogisticRegression",
    "StandardScaler": "from sklearn.preprocessing import StandardScaler",
    "mpl": "import matplotlib as mpl",
}
_COLUMN = re.compile(r"not in index|in the \[?(?:columns|index)|Column\(?s?\)? not found|do not exist|key of type")
_ATTRIBUTE = re.compile(r"'(?:DataFrame|DataFrameGroupBy)' object has no attribute '(\w+)'")


def column(broken: Break) -> Fix | None:
    """A wrong column name becomes the nearest real one."""
    error = broken.error
    attribute = _ATTRIBUTE.search(error.value) if error.name == "AttributeError" else None
    if not (attribute or error.name == "KeyError" or _COLUMN.search(error.value)):
        return None
    real = tuple(dict.fromkeys(each.name for frame in broken.frames for each in frame.columns))
    if attribute:
        old = attribute.group(1)
        new = nearest(old, real)
        return _renamed(broken, old, new, partial(with_attribute, old=old, new=new)) if new else None
    wrong = [
        each
        for each in strings(broken.source)
        if each not in real and re.search(rf"(?<!\w){re.escape(each)}(?!\w)", error.value)
    ]
    for old in wrong:
        new = nearest(old, real)
        if new:
            return _renamed(broken, old, new, partial(with_string, old=old, new=new))
    return None


def _renamed(broken: Break, old: str, new: str, change: Callable[[str], str]) -> Fix:
    english = f"There is no column {old!r}; the nearest one is {new!r}."
    return Fix(change(broken.source), english, f"没有名为 {old!r} 的列;最接近的是 {new!r}。", also=change)


def variable(broken: Break) -> Fix | None:
    """A name that is not defined: a well-known import is missing, or the nearest variable was meant."""
    found = re.search(r"name '(\w+)' is not defined", broken.error.value)
    if broken.error.name != "NameError" or found is None:
        return None
    old = found.group(1)
    if old in WELL_KNOWN:
        line = WELL_KNOWN[old]
        return Fix(before(broken.source, line), f"The import of `{old}` was missing.", f"缺少 `{old}` 的导入。")
    new = nearest(old, [each.name for each in broken.snapshot.variables if each.kind != "module"])
    new = new or (
        broken.snapshot.frames[0].name
        if len(broken.snapshot.frames) == 1 and old in ("df", "data", "dataframe")
        else None
    )
    if new is None or new == old:
        return None
    english, chinese = f"There is no variable `{old}`; `{new}` is meant.", f"没有变量 `{old}`;应为 `{new}`。"
    return Fix(with_name(broken.source, old, new), english, chinese, also=lambda source: with_name(source, old, new))


def file(broken: Break) -> Fix | None:
    """A file that is not there becomes the one with the nearest name."""
    if broken.error.name != "FileNotFoundError":
        return None
    there = [each.name for each in broken.snapshot.files]
    for old in strings(broken.source):
        if old in there or old not in broken.error.value:
            continue
        stem = old.replace("\\", "/").rsplit("/", 1)[-1]
        new = stem if stem in there else nearest(stem, there)
        if new:
            english, chinese = (
                f"There is no file {old!r}; the nearest one is {new!r}.",
                f"没有文件 {old!r};最接近的是 {new!r}。",
            )
            return Fix(with_string(broken.source, old, new), english, chinese)
    return None


def missing_module(broken: Break) -> str | None:
    """The name of a package that has to be installed, or None."""
    found = re.search(
        r"No module named '([\w.]+)'|Missing optional dependency '([\w.-]+)'|`Import (\w+)` failed", broken.error.value
    )
    if broken.error.name not in ("ModuleNotFoundError", "ImportError") or found is None:
        return None
    name = str(next(filter(None, found.groups()))).split(".")[0]
    return {
        "sklearn": "scikit-learn",
        "cv2": "opencv-python",
        "PIL": "pillow",
        "yaml": "pyyaml",
        "bs4": "beautifulsoup4",
    }.get(name, name)
