"""`open-interpreter export`: a notebook for people who have only Jupyter.

Prompts become Markdown, the lines that load and manage the magic go, and what the prompts made stays as plain cells.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Make the command known."""
    parser = commands.add_parser(
        "export", help="turn prompts into Markdown, for Jupyter without this package", description=__doc__
    )
    parser.add_argument("notebook", type=Path)
    kind = parser.add_mutually_exclusive_group(required=True)
    kind.add_argument("--to", choices=["plain"])
    kind.add_argument("--plain", action="store_const", const="plain", dest="to", help="the same as --to plain")
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="default: NAME.plain.ipynb beside the notebook"
    )
    parser.set_defaults(command=run)


def run(chosen: argparse.Namespace) -> int:
    """Write the plain notebook and tell where it is."""
    from open_interpreter.headless import files
    from open_interpreter.headless.plain import plain

    notebook: Path = chosen.notebook
    output: Path = chosen.output or notebook.with_name(f"{notebook.stem}.plain.ipynb")
    files.write(plain(files.read(notebook)), output)
    sys.stdout.write(f"{output}\n")
    return 0
