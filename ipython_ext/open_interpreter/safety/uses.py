"""The rules for what a cell names: imports, names, attributes, texts, and what it binds."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator

from .lists import (
    BUILTINS,
    DUNDERS,
    FRAMES,
    IMPORTABLE,
    KEPT_NAMES,
    METHODS,
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
from .scene import Scene

_PAGE = re.compile(
    r"(?i)<\s*(script|iframe|form|object|embed|base|meta|link)\b|<img[^>]{1,500}src\s*=\s*[\"']?\w*:?//"
    r"|!\[[^\]]{0,500}\]\(\s*(https?:)?//|javascript:|data-commandlinker"
)
_REACHING = re.compile(r"__(import|subclasses|builtins|globals|class|loader|getattribute|reduce)__")
_HANDED_ON = WRITERS.keys() | PATH_READERS | PATH_WRITERS | {"query", "eval"}
"""Methods that are looked at where they are called, and so are strange anywhere else."""


def import_rules(node: ast.Import | ast.ImportFrom) -> Iterator[Rule]:
    """What importing these means."""
    if isinstance(node, ast.Import):
        for alias in node.names:
            if alias.name not in IMPORTABLE:
                yield from dotted_rules(alias.name)
        return
    whole = "." * node.level + (node.module or "")
    for alias in node.names:
        if alias.name == "*" and whole not in ("math", "cmath"):
            yield Rule("L2", "module", f"takes every name of {whole}")
        elif alias.name != "*" and whole not in ("__future__", "typing"):
            yield from dotted_rules(f"{whole}.{alias.name}", imported=True)


def dotted_rules(dotted: str, *, imported: bool = False) -> Iterator[Rule]:
    """What using this name of a module means."""
    root, *rest = dotted.split(".")
    if imported and len(rest) == 1 and f"{root}.{rest[0]}" in IMPORTABLE:
        return
    shown = dotted.split(".__call__", maxsplit=1)[0]
    rule = rule_for(dotted)
    if rule is None:
        yield Rule("L2", "module", f"uses {root or dotted}, a module that is not known to only compute")
    elif rule.level != "L0":
        yield Rule(rule.level, rule.kind, f"{rule.says} ({shown})")
    if rule is None or rule.level == "L0":
        stdlib = root in sys.stdlib_module_names
        hop = next((part for part in rest if part in risky_modules(everywhere=stdlib)), None)
        if hop:
            yield Rule("L3", "hiding", f"reaches {hop} through {root}")
    if any(part.startswith("_") and part not in DUNDERS for part in rest):
        yield Rule("L3", "hiding", f"reaches inside the module {root} ({shown})")


def name_rules(node: ast.Name, scene: Scene) -> Iterator[Rule]:
    """What using this name means."""
    if isinstance(node.ctx, ast.Store):
        return
    if node.id in BUILTINS:
        if id(node) not in scene.waiting:
            yield BUILTINS[node.id]
    elif node.id in REFERENCES and id(node) not in scene.called:
        yield REFERENCES[node.id]
    elif node.id.startswith("__") and node.id not in DUNDERS and node.id not in scene.names.bound:
        yield Rule("L3", "hiding", f"reaches into Python itself ({node.id})")
    elif node.id in scene.known.asking | scene.asking:
        yield BUILTINS["input"]
    if id(node) not in scene.bases:
        yield from _end_rules(node, scene)


def attribute_rules(node: ast.Attribute, scene: Scene) -> Iterator[Rule]:
    """What using this attribute means."""
    if id(node) in scene.magics:
        return
    origins = scene.names.origins(node)
    if id(node) not in scene.bases:
        yield from _end_rules(node, scene)
    if isinstance(node.ctx, (ast.Store, ast.Del)):
        yield from change_rules(origins)
    elif id(node) not in scene.called:
        yield from handed_on_rules(node.attr)
    yield from member_rules(node.attr)
    deep = id(node) in scene.bases and not isinstance(node.value, ast.Name)
    if deep and not origins and node.attr in risky_modules():
        yield Rule("L2", "hiding", f"may reach {node.attr} through another module")


def handed_on_rules(name: str) -> Iterator[Rule]:
    """What it means to take a method of this name without calling it at once."""
    if name in _HANDED_ON:
        yield Rule(
            "L2", "read" if name in PATH_READERS else "write", f"hands .{name} on, so its files are not fixed here"
        )


def change_rules(origins: frozenset[str]) -> Iterator[Rule]:
    """What setting or deleting these names of modules means."""
    for dotted in origins:
        if not dotted.startswith(("pandas.options.", "matplotlib.rcParams")):
            yield Rule("L2", "kernel", f"changes {dotted} for everything that uses it")


def member_rules(name: str) -> Iterator[Rule]:
    """What an attribute of this name means on anything at all."""
    if name.startswith("__") and name.endswith("__") and name not in DUNDERS:
        yield Rule("L3", "hiding", f"reaches into Python itself ({name})")
    elif name in FRAMES:
        yield Rule("L3", "hiding", f"reaches other code's variables ({name})")
    elif name in METHODS:
        yield Rule(METHODS[name].level, METHODS[name].kind, f"{METHODS[name].says} (.{name})")


def text_rules(text: str) -> Iterator[Rule]:
    """What a text that stands in the cell means."""
    if _PAGE.search(text):
        yield Rule("L2", "browser", "puts active content into the page")
    if _REACHING.search(text):
        yield Rule("L3", "hiding", "holds a text that is code reaching into Python itself")
    if text == "text.usetex" or text.startswith("animation."):
        yield Rule("L2", "shell", f"runs other programs ({text})")


def binding_rules(scene: Scene) -> Iterator[Rule]:
    """What it means to give these names another meaning."""
    for name in sorted(scene.names.rebound & KEPT_NAMES):
        yield Rule("L3", "hiding", f"gives the name {name} another meaning")


def _end_rules(node: ast.Name | ast.Attribute, scene: Scene) -> Iterator[Rule]:
    """A name or attribute of a module that is not itself the base of a longer one."""
    for dotted in scene.names.origins(node):
        yield from dotted_rules(dotted)
        if id(node) not in scene.called and (dotted in READING_FUNCTIONS or dotted in WRITING_FUNCTIONS):
            yield Rule("L2", "read", f"hands {dotted} on, so its files are not fixed here")
        if dotted in IMPORTABLE:
            yield Rule("L3", "hiding", f"hands the module {dotted} on")
