"""What the names of a cell stand for: modules, fixed texts, open files, paths.

Every binding of a name counts, wherever in the cell it stands and whatever else is bound to it: a name that was a
module once stays one, so that no later or inner binding hides it. What earlier cells of the session bound counts too.
"""

from __future__ import annotations

import ast
import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable

from .bindings import FINDERS, bindings
from .known import Known
from .lists import CONVENTIONS, risky_modules, rule_for

MOST_TEXTS = 50
"""Different values of one text that are still looked at."""
MOST_STEPS = 50_000
"""Expressions that are followed in one cell; code that needs more is made to be hard to look into."""

_PATHS = frozenset({"pathlib.Path", "pathlib.PurePath", "pathlib.PosixPath", "pathlib.Path.cwd"})
_BUFFERS = frozenset({"io.StringIO", "io.BytesIO", "pandas.ExcelWriter", "pandas.ExcelFile"})


class Names:
    """The names of one cell over those of the session."""

    def __init__(self, tree: ast.Module, known: Known) -> None:
        self._known = known
        self._modules: dict[str, set[str]] = defaultdict(set)
        self._values: dict[str, list[ast.expr | None]] = defaultdict(list)
        self._busy: set[str] = set()
        self._steps = 0
        self._arguments: set[str] = set()
        for node in ast.walk(tree):
            self._bind(node)

    @property
    def bound(self) -> frozenset[str]:
        """Every name that the cell binds."""
        return frozenset(self._modules) | frozenset(self._values)

    @property
    def rebound(self) -> frozenset[str]:
        """The names that it binds to something else than an import, and not as an argument of a function."""
        return frozenset(self._values) - self._arguments

    def learnt(self, asking: frozenset[str]) -> Known:
        """What later cells must know; `asking` are the functions of this cell that ask for input."""
        known, bound = self._known, self.bound
        origins = {name: found for name in bound if (found := self._origins_of(name))}
        texts = {name: text for name in bound if (text := self.texts(ast.Name(name, ast.Load()))) is not None}
        kept = {name: found for name, found in known.texts.items() if name not in bound}
        return Known({**known.origins, **origins}, {**kept, **texts}, (known.asking - bound) | asking)

    def origins(self, node: ast.expr) -> frozenset[str]:
        """The dotted names that an expression may stand for, such as numpy.random; empty where it is no such thing."""
        self._step()
        if isinstance(node, ast.Name):
            return self._origins_of(node.id)
        if isinstance(node, ast.Attribute):
            return frozenset(f"{base}.{node.attr}" for base in self.origins(node.value))
        if isinstance(node, ast.NamedExpr):
            return self.origins(node.value)
        if isinstance(node, ast.IfExp):
            return self.origins(node.body) | self.origins(node.orelse)
        if isinstance(node, ast.Call) and self._makes_foreign(node):
            return frozenset(f"{each}.__call__" for each in self.origins(node.func))
        return frozenset()

    def texts(self, node: ast.expr | None) -> frozenset[str] | None:
        """Every text that an expression can be, where the cell fixes it; None where it does not."""
        try:
            found = self._texts(node)
        except RecursionError:
            return None
        return found if found is not None and len(found) <= MOST_TEXTS else None

    def is_buffer(self, node: ast.expr | None) -> bool:
        """Whether this is an open file or a buffer in memory, whose opening is looked at where it happens."""
        if isinstance(node, ast.Call):
            opens = isinstance(node.func, ast.Name) and node.func.id == "open"
            attribute = (
                isinstance(node.func, ast.Attribute) and node.func.attr == "open" and self.is_path(node.func.value)
            )
            return opens or attribute or bool(self.origins(node.func) & _BUFFERS)
        return isinstance(node, ast.Name) and self._all(node.id, self.is_buffer)

    def is_path(self, node: ast.expr | None) -> bool:
        """Whether this is a pathlib.Path."""
        self._step()
        if isinstance(node, ast.Call):
            method = isinstance(node.func, ast.Attribute) and node.func.attr in FINDERS | {"resolve", "with_suffix"}
            made = isinstance(node.func, ast.Attribute) and method and self.is_path(node.func.value)
            return made or bool(self.origins(node.func) & _PATHS)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
            return self.is_path(node.left) or self.is_path(node.right)
        if isinstance(node, ast.Attribute):
            return node.attr == "parent" and self.is_path(node.value)
        if isinstance(node, ast.Name) and node.id in self._values and node.id not in self._busy:
            with _Busy(self._busy, node.id):
                return any(self.is_path(value) for value in self._values[node.id])
        return False

    def _step(self) -> None:
        self._steps += 1
        if self._steps > MOST_STEPS:
            raise ValueError("the names of this cell lead too far")

    def _bind(self, node: ast.AST) -> None:
        if isinstance(node, ast.Import):
            for alias in node.names:
                self._modules[alias.asname or alias.name.split(".")[0]].add(
                    alias.name if alias.asname else alias.name.split(".")[0]
                )
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                self._modules[alias.asname or alias.name].add(f"{node.module or '.'}.{alias.name}")
        elif isinstance(node, ast.arg):
            self._arguments.add(node.arg)
            self._values[node.arg].append(None)
        else:
            for name, value in bindings(node):
                self._values[name].append(value)

    def _origins_of(self, name: str) -> frozenset[str]:
        found = set(self._modules.get(name, ())) | self._known.origins.get(name, frozenset())
        if not found and name not in self._known.ordinary:
            if name in CONVENTIONS:
                found.add(CONVENTIONS[name])
            elif name in risky_modules():
                found.add(name)
        if name not in self._busy:
            with _Busy(self._busy, name):
                for value in self._values.get(name, ()):
                    found |= self.origins(value) if value is not None else set()
        return frozenset(found)

    def _makes_foreign(self, call: ast.Call) -> bool:
        """Whether the call is of something in a module that does not only compute: what it gives is of that module."""
        rules = [rule_for(each) for each in self.origins(call.func)]
        return any(rule is None or rule.level != "L0" for rule in rules)

    def _all(self, name: str, test: Callable[[ast.expr | None], bool]) -> bool:
        values = self._values.get(name, [])
        if not values or name in self._busy:
            return False
        with _Busy(self._busy, name):
            return all(test(value) for value in values)

    def _texts(self, node: ast.expr | None) -> frozenset[str] | None:
        self._step()
        found: frozenset[str] | None = None
        if isinstance(node, ast.Constant):
            found = frozenset({node.value}) if isinstance(node.value, str) else None
        elif isinstance(node, ast.JoinedStr):
            found = self._joined(node.values, "")
        elif isinstance(node, ast.FormattedValue):
            found = self._texts(node.value) if node.format_spec is None and node.conversion == -1 else None
        elif isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Div)):
            found = self._joined((node.left, node.right), "" if isinstance(node.op, ast.Add) else "/")
        elif isinstance(node, ast.IfExp):
            found = self._united((node.body, node.orelse))
        elif isinstance(node, ast.Call) and not node.keywords:
            found = self._call_texts(node)
        elif isinstance(node, ast.Name):
            found = self._name_texts(node.id)
        return found

    def _name_texts(self, name: str) -> frozenset[str] | None:
        if name in self._busy or name in self._modules:
            return None
        if name not in self._values:
            return self._known.texts.get(name)
        with _Busy(self._busy, name):
            return self._united(self._values[name])

    def _call_texts(self, node: ast.Call) -> frozenset[str] | None:
        origins = self.origins(node.func)
        if origins and origins <= {"pathlib.Path", "os.path.join"}:
            return self._joined(node.args, "/") if node.args else frozenset({"."})
        if origins and origins <= {"glob.glob", "glob.iglob"} and node.args:
            return self._texts(node.args[0])
        if isinstance(node.func, ast.Attribute) and node.func.attr in FINDERS and self.is_path(node.func.value):
            return self._joined((node.func.value, *node.args), "/")
        plain_str = isinstance(node.func, ast.Name) and node.func.id == "str" and len(node.args) == 1
        return self._texts(node.args[0]) if plain_str else None

    def _joined(self, nodes: Iterable[ast.expr], between: str) -> frozenset[str] | None:
        parts = [self._texts(each) for each in nodes]
        known = [part for part in parts if part is not None]
        size = 1
        for part in known:
            size *= len(part)
        if len(known) < len(parts) or size > MOST_TEXTS:
            return None
        return frozenset(between.join(each) for each in itertools.product(*known))

    def _united(self, nodes: Iterable[ast.expr | None]) -> frozenset[str] | None:
        parts = [self._texts(each) for each in nodes]
        known = [part for part in parts if part is not None]
        return frozenset().union(*known) if known and len(known) == len(parts) else None


class _Busy:
    """Marks a name while it is looked up, so that a name bound to itself ends."""

    def __init__(self, busy: set[str], name: str) -> None:
        self._busy, self._name = busy, name

    def __enter__(self) -> None:
        self._busy.add(self._name)

    def __exit__(self, *_: object) -> None:
        self._busy.discard(self._name)
