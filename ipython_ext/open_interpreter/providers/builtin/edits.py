"""Changes to a cell's source at places that its syntax tree names; everything else stays as it was written."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from .literals import literal


def strings(source: str) -> tuple[str, ...]:
    """The string constants of the source, in order, each once."""
    found = (node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant))
    return tuple(dict.fromkeys(value for value in found if isinstance(value, str)))


def with_string(source: str, old: str, new: str) -> str:
    """The source with one string constant in the place of another."""
    nodes = list(ast.walk(ast.parse(source)))
    spots = [node for node in nodes if isinstance(node, ast.Constant) and node.value == old]
    inside = {id(part) for node in nodes if isinstance(node, ast.JoinedStr) for part in node.values}
    return _spliced(source, [(node, literal(new)) for node in spots if id(node) not in inside])


def with_name(source: str, old: str, new: str) -> str:
    """The source with one variable's name in the place of another."""
    spots = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name) and node.id == old]
    return _spliced(source, [(node, new) for node in spots])


def with_attribute(source: str, old: str, new: str) -> str:
    """`frame.old` as `frame["new"]`."""
    spots = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Attribute) and node.attr == old]
    return _spliced(source, [(node, f"{ast.unparse(node.value)}[{literal(new)}]") for node in spots])


def calls(source: str, wanted: Callable[[str], bool]) -> Iterator[ast.Call]:
    """The calls of functions whose last name is wanted."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if wanted(name):
                yield node


def with_keyword(source: str, function: str, keyword: str, value: str) -> str:
    """Every call of a function with a keyword argument set to that source."""
    spots: list[tuple[ast.AST, str]] = []
    for call in calls(source, lambda name: name == function):
        old = next((each for each in call.keywords if each.arg == keyword), None)
        if old is not None:
            spots.append((old.value, value))
            continue
        text = ast.get_source_segment(source, call) or ""
        joint = ", " if call.args or call.keywords else ""
        spots.append((call, f"{text.rstrip()[:-1].rstrip().rstrip(',')}{joint}{keyword}={value})"))
    return _spliced(source, spots)


def before(source: str, line: str) -> str:
    """The source with a line above it: an import at the very top, anything else below the imports."""
    lines = source.splitlines()
    if line.startswith(("import ", "from ")):
        return "\n".join([line, *([] if lines and lines[0].startswith(("import ", "from ")) else [""]), *lines])
    ends = [node.end_lineno or 0 for node in ast.parse(source).body if isinstance(node, (ast.Import, ast.ImportFrom))]
    at = max(ends, default=0)
    gap = [""] if at else []
    rest = lines[at + 1 :] if at < len(lines) and not lines[at].strip() else lines[at:]
    return "\n".join([*lines[:at], *gap, line, *rest])


def _spliced(source: str, spots: list[tuple[ast.AST, str]]) -> str:
    """Replace nodes by text, the last first. Columns of the syntax tree count bytes."""
    lines = [line.encode() for line in source.splitlines()]
    for node, text in sorted(spots, key=lambda spot: (spot[0].lineno, spot[0].col_offset), reverse=True):  # type: ignore[attr-defined]
        first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1  # type: ignore[attr-defined]
        head, tail = lines[first][: node.col_offset], lines[last][node.end_col_offset :]  # type: ignore[attr-defined]
        lines[first : last + 1] = (head + text.encode() + tail).split(b"\n")
    return "\n".join(line.decode() for line in lines)
