"""What a clause names has to be in what is done for it: a name or a number that no cell uses is a part left out."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .acts import Act
from .drafts import Manner, draft
from .marks import Marked, Mention
from .readings import Reading
from .wishes import Wishes

_ASKED = tuple(
    (re.compile(asked), re.compile(given))
    for asked, given in (
        (r"\bexcept\b|\bexcluding\b|\ball but\b|除了", r"!=|~|drop\("),
        (r"\bweighted\b|加权", r"weights|\* "),
        (r"(?:regression|trend|best.fit|fitted) line|趋势线|拟合线", r"polyfit|regplot|linregress"),
        (r"confusion matrix|混淆矩阵", r"confusion"),
        (r"cross.?validat|交叉验证", r"cross_val"),
        (r"which ‹c\d+› (?:has|have|had) the (?:most|least|highest|lowest)", r"groupby|idxm|nlargest|highest|lowest"),
        (r"row percent|column percent", r"normalize"),
        (r"\bkeep(?:ing)? (?:all|every)|左连接|\bleft join", r"left"),
        (r"‹n\d+›\s*%\s*of\s+(?:the\s+)?‹c", r" \* "),
        (r"\bhorizontal|水平", r"barh"),
        (r"\bthe count\b(?! of)|和人数|及人数", r"count|size"),
    )
)
"""What was asked for in words, and what the code must hold where it was done."""
_LIKELY = 0.75
_PARTS_BY = re.compile(r"(?:\bper|\bfor each|\bfor every|\bby each|每个?|各)\s*$")


@dataclass(frozen=True, slots=True)
class _Use:
    """What the code of some acts holds: its texts and numbers, and the columns that it groups by."""

    texts: frozenset[str]
    figures: frozenset[float]
    grouped: frozenset[str]


def left_over(reading: Reading, acts: Iterable[Act], wishes: Wishes) -> tuple[str, ...]:
    """The words of the clause that name something which the code of these acts does not use."""
    made = tuple(acts)
    code = "\n".join(draft(each, Manner(wishes, chinese=False), last=False).code for each in made)
    columns = {column for each in made for column in each.columns}
    texts, figures = _constants(code)
    listed = frozenset(columns) & {*reading.group, *reading.compared}
    use = _Use(frozenset(texts), frozenset(figures), listed)
    found = [each.text for each in _names(reading.marked) if not (_used(each, use, wishes) or _about(each, reading))]
    texts_of = reading.marked.text
    asks = ((asked.search(texts_of), given) for asked, given in _ASKED)
    lost = [match.group() for match, given in asks if match and not given.search(code)]
    return (*found, *lost, *_unread_keys(reading))


def _names(marked: Marked) -> Iterator[Mention]:
    """The mentions that count; `embarked in Cherbourg` names a value, whatever column holds it."""
    for each in re.finditer(
        r"‹([cvn])\d+›(?P<told>(?:\s*(?:in|at|from|is|was|on|of|=|==|为|是))*\s*‹v\d+›)?", marked.text
    ):
        if each.group(1) != "c" or not each["told"]:
            yield marked.at(each.group()[: len(each.group()) - len(each["told"] or "")])
        if each["told"]:
            yield marked.at(each["told"][each["told"].index("‹") :])


def _constants(code: str) -> tuple[set[str], set[float]]:
    """Every text and number in the code."""
    texts: set[str] = set()
    figures: set[float] = set()
    for node in ast.walk(ast.parse(code)):
        value = node.value if isinstance(node, ast.Constant) else None
        if isinstance(value, str):
            texts.add(value)
        elif isinstance(value, (int, float)):
            figures |= {float(value), float(-value)}
    return texts, figures


def _about(mention: Mention, reading: Reading) -> bool:
    """`paid by the passengers`: what the rows themselves are is no part to use; neither is the table's own name."""
    table, word = reading.table, mention.text.lower()
    if mention.kind != "c" or table is None:
        return False
    plural = word.endswith("s") and not mention.column.lower().endswith("s")
    worded = table.kind(mention.column) in ("text", "category", "other")
    return (
        (worded and table.unique(mention.column)) or word == table.name.lower() or (plural and mention.score <= _LIKELY)
    )


def _used(mention: Mention, use: _Use, wishes: Wishes) -> bool:
    value = mention.value
    if mention.kind == "c":
        return mention.column in use.texts
    if mention.kind == "v" and (str(value) in use.texts or mention.column in use.grouped):
        return True
    if mention.kind == "n" and not re.match(r"-?\d", mention.text):
        return True
    if not isinstance(value, (int, float)):
        return False
    known = {wishes.alpha, wishes.threshold, wishes.seed, wishes.digits, wishes.held_out, wishes.factor}
    shares = {float(value), value / 100, 1 - value / 100}
    return bool(shares & use.figures) or value in known or mention.text in use.texts


def _unread_keys(reading: Reading) -> tuple[str, ...]:
    """`mean per speceis`: a key that was not understood is not one to leave out."""
    text = reading.marked.text
    unread = (re.search(rf"(?<![a-z]){re.escape(each)}(?![a-z])", text) for each in reading.coverage.strange)
    return tuple(each.group() for each in unread if each and _PARTS_BY.search(text[: each.start()]))
