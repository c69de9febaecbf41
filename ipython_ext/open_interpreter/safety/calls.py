"""The rules for what a cell calls: magics, files read and written, expressions, databases, addresses."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from ..core.questions import Level
from .lists import (
    PATH_CHANGERS,
    PATH_READERS,
    PATH_WRITERS,
    READING_FUNCTIONS,
    READING_METHODS,
    REFERENCES,
    WRITERS,
    WRITING_FUNCTIONS,
    Rule,
)
from .magics import magic_call, meaning
from .paths import is_url, reading, writing
from .scene import Scene, starred
from .uses import change_rules, dotted_rules, handed_on_rules, member_rules

_DESTRUCTIVE = re.compile(
    r"(?i)\b(drop|delete|truncate|alter|update|grant|revoke|attach|copy|install|insert|replace)\b"
)
_CALLING = re.compile(r"__|@\s*\w+\s*[.(\[]")
_TALK = frozenset({"print", "display", "len", "repr", "str"})
_BY_NAME = frozenset({"agg", "aggregate", "apply", "transform", "pipe", "map", "methodcaller"})
_SQL = frozenset({"execute", "executescript", "executemany", "sql", "read_sql", "read_sql_query"})
_LOADS_CODE = frozenset({"allow_pickle", "storage_options", "trust_remote_code", "opener"})


def call_rules(node: ast.Call, scene: Scene) -> Iterator[Rule]:
    """What this call means."""
    func = node.func
    origins = scene.names.origins(func)
    if magic_call(node):
        yield from _magic(node, scene)
    elif isinstance(func, ast.Name) and func.id in _SPECIAL:
        yield from _SPECIAL[func.id](node, scene)
    elif origins:
        for dotted in origins:
            yield from _function(node, dotted, scene)
    elif isinstance(func, ast.Attribute):
        yield from _path_method(node, func, scene) if scene.names.is_path(func.value) else _method(node, func, scene)
    yield from _sql(node, scene)
    yield from _urls(node, scene)


def _given(rule: Rule | None) -> tuple[Rule, ...]:
    return () if rule is None else (rule,)


def _magic(node: ast.Call, scene: Scene) -> Iterator[Rule]:
    does = meaning(node)
    yield from _given(does.rule)
    if does.code.strip():
        yield from scene.nested(does.code)
    if does.writes:
        yield from _given(writing(frozenset({does.writes}), scene.look))


def _open(node: ast.Call, scene: Scene) -> Iterator[Rule]:
    yield from _opened(node, scene.argument(node, 0, "file"), 1, scene)


def _opened(node: ast.Call, path: ast.expr | None, mode_place: int, scene: Scene) -> Iterator[Rule]:
    mode = scene.argument(node, mode_place, "mode")
    modes = frozenset({"r"}) if mode is None else scene.names.texts(mode)
    judge = reading if modes and all(set(each) <= set("rtbU") for each in modes) else writing
    if starred(node) or any(each.arg in _LOADS_CODE for each in node.keywords):
        yield REFERENCES["open"]
    yield from _given(judge(scene.names.texts(path), scene.look))


def _attribute_by_name(node: ast.Call, scene: Scene) -> Iterator[Rule]:
    """`getattr` and its like: what the attribute itself would mean; a name made at run time is hiding."""
    texts = scene.names.texts(scene.argument(node, 1, ""))
    if texts is None:
        yield REFERENCES["getattr"]
        return
    bases = scene.names.origins(node.args[0])
    for name in sorted(texts):
        full = frozenset(f"{base}.{name}" for base in bases)
        yield from member_rules(name)
        yield from handed_on_rules(name)
        yield from (rule for dotted in full for rule in dotted_rules(dotted))
        if name.startswith("_") or any(each in READING_FUNCTIONS or each in WRITING_FUNCTIONS for each in full):
            yield REFERENCES["getattr"]
        if isinstance(node.func, ast.Name) and node.func.id != "getattr":
            yield from change_rules(full)


def _shell(node: ast.Call, scene: Scene) -> Iterator[Rule]:
    if id(node) not in scene.shells:
        yield REFERENCES["get_ipython"]


_SPECIAL = {
    "open": _open,
    "get_ipython": _shell,
    **dict.fromkeys(("getattr", "setattr", "delattr"), _attribute_by_name),
}


def _function(node: ast.Call, dotted: str, scene: Scene) -> Iterator[Rule]:
    name = dotted.rpartition(".")[2]
    if dotted == "io.open":
        yield from _open(node, scene)
    elif dotted in READING_FUNCTIONS:
        yield from _reads(node, READING_FUNCTIONS[dotted], scene)
    elif dotted in WRITING_FUNCTIONS:
        yield from _writes(node, WRITING_FUNCTIONS[dotted], scene, needed=True)
    elif name in WRITERS and dotted != "json.dump":
        yield from _writes(node, WRITERS[name], scene, needed=True)
    elif dotted.startswith("IPython.display.") and any(each.arg == "raw" for each in node.keywords):
        yield Rule("L2", "browser", "puts active content into the page")


def _reads(node: ast.Call, keyword: str, scene: Scene) -> Iterator[Rule]:
    if any(each.arg in _LOADS_CODE and not _is_false(each.value) for each in node.keywords):
        yield Rule("L2", "dynamic", "may run code hidden in data")
    path = scene.argument(node, 0, keyword)
    if (path is not None or starred(node)) and not scene.names.is_buffer(path):
        yield from _given(reading(scene.names.texts(path), scene.look))


def _writes(node: ast.Call, keyword: str, scene: Scene, *, needed: bool = False) -> Iterator[Rule]:
    path = scene.argument(node, 0, keyword)
    absent = path is None or (isinstance(path, ast.Constant) and path.value is None)
    if absent and not needed and not starred(node):
        return
    if not scene.names.is_buffer(path):
        yield from _given(writing(scene.names.texts(path), scene.look))


def _method(node: ast.Call, func: ast.Attribute, scene: Scene) -> Iterator[Rule]:
    name = func.attr
    if name in ("query", "eval"):
        yield from _expression(node, scene)
    elif name in ("dump", "save") or name in WRITERS:
        yield from _writes(node, WRITERS[name], scene, needed=name in ("dump", "save"))
    elif name in READING_METHODS:
        yield from _reads(node, READING_METHODS[name], scene)
    elif name in (PATH_READERS | PATH_WRITERS) - {"glob", "rglob"}:
        kind = "read" if name in PATH_READERS else "write"
        yield Rule("L2", kind, f"uses a file whose name is not fixed here (.{name})")
    elif name == "open":
        yield Rule("L2", "read", "opens a file whose name is not fixed here (.open)")
    elif name in _BY_NAME:
        for value in [*node.args, *(each.value for each in node.keywords)]:
            for text in scene.names.texts(value) or ():
                yield from member_rules(text)
                yield from handed_on_rules(text)


def _path_method(node: ast.Call, func: ast.Attribute, scene: Scene) -> Iterator[Rule]:
    texts = scene.names.texts(func.value)
    if func.attr in PATH_READERS:
        yield from _given(reading(texts, scene.look))
    elif func.attr in PATH_WRITERS:
        yield from _given(writing(texts, scene.look))
    elif func.attr in PATH_CHANGERS:
        level: Level = "L2" if func.attr in ("mkdir", "touch") else "L3"
        kind = "delete" if level == "L3" else "write"
        yield Rule(level, kind, f"makes, moves or deletes files (.{func.attr})")
    elif func.attr == "open":
        yield from _opened(node, func.value, 0, scene)


def _expression(node: ast.Call, scene: Scene) -> Iterator[Rule]:
    if not node.args and not node.keywords:
        return
    texts = scene.names.texts(scene.argument(node, 0, "expr"))
    if texts is None:
        yield Rule("L2", "dynamic", "runs an expression made at run time")
    elif any(_CALLING.search(text) for text in texts):
        yield Rule("L3", "dynamic", "calls code from inside an expression")


def _sql(node: ast.Call, scene: Scene) -> Iterator[Rule]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    if name in _SQL:
        texts = scene.names.texts(scene.argument(node, 0, "sql"))
        if texts is None or any(_DESTRUCTIVE.search(text) for text in texts):
            yield Rule("L3", "database", "can change or delete data in a database")


def _urls(node: ast.Call, scene: Scene) -> Iterator[Rule]:
    if isinstance(node.func, ast.Name) and node.func.id in _TALK:
        return
    for value in [*node.args, *(each.value for each in node.keywords)]:
        if isinstance(value, ast.JoinedStr) and value.values and isinstance(value.values[0], ast.Constant):
            if is_url(str(value.values[0].value)):
                yield Rule("L3", "network", "builds an address from data, which can send that data away")
        elif any(is_url(text) for text in scene.names.texts(value) or ()):
            yield Rule("L2", "network", "uses an address of the network")


def _is_false(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and not node.value
