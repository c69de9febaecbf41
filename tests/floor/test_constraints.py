"""The oldest versions that are tested are the ones that pyproject.toml promises."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PIN = re.compile(r"^([\w.-]+)==([\d.]+)$", re.MULTILINE)


def _same_length(version: str) -> tuple[int, ...]:
    parts = tuple(int(part) for part in version.split("."))
    return parts + (0,) * (3 - len(parts))


@pytest.mark.skipif(sys.version_info < (3, 11), reason="tomllib came with Python 3.11")
def test_every_lower_bound_of_a_runtime_need_is_pinned_by_the_floor():
    import tomllib

    needs = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    bounds = dict(re.match(r"([\w.-]+)>=([\d.]+)", need).groups() for need in needs)
    pins = dict(PIN.findall((ROOT / "tests/floor/constraints.txt").read_text(encoding="utf-8")))
    assert {name: _same_length(version) for name, version in bounds.items()} == {
        name: _same_length(version) for name, version in pins.items()
    }
