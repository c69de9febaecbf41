"""Random programs over lists, dicts, sets, arrays, tables and instances that share each other, and a way to compare."""

from __future__ import annotations

import random
import types
from typing import Any

SETUP = """
import collections
import numpy as np
import pandas as pd

class Box:
    def __init__(self, held):
        self.held = held

class Slim:
    __slots__ = ("held",)
    def __init__(self, held):
        self.held = held

def grow(target):
    deep.append(len(deep))
    return target

numbers = [1, 2, 3]
deep = [numbers, [4, [5]]]
inner = deep[1]
pairs = {"numbers": numbers, "n": 1}
kinds = collections.defaultdict(list, a=[1])
order = collections.OrderedDict(a=1, b=2)
seen = {1, "two"}
line = collections.deque([1, 2], maxlen=4)
raw = bytearray(b"abc")
array = np.arange(12.0)
part = array[3:6]
grid = array.reshape(3, 4)
things = np.array([numbers, None], dtype=object)
table = pd.DataFrame({"x": [1, 2, 3], "y": list("abc"), "z": [0.5, None, 1.5]})
column = table["x"]
box = Box(numbers)
slim = Slim(pairs)
count = 1
text = "a"
"""

STEPS = (
    "numbers.append({n})",
    "numbers[0] = {n}",
    "numbers.clear()",
    "numbers += [{n}]",
    "numbers = [{n}]",
    "deep.reverse()",
    "deep[1][1].append({n})",
    "inner.pop()",
    "inner.insert(0, numbers)",
    "pairs['n'] += 1",
    "pairs['new'] = deep",
    "pairs.pop('numbers', None)",
    "pairs.clear()",
    "kinds['b'].append({n})",
    "order.move_to_end('a')",
    "order['c'] = {n}",
    "seen.add({n})",
    "seen.discard(1)",
    "line.append({n})",
    "raw.extend(b'xyz')",
    "raw[0] = 65",
    "array[{n} % 12] = -1",
    "array *= 2",
    "part[:] = {n}",
    "grid[0] = 9",
    "grid = grid.T",
    "array.sort()",
    "things[1] = numbers",
    "things[0].append({n})",
    "table['x'] = table['x'] * {n}",
    "table.loc[0, 'y'] = 'other'",
    "table.iloc[1, 0] = {n}",
    "table['w' + str({n})] = {n}",
    "table = table.dropna()",
    "table.columns = [str(each).upper() for each in table.columns]",
    "table.index.name = 'row'",
    "table.attrs['note'] = {n}",
    "del table['y']",
    "column = column + 1",
    "column.iloc[0] = {n}",
    "box.held = [{n}]",
    "box.held.append({n})",
    "box.extra = {n}",
    "del box.held",
    "slim.held = {n}",
    "slim.held['deep'] = {n}",
    "grow(numbers)",
    "grow.calls = {n}",
    "count += {n}",
    "text = text * 2",
    "del count",
    "fresh = [numbers]",
    "import math",
    "np.random.seed({n})",
)


def program(seed: int) -> str:
    """Some steps, each of which may fail by itself, and a failing one."""
    chance = random.Random(seed)
    chosen = chance.choices(STEPS, k=chance.randint(1, 8))
    guarded = [f"try:\n    {step.format(n=chance.randint(1, 9))}\nexcept Exception:\n    pass" for step in chosen]
    return "\n".join([*guarded, "raise ValueError('the step fails')"])


def fresh() -> dict[str, Any]:
    """A namespace after the setup."""
    namespace: dict[str, Any] = {"__name__": "__main__"}
    exec(SETUP, namespace)
    return namespace


def picture(namespace: dict[str, Any]) -> dict[str, Any]:
    """What every name holds, with who is who: equal pictures mean equal values and equal sharing."""
    numbers: dict[int, tuple[int, Any]] = {}
    names = sorted(name for name in namespace if not name.startswith("_"))
    return {name: _picture(namespace[name], numbers) for name in names}


def _picture(value: Any, numbers: dict[int, tuple[int, Any]]) -> Any:  # noqa: PLR0911 - one for each kind
    kind = type(value).__name__
    if value is None or isinstance(value, (int, float, str, bytes, type, types.ModuleType)):
        return repr(value)
    if id(value) in numbers:
        return ("again", numbers[id(value)][0])
    number = len(numbers)
    numbers[id(value)] = (number, value)  # held, so that no other object gets its id
    if isinstance(value, dict):
        return (kind, number, [(repr(key), _picture(each, numbers)) for key, each in value.items()])
    if isinstance(value, (set, frozenset)):
        return (kind, number, sorted(map(repr, value)))
    if kind == "ndarray":
        if value.dtype == object:
            return (kind, number, [_picture(each, numbers) for each in value.ravel().tolist()])
        return (kind, number, value.shape, value.tolist(), value.base is not None)
    if kind in ("DataFrame", "Series"):
        frame = value.to_frame() if kind == "Series" else value
        names = (list(frame.columns), frame.index.name, [str(each) for each in frame.dtypes], dict(value.attrs))
        return (kind, number, frame.to_json(), names)
    if hasattr(value, "__iter__"):
        return (kind, number, [_picture(each, numbers) for each in value])
    slots = {name: getattr(value, name, None) for name in getattr(type(value), "__slots__", ())}
    return (kind, number, _picture(slots or value.__dict__, numbers))
