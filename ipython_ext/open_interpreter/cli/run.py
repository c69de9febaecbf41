"""`open-interpreter run`: execute a notebook, prompt cells included, and tell what happened.

Like nbconvert it writes a copy beside the notebook unless told otherwise; the copy is written also when a task fails.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from open_interpreter.core.errors import UsageError

from . import options


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Make the command known."""
    parser = commands.add_parser("run", help="execute a notebook, prompt cells included", description=__doc__)
    parser.add_argument("notebook", type=Path)
    where = parser.add_mutually_exclusive_group()
    where.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="default: NAME.executed.ipynb beside the notebook"
    )
    where.add_argument("--inplace", action="store_true", help="write the executed notebook back to its own file")
    parser.add_argument("-p", "--prompt", metavar="TEXT", help="append a prompt cell with this instruction and run it")
    options.add_model(parser)
    options.add_approval(parser)
    parser.add_argument("--kernel", metavar="NAME", default="", help="default: the kernel that the notebook names")
    parser.add_argument(
        "--timeout", type=int, default=0, metavar="SECONDS", help="for one cell; 0, the default, for any"
    )
    parser.add_argument("--allow-errors", action="store_true", help="go on with the next cell after one that fails")
    parser.add_argument("-q", "--quiet", action="store_true", help="print only the path of the executed notebook")
    parser.set_defaults(command=run)


def run(chosen: argparse.Namespace) -> int:
    """Execute the notebook; the exit code says how it ended."""
    from open_interpreter import configuration
    from open_interpreter.headless.account import Account
    from open_interpreter.headless.lettering import Page
    from open_interpreter.headless.run import Job
    from open_interpreter.headless.run import run as execute

    if chosen.prompt is not None and not chosen.prompt.strip():
        raise UsageError('The instruction is empty: say what is wanted, as in -p "describe data.csv".')
    job = Job(
        notebook=chosen.notebook,
        output=_output(chosen),
        prompt=chosen.prompt or "",
        kernel=chosen.kernel,
        timeout=chosen.timeout,
        allow_errors=chosen.allow_errors,
        environment=options.environment(chosen),
    )
    settings = configuration.load_settings(options.layer(chosen))
    account = Account(Page(sys.stdout))
    if not chosen.quiet:
        account.open(str(chosen.notebook), settings.model)
    report = execute(job, None if chosen.quiet else account.hear)
    if chosen.quiet:
        sys.stdout.write(f"{report.output}\n")
        if report.reason:
            sys.stderr.write(f"open-interpreter: {report.reason}\n")
    else:
        account.close(report)
    return report.code


def _output(chosen: argparse.Namespace) -> Path:
    notebook: Path = chosen.notebook
    if chosen.inplace:
        return notebook
    output: Path | None = chosen.output
    if output is None:
        return notebook.with_name(f"{notebook.stem}.executed.ipynb")
    return output / notebook.name if output.is_dir() else output
