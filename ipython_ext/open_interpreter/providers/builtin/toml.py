"""The TOML files beside this package, each read once, on first use."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

HERE = Path(__file__).parent


@cache
def read(name: str) -> dict[str, Any]:
    """The file of that name, relative to this package. What it raises is our fault."""
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))
