"""Kernels of other languages for tests, offered without an installation: a folder for JUPYTER_PATH."""

from __future__ import annotations

import json
import sys
from pathlib import Path


def bash_spec(folder: Path) -> Path:
    """Write `kernels/bash/kernel.json` below this folder, which then belongs into JUPYTER_PATH; the folder."""
    spec = {
        "argv": [sys.executable, "-m", "bash_kernel", "-f", "{connection_file}"],
        "display_name": "Bash",
        "language": "bash",
        "env": {"PS1": "$"},
    }
    place = folder / "kernels" / "bash"
    place.mkdir(parents=True, exist_ok=True)
    (place / "kernel.json").write_text(json.dumps(spec), "utf-8")
    return folder
