"""How it is to be done: rounding, method, threshold, seed, the verdict's words. They hold for the whole instruction."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .lexicon import lexicon

_COUNT = r"(\d+|zero|one|two|three|four|five|six|零|一|两|二|三|四|五|六)"
_DIGITS = (
    re.compile(rf"\b{_COUNT}[\s-]*(?:decimal|digit)(?:\s*(?:place|point|digit))?", re.IGNORECASE),
    re.compile(rf"round\w*(?:\s+\w+){{0,6}}?\s+to\s+{_COUNT}\b(?!\s*%)", re.IGNORECASE),
    re.compile(rf"{_COUNT}\s*位小数"),
    re.compile(rf"小数点?后?\s*{_COUNT}\s*位"),
)
_WHOLE = re.compile(r"nearest (?:whole|integer)|whole number|to (?:an|the nearest) integer|取整|整数位", re.IGNORECASE)
_METHODS = {
    "spearman": r"spearman|斯皮尔曼",
    "kendall": r"kendall|肯德尔",
    "pearson": r"pearson|皮尔逊|皮尔森",
}
_TESTS = {
    "ks": r"kolmogorov|k-?s test|\bks\b",
    "anderson": r"anderson",
    "normaltest": r"d'?agostino|normaltest|omnibus",
    "jarque_bera": r"jarque",
    "shapiro": r"shapiro",
}


@dataclass(frozen=True, slots=True)
class Wishes:
    """What an instruction says about the manner; each default is what a statistician would take."""

    digits: int | None = None
    population: bool = False
    sample: bool = False
    method: str = "pearson"
    test: str = ""
    alpha: float = 0.05
    threshold: float | None = None
    factor: float = 1.5
    outliers: str = ""
    seed: int = 42
    held_out: float = 0.2
    verdict: tuple[str, str] | None = None
    """The words for yes and no that the instruction itself offers."""
    relation: bool = False
    """Whether linear or nonlinear is asked for."""
    skewness: float | None = None
    """Below this absolute skewness a distribution counts as normal."""


def wishes(text: str) -> Wishes:
    """Read the manner out of a whole instruction."""
    return Wishes(
        digits=_digits(text),
        population=bool(
            re.search(
                r"population (?:standard|std|variance|sd|formula)|ddof\s*=\s*0|总体标准差|总体方差", text, re.IGNORECASE
            )
        ),
        sample=bool(re.search(r"sample (?:standard|std|sd)|ddof\s*=\s*1|样本标准差", text, re.IGNORECASE)),
        method=_first(_METHODS, text) or "pearson",
        test=_first(_TESTS, text) or "",
        alpha=_number(
            r"(?:alpha|significance level|显著性水平)\D{0,20}?(0?\.\d+)|p[- ]?values?\D{0,25}?(0\.\d+)", text, 0.05
        ),
        threshold=_threshold(text),
        factor=_number(r"(\d+(?:\.\d+)?)\s*(?:\*|x|times|×|倍)\s*(?:the\s+)?(?:iqr|interquartile|四分位)", text, 1.5),
        outliers=_outliers(text),
        seed=int(_number(r"(?:random[_ ]state|seed|随机种子)\D{0,24}?(\d+)", text, 42)),
        held_out=_held_out(text),
        verdict=_verdict(text),
        relation=bool(re.search(r"non-?linear|非线性", text, re.IGNORECASE)),
        skewness=_skewness(text),
    )


def _digits(text: str) -> int | None:
    words = lexicon().number_words
    for pattern in _DIGITS:
        found = pattern.search(text)
        if found:
            word = found.group(1).lower()
            return int(word) if word.isdigit() else words[word]
    return 0 if _WHOLE.search(text) else None


def _first(table: dict[str, str], text: str) -> str | None:
    return next((name for name, pattern in table.items() if re.search(pattern, text, re.IGNORECASE)), None)


def _number(pattern: str, text: str, default: float) -> float:
    found = re.search(pattern, text, re.IGNORECASE)
    return float(next(filter(None, found.groups()))) if found else default


def _threshold(text: str) -> float | None:
    found = re.search(
        r"(?:z-?\s?scores?|threshold|阈值|标准差)\D{0,60}?(\d+(?:\.\d+)?)"
        r"|(\d+(?:\.\d+)?)\s*(?:standard deviations|个标准差|sigma)",
        text,
        re.IGNORECASE,
    )
    return float(next(filter(None, found.groups()))) if found else None


def _outliers(text: str) -> str:
    if re.search(r"\biqr\b|interquartile|quartile|四分位", text, re.IGNORECASE):
        return "iqr"
    return "zscore" if re.search(r"z-?\s?score|standard deviations|z分数|z值|标准差", text, re.IGNORECASE) else ""


def _held_out(text: str) -> float:
    found = re.search(
        r"(\d{2})\s*[/:-]\s*(\d{2})"
        r"|(\d{1,2})\s*%\s*\)?\s*(?:for |of the data )?(?:as )?(?:the )?(?:a )?test"
        r"|test\w*\s*(?:set|data|size)?\D{0,12}(\d{1,2})\s*%"
        r"|test_size\s*=\s*0?(\.\d+)|测试集\D{0,6}(\d{1,2})\s*%",
        text,
        re.IGNORECASE,
    )
    if not found:
        return 0.2
    _, second, before, after, share, chinese = found.groups()
    if share:
        return float(share)
    percent = int(second or before or after or chinese)
    return percent / 100 if 0 < percent < 100 else 0.2  # noqa: PLR2004 - percent


_WORD = r"[\"'“‘]([\w -]{2,24})[\"'”’]"
_NO = re.compile(r"^(?:non|not|no\b|un|in(?=significant)|false|does not|doesn't|is not|不|非|否)", re.IGNORECASE)


def _verdict(text: str) -> tuple[str, str] | None:
    pairs = re.findall(
        rf"{_WORD}\s*(?:or|and|/|,|或|和|if[^\"']{{0,60}}?(?:or|,)|based on[^\"']{{0,60}}?or)\s*{_WORD}",
        text,
    )
    pairs += re.findall(r"\b(yes|true)\s*(?:/|or)\s*(no|false)\b", text, re.IGNORECASE)
    for one, other in pairs:
        if _NO.match(other) and not _NO.match(one):
            return one, other
        if _NO.match(one) and not _NO.match(other):
            return other, one
    return ("True", "False") if re.search(r"\bTrue\b[\s\S]{1,160}\bFalse\b", text) else None


def _skewness(text: str) -> float | None:
    found = re.search(
        r"skew(?:ness)?[^.;]{0,50}?(?:less than|below|within|<|between)\D{0,12}?(\d*\.\d+|\d+)",
        text,
        re.IGNORECASE,
    )
    return float(found.group(1)) if found and "normal" in text.lower() else None
