"""The only way from an instruction into code: values as literals, names as checked identifiers."""

from __future__ import annotations

import ast
import io
import keyword
import re
import tokenize

_BUILTINS = frozenset({"list", "dict", "set", "sum", "min", "max", "type", "id", "str", "int", "float", "len", "range"})


def literal(value: object) -> str:
    """Python source of a plain value, strings in double quotes where that needs no escape."""
    if isinstance(value, (list, tuple)):
        inner = ", ".join(literal(each) for each in value)
        return f"[{inner}]"
    if not isinstance(value, (str, int, float, bool, type(None))):
        raise TypeError(f"no literal for {type(value)}")
    plain = repr(value)
    if isinstance(value, str) and plain.startswith("'") and '"' not in plain:
        return '"' + plain[1:-1].replace("\\'", "'") + '"'
    return plain


def slug(text: str, fallback: str = "value") -> str:
    """An identifier made of a column's name: `Sale Price ($)` becomes `sale_price`."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z][a-z])", "_", text)
    name = re.sub(r"[^0-9a-zA-Z]+", "_", spaced).strip("_").lower()[:40].strip("_")
    if not name or name[0].isdigit():
        return fallback
    return name + "_" if keyword.iskeyword(name) or name in _BUILTINS else name


def identifier(text: str) -> bool:
    """Whether the text can stand as a name in code."""
    return text.isidentifier() and not keyword.iskeyword(text)


def parsed(text: str) -> object:
    """The plain value behind an example's repr; the text itself where it is none."""
    try:
        value = ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return text
    return value if isinstance(value, (str, int, float, bool)) else text


def avoiding(code: str, taken: frozenset[str]) -> str:
    """The code with its own top-level names changed where they would overwrite one of the `taken` names."""
    clashes = {name for name in assigned(code) if name in taken}
    if not clashes:
        return code
    return renamed(code, {name: _free(name, taken) for name in clashes})


def renamed(code: str, fresh: dict[str, str]) -> str:
    """The code with its names changed."""
    lines = code.splitlines(keepends=True)
    for token in reversed(list(tokenize.generate_tokens(io.StringIO(code).readline))):
        if token.type == tokenize.NAME and token.string in fresh and _is_name(lines, token):
            row, column = token.start
            line = lines[row - 1]
            lines[row - 1] = line[:column] + fresh[token.string] + line[column + len(token.string) :]
    return "".join(lines)


def assigned(code: str) -> tuple[str, ...]:
    """The names that the code binds at its top level by plain assignment, in order."""
    names: list[str] = []
    for node in ast.parse(code).body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        for target in targets:
            parts = target.elts if isinstance(target, ast.Tuple) else [target]
            names.extend(part.id for part in parts if isinstance(part, ast.Name))
    return tuple(dict.fromkeys(names))


def _free(name: str, taken: frozenset[str]) -> str:
    return next(f"{name}_{n}" for n in range(2, 10_000) if f"{name}_{n}" not in taken)


def _is_name(lines: list[str], token: tokenize.TokenInfo) -> bool:
    line, start, end = lines[token.start[0] - 1], token.start[1], token.end[1]
    if line[:start].rstrip().endswith("."):
        return False
    keyword_argument = re.match(r"=(?!=)", line[end:]) and start > 0 and line[:start].strip() != ""
    return not keyword_argument
