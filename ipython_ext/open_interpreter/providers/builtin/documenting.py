"""A cell with docstrings where its functions have none, and a comment above where it begins with none.

Lines are only added, so the cell does what it did. What is said is what the code shows: names, not purposes.
"""

from __future__ import annotations

import ast
import re

from .explaining import whole

_READS = re.compile(r"^read_(?!sql|clipboard)\w+$")
_SAVES = re.compile(r"^(?:to_(?:csv|excel|json|parquet)|savefig)$")
_DRAWN = frozenset(["plot", "hist", "bar", "barh", "scatter", "boxplot", "pie", "lineplot", "histplot", "heatmap"])
Function = ast.FunctionDef | ast.AsyncFunctionDef


def documented(source: str, *, chinese: bool) -> str | None:
    """The cell with what was missing; None where nothing is, or where it cannot be read."""
    try:
        tree = whole(source)
    except (SyntaxError, ValueError, RecursionError):
        return None
    lines = source.split("\n")
    functions = [node for node in ast.walk(tree) if isinstance(node, Function) and _bare(node, lines)]
    for node in sorted(functions, key=lambda each: each.body[0].lineno, reverse=True):
        at = _start(node.body[0])
        indent = lines[at - 1][: node.body[0].col_offset]
        while not lines[at - 2].strip() or lines[at - 2].lstrip().startswith("#"):
            at -= 1
        lines.insert(at - 1, f'{indent}"""{_docstring(node, chinese=chinese)}"""')
    lead = "" if source.lstrip().startswith(("#", "%", "!", '"', "'")) else _summary(tree, chinese=chinese)
    made = "\n".join([f"# {lead}", *lines] if lead else lines)
    return made if made != source and _same(source, made) else None


def _bare(node: Function, lines: list[str]) -> bool:
    """Whether it has no docstring, and its body begins on a line of its own."""
    if ast.get_docstring(node) is not None or node.name.startswith("__"):
        return False
    at = _start(node.body[0])
    return at > node.lineno and not lines[at - 1][: node.body[0].col_offset].strip()


def _start(node: ast.stmt) -> int:
    """The first line of a statement, its decorators included."""
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(each.lineno for each in decorators)])


def _docstring(node: Function, *, chinese: bool) -> str:
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", node.name.strip("_").replace("_", " ")).strip() or node.name
    title = words[:1].upper() + words[1:].lower()
    every = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    names = [each.arg for each in every if each.arg not in ("self", "cls")]
    if chinese:
        return f"{title};参数:{'、'.join(names)}。" if names else f"{title}。"
    return f"{title}; takes {', '.join(names)}." if names else f"{title}."


def _summary(tree: ast.Module, *, chinese: bool) -> str:
    """One line on what the top of the cell does, empty where nothing is sure."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    named = [(getattr(each.func, "attr", getattr(each.func, "id", "")), each) for each in calls]
    read = [_file(each) for name, each in named if _READS.match(name) and _file(each)]
    saved = [_file(each) for name, each in named if _SAVES.match(name) and _file(each)]
    defined = [
        node.name for node in tree.body if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))
    ]
    targets = [each for node in tree.body if isinstance(node, ast.Assign) for each in node.targets]
    made = [each.id for each in targets if isinstance(each, ast.Name)]
    parts = [
        *([("读取 {}" if chinese else "read {}", read)] if read else []),
        *([("定义 {}" if chinese else "define {}", defined)] if defined else []),
        *([("得到 {}" if chinese else "make {}", list(dict.fromkeys(made)))] if made else []),
        *([("绘图" if chinese else "draw a chart", [""])] if any(name in _DRAWN for name, _ in named) else []),
        *([("保存 {}" if chinese else "save {}", saved)] if saved else []),
    ]
    text = ("、" if chinese else ", ").join(lead.format(", ".join(names[:4])) for lead, names in parts)
    return "" if not text else f"{text}。" if chinese else f"{text[:1].upper()}{text[1:]}."


def _file(call: ast.Call) -> str:
    first = call.args[0] if call.args else None
    plain = isinstance(first, ast.Constant) and isinstance(first.value, str) and "\n" not in first.value
    return str(first.value) if plain and isinstance(first, ast.Constant) else ""


def _same(before: str, after: str) -> bool:
    """Whether both do the same: their trees differ in docstrings alone."""
    try:
        return _stripped(before) == _stripped(after)
    except (SyntaxError, ValueError, RecursionError):
        return False


def _stripped(source: str) -> str:
    tree = whole(source)
    for node in ast.walk(tree):
        if isinstance(node, Function) and ast.get_docstring(node) is not None:
            node.body = node.body[1:] or [ast.Pass()]
    return ast.dump(tree)
