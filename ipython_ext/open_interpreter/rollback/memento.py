"""The state of a namespace before a step, and the way back to it.

What the step may touch is kept whole, as far as the bounds allow; of all else only what is small. Restoring writes into
the same objects. What could not be kept is told, by name, and never passed over in silence.
"""

from __future__ import annotations

import gc
import types
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from .buffers import ArrayState, TensorState
from .kinds import FIXED, Inner, is_foreign, kind_of
from .look import class_dict, is_heap, is_kind, module_of, mro
from .memory import room
from .process import ProcessState
from .reach import names_in, names_of, written_into
from .states import REFUSALS, BytesState, State

UNTOUCHED_OBJECTS = 20_000
TOUCHED_OBJECTS = 400_000
SMALL_BYTES = 64 * 1024
"""Of what a step does not name, buffers up to this size are kept all the same."""
BUFFERS = (ArrayState, BytesState, TensorState)
HOLDERS = frozenset(map(id, (list, dict, tuple, set)))
"""Kinds of objects that name nothing themselves."""
SHARE = 0.25
"""Of the memory that is free, this much may be spent on copies."""


@dataclass(frozen=True)
class Report:
    """What came of a restore: names that hold what they held, and those that may not, each with the reason."""

    restored: tuple[str, ...] = ()
    lost: Mapping[str, str] = field(default_factory=lambda: types.MappingProxyType({}))


class Memento:
    """Made by `take`. `lost` tells before the step what a restore could not bring back."""

    def __init__(
        self, namespace: dict[str, Any], names: dict[str, Any], states: list[State], lost: dict[str, str]
    ) -> None:
        self._namespace, self._names, self._states = namespace, names, states
        self._process = ProcessState()
        self.lost = lost

    @property
    def weight(self) -> int:
        """Bytes of the copies that it holds."""
        return sum(state.weight for state in self._states)

    def restore(self) -> Report:
        """Bring everything back that was kept; a state that refuses is told of and keeps no other from it."""
        changed = self._rename()
        lost = dict(self.lost)
        refused = [error for state in self._states if (error := _refused(state))]
        if refused:
            lost["some values"] = f"could not be put back: {refused[0]}"
        self._process.restore()
        return Report(changed, types.MappingProxyType(lost))

    def _rename(self) -> tuple[str, ...]:
        """Bind every name to what it was bound to; the names that had changed."""
        now = {name: value for name, value in self._namespace.items() if not is_hidden(name)}
        new = [name for name in now if name not in self._names]
        changed = [name for name, value in self._names.items() if name not in now or now[name] is not value]
        for name in new:
            del self._namespace[name]
        for name in changed:
            self._namespace[name] = self._names[name]
        return tuple(sorted((*new, *changed)))


def take(namespace: dict[str, Any], source: str, *, free: int | None = None) -> Memento:
    """What has to be known to come back from a step with this source (plain Python) in this namespace.

    `free` is the memory in bytes that may be counted on, by default what the machine says. Calls no code of the user's.
    """
    names = {name: value for name, value in namespace.items() if type(name) is str and not is_hidden(name)}
    walk = _Walk(namespace, int((room() if free is None else free) * SHARE))
    touched = names_of(source)
    with _no_collection():
        walk.touch(names if touched is None else [name for name in names if name in touched])
        walk.rest(names)
    for text, name in written_into(source).items():
        if type(names.get(name)) is types.ModuleType:
            walk.lost[text] = "is set in a module"
    return Memento(namespace, names, walk.states, walk.lost)


@contextmanager
def _no_collection() -> Iterator[None]:
    """What is made here stays: looking for garbage among it again and again takes longer than making it."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _refused(state: State) -> str:
    """Put one object back; why that could not be, else an empty text."""
    try:
        state.restore()
    except REFUSALS as error:
        return f"{type(error).__name__}: {error}"
    return ""


def is_hidden(name: str) -> bool:
    """Whether IPython itself keeps this name: its history is no part of the person's state."""
    return name in ("In", "Out", "exit", "quit", "get_ipython") or name.startswith("_")


class _Walk:
    """From names to objects, and through them to whatever they hold."""

    def __init__(self, namespace: dict[str, Any], bytes_left: int) -> None:
        self._namespace, self._bytes = namespace, bytes_left
        self._seen: dict[int, object] = {}
        self._known: set[str] = set()
        self.states: list[State] = []
        self.lost: dict[str, str] = {}

    def touch(self, names: Iterable[str]) -> None:
        """Keep everything that can be reached from these names, and from those that functions found there go on to."""
        waiting = list(names)
        left = TOUCHED_OBJECTS
        while waiting:
            name = waiting.pop()
            if name in self._known or name not in self._namespace:
                continue
            self._known.add(name)
            left -= self._follow(name, left, whole=True, found=waiting.extend)

    def rest(self, names: Iterable[str]) -> None:
        """Keep what is small of all other names."""
        left = UNTOUCHED_OBJECTS
        for name in names:
            if name not in self._known:
                left -= self._follow(name, left, whole=False, found=lambda _: None)

    def _follow(self, name: str, left: int, *, whole: bool, found: Callable[[Iterable[str]], None]) -> int:
        """Walk from one name; the number of objects that were met."""
        waiting, met = [self._namespace[name]], 0
        while waiting:
            value = waiting.pop()
            if id(value) in self._seen:
                continue
            if met >= left:
                if whole:
                    self.lost.setdefault(name, "holds too many objects")
                return met
            met += 1
            self._seen[id(value)] = value
            if whole and id(type(value)) not in HOLDERS:
                found(self._reached(value))
            state = self._keep(name, value, whole=whole)
            if state is not None:
                waiting.extend(each for each in state.inner if id(type(each)) not in FIXED)
        return met

    def _keep(self, name: str, value: object, *, whole: bool) -> State | None:
        kind = kind_of(value)
        if kind is None:
            return None
        if isinstance(kind, str):
            if whole:
                self.lost.setdefault(name, kind)
            return None
        size = _bytes_of(value) if kind in BUFFERS else 0
        if not whole and (size > SMALL_BYTES or (id(type(value)) not in HOLDERS and is_foreign(value) and not size)):
            return None
        if size > self._bytes:
            self.lost.setdefault(name, "is too large to be kept")
            return None
        try:
            state = kind(value)
        except REFUSALS as error:
            self.lost.setdefault(name, f"cannot be read: {type(error).__name__}")
            return None
        self._bytes -= state.weight
        if kind is not Inner:
            self.states.append(state)
        return state

    def _reached(self, value: object) -> Iterable[str]:
        """The names that a function of the person's looks up; those of its class's functions for an instance."""
        kind = type(value)
        if kind is types.FunctionType:
            yield from self._named(value)
        elif is_kind(kind, type):
            yield from self._methods(value)
        elif is_heap(kind):
            for base in mro(kind):
                if module_of(base) == "__main__":
                    yield from self._methods(base)

    def _methods(self, kind: Any) -> Iterable[str]:
        for member in class_dict(kind).values():
            inner = getattr(member, "__func__", None) if type(member) in (staticmethod, classmethod) else member
            if type(inner) is property:
                inner = inner.fget
            if type(inner) is types.FunctionType:
                yield from self._named(inner)

    def _named(self, function: Any) -> Iterable[str]:
        if function.__globals__ is not self._namespace:
            return ()
        names = names_in(function.__code__)
        return list(self._namespace) if names is None else names


def _bytes_of(buffer: Any) -> int:
    """The bytes that keeping a buffer copies."""
    return len(buffer) if type(buffer) is bytearray else int(buffer.nbytes)
