"""A plan: the steps that the model means to take, in its own words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a plan, and whether the model says that it is done."""

    text: str
    done: bool = False
