"""Where the data comes from: the DataFrame that is meant, or the file that has to be loaded first."""

from __future__ import annotations

import re
from dataclasses import replace

from ...core.snapshot import FileEntry, FileFormat, Snapshot
from .acts import Act, Fill
from .literals import literal
from .marking import mark
from .marks import plain
from .naming import nearest, parts
from .recipes import library
from .tables import LOADABLE, Table, files, of_file

_EXTENSIONS: dict[str, FileFormat] = {
    "csv": "csv",
    "tsv": "csv",
    "txt": "csv",
    "dat": "csv",
    "data": "csv",
    "xls": "excel",
    "xlsx": "excel",
    "json": "json",
    "jsonl": "jsonl",
    "parquet": "parquet",
}
_PLAIN = ("utf-8", "ascii", "us-ascii", "utf8")


def named_files(instruction: str, snapshot: Snapshot) -> tuple[FileEntry, ...]:
    """The tables on disk that the instruction names, in order; one that is not there is known by its ending."""
    known = {each.name: each for each in snapshot.files}
    found: list[FileEntry] = []
    for mention in mark(instruction, None, (), tuple(known)).of("p"):
        name = str(mention.value)
        near = name if name in known else nearest(name, [each.name for each in files(snapshot)]) or name
        entry = known.get(near) or FileEntry(name, 0, _EXTENSIONS.get(name.rsplit(".", 1)[-1].lower(), "text"))
        if entry.format in LOADABLE:
            found.append(entry)
    return tuple(dict.fromkeys(found))


def likely_files(instruction: str, snapshot: Snapshot) -> tuple[FileEntry, ...]:
    """Where no file is named: the one whose name's first word stands in the text, else the only one there is."""
    tables = files(snapshot)
    words = set(re.findall(r"[^\W_]+", plain(instruction).lower()))
    named = tuple(each for each in tables if (parts(_stem(each.name)) or ("",))[0] in words)
    return named[:1] or (tables if len(tables) == 1 else ())


def _stem(path: str) -> str:
    return path.rsplit("/", 1)[-1].rsplit(".", 1)[0]


def words_of(snapshot: Snapshot) -> frozenset[str]:
    """Words that are names here: of variables and of files."""
    stems = [part for each in snapshot.files for part in parts(_stem(each.name))]
    return frozenset(each.name.lower() for each in snapshot.variables) | frozenset(stems)


def loading(entries: list[FileEntry], snapshot: Snapshot, name: str = "") -> tuple[Act, ...]:
    """The acts that load these files, each into a table of its own; a single one under the name that is wished."""
    taken = frozenset(each.name for each in snapshot.variables)
    acts: list[Act] = []
    for entry in entries:
        table = of_file(entry, taken)
        if name and len(entries) == 1:
            table = replace(table, name=name)
        taken |= {table.name}
        acts.append(_load(entry, table))
    return tuple(acts)


def _load(entry: FileEntry, table: Table) -> Act:
    fills = {"file": Fill(literal(entry.name), entry.name)}
    if entry.separator and entry.separator != ",":
        fills["separator"] = Fill(literal(entry.separator), entry.separator)
    if entry.encoding and entry.encoding.lower().replace("_", "-") not in _PLAIN:
        fills["encoding"] = Fill(literal(entry.encoding), entry.encoding)
    return Act(library()[f"load_{entry.format}"], table, fills)
