"""The command line: `open-interpreter run | export | models | doctor`. One file a command; each is imported on use.

Exit codes: 0 all tasks ended well, 1 a task failed, 2 wrong use, 3 something had to be approved and nobody could.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Sequence

from open_interpreter import __version__
from open_interpreter.core.errors import ApprovalNeeded, OpenInterpreterError, UsageError

from . import doctor, export, models, run

FAILED, WRONG_USE, UNAPPROVED, INTERRUPTED = 1, 2, 3, 130
CODES = ((ApprovalNeeded, UNAPPROVED), (UsageError, WRONG_USE))
COMMANDS = (run, export, models, doctor)


def parser() -> argparse.ArgumentParser:
    """The parser of every command."""
    top = argparse.ArgumentParser(
        prog="open-interpreter",
        description="Plain words in a notebook become cells that run. Executes such notebooks without a screen.",
        epilog="Exit codes: 0 all tasks ended well, 1 a task failed, 2 wrong use, 3 approval needed and nobody could.",
    )
    top.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in COMMANDS:
        command.add(commands)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        chosen = parser().parse_args(arguments)
        return int(chosen.command(chosen))
    except OpenInterpreterError as error:
        sys.stderr.write(f"open-interpreter: {error}\n")
        return (
            UNAPPROVED if isinstance(error, ApprovalNeeded) else WRONG_USE if isinstance(error, UsageError) else FAILED
        )
    except KeyboardInterrupt:
        sys.stderr.write("open-interpreter: stopped.\n")
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return FAILED
