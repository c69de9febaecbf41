"""What reading or writing a path means: inside the workspace or not, new or there already, ordinary data or not."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Literal

from .lists import Rule

Where = Literal["new", "there", "outside"]
Look = Callable[[str], Where]
"""Where a relative path leads on the disk."""

NEW_SUFFIXES = frozenset({".csv", ".tsv", ".parquet", ".xlsx", ".json", ".png", ".svg", ".pdf", ".txt"})
_CONTROL_SUFFIXES = frozenset(
    {
        "",
        ".py",
        ".pyc",
        ".pth",
        ".so",
        ".pyd",
        ".dll",
        ".md",
        ".ipynb",
        ".sh",
        ".bat",
        ".ps1",
        ".cmd",
        ".toml",
        ".cfg",
        ".ini",
        ".conf",
        ".yaml",
        ".yml",
        ".env",
        ".js",
        ".ts",
        ".rst",
    }
)
_CONTROL_NAMES = frozenset(
    {
        "package.json",
        "kernel.json",
        "overrides.json",
        "settings.json",
        "tsconfig.json",
        "tasks.json",
        "launch.json",
        "mcp.json",
        "requirements.txt",
        "constraints.txt",
        "cmakelists.txt",
    }
)
_SECRETS = re.compile(
    r"(?i)(^|/)(\.[^./][^/]*|credentials?[^/]*|secrets?(\.[^/]*)?|id_(rsa|dsa|ecdsa|ed25519)[^/]*"
    r"|[^/]*\.(pem|key|p12|pfx|keystore)|jpserver-[^/]*|kernel-[^/]*\.json|passwd|shadow)(/|$)"
)
_SHOWN = 60
_URL = re.compile(r"(?i)\s*([a-z][a-z0-9+.-]*)://|\s*(mailto|javascript|data):")


def looking_in(directory: Path) -> Look:
    """Looks on the disk below this directory, links followed."""

    def look(path: str) -> Where:
        try:
            root = directory.resolve()
            target = (root / path).resolve()
            if not target.is_relative_to(root):
                return "outside"
            return "there" if target.exists() else "new"
        except (OSError, ValueError, RuntimeError):
            return "outside"

    return look


def is_url(text: str) -> bool:
    """Whether a text begins like a URL."""
    return _URL.match(text) is not None


def reading(texts: frozenset[str] | None, look: Look) -> Rule | None:
    """The rule that reading these paths falls under, the strictest; None for files of the workspace."""
    if texts is None:
        return Rule("L2", "read", "reads a file whose name is not fixed here")
    return _strictest([_reading(each, look) for each in sorted(texts)])


def writing(texts: frozenset[str] | None, look: Look) -> Rule | None:
    """The rule that writing these paths falls under, the strictest."""
    if texts is None:
        return Rule("L2", "write", "writes a file whose name is not fixed here")
    return _strictest([_writing(each, look) for each in sorted(texts)])


def _strictest(rules: list[Rule | None]) -> Rule | None:
    return max((rule for rule in rules if rule is not None), key=lambda rule: rule.level, default=None)


def _leaves(text: str) -> bool:
    path = PurePosixPath(text.replace("\\", "/"))
    return path.is_absolute() or text.startswith("~") or ".." in path.parts or re.match(r"[A-Za-z]:", text) is not None


def _reading(text: str, look: Look) -> Rule | None:
    if is_url(text):
        return Rule("L2", "network", f"reads {_short(text)} from the network")
    if _SECRETS.search(text.replace("\\", "/")):
        return Rule("L3", "credential", f"reads {_short(text)}, which may hold secrets")
    if _leaves(text) or look(text.partition("*")[0] or ".") == "outside":
        return Rule("L2", "read", f"reads {_short(text)}, outside of this folder")
    return None


def _writing(text: str, look: Look) -> Rule:
    if is_url(text):
        return Rule("L3", "network", f"sends data to {_short(text)}")
    if _leaves(text) or look(text) == "outside":
        return Rule("L3", "write", f"writes {_short(text)}, outside of this folder")
    path = PurePosixPath(text.replace("\\", "/"))
    suffix = path.suffix.lower()
    hidden = any(part.startswith(".") for part in path.parts)
    if hidden or suffix in _CONTROL_SUFFIXES or path.name.lower() in _CONTROL_NAMES:
        return Rule("L3", "write", f"writes {_short(text)}, a file that programs obey")
    if look(text) == "there":
        return Rule("L2", "write", f"overwrites {_short(text)}")
    if suffix not in NEW_SUFFIXES:
        return Rule("L2", "write", f"writes {_short(text)}, which is no ordinary data file")
    return Rule("L1", "write", f"writes the new file {_short(text)}")


def _short(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…")
