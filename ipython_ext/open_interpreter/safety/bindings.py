"""Which names a node of the syntax tree binds, and to what."""

from __future__ import annotations

import ast
from collections.abc import Iterator

FINDERS = frozenset({"glob", "iglob", "rglob"})
"""Calls that find files by a pattern."""

_NAMED: tuple[tuple[type[ast.AST], str], ...] = (
    (ast.FunctionDef, "name"),
    (ast.AsyncFunctionDef, "name"),
    (ast.ClassDef, "name"),
    (ast.ExceptHandler, "name"),
    (ast.MatchAs, "name"),
    (ast.MatchStar, "name"),
    (ast.MatchMapping, "rest"),
)
"""Nodes that bind the name in this field to something that is not looked at."""


def bindings(node: ast.AST) -> Iterator[tuple[str, ast.expr | None]]:
    """The names that a node binds, each with the value where there is one."""
    if isinstance(node, (ast.Assign, ast.AnnAssign, ast.NamedExpr, ast.AugAssign)):
        value = None if isinstance(node, ast.AugAssign) else node.value
        for target in node.targets if isinstance(node, ast.Assign) else (node.target,):
            yield from _unpacked(target, value)
    elif isinstance(node, (ast.For, ast.AsyncFor, ast.comprehension)):
        for value in node.iter.elts if isinstance(node.iter, (ast.List, ast.Tuple, ast.Set)) else [_globbed(node.iter)]:
            yield from _unpacked(node.target, value)
    elif isinstance(node, ast.withitem):
        if node.optional_vars is not None:
            yield from _unpacked(node.optional_vars, node.context_expr)
    else:
        name = next((getattr(node, field) for kind, field in _NAMED if isinstance(node, kind)), None)
        if name:
            yield name, None


def _globbed(node: ast.expr) -> ast.expr | None:
    """The call that finds files by a pattern, inside sorted() and the like: each of its elements is as its pattern."""
    while isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and len(node.args) == 1:
        if node.func.id not in ("sorted", "list", "tuple", "reversed", "tqdm"):
            return None
        node = node.args[0]
    finds = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in FINDERS
    return node if finds else None


def _unpacked(target: ast.expr, value: ast.expr | None) -> Iterator[tuple[str, ast.expr | None]]:
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Starred):
        yield from _unpacked(target.value, None)
    elif isinstance(target, (ast.Tuple, ast.List)):
        same = isinstance(value, (ast.Tuple, ast.List)) and len(value.elts) == len(target.elts)
        values = value.elts if same and isinstance(value, (ast.Tuple, ast.List)) else [None] * len(target.elts)
        for each, part in zip(target.elts, values, strict=True):
            yield from _unpacked(each, part)
