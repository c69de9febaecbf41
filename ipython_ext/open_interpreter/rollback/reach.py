"""Which names a step may touch: those in its syntax tree, and those that the functions it may call go on to."""

from __future__ import annotations

import ast
import types
from collections.abc import Iterator

ANYTHING = frozenset(
    (
        "exec",
        "eval",
        "compile",
        "getattr",
        "setattr",
        "delattr",
        "globals",
        "locals",
        "vars",
        "get_ipython",
        "__import__",
    )
)
"""A step that names one of these may touch whatever there is; magics become `get_ipython()`."""
_AWAIT = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT


def names_of(source: str) -> frozenset[str] | None:
    """The names in a piece of Python, None where it may touch anything; none at all where it cannot be parsed."""
    tree = _parsed(source)
    names = {name for node in ast.walk(tree) for name in _bound(node)}
    if "*" in names:
        return None
    return None if names & ANYTHING else frozenset(names)


def _parsed(source: str) -> ast.AST:
    """The tree of a source; an empty one where it cannot be parsed, since it cannot run either."""
    try:
        tree: ast.AST = compile(source, "<step>", "exec", ast.PyCF_ONLY_AST | _AWAIT)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.Module([], [])
    return tree


def _bound(node: ast.AST) -> tuple[str, ...]:
    """The names that one node looks up or binds."""
    if isinstance(node, ast.Name):
        return (node.id,)
    if isinstance(node, ast.alias):
        return ((node.asname or node.name).split(".")[0],)
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.ExceptHandler)):
        return (node.name,) if node.name else ()
    return ()


def written_into(source: str) -> dict[str, str]:
    """What a step sets within a name, as it is written there (`plt.rcParams['x']`), each with that name."""
    tree = _parsed(source)
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, (ast.Attribute, ast.Subscript)) and not isinstance(node.ctx, ast.Load):
            root: ast.AST = node
            while isinstance(root, (ast.Attribute, ast.Subscript)):
                root = root.value
            if isinstance(root, ast.Name):
                found[ast.unparse(node)] = root.id
    return found


def names_in(code: types.CodeType) -> frozenset[str] | None:
    """The names that a function's code looks up or asks attributes for, None where it may touch anything."""
    names = {name for each in _codes(code) for name in each.co_names}
    return None if names & ANYTHING else frozenset(names)


def _codes(code: types.CodeType) -> Iterator[types.CodeType]:
    waiting = [code]
    while waiting:
        each = waiting.pop()
        yield each
        waiting.extend(constant for constant in each.co_consts if type(constant) is types.CodeType)
