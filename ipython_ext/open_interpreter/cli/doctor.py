"""`open-interpreter doctor`: what is installed and configured, what is wrong with it, and what to do next.

It starts one kernel and asks at most the endpoint of the configured model whether it is there. No key is ever shown.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable

from .findings import FAIL, Finding


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Make the command known."""
    parser = commands.add_parser("doctor", help="check the installation and the configured model", description=__doc__)
    parser.add_argument("--kernel", metavar="NAME", default="python3", help="the kernel to try (default: python3)")
    parser.set_defaults(command=run)


def run(chosen: argparse.Namespace) -> int:
    """Print one line for each thing looked at; 1 where any of them fails."""
    from . import kernel_check, model_check, versions

    failed = False
    checks: Iterable[Iterable[Finding]] = (versions.look(), kernel_check.look(chosen.kernel), model_check.look())
    for findings in checks:
        for finding in findings:
            failed = failed or finding.state == FAIL
            sys.stdout.write(f"{finding}\n")
            sys.stdout.flush()
    return int(failed)
