"""The languages of kernels: the names that a kernel may report, and those that a model may put at a fence."""

from __future__ import annotations

_NAMES: tuple[tuple[str, ...], ...] = (
    ("python", "python3", "py", "py3", "ipython", "ipython3", "xpython"),
    ("r", "rscript", "ir", "xr", "xeus-r"),
    ("julia", "jl"),
    ("bash", "sh", "shell", "calysto_bash", "bash_kernel"),
    ("javascript", "js", "node", "nodejs", "jslab", "ecmascript"),
    ("typescript", "ts", "tslab", "deno"),
    ("cpp", "c++", "cxx", "cc", "hpp", "c++11", "c++14", "c++17", "c++20", "c++23", "xcpp", "cling"),
    ("c", "h"),
    ("csharp", "c#", "cs", ".net-csharp"),
    ("fsharp", "f#", "fs"),
    ("rust", "rs", "evcxr"),
    ("go", "golang", "gonb"),
    ("ruby", "rb"),
    ("perl", "pl"),
    ("haskell", "hs"),
    ("scheme", "scm", "calysto_scheme"),
    ("octave", "matlab", "m"),
    ("kotlin", "kt", "kts"),
    ("powershell", "pwsh", "ps1"),
    ("sql", "sqlite", "sqlite3", "xsql", "postgresql", "mysql"),
    ("lua", "xlua"),
    ("ocaml", "ml"),
)
"""The first of each is the tag that a model is told to write."""
_TITLES = {
    "r": "R",
    "javascript": "JavaScript",
    "typescript": "TypeScript",
    "cpp": "C++",
    "csharp": "C#",
    "fsharp": "F#",
    "powershell": "PowerShell",
    "sql": "SQL",
    "ocaml": "OCaml",
}


def tags(language: str) -> frozenset[str]:
    """Every name that a fence may have for cells of this language, in small letters; empty for no language."""
    name = language.strip().lower()
    found = next((names for names in _NAMES if name in names), (name,))
    return frozenset(found) - {""}


def tag(language: str) -> str:
    """The name that a model is told to put at a fence: `r` for `R`, `cpp` for `c++`."""
    name = language.strip().lower()
    return next((names[0] for names in _NAMES if name in names), name.replace(" ", "-"))


def title(language: str) -> str:
    """The language's name in prose: `R`, `C++`, `Python`."""
    name = tag(language)
    return _TITLES.get(name, name.capitalize())


def is_python(language: str) -> bool:
    """Whether cells of this language are read as Python."""
    return tag(language) == "python"
