"""A recipe is one TOML file in library/: what calls for it, what it needs, the code, the line of prose before it.

How a file is written is told in library/README.md. A recipe that is wrong is our fault and raises at load.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from ...retrieval import Index
from .toml import HERE, read

Role = Literal["load", "show", "step", "statistic", "plot", "program"]
_WORD_GAP = r"[\s,'\"()-]+(?:(?:the|a|an|of|all|any|each|its|their)\s+)?"
_PLACES = {"<f>": r"‹[pf]\d+›", "<c>": r"‹c\d+›", "<n>": r"‹n\d+›", "<q>": r"‹[qv]\d+›", "<v>": r"‹v\d+›"}
_START = r"^\W*(?:(?:please|now|can you|could you|then|let's|also|i want to|make a|create a|draw a)\W+)*"
_SLOT = re.compile(r"(?P<kind>[a-z]+)(?P<optional>\?)?(?:=(?P<default>.*))?")


@dataclass(frozen=True, slots=True)
class Slot:
    """What a template needs: its kind, whether it may stay empty, and words that it stands after."""

    name: str
    kind: str
    optional: bool = False
    default: str | None = None
    after: tuple[str, ...] = ()
    before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Variant:
    """A code template, used where all of `needs` are filled and none of `without` is."""

    text: str
    needs: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trigger:
    """A phrase as a pattern whose groups are its own words; `weight` grows with how much the phrase says."""

    pattern: re.Pattern[str]
    weight: float


@dataclass(frozen=True, slots=True)
class Recipe:
    """One thing that can be done, by a code template that an instruction fills."""

    id: str
    role: Role
    phrases: tuple[str, ...]
    triggers: tuple[Trigger, ...]
    slots: tuple[Slot, ...] = ()
    variants: tuple[Variant, ...] = ()
    prose: tuple[str, str] = ("", "")
    """In English and in Chinese."""
    label: tuple[str, str] = ("", "")
    follow_ups: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    imports: tuple[str, ...] = ()
    aggregate: str = ""
    """For a statistic: the name that `agg` knows, empty where only the expression does."""
    expression: str = ""
    """For a statistic: the figure of the Series `s`."""
    weak: bool = False
    """The phrase is so common that it counts only beside something surer."""
    makes: str = ""
    """The slot whose value names a column that the recipe adds."""
    suffix: str = ""
    """Added to a column's name where the instruction names no new one."""


def _trigger(phrase: str) -> Trigger:
    spaced = phrase.isascii()
    pieces: list[str] = []
    weight = 0.0
    body = phrase.removeprefix("^")
    for word in body.split(" ") if spaced else re.split(r"(<\w>|\*)", body):
        if not word:
            continue
        if word == "*":
            pieces.append("*")
        elif word in _PLACES:
            pieces.append(_PLACES[word])
            weight += 0.25
        else:
            pieces.append(_words(word, spaced=spaced))
            weight += 1.0 if spaced else 0.5 * len(word)
    text = _START if phrase.startswith("^") else ""
    for at, piece in enumerate(pieces):
        loose = piece == "*"
        joint = "" if at == 0 or loose or pieces[at - 1] == "*" else _WORD_GAP if spaced else r"\s*"
        text += joint + (r"[^.;]{0,60}?" if loose else piece)
    return Trigger(re.compile(text), weight)


def _words(word: str, *, spaced: bool) -> str:
    options = "|".join(re.escape(option) for option in word.split("/"))
    return rf"((?<![\w‹])(?:{options})(?:'?s|es)?(?![\w]))" if spaced else f"({options})"


def _slot(name: str, written: str | dict[str, Any]) -> Slot:
    table = {"kind": written} if isinstance(written, str) else written
    found = _SLOT.fullmatch(table["kind"])
    if found is None:
        raise ValueError(f"slot {name} has no kind: {written!r}")
    return Slot(
        name=name,
        kind=found["kind"],
        optional=bool(found["optional"]),
        default=found["default"],
        after=tuple(table.get("after", ())),
        before=tuple(table.get("before", ())),
    )


def _pair(table: dict[str, Any]) -> tuple[str, str]:
    return table.get("en", ""), table.get("zh", table.get("en", ""))


def _recipe(table: dict[str, Any]) -> Recipe:
    phrases = (*table["triggers"]["en"], *table["triggers"]["zh"])
    follow = table.get("follow_ups", {})
    return Recipe(
        id=table["id"],
        role=table["role"],
        phrases=phrases,
        triggers=tuple(_trigger(phrase) for phrase in phrases),
        slots=tuple(_slot(name, written) for name, written in table.get("slots", {}).items()),
        variants=tuple(
            Variant(each["text"].strip("\n"), tuple(each.get("needs", ())), tuple(each.get("without", ())))
            for each in table.get("code", ())
        ),
        prose=_pair(table.get("prose", {})),
        label=_pair(table.get("label", {})),
        follow_ups=(tuple(follow.get("en", ())), tuple(follow.get("zh", ()))),
        imports=tuple(table.get("imports", ())),
        aggregate=table.get("aggregate", ""),
        expression=table.get("expression", ""),
        weak=table.get("weak", False),
        makes=table.get("makes", ""),
        suffix=table.get("suffix", ""),
    )


@cache
def library() -> dict[str, Recipe]:
    """Every recipe by its id, read on first use."""
    files = sorted((HERE / "library").glob("*.toml"))
    recipes = [_recipe(read(f"library/{each.name}")) for each in files]
    return {each.id: each for each in recipes}


@cache
def index() -> Index:
    """The recipes' phrases, ready to search."""
    return Index({each.id: " ".join(each.phrases) for each in library().values()})
