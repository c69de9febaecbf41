"""An instruction falls into clauses: what is to be done, in order, and sentences that only say how."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from .lexicon import lexicon
from .marks import plain

_ANSWER_FORM = re.compile(r"@\w+\s*\[")
_SAFE = re.compile(
    r"\"[^\"\n]*\"|`[^`\n]*`|(?<![\w'])'[^'\n]+'(?!\w)|[\w\-./]+\.(?:csv|tsv|txt|xlsx?|jsonl?|parquet|dat)\b"
    r"|\d+\.\d+|\b(?:e\.g|i\.e|etc|vs)\.|\([^)\n]*\)"
)
_NUMBER = r"(?:\d+|zero|one|two|three|four|five|six|零|一|两|二|三|四|五|六)"
_ROUNDING = re.compile(
    r"[,，]?\s*(?:\band\s+)?(?:please\s+)?(?:\bround(?:ed|ing)?(?:\s+off)?\b"
    r"(?:\s+(?:it|them|the|your|all|final|result|answer|value|output|number|mean|average|figure)s?)*\s+)?"
    r"(?:\b(?:to|with|at|up to|using)\s+)?"
    rf"(?:\b{_NUMBER}[\s-]*(?:decimal|digit)s?(?:\s+(?:place|point|digit)s?)?(?:\s+after the (?:decimal )?point)?"
    rf"|(?:保留|精确到|四舍五入到?)\s*(?:小数点?后?)?\s*{_NUMBER}\s*位(?:小数)?|(?:结果)?{_NUMBER}\s*位小数)"
    rf"|[,，]?\s*\bround(?:ed)?(?:\s+off)?\s+to\s+{_NUMBER}\b(?!\s*%)",
    re.IGNORECASE,
)
"""What wishes.py has read already; its number must not be taken for another."""
_THEN_BY = re.compile(
    r"(\bby\s+\S+?),?\s+(?:and\s+)?then\s+(?:by\s+)?(?=\w+\s*(?:$|[.,;]|(?:in\s+)?(?:de|a)scending))", re.IGNORECASE
)
"""`sort by a then b` is one clause."""
_SENTENCE = re.compile(r"[.!?](?=\s|$)|[;。；\n]|[!?]|(?<=[㐀-鿿])[.]")


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of an instruction; a modifier says how, not what; `sentence` counts the sentences from 0."""

    text: str
    sentence: int = 0
    modifier: bool = False


def body(instruction: str) -> str:
    """The instruction up to where it describes the form of its answer."""
    form = _ANSWER_FORM.search(instruction)
    return instruction[: form.start()] if form else instruction


def clauses(instruction: str) -> tuple[Clause, ...]:
    """The clauses of an instruction, without what only describes the form of an answer."""
    text = re.sub(r"^\s*\d+\.\s+", "", plain(body(instruction)).strip())
    text = re.sub(r"(?m)^[\s{}]*(?:constraints?:)?\s*(?:\d+\.\s+|[-*]\s+)?", "", text)
    text = re.sub(r"(?m)[{}]\s*$", "", text)
    text = _THEN_BY.sub(r"\1, ", _ROUNDING.sub(" ", text))
    held: list[str] = []

    def hold(match: re.Match[str]) -> str:
        held.append(match.group())
        return f"\x00{len(held) - 1}\x01"

    def back(piece: str) -> str:
        while "\x00" in piece:
            piece = re.sub(r"\x00(\d+)\x01", lambda match: held[int(match.group(1))], piece)
        return piece.strip(" ,;:")

    found: list[Clause] = []
    for number, sentence in enumerate(part for part in _SENTENCE.split(_SAFE.sub(hold, text)) if part.strip(" ,")):
        whole = back(sentence)
        modifier = number > 0 and _modifies(whole)
        pieces = [whole] if modifier else _joined([back(piece) for piece in _boundary().split(sentence)])
        found.extend(Clause(piece, number, modifier) for piece in pieces if piece)
    return tuple(found)


def _joined(pieces: list[str]) -> list[str]:
    """`identify and count the outliers`: a verb alone belongs to what follows."""
    found: list[str] = []
    for piece in pieces:
        alone = bool(found) and " " not in found[-1].strip() and found[-1].isascii()
        if alone:
            found[-1] = f"{found[-1]} {piece}"
        else:
            found.append(piece)
    return found


def _modifies(sentence: str) -> bool:
    return sentence.lower().startswith(lexicon().modifier_starts)


@cache
def _boundary() -> re.Pattern[str]:
    verbs = "|".join(lexicon().verbs)
    verbs_zh = "|".join(lexicon().verbs_zh)
    return re.compile(
        rf"\s*,?\s*(?:\band\s+)?\bthen\b,?\s*|\s*,?\s*\bafter that\b,?\s*|\s*,\s*(?:and\s+|also\s+)*(?=(?:{verbs})\b)"
        rf"|\s+and\s+(?:also\s+)?(?=(?:{verbs})\b(?!\s*(?:,|and\b)))"
        rf"|[,，、]?\s*(?:然后|接着|之后再|最后|并且|再)[,，]?\s*|[,，]\s*(?:并\s*)?(?=(?:请|把|将)?\s*(?:{verbs_zh}))|并(?=(?:{verbs_zh}))",
        re.IGNORECASE,
    )
