"""What a session has taught about its names: what earlier cells bound, and what the kernel's namespace holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from ..core.snapshot import Variable
from .lists import rule_for


@dataclass(frozen=True, slots=True)
class Known:
    """What earlier cells bound: dotted origins and fixed texts by name, and the functions that ask for input."""

    origins: Mapping[str, frozenset[str]] = field(default_factory=dict)
    texts: Mapping[str, frozenset[str]] = field(default_factory=dict)
    asking: frozenset[str] = frozenset()
    ordinary: frozenset[str] = frozenset()
    """Names that are known to be no module, whatever they are called."""

    def among(self, variables: Iterable[Variable]) -> Known:
        """The same with the live namespace: modules by their real names, and objects of modules that are not known."""
        origins, ordinary = dict(self.origins), set()
        for each in variables:
            if each.kind == "module":
                origin = frozenset({each.preview} if each.preview else ())
            else:
                ordinary.add(each.name)
                origin = _foreign(each)
            if origin:
                origins[each.name] = origins.get(each.name, frozenset()) | origin
        return replace(self, origins=origins, ordinary=frozenset(ordinary))


def _foreign(variable: Variable) -> frozenset[str]:
    """The dotted name of an object's class, where its module is not known to only compute."""
    module = variable.module.lstrip("_")
    if module in ("", "builtins", "main__"):
        return frozenset()
    rule = rule_for(module.split(".")[0])
    return frozenset() if rule is not None and rule.level == "L0" else frozenset({f"{module}.{variable.type}"})
