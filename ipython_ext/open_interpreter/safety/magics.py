"""What IPython's own syntax means, after the transformer has made calls of it: magics and shell commands."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass

from .lists import (
    BROWSER_MAGICS,
    CODE_MAGICS,
    HARMLESS_MAGICS,
    INSTALL_MAGICS,
    KERNEL_MAGICS,
    SHELL_MAGICS,
    Rule,
)

_INSTALLS = re.compile(r"\b(pip3?|conda|mamba|uv|npm|apt(-get)?)\b.*\b(install|add)\b")
_ODD_SOURCE = re.compile(r"--(extra-)?index-url|(^|\s)-(i|r|e|f)\b|--find-links|://|\bgit\+|[;&|<>`$]")
_CALLS = frozenset({"run_line_magic", "run_cell_magic", "system", "getoutput"})
_OPTIONS = re.compile(r"\s*(-\S+\s+(\d+\s+)?)*")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a magic does: a rule, code to be looked at like the cell's own, or a file to be written."""

    rule: Rule | None = None
    code: str = ""
    writes: str = ""


def magic_call(node: ast.Call) -> bool:
    """Whether this is what the transformer makes of `!` and `%`."""
    func = node.func
    return isinstance(func, ast.Attribute) and func.attr in _CALLS and _is_shell(func.value)


def meaning(node: ast.Call) -> Meaning:
    """What such a call does."""
    texts = [arg.value if isinstance(arg, ast.Constant) and isinstance(arg.value, str) else None for arg in node.args]
    if not isinstance(node.func, ast.Attribute) or not texts or None in texts or node.keywords:
        return Meaning(Rule("L3", "shell", "runs a command made at run time"))
    name, line, body = [*(each or "" for each in texts), "", ""][:3]
    if node.func.attr in ("system", "getoutput"):
        return Meaning(_shell(name))
    return _cell_magic(name, line, body) if node.func.attr == "run_cell_magic" else _line_magic(name, line)


def _is_shell(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "get_ipython"


def _shell(command: str) -> Rule:
    if _INSTALLS.search(command[:2000]) and not _ODD_SOURCE.search(command):
        return Rule("L2", "install", f"installs packages: {command[:60]}")
    return Rule("L3", "shell", f"runs a shell command: {command[:60]}")


def _line_magic(name: str, line: str) -> Meaning:
    if name in CODE_MAGICS:
        return Meaning(code=line[_options(line) :])
    if name in HARMLESS_MAGICS or (name == "config" and line.strip().startswith("InlineBackend.")):
        return Meaning()
    if name in INSTALL_MAGICS:
        odd = _ODD_SOURCE.search(line) is not None
        return Meaning(Rule("L3" if odd else "L2", "install", f"installs packages: %{name} {line[:60]}"))
    return Meaning(_other(name))


def _cell_magic(name: str, line: str, body: str) -> Meaning:
    if name in CODE_MAGICS:
        return Meaning(code=f"{line[_options(line) :] if name != 'capture' else ''}\n{body}")
    if name == "writefile":
        return Meaning(writes=line.replace("-a ", "").strip())
    return Meaning(_other(name))


def _options(line: str) -> int:
    found = _OPTIONS.match(line)
    return found.end() if found else 0


def _other(name: str) -> Rule:
    if name in BROWSER_MAGICS:
        return Rule("L2", "browser", "puts active content into the page")
    if name in SHELL_MAGICS:
        return Rule("L3", "shell", f"runs other programs: %{name}")
    if name in KERNEL_MAGICS:
        return Rule("L3", "kernel", f"changes the kernel or this product itself: %{name}")
    return Rule("L2", "magic", f"uses the magic %{name}, which is not known to only compute")
