"""IPython's syntax as plain Python: the one file that uses IPython's input transformer."""

from __future__ import annotations

import ast
import warnings

from ..core.languages import is_python


def plain(source: str) -> str:
    """The Python that IPython runs for this source: `!ls`, `%magic`, `%%magic` and `x?` become calls.

    Raises SyntaxError where IPython's own reading of it does.
    """
    from IPython.core.inputtransformer2 import TransformerManager

    return str(TransformerManager().transform_cell(source))


def tree(source: str) -> ast.Module:
    """The syntax tree of what would run.

    Raises SyntaxError or ValueError where it is no Python, RecursionError or MemoryError where it is nested too deep.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(plain(source))


def parses(source: str, language: str = "python") -> bool:
    """Whether this is whole code of a Python kernel, IPython's syntax included; never so for other languages."""
    if not is_python(language):
        return False
    try:
        tree(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def normal(source: str, language: str = "python") -> str:
    """The same text for sources that differ only in formatting and comments (elsewhere: in blanks at line ends)."""
    if is_python(language):
        try:
            return ast.dump(tree(source))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            pass
    return "\n".join(line.rstrip() for line in source.strip().splitlines())
