"""What a cell does, in plain words from its syntax tree: its parts, one line each. It claims to know no purpose."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator

from ...core.snapshot import Snapshot
from .toml import read

_MOST = 14
"""Lines that are told of one cell."""
_SHORT = 90
_DRAWS = re.compile(r"^(?:plt|sns|px|ax\w*)\.|\.(?:plot|hist|boxplot|scatter)\b")
_MAGIC = re.compile(r"(?m)^[ \t]*(?:[%!?].*|\S.*\?|[\w, ]+=[ \t]*[!%].*)$")
"""IPython's own syntax, looked for only in what is no Python as it stands."""
Line = tuple[str, str, str]
"""A key of explaining.toml, what it is about, and a detail of it."""


def explained(source: str, snapshot: Snapshot, error: str, *, chinese: bool) -> str:
    """The explanation as Markdown; `error` is the last line of the error that the cell ended with, if it did."""
    try:
        lines = list(_lines(source, snapshot)) or [("nothing", "", "")]
    except RecursionError:
        lines = [("deep", "", "")]
    if len(lines) > _MOST:
        lines = [*lines[:_MOST], ("more", str(len(lines) - _MOST), "")]
    if error:
        lines.append(("ends", error, ""))
    told = (_said(*line, chinese=chinese) for line in lines)
    return "\n".join([f"{_said('lead', '', '', chinese=chinese)}\n", *(f"- {each}" for each in told)])


def whole(source: str) -> ast.Module:
    """The tree of a cell without its magics. Raises SyntaxError, ValueError or RecursionError."""
    if source.lstrip().startswith("%%"):
        return ast.Module([], [])
    try:
        return ast.parse(source)
    except SyntaxError:
        return ast.parse(_MAGIC.sub(_passing, source))


def _magics(source: str) -> list[str]:
    """The lines of a cell that are IPython's, the first of a cell magic."""
    if source.lstrip().startswith("%%"):
        return [source.strip().split("\n")[0]]
    try:
        ast.parse(source)
    except SyntaxError:
        return [each.strip() for each in _MAGIC.findall(source)]
    return []


def short(node: ast.AST) -> str:
    """The code of a node on one line, cut where it is long, safe between backticks."""
    text = " ".join(ast.unparse(node).replace("`", "'").split())
    return text if len(text) <= _SHORT else f"{text[: _SHORT - 1]}…"


def _passing(found: re.Match[str]) -> str:
    line = found.group()
    return line[: len(line) - len(line.lstrip())] + "pass"


def _lines(source: str, snapshot: Snapshot) -> Iterator[Line]:
    try:
        tree = whole(source)
    except (SyntaxError, ValueError, RecursionError) as error:
        yield "broken", str(getattr(error, "lineno", None) or 1), ""
        return
    imports = [each for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom)) for each in _imports(node)]
    if imports:
        yield "imports", ", ".join(imports), ""
    yield from _names(tree, snapshot)
    yield from (("magic", each.replace("`", "'")[:_SHORT], "") for each in _magics(source))
    for node in tree.body:
        yield from _statement(node, last=node is tree.body[-1])


def _imports(node: ast.Import | ast.ImportFrom) -> Iterator[str]:
    origin = f"{'.' * node.level}{node.module or ''}." if isinstance(node, ast.ImportFrom) else ""
    for each in node.names:
        yield f"`{origin}{each.name}`" + (f" (`{each.asname}`)" if each.asname else "")


def _names(tree: ast.Module, snapshot: Snapshot) -> Iterator[Line]:
    """What the cell reads without having made it: what the kernel has of that, and what it has not."""
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    made = {node.id for node in names if not isinstance(node.ctx, ast.Load)}
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            made.add(node.name)
        elif isinstance(node, ast.arg):
            made.add(node.arg)
        elif isinstance(node, ast.alias):
            made.add((node.asname or node.name).split(".")[0])
        elif isinstance(node, ast.ExceptHandler) and node.name:
            made.add(node.name)
    ordered = sorted(names, key=lambda node: (node.lineno, node.col_offset))
    read_first = dict.fromkeys(node.id for node in ordered if isinstance(node.ctx, ast.Load) and node.id not in made)
    wanted = [each for each in read_first if not hasattr(builtins, each) and each not in ("display", "get_ipython")]
    there = {each.name: each.type for each in snapshot.variables}
    known = [f"`{each}` ({there[each]})" for each in wanted if each in there]
    unknown = [f"`{each}`" for each in wanted if each not in there]
    if known:
        yield "uses", ", ".join(known), ""
    if unknown:
        yield "missing", ", ".join(unknown), ""


def _statement(node: ast.stmt, *, last: bool) -> Iterator[Line]:
    match node:
        case ast.Import() | ast.ImportFrom() | ast.Pass():
            return
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            yield "function", f"{node.name}({short(node.args)})", _first_line(node)
        case ast.ClassDef():
            yield "class", node.name, _first_line(node)
        case ast.Assign(targets=[*targets], value=value):
            what = " = ".join(short(each) for each in targets)
            plain = all(isinstance(each, (ast.Name, ast.Tuple, ast.List)) for each in targets)
            yield "assigns" if plain else "changes", what, short(value)
        case ast.AnnAssign(target=target, value=ast.expr() as value):
            yield "assigns", short(target), short(value)
        case ast.AugAssign(target=target):
            yield "updates", short(target), short(node)
        case ast.Delete(targets=[*targets]):
            yield from (("removes", short(each), "") for each in targets)
        case ast.Expr(value=value):
            yield from _expression(value, last=last)
        case _:
            yield from _compound(node)


def _compound(node: ast.stmt) -> Iterator[Line]:
    match node:
        case ast.For(target=target, iter=source) | ast.AsyncFor(target=target, iter=source):
            yield "loops", short(target), short(source)
        case ast.While(test=test):
            yield "repeats", short(test), ""
        case ast.If(test=test):
            yield "decides", short(test), ""
        case ast.With(items=[*items]) | ast.AsyncWith(items=[*items]):
            yield from (("opens", short(each), "") for each in items)
        case ast.Try():
            yield "catches", "", ""
        case _:
            yield "calls", short(node), ""
    inner = [each for name in ("body", "orelse", "finalbody") for each in getattr(node, name, [])]
    for each in inner:
        yield from _statement(each, last=False)


def _expression(value: ast.expr, *, last: bool) -> Iterator[Line]:
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        return
    if isinstance(value, ast.Await):
        value = value.value
    if not isinstance(value, ast.Call):
        yield ("shows" if last else "calls"), short(value), ""
        return
    function = ast.unparse(value.func)
    if function == "print":
        yield "prints", ", ".join(short(each) for each in value.args), ""
    elif function in ("plt.show", "plt.tight_layout"):
        return
    elif _DRAWS.search(function):
        yield "draws", short(value), ""
    else:
        yield ("shows" if last else "calls"), short(value), ""


def _first_line(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> str:
    """The first line of a docstring, without its full stop."""
    return (ast.get_docstring(node) or "").strip().split("\n")[0].strip().rstrip(".。")


def _said(key: str, what: str, detail: str, *, chinese: bool) -> str:
    text = str(read("explaining.toml")[key]["zh" if chinese else "en"])
    text = re.sub(r"\{([^{}]*)\}", lambda found: found.group(1) if detail else "", text)
    return re.sub(r"<(what|detail)>", lambda found: what if found.group(1) == "what" else detail, text)
