"""The doctor's look at what is installed. The floors are those of the pyproject; JupyterLab's are a security matter."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from open_interpreter import __version__

from .findings import FAIL, OK, WARN, Finding

PYTHON = (3, 10)
LAB_FLOORS = ((4, 5, 7), (4, 6, 2))
"""The first safe version of each line; what is older has a known hole."""
FLOORS = {"ipykernel": (6, 31), "notebook": (7, 5)}
LABEXTENSION = "open-interpreter-lab"
HOLE = "this version has a known security hole"


def look() -> Iterator[Finding]:
    """Python, this package, JupyterLab, Notebook, ipykernel and the labextension."""
    running = ".".join(map(str, sys.version_info[:3]))
    enough = sys.version_info >= PYTHON
    yield Finding(OK if enough else FAIL, "Python", running, "" if enough else "install Python 3.10 or newer")
    yield Finding(OK, "open-interpreter", __version__)
    yield _jupyterlab(version("jupyterlab"))
    yield _floor("ipykernel", needed=True)
    yield _floor("notebook", needed=False)
    yield from labextension(_data_folders())


def version(name: str) -> str:
    """The installed version of a distribution, or nothing."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def numbers(text: str) -> tuple[int, ...]:
    """The leading numbers of a version: 4.6.2rc1 gives (4, 6, 2)."""
    found: list[int] = []
    for part in text.split("."):
        digits = part[: next((i for i, sign in enumerate(part) if not sign.isdecimal()), len(part))]
        if not digits:
            break
        found.append(int(digits))
    return tuple(found)


def lab_is_safe(text: str) -> bool:
    """Whether a JupyterLab of this version is at or above the floor of its line."""
    found = numbers(text)
    floor = next((each for each in LAB_FLOORS if each[:2] == found[:2]), LAB_FLOORS[0])
    return found >= floor


def _jupyterlab(installed: str) -> Finding:
    if not installed:
        return Finding(
            WARN, "JupyterLab", "not installed here", "pip install 'jupyterlab>=4.6.2' to work in the browser"
        )
    if not lab_is_safe(installed):
        return Finding(
            FAIL, "JupyterLab", f"{installed}: {HOLE}", "pip install 'jupyterlab>=4.6.2' (or 4.5.7 and above)"
        )
    return Finding(OK, "JupyterLab", installed)


def _floor(name: str, *, needed: bool) -> Finding:
    installed, floor = version(name), ".".join(map(str, FLOORS[name]))
    step = f"pip install '{name}>={floor}'"
    if not installed:
        return Finding(FAIL if needed else OK, name, "not installed", step if needed else "")
    if numbers(installed) < FLOORS[name]:
        return Finding(FAIL if needed else WARN, name, f"{installed} is older than {floor}", step)
    return Finding(OK, name, installed)


def labextension(folders: list[Path]) -> Iterator[Finding]:
    """Whether the notebook's side is installed in one of Jupyter's data folders, and not switched off."""
    home = next((each for each in folders if (each / "labextensions" / LABEXTENSION / "package.json").is_file()), None)
    if home is None:
        step = "pip install --force-reinstall open-interpreter-lab in the environment that runs JupyterLab"
        yield Finding(WARN, "labextension", "not installed here: generated code shows in the prompt's output", step)
        return
    told = json.loads((home / "labextensions" / LABEXTENSION / "package.json").read_text(encoding="utf-8"))
    if _is_disabled():
        yield Finding(WARN, "labextension", "switched off", f"jupyter labextension enable {LABEXTENSION}")
        return
    yield Finding(OK, "labextension", f"{told.get('version', '?')}, enabled")


def _data_folders() -> list[Path]:
    from jupyter_core.paths import jupyter_path

    return [Path(each) for each in jupyter_path()]


def _is_disabled() -> bool:
    """Whether any of JupyterLab's page configurations switches the extension off."""
    from jupyter_core.paths import jupyter_config_path

    for folder in jupyter_config_path():
        page = Path(folder) / "labconfig" / "page_config.json"
        if page.is_file():
            disabled = json.loads(page.read_text(encoding="utf-8")).get("disabledExtensions", {})
            names = disabled if isinstance(disabled, list) else [name for name, off in disabled.items() if off]
            if LABEXTENSION in names:
                return True
    return False
