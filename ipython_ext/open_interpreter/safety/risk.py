"""The level of a cell, read from its syntax tree: strict, and simple enough to be read.

It has two jobs: to choose when a person is asked, and to say why in plain words. It is never the reason why something
is harmless. What it does not know is L2; what it cannot analyse is L2; it never raises.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..core.languages import is_python, title
from ..core.questions import Judgement, Level
from .calls import call_rules
from .known import Known
from .lists import Rule
from .paths import Look
from .scene import Scene
from .transform import tree
from .uses import attribute_rules, binding_rules, import_rules, name_rules, text_rules

LONGEST = 256_000
"""Characters of a cell that are looked at; a longer one is L2."""

_HIDING = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\U000e0000-\U000e007f]")
_UNREADABLE = Rule("L2", "size", "cannot be looked into: it is nested too deep or holds odd characters")


@dataclass(frozen=True, slots=True)
class Assessment:
    """Every rule that a cell falls under, the strictest first, and what later cells must know of its names."""

    rules: tuple[Rule, ...]
    known: Known

    @property
    def level(self) -> Level:
        """The highest level of any rule."""
        return self.rules[0].level if self.rules else "L0"

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of what lifts the cell to its level."""
        return frozenset(rule.kind for rule in self.rules if rule.level == self.level)

    @property
    def judgement(self) -> Judgement:
        """The level with at most three plain reasons."""
        says = dict.fromkeys(rule.says for rule in self.rules if rule.level != "L0")
        return Judgement(self.level, tuple(says)[:3])


def assess(source: str, look: Look, *, language: str = "python", known: Known | None = None) -> Assessment:
    """Look at a cell. `look` tells where a path leads on the disk, `known` what earlier cells bound. Never raises."""
    known = known or Known()
    if not is_python(language):
        return Assessment((*_hiding(source[:LONGEST]), _foreign(language)), known)
    if len(source) > LONGEST:
        return Assessment((Rule("L2", "size", "is too long to be looked into"),), known)
    try:
        return _assess(source, look, known)
    except SyntaxError:
        return Assessment((), known)  # the kernel's Python will refuse it: nothing of it can run
    except (ValueError, RecursionError, MemoryError):
        return Assessment((_UNREADABLE,), known)


def _assess(source: str, look: Look, known: Known) -> Assessment:
    def nested(code: str) -> tuple[Rule, ...]:
        try:
            return _assess(code, look, known).rules
        except SyntaxError:  # a magic may understand what Python does not
            return (_UNREADABLE,)

    scene = Scene(tree(source), look, known, nested)
    rules = [*_rules(scene), *binding_rules(scene), *_hiding(source)]
    ordered = sorted(dict.fromkeys(rules), key=lambda rule: rule.level, reverse=True)
    return Assessment(tuple(ordered), scene.names.learnt(scene.asking))


def _hiding(source: str) -> tuple[Rule, ...]:
    found = _HIDING.search(source)
    return (Rule("L3", "hiding", "holds invisible characters that can hide what it does"),) if found else ()


def _foreign(language: str) -> Rule:
    return Rule("L2", "language", f"is {title(language) or 'no language we know'}, which cannot be looked into")


def _rules(scene: Scene) -> Iterator[Rule]:
    for node in scene.nodes:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            yield from import_rules(node)
        elif isinstance(node, ast.Name):
            yield from name_rules(node, scene)
        elif isinstance(node, ast.Attribute):
            yield from attribute_rules(node, scene)
        elif isinstance(node, ast.Call):
            yield from call_rules(node, scene)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from text_rules(node.value)
