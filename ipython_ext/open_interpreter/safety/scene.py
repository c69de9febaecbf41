"""One cell under examination: its syntax tree, what its names stand for, and how to look at the disk."""

from __future__ import annotations

import ast
from collections.abc import Callable

from .known import Known
from .lists import Rule
from .magics import magic_call
from .names import Names
from .paths import Look


class Scene:
    """The nodes of a cell with what the rules ask of them; `nested` gives the rules of code inside a magic."""

    def __init__(self, tree: ast.Module, look: Look, known: Known, nested: Callable[[str], tuple[Rule, ...]]) -> None:
        self.names = Names(tree, known)
        self.look = look
        self.known = known
        self.nested = nested
        self.nodes = list(ast.walk(tree))
        calls = [node for node in self.nodes if isinstance(node, ast.Call)]
        self.called = {id(node.func) for node in calls}
        self.bases = {id(node.value) for node in self.nodes if isinstance(node, ast.Attribute)}
        magics = [node.func for node in calls if magic_call(node) and isinstance(node.func, ast.Attribute)]
        self.magics = {id(func) for func in magics}
        self.shells = {id(func.value) for func in magics if isinstance(func, ast.Attribute)}
        self.asking, self.waiting = _inputs(tree, self.nodes)

    def argument(self, node: ast.Call, place: int, keyword: str) -> ast.expr | None:
        """The argument of a call at this place or with this keyword; None where there is none."""
        if place < len(node.args):
            return node.args[place]
        return next((each.value for each in node.keywords if each.arg == keyword), None)


def starred(node: ast.Call) -> bool:
    """Whether some arguments of a call are not written out."""
    return any(isinstance(arg, ast.Starred) for arg in node.args) or any(each.arg is None for each in node.keywords)


def _inputs(tree: ast.Module, nodes: list[ast.AST]) -> tuple[frozenset[str], set[int]]:
    """What the cell defines that asks for input, and each `input` in what it defines without using it."""
    asking: set[str] = set()
    waiting: set[int] = set()
    for each in tree.body:
        if not isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            continue
        inside = {id(node): node for node in ast.walk(each)}
        asks = {key for key, node in inside.items() if isinstance(node, ast.Name) and node.id == "input"}
        used = any(isinstance(node, ast.Name) and node.id == each.name and id(node) not in inside for node in nodes)
        if asks:
            asking.add(each.name)
        if not used:
            waiting |= asks
    return frozenset(asking), waiting
