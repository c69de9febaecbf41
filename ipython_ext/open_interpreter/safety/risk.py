"""The level of a cell, read from its syntax tree: strict, and simple enough to be read.

It has two jobs: to choose when a person is asked, and to say why in plain words. It is never the reason why something
is harmless. What it does not know is L2; what it cannot analyse is L2; it never raises.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..core.questions import Judgement, Level
from .lists import (
    BUILTINS,
    DUNDERS,
    FRAMES,
    IMPORTABLE,
    KEPT_NAMES,
    METHODS,
    PATH_CHANGERS,
    PATH_READERS,
    PATH_WRITERS,
    READING_FUNCTIONS,
    REFERENCES,
    WRITERS,
    WRITING_FUNCTIONS,
    Rule,
    risky_modules,
    rule_for,
)
from .magics import magic_call, meaning
from .names import Known, Names
from .paths import Look, is_url, reading, writing
from .transform import tree

LONGEST = 256_000
"""Characters of a cell that are looked at; a longer one is L2."""

_HIDING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2060-\u2064\U000e0000-\U000e007f]")
_PAGE = re.compile(
    r"(?i)<\s*(script|iframe|form|object|embed|base|meta|link)\b|<img[^>]+src\s*=\s*[\"']?\w*:?//"
    r"|!\[[^\]]*\]\(\s*(https?:)?//|javascript:|data-commandlinker"
)
_CODE = re.compile(r"__\w+__|\b(os|subprocess|sys|shutil)\s*\.\s*\w|\b(eval|exec|open)\s*\(")
_DESTRUCTIVE = re.compile(r"(?i)\b(drop|delete|truncate|alter|update|grant|revoke|attach|copy|install|insert)\b")
_REACHING = re.compile(r"__|@\s*\w+\s*[.(\[]")
_TALK = frozenset({"print", "display", "len", "repr", "str"})


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
    if language.lower() not in ("python", "ipython"):
        return _only(Rule("L2", "language", f"is {language}, which cannot be looked into"), known)
    if len(source) > LONGEST:
        return _only(Rule("L2", "size", "is too long to be looked into"), known)
    try:
        return _assess(source, look, known)
    except SyntaxError:
        return Assessment((), known)  # Python itself will refuse it: nothing of it can run
    except (ValueError, RecursionError, MemoryError):
        return _only(Rule("L2", "size", "cannot be looked into: it is nested too deep or holds odd characters"), known)


def _only(rule: Rule, known: Known) -> Assessment:
    return Assessment((rule,), known)


def _assess(source: str, look: Look, known: Known) -> Assessment:
    parsed = tree(source)
    names = Names(parsed, known)
    look_at = _Cell(parsed, names, look, known)
    rules = list(look_at.rules())
    if _HIDING.search(source):
        rules.append(Rule("L3", "hiding", "holds invisible characters that can hide what it does"))
    origins, texts = names.learnt()
    stale = {name: value for name, value in known.texts.items() if name not in names.bound}
    learnt = Known({**known.origins, **origins}, {**stale, **texts}, known.asking | look_at.asking)
    return Assessment(tuple(sorted(dict.fromkeys(rules), key=lambda rule: rule.level, reverse=True)), learnt)


class _Cell:
    """One cell under examination; `asking` fills with the functions that ask for input."""

    def __init__(self, parsed: ast.Module, names: Names, look: Look, known: Known) -> None:
        self._tree = parsed
        self._names = names
        self._look = look
        self._known = known
        self.asking: frozenset[str] = frozenset()
        self._nodes = list(ast.walk(parsed))
        self._called = {id(node.func) for node in self._nodes if isinstance(node, ast.Call)}
        self._inner = {id(node.value) for node in self._nodes if isinstance(node, ast.Attribute)}

    def rules(self) -> Iterator[Rule]:
        """Every rule that any part falls under."""
        waiting = self._waiting()
        for node in self._nodes:
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                yield from self._import(node)
            elif isinstance(node, ast.Name):
                if id(node) not in waiting:
                    yield from self._name(node)
            elif isinstance(node, ast.Attribute):
                yield from self._attribute(node)
            elif isinstance(node, ast.Call):
                yield from self._call(node)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield from self._text(node.value)
        yield from self._bindings()

    def _waiting(self) -> set[int]:
        """The `input` inside functions of this cell that it does not use: they are defined, not called."""
        waiting: set[int] = set()
        for function in self._tree.body:
            if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
                continue
            inside = {id(node): node for node in ast.walk(function)}
            asks = {key for key, node in inside.items() if isinstance(node, ast.Name) and node.id == "input"}
            uses = (n for n in self._nodes if isinstance(n, ast.Name) and n.id == function.name and id(n) not in inside)
            if asks:
                self.asking |= {function.name}
            if not any(uses):
                waiting |= asks
        return waiting

    def _import(self, node: ast.Import | ast.ImportFrom) -> Iterator[Rule]:
        if isinstance(node, ast.ImportFrom):
            whole = "." * node.level + (node.module or "")
            dotted = [f"{whole}.{alias.name}" for alias in node.names]
            if any(alias.name == "*" for alias in node.names) and whole != "math":
                yield Rule("L2", "module", f"takes every name of {whole}")
        else:
            dotted = [alias.name for alias in node.names]
        for each in dotted:
            if isinstance(node, ast.ImportFrom) or each not in IMPORTABLE:
                yield from self._dotted(each)

    def _dotted(self, dotted: str) -> Iterator[Rule]:
        root, *rest = dotted.split(".")
        if dotted in READING_FUNCTIONS or dotted in WRITING_FUNCTIONS:
            return
        rule = rule_for(dotted)
        if rule is None:
            yield Rule("L2", "module", f"uses {root}, a module that is not known to only compute")
        elif rule.level != "L0":
            yield Rule(rule.level, rule.kind, f"{rule.says} ({dotted.removesuffix('.__call__')})")
        hops = [part for part in rest if part in risky_modules() or part == "sys"]
        if hops and (rule is None or rule.level == "L0"):
            yield Rule("L3", "hiding", f"reaches {hops[0]} through {root}")
        if any(part.startswith("_") and part not in DUNDERS and part != "__call__" for part in rest):
            yield Rule("L3", "hiding", f"reaches inside the module {root} ({dotted})")

    def _name(self, node: ast.Name) -> Iterator[Rule]:
        if isinstance(node.ctx, ast.Store):
            return
        if node.id in BUILTINS:
            yield BUILTINS[node.id]
        elif node.id in REFERENCES and id(node) not in self._called:
            yield REFERENCES[node.id]
        elif node.id.startswith("__") and node.id not in DUNDERS and node.id not in self._names.bound:
            yield Rule("L3", "hiding", f"reaches into Python itself ({node.id})")
        elif node.id in self._known.asking | self.asking and node.id not in BUILTINS:
            yield BUILTINS["input"]
        if id(node) not in self._inner:
            for dotted in self._names.origins(node):
                yield from self._bare(dotted, node)

    def _bare(self, dotted: str, node: ast.expr) -> Iterator[Rule]:
        """A name or attribute of a module that is not itself the base of a longer one."""
        yield from self._dotted(dotted)
        if id(node) not in self._called and (dotted in READING_FUNCTIONS or dotted in WRITING_FUNCTIONS):
            yield Rule("L2", "read", f"hands {dotted} on, so that its files are not fixed here")
        if dotted in IMPORTABLE:
            yield Rule("L3", "hiding", f"hands the module {dotted} on")

    def _attribute(self, node: ast.Attribute) -> Iterator[Rule]:
        origins = self._names.origins(node)
        if id(node) not in self._inner:
            for dotted in origins:
                yield from self._bare(dotted, node)
        if isinstance(node.ctx, (ast.Store, ast.Del)):
            yield from self._changes(origins)
        yield from self._member(node.attr)
        if not origins and node.attr in risky_modules() and id(node) in self._inner:
            yield Rule("L2", "hiding", f"may reach {node.attr} through another module")

    def _changes(self, origins: frozenset[str]) -> Iterator[Rule]:
        for dotted in origins:
            if not dotted.startswith(("pandas.options.", "pandas.DataFrame.plot", "matplotlib.rcParams")):
                yield Rule("L2", "kernel", f"changes {dotted} for everything that uses it")

    def _member(self, name: str) -> Iterator[Rule]:
        if name.startswith("__") and name.endswith("__") and name not in DUNDERS:
            yield Rule("L3", "hiding", f"reaches into Python itself ({name})")
        elif name in FRAMES:
            yield Rule("L3", "hiding", f"reaches other code's variables ({name})")
        elif name in METHODS and METHODS[name].level != "L0":
            yield Rule(METHODS[name].level, METHODS[name].kind, f"{METHODS[name].says} (.{name})")

    def _call(self, node: ast.Call) -> Iterator[Rule]:
        func = node.func
        if magic_call(node):
            yield from self._magic(node)
        elif isinstance(func, ast.Name) and func.id == "open":
            yield from self._open(node, self._argument(node, 0, "file"), 1)
        elif isinstance(func, ast.Name) and func.id in ("getattr", "setattr", "delattr"):
            yield from self._getattr(node)
        elif isinstance(func, ast.Name) and func.id == "get_ipython" and id(node) not in self._magic_bases():
            yield REFERENCES["get_ipython"]
        elif self._names.origins(func):
            yield from self._function(node, self._names.origins(func))
        elif isinstance(func, ast.Attribute):
            yield from self._method(node, func)
        yield from self._urls(node)

    def _magic_bases(self) -> set[int]:
        calls = (node for node in self._nodes if isinstance(node, ast.Call) and magic_call(node))
        return {id(call.func.value) for call in calls if isinstance(call.func, ast.Attribute)}

    def _magic(self, node: ast.Call) -> Iterator[Rule]:
        does = meaning(node)
        if does.rule is not None:
            yield does.rule
        if does.code.strip():
            inner = assess(does.code, self._look, known=self._known)
            yield from inner.rules
        if does.writes:
            yield from _given(writing(frozenset({does.writes}), self._look))

    def _open(self, node: ast.Call, path: ast.expr | None, mode_place: int) -> Iterator[Rule]:
        mode = self._argument(node, mode_place, "mode")
        modes = frozenset({"r"}) if mode is None else self._names.texts(mode)
        judge = reading if modes and all(set(each) <= set("rtbU") for each in modes) else writing
        if any(keyword.arg in ("opener", None) for keyword in node.keywords) or _starred(node):
            yield REFERENCES["open"]
        yield from _given(judge(self._names.texts(path), self._look))

    def _getattr(self, node: ast.Call) -> Iterator[Rule]:
        texts = self._names.texts(self._argument(node, 1, ""))
        if texts is None:
            yield REFERENCES["getattr"]
            return
        bases = self._names.origins(node.args[0])
        for name in texts:
            yield from self._member(name)
            if name.startswith("_"):
                yield REFERENCES["getattr"]
            for base in bases:
                yield from self._dotted(f"{base}.{name}")
                if f"{base}.{name}" in READING_FUNCTIONS or f"{base}.{name}" in WRITING_FUNCTIONS:
                    yield REFERENCES["getattr"]

    def _function(self, node: ast.Call, origins: frozenset[str]) -> Iterator[Rule]:
        for dotted in origins:
            if dotted in ("io.open", "codecs.open"):
                yield from self._open(node, self._argument(node, 0, "file"), 1)
            if dotted in READING_FUNCTIONS:
                yield from self._reads(node, READING_FUNCTIONS[dotted])
            if dotted in WRITING_FUNCTIONS:
                yield from self._writes(node, WRITING_FUNCTIONS[dotted], needed=True)
            if dotted.split(".")[-1] in WRITERS and dotted not in WRITING_FUNCTIONS and dotted != "json.dump":
                yield from self._writes(node, WRITERS[dotted.split(".")[-1]], needed=False)

    def _reads(self, node: ast.Call, keyword: str) -> Iterator[Rule]:
        if any(each.arg in ("allow_pickle", "storage_options") and not _is_false(each.value) for each in node.keywords):
            yield Rule("L2", "dynamic", "may run code hidden in data")
        path = self._argument(node, 0, keyword)
        if path is None and not _starred(node):
            return
        if not self._names.is_buffer(path):
            yield from _given(reading(self._names.texts(path), self._look))

    def _writes(self, node: ast.Call, keyword: str, *, needed: bool) -> Iterator[Rule]:
        path = self._argument(node, 0, keyword)
        absent = path is None or (isinstance(path, ast.Constant) and path.value is None)
        if absent and not needed and not _starred(node):
            return
        if not self._names.is_buffer(path):
            yield from _given(writing(self._names.texts(path), self._look))

    def _method(self, node: ast.Call, func: ast.Attribute) -> Iterator[Rule]:
        name = func.attr
        if self._names.is_path(func.value):
            yield from self._path_method(node, func)
        elif name in PATH_READERS | PATH_WRITERS and name not in ("glob", "rglob"):
            yield Rule(
                "L2", "read" if name in PATH_READERS else "write", f"uses a file whose name is not fixed here (.{name})"
            )
        elif name in ("query", "eval"):
            yield from self._query(node)
        elif name == "dump" or (name == "save" and not node.args and not node.keywords):
            yield Rule("L2", "write", f"writes a file whose name is not fixed here (.{name})")
        elif name in WRITERS:
            yield from self._writes(node, WRITERS[name], needed=False)
        elif name == "open" and node.args and self._names.texts(node.args[0]) is None:
            yield Rule("L2", "read", "opens a file whose name is not fixed here")
        if name in ("execute", "executescript", "executemany", "sql"):
            texts = self._names.texts(self._argument(node, 0, "sql"))
            if texts is None or any(_DESTRUCTIVE.search(text) for text in texts):
                yield Rule("L3", "database", "can change or delete data in a database")

    def _path_method(self, node: ast.Call, func: ast.Attribute) -> Iterator[Rule]:
        texts = self._names.texts(func.value)
        if func.attr in PATH_READERS:
            yield from _given(reading(texts, self._look))
        elif func.attr in PATH_WRITERS:
            yield from _given(writing(texts, self._look))
        elif func.attr in PATH_CHANGERS:
            level: Level = "L2" if func.attr in ("mkdir", "touch") else "L3"
            yield Rule(level, "delete" if level == "L3" else "write", f"moves, deletes or makes files (.{func.attr})")
        elif func.attr == "open":
            yield from self._open(node, func.value, 0)

    def _query(self, node: ast.Call) -> Iterator[Rule]:
        texts = self._names.texts(self._argument(node, 0, "expr"))
        if not node.args and not node.keywords:
            return
        if texts is None:
            yield Rule("L2", "dynamic", "runs an expression made at run time")
        elif any(_REACHING.search(text) for text in texts):
            yield Rule("L3", "dynamic", "calls code from inside an expression")

    def _urls(self, node: ast.Call) -> Iterator[Rule]:
        if isinstance(node.func, ast.Name) and node.func.id in _TALK:
            return
        for value in [*node.args, *(keyword.value for keyword in node.keywords)]:
            if isinstance(value, ast.JoinedStr) and value.values and isinstance(value.values[0], ast.Constant):
                if is_url(str(value.values[0].value)):
                    yield Rule("L3", "network", "builds an address from data, which can send that data away")
            elif any(is_url(text) for text in self._names.texts(value) or ()):
                yield Rule("L2", "network", "uses an address of the network")

    def _text(self, text: str) -> Iterator[Rule]:
        if _PAGE.search(text):
            yield Rule("L2", "browser", "puts active content into the page")
        if "__import__" in text or "__subclasses__" in text or "__builtins__" in text or "__globals__" in text:
            yield Rule("L3", "hiding", "holds a text that is code reaching into Python itself")

    def _bindings(self) -> Iterator[Rule]:
        for name in sorted(self._names.bound & KEPT_NAMES):
            yield Rule("L3", "hiding", f"gives the name {name} another meaning")

    def _argument(self, node: ast.Call, place: int, keyword: str) -> ast.expr | None:
        if place < len(node.args):
            return node.args[place]
        return next((each.value for each in node.keywords if each.arg == keyword), None)


def _given(rule: Rule | None) -> tuple[Rule, ...]:
    return () if rule is None else (rule,)


def _starred(node: ast.Call) -> bool:
    return any(isinstance(arg, ast.Starred) for arg in node.args) or any(each.arg is None for each in node.keywords)


def _is_false(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and not node.value
