"""The table that an instruction is about: a DataFrame that is there, or a file that has to be loaded first."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ...core.snapshot import Column, FileEntry, Snapshot, Variable
from .literals import identifier, parsed, slug

LOADABLE = ("csv", "excel", "json", "jsonl", "parquet")
_FLAGS = ({"0", "1"}, {"yes", "no"}, {"true", "false"}, {"y", "n"}, {"t", "f"})
_MANY = 0.9
_ENOUGH = 20


def values(column: Column | None) -> tuple[str | int | float | bool, ...]:
    """The example values of a column: texts as they stand, figures as figures."""
    if column is None:
        return ()
    if column.kind in ("text", "category"):
        return column.examples
    return tuple(each for text in column.examples if isinstance(each := parsed(text), (str, int, float, bool)))


@dataclass(frozen=True, slots=True)
class Table:
    """A DataFrame by its name in code, with the columns as they will be where the instruction has come to."""

    name: str
    columns: tuple[Column, ...] = ()
    rows: int = 0
    typed: bool = True
    """False where only the file's header is known."""

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names, in order."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column | None:
        """The column of that exact name, or None."""
        return next((each for each in self.columns if each.name == name), None)

    def kind(self, name: str) -> str:
        """The kind of a column; `other` where it is not known."""
        column = self.column(name)
        return column.kind if column else "other"

    def adding(self, name: str, kind: str = "number") -> Table:
        """The table with a new column (or an old one of a new kind)."""
        rest = tuple(each for each in self.columns if each.name != name)
        return replace(self, columns=(*rest, Column(name=name, kind=kind)))  # type: ignore[arg-type]

    def flag(self, name: str) -> tuple[object, object] | None:
        """The values for yes and no of a column that holds only such; else None."""
        column = self.column(name)
        if column is None:
            return None
        if column.kind == "bool":
            return True, False
        known: dict[str, object] = {str(each).lower().removesuffix(".0"): each for each in values(column)}
        for pair in _FLAGS:
            if known and set(known) <= pair and (column.distinct is None or column.distinct <= len(pair)):
                return _pair(pair, known)
        return None

    def unique(self, name: str) -> bool:
        """Whether nearly every row has a value of its own here, so that grouping by it says nothing."""
        column = self.column(name)
        if column is None or column.distinct is None or column.distinct < _ENOUGH:
            return False
        return column.distinct >= _MANY * min(self.rows, max(column.distinct, 1000))


def _pair(pair: set[str], values: dict[str, object]) -> tuple[object, object]:
    yes, no = sorted(pair, reverse=True)
    made = {"1": 1, "0": 0}
    known = next(iter(values.values()))
    titled = isinstance(known, str) and known[:1].isupper()
    guess = {key: made.get(key, key.capitalize() if titled else key) for key in (yes, no)}
    return values.get(yes, guess[yes]), values.get(no, guess[no])


def of_variable(variable: Variable) -> Table:
    """The table behind a DataFrame of the namespace."""
    return Table(name=variable.name, columns=variable.columns, rows=variable.shape[0] if variable.shape else 0)


def of_file(entry: FileEntry, taken: frozenset[str]) -> Table:
    """The table that loading a file will make. It is `df` where that name is free, else named for the file."""
    stem = slug(entry.name.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0], "data")
    name = "df" if "df" not in taken else stem if stem not in taken else f"{stem}_df"
    columns = tuple(Column(name=each, kind="other") for each in entry.columns)
    return Table(name=name, columns=columns, typed=False)


def frames(snapshot: Snapshot) -> tuple[Table, ...]:
    """The DataFrames that can be named in code, the oldest first."""
    return tuple(
        of_variable(each) for each in snapshot.frames if identifier(each.name) and not each.name.startswith("_")
    )


def files(snapshot: Snapshot) -> tuple[FileEntry, ...]:
    """The files that hold one table each, by their content."""
    return tuple(each for each in snapshot.files if each.format in LOADABLE)
