"""What was seen of an answer, and the words in which a truth is told: says, same, rows, and those of figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pandas as pd

NUMBER = re.compile(r"(?<![\w.])-?\d+(?:,\d{3})*(?:\.\d+)?(?:[eE][-+]?\d+)?")
CLOSE = 0.00501
"""Half of the second decimal: what people round to."""
WORDS = (
    *("says", "value", "rows", "same", "shows", "bars", "barred", "points", "lined"),
    *("heated", "medians", "wedges", "histogram", "labelled"),
)
"""The methods of `Seen` that a truth may call."""


class Seen:
    """The values, the text and the figures that one answer showed."""

    def __init__(self, values: list[Any], text: str, answer: str, figures: list[Any]) -> None:
        self.values, self.answer = values, answer
        self.text = text + "\n" + answer
        self.figures = figures
        self.axes = [axes for figure in figures for axes in figure.axes if axes.has_data() and not _is_colorbar(axes)]

    def words(self) -> dict[str, Any]:
        """The names that a truth may use."""
        return {name: getattr(self, name) for name in WORDS} | {
            "axes": self.axes,
            "figures": self.figures,
            "shown": self.text,
            "answer": self.answer,
            "values": self.values,
        }

    def says(self, *wanted: Any) -> bool:
        """Whether every number (as rounded as it is shown) and every text appears."""
        numbers = [*_told(self.text), *((each, 12) for value in self.values for each in _numbers(value))]
        return all(_said(each, self.text, numbers) for each in wanted)

    def value(self, wanted: Any) -> bool:
        """Whether the number stands there on its own: a scalar, or within a text of few numbers."""
        scalars = [each for each in self.values if np.isscalar(each) and not isinstance(each, str)]
        few = _told(self.text)
        return any(_close(float(each), wanted) for each in scalars) or (
            len(few) <= 40 and _said(wanted, self.text, few)
        )

    def shows(self) -> list[pd.DataFrame]:
        """The tables among the values."""
        found: list[Any] = []
        for value in self.values:
            if isinstance(value, dict | tuple):
                found += value.values() if isinstance(value, dict) else value
            else:
                found.append(value.data if type(value).__name__ == "Styler" else value)
        return [_flat(each) for each in found if isinstance(each, pd.DataFrame | pd.Series | pd.Index)]

    def rows(self, count: int) -> bool:
        """Whether a table of so many rows was shown."""
        return any(len(each) == count for each in self.shows()) or f"[{count} rows x" in self.text

    def same(self, wanted: Any, *, ordered: bool = False) -> bool:
        """Whether a shown table has these columns of values, or the text all its numbers."""
        wanted = _flat(wanted)
        if any(_within(wanted, each, ordered=ordered) for each in self.shows()):
            return True
        numeric = wanted.select_dtypes("number").to_numpy().ravel()
        return not ordered and not self.shows() and 0 < len(numeric) < 60 and self.says(*numeric)

    def bars(self) -> list[float]:
        """The lengths of all bars, empty ones left out."""
        heights = []
        for axes in self.axes:
            for container in axes.containers:
                upright = getattr(container, "orientation", None) != "horizontal"
                heights += [each.get_height() if upright else each.get_width() for each in container.patches]
        return [float(each) for each in heights if not pd.isna(each) and each != 0]

    def barred(self, wanted: Iterable[float]) -> bool:
        """Whether the bars have these lengths, in any order."""
        return _alike(sorted(self.bars()), sorted(float(each) for each in wanted if not pd.isna(each) and each != 0))

    def points(self, x: Any, y: Any) -> bool:
        """Whether these points are drawn, x to the right and y upwards."""
        there = pd.DataFrame({"x": np.asarray(x, float), "y": np.asarray(y, float)}).dropna()
        drawn = [np.asarray(each.get_offsets(), float) for axes in self.axes for each in axes.collections]
        drawn += [np.asarray(line.get_xydata(), float) for axes in self.axes for line in axes.get_lines()]
        drawn = [each for each in drawn if len(each) and each.ndim == 2]
        together = [*drawn, np.concatenate(drawn)] if drawn else []
        return any(_same_points(each, there.to_numpy()) for each in together)

    def lined(self, *wanted: Any) -> bool:
        """Whether each of these runs of y is a line."""
        lines = [np.asarray(line.get_ydata(), float) for axes in self.axes for line in axes.get_lines()]
        return all(
            any(len(run) == len(line) and np.allclose(line, run, rtol=1e-3, equal_nan=True) for line in lines)
            for run in (np.asarray(each, float) for each in wanted)
        )

    def heated(self, wanted: Any) -> bool:
        """Whether a heat map holds these values."""
        flat = sorted(np.round(np.asarray(wanted, float).ravel(), 2))
        for axes in self.axes:
            for each in [*axes.images, *axes.collections]:
                array = each.get_array()
                if array is not None and _alike(sorted(np.round(np.ma.filled(array, np.nan).ravel(), 2)), flat):
                    return True
        return False

    def medians(self, wanted: Iterable[float]) -> bool:
        """Whether boxes with these medians are drawn."""
        levels = [
            float(run[0])
            for axes in self.axes
            for line in axes.get_lines()
            for run in (np.asarray(line.get_ydata(), float), np.asarray(line.get_xdata(), float))
            if len(run) > 1 and np.ptp(run) == 0
        ]
        return all(any(abs(level - each) < 1e-6 for level in levels) for each in wanted)

    def wedges(self) -> list[float]:
        """The shares of a pie, in per cent."""
        found = [each for axes in self.axes for each in axes.patches if type(each).__name__ == "Wedge"]
        return [round((each.theta2 - each.theta1) / 3.6, 2) for each in found]

    def histogram(self, count: int, bins: int = 0) -> bool:
        """Whether a histogram of so many values is drawn, with so many bins where they were wanted."""
        patches = [len(axes.patches) for axes in self.axes]
        heights = [sum(each.get_height() for each in axes.patches) for axes in self.axes]
        fits = any(abs(each - count) < 0.5 for each in heights)
        return fits and (not bins or bins in patches)

    def labelled(self, *words: str) -> bool:
        """Whether every word stands in a title, a label, a tick or a legend."""
        texts = []
        for figure in self.figures:
            texts += [each.get_text() for each in figure.findobj(lambda part: hasattr(part, "get_text"))]
        everything = " ".join(texts).lower().replace("_", " ")
        return all(word.lower().replace("_", " ") in everything for word in words)


def _is_colorbar(axes: Any) -> bool:
    return axes.get_label() == "<colorbar>"


def _told(text: str) -> list[tuple[float, int]]:
    found = []
    for each in NUMBER.findall(text):
        digits = each.replace(",", "")
        mantissa, _, power = digits.lower().partition("e")
        found.append((float(digits), len(mantissa.partition(".")[2]) - int(power or 0)))
    return found


def _numbers(value: Any) -> Iterator[float]:
    if isinstance(value, bool | np.bool_):
        return
    if isinstance(value, int | float | np.number):
        yield float(value)
    elif isinstance(value, dict):
        for each in value.values():
            yield from _numbers(each)
    elif isinstance(value, list | tuple) and len(value) < 2000:
        for each in value:
            yield from _numbers(each)
    elif isinstance(value, pd.DataFrame | pd.Series) and len(value) < 2000:
        yield from (float(each) for each in _flat(value).select_dtypes("number").to_numpy().ravel())
    elif isinstance(value, np.ndarray) and value.dtype.kind in "if":
        yield from value.ravel().tolist()


def _said(wanted: Any, text: str, numbers: list[tuple[float, int]]) -> bool:
    if isinstance(wanted, str):
        return wanted.lower() in text.lower()
    wanted = float(wanted)
    for number, digits in numbers:
        slack = 0.5000001 * 10.0**-digits
        precise = digits >= 2 or wanted == round(wanted) or abs(wanted) >= 100 or slack <= abs(wanted) * 0.01
        if precise and abs(number - wanted) <= max(slack, 1e-6 * abs(wanted)):
            return True
    return False


def _close(shown: float, wanted: float) -> bool:
    return abs(shown - wanted) <= max(CLOSE, 1e-4 * abs(wanted)) if abs(wanted) > 1 else abs(shown - wanted) < 0.0006


def _flat(value: Any) -> pd.DataFrame:
    if isinstance(value, pd.Index):
        return pd.DataFrame({"value": list(value)})
    frame = value.to_frame("value") if isinstance(value, pd.Series) else value.copy()
    if isinstance(frame.columns, pd.MultiIndex):
        frame.columns = ["_".join(map(str, each)) for each in frame.columns]
    frame.columns = [f"column {number}" for number in range(frame.shape[1])]
    if isinstance(frame.index, pd.RangeIndex):
        return frame
    keys = frame.index.to_frame(index=False)
    keys.columns = [f"key {number}" for number in range(keys.shape[1])]
    return pd.concat([keys, frame.reset_index(drop=True)], axis=1)


def _plain(column: pd.Series) -> list[Any]:
    if pd.api.types.is_bool_dtype(column):
        return [float(each) for each in column]
    if pd.api.types.is_numeric_dtype(column):
        return [float(each) for each in column.astype(float)]
    return [str(each) for each in column]


def _alike(left: list[Any], right: list[Any]) -> bool:
    if len(left) != len(right):
        return False
    for one, other in zip(left, right, strict=True):
        if isinstance(one, str) or isinstance(other, str):
            if str(one) != str(other):
                return False
        elif not (pd.isna(one) and pd.isna(other)) and not _close(float(one), float(other)):
            return False
    return True


def _order(values: list[Any]) -> list[Any]:
    return sorted(values, key=lambda each: (isinstance(each, str), pd.isna(each), 0 if pd.isna(each) else each))


def _within(wanted: pd.DataFrame, shown: pd.DataFrame, *, ordered: bool) -> bool:
    if len(wanted) != len(shown) and len(wanted) != len(shown.T):
        return False
    for frame in (shown, shown.T) if shown.size < 5000 else (shown,):
        if len(frame) != len(wanted):
            continue
        columns = [_plain(frame[name].infer_objects()) for name in frame.columns]
        here = [_plain(wanted[name]) for name in wanted.columns if name.startswith("column") or ordered]
        if not ordered:
            columns, here = [_order(each) for each in columns], [_order(each) for each in here]
        if all(any(_alike(one, other) for other in columns) for one in here):
            return True
    return False


def _same_points(drawn: Any, wanted: Any) -> bool:
    drawn = drawn[~np.isnan(drawn).any(axis=1)]
    if drawn.shape != wanted.shape:
        return False
    return bool(np.allclose(sorted(drawn.tolist()), sorted(wanted.tolist()), rtol=1e-6))
