"""A file read with the wrong separator or encoding."""

from __future__ import annotations

import ast
import re

from ....core.snapshot import FileEntry
from ..edits import before, calls, strings, with_keyword
from ..literals import assigned, literal
from .fixes import Break, Fix

_GUESSES = ("gb18030", "latin-1")
_SIGNS = (";", "\t", "|")


def _file(broken: Break, source: str) -> FileEntry | None:
    said = strings(source)
    return next((each for each in broken.snapshot.files if each.name in said), None)


def encoding(broken: Break) -> Fix | None:
    """Bytes that are no UTF-8: what the file's content shows, else a wide guess."""
    if broken.error.name != "UnicodeDecodeError":
        return None
    function = "read_csv" if any(calls(broken.source, lambda name: name == "read_csv")) else "open"
    entry = _file(broken, broken.source)
    known = (entry.encoding,) if entry and entry.encoding and entry.encoding.lower() not in ("utf-8", "ascii") else ()
    for each in (*known, *_GUESSES):
        fixed = with_keyword(broken.source, function, "encoding", literal(each))
        if fixed != broken.source and fixed not in broken.loads:
            return Fix(
                fixed, f"The file is not UTF-8; it is read as {each}.", f"文件不是 UTF-8 编码;改用 {each} 读取。"
            )
    return None


def separator(broken: Break) -> Fix | None:
    """Rows of uneven length: another separator."""
    if broken.error.name != "ParserError":
        return None
    entry = _file(broken, broken.source)
    if entry and entry.separator:
        fixed = with_keyword(broken.source, "read_csv", "sep", literal(entry.separator))
    else:
        fixed = with_keyword(with_keyword(broken.source, "read_csv", "sep", "None"), "read_csv", "engine", '"python"')
    if fixed == broken.source:
        fixed = with_keyword(broken.source, "read_csv", "on_bad_lines", '"skip"')
        return Fix(fixed, "Some lines have too many fields; they are skipped.", "部分行的字段过多;已跳过。")
    return Fix(fixed, "The separator was wrong.", "分隔符不正确。")


def single_column(broken: Break) -> Fix | None:
    """A table of one column whose name holds separators was read wrongly: read it again."""
    if broken.error.name != "KeyError":
        return None
    for frame in broken.frames:
        name = frame.columns[0].name if len(frame.columns) == 1 else ""
        sign = next((each for each in _SIGNS if each in name), None)
        load = next((line for source in reversed(broken.loads) if (line := _load(source, frame.name))), None)
        if sign and load:
            line = with_keyword(load, "read_csv", "sep", literal(sign))
            english = f"The file has the separator {sign!r}; it is read again."
            return Fix(before(broken.source, line), english, f"文件的分隔符是 {sign!r};重新读取。")
    return None


def _load(source: str, name: str) -> str | None:
    if not re.search(r"\bread_csv\(", source) or name not in assigned(source):
        return None
    lines = [ast.get_source_segment(source, node) for node in ast.parse(source).body if isinstance(node, ast.Assign)]
    return next((line for line in lines if line and line.startswith(name) and "read_csv" in line), None)
