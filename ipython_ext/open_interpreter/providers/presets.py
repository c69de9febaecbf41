"""The servers that are known by name, read from presets.toml."""

from __future__ import annotations

import functools
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

if sys.version_info >= (3, 11):
    import tomllib
else:  # pragma: no cover
    import tomli as tomllib

FILE = Path(__file__).with_name("presets.toml")
LimitField = Literal["max_tokens", "max_completion_tokens"]


@dataclass(frozen=True, slots=True)
class Preset:
    """One kind of server; the fields are told in presets.toml."""

    name: str
    label: str = ""
    base_url: str = ""
    key: str = ""
    key_hosts: tuple[str, ...] = ()
    limit: LimitField = "max_tokens"
    thinking: int = 0
    vision: bool = False
    context: int = 32_768
    local: bool = False
    any_model: bool = False
    example: str = ""
    names: tuple[str, ...] = ()
    start: str = ""
    address: str = ""

    def owns(self, host: str) -> bool:
        """Whether this preset's key may be sent to that host, a bare name without scheme and port."""
        known = self.key_hosts or (urlsplit(self.base_url).hostname or "",)
        return any(fnmatchcase(host, each) for each in known)


@functools.cache
def presets() -> Mapping[str, Preset]:
    """All presets by name."""
    return {name: Preset(name=name, **_frozen(table)) for name, table in _file()["presets"].items()}


def sees(model: str) -> bool:
    """Whether a model's name alone tells that it can see pictures."""
    return any(fnmatchcase(model.lower(), pattern) for pattern in _file()["sighted"])


@functools.cache
def _file() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def _frozen(table: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in table.items()}
