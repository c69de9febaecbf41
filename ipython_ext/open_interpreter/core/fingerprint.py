"""The hash that tells whether a generated cell is still the one that was generated."""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Callable


def fingerprint(source: str, transform: Callable[[str], str]) -> str:
    """SHA-256 of a cell's syntax tree, the same on every Python; of the bare source where it does not parse."""
    try:
        told = _shape(ast.parse(transform(source)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        told = source.strip()
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, default=repr).encode()).hexdigest()


def _shape(node: object) -> object:
    """A node as nested lists, without places and without fields that are empty (which differ between Pythons)."""
    if isinstance(node, ast.AST):
        fields = [[name, _shape(value)] for name, value in ast.iter_fields(node) if value not in (None, [])]
        return [type(node).__name__, *fields]
    if isinstance(node, list):
        return [_shape(each) for each in node]
    return f"{type(node).__name__}:{node!r}"
