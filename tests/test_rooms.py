"""Who may import whom, read from the syntax trees: a lower room never knows a higher one, not even for its types."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = {
    "open_interpreter": ROOT / "ipython_ext" / "open_interpreter",
    "open_interpreter_lab": ROOT / "open_interpreter_lab",
}
ANYTHING = frozenset({"*"})

MAY_IMPORT = {
    "core": set(),
    "configuration": {"core"},
    "context": {"core", "prompts"},
    "prompts": {"core"},
    "retrieval": {"core"},
    "rollback": set(),
    "safety": {"core"},
    "agent": {"core", "context", "prompts", "safety"},
    "providers": {"core", "retrieval"},
    "instructions": {"core", "prompts", "retrieval"},
    "sessions": {"core"},
    "assembly": {
        *("core", "configuration", "context", "prompts", "safety", "agent", "providers", "instructions", "sessions"),
    },
    "kernel": {"core", "configuration", "context", "prompts", "rollback", "assembly"},
    "headless": {"core", "configuration", "context", "assembly"},
    "open_interpreter_lab": {
        *("core", "configuration", "context", "prompts", "safety", "providers", "instructions", "sessions", "assembly"),
    },
    "evaluation": {"core", "assembly", "headless", "sessions"},
    "finetune": {"core", "sessions", "evaluation"},
    "api": {"core", "configuration", "assembly"},
    "cli": {"core"},
    "__main__": {"cli"},
    "__init__": {"api"},
}
"""The table of docs/architecture.md. `configuration` reads files and the environment, so it stands beside core."""

MAY_IMPORT_LATE = {"api": {"kernel", "headless"}, "cli": ANYTHING, "__init__": {"kernel"}}
"""Only inside functions. `__init__` names api's types for type checkers; test_exports holds it to loading it late."""

LATE_FILES = {"api/inside.py": {"kernel"}, "api/outside.py": {"headless"}}
"""Files that may import these at their top, since they themselves are imported only inside functions."""

OWNERS = {
    "openai": {"providers"},
    "xllamacpp": {"providers"},
    "llama_cpp": {"providers"},
    "sqlite3": {"retrieval", "sessions"},
    "IPython.core.inputtransformer2": {"safety/transform.py"},
    "IPython": {"kernel", "safety/transform.py"},
    "ipykernel": {"kernel"},
    "comm": {"kernel"},
    "ipywidgets": {"kernel"},
    "nbclient": {"headless"},
    "nbformat": {"headless"},
    "nbconvert": {"headless"},
    "papermill": {"headless"},
    "dask": {"headless"},
    "jupyter_server": {"open_interpreter_lab"},
    "tornado": {"open_interpreter_lab"},
    "jupyter_client": {"open_interpreter_lab", "headless"},
    **{name: {"finetune"} for name in ("torch", "transformers", "peft", "trl", "datasets", "accelerate")},
}
"""Who alone may import a library; the longest name decides."""


def modules():
    for package, folder in PACKAGES.items():
        for path in sorted(folder.rglob("*.py")):
            if "labextension" not in path.parts and path.name != "_version.py":
                yield package, path


def room_of(package, path):
    if package == "open_interpreter_lab":
        return package
    first = path.relative_to(PACKAGES[package]).parts[0]
    return first.removesuffix(".py")


def imports(package, path):
    """Every module that a file imports, as (dotted name, line, whether inside a function)."""
    tree = ast.parse(path.read_text("utf-8"))
    late = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        for inner in ast.walk(node)
    }
    here = [package, *path.relative_to(PACKAGES[package]).with_suffix("").parts]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno, id(node) in late) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = here[: len(here) - node.level] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            yield from ((f"{module}.{alias.name}", node.lineno, id(node) in late) for alias in node.names)


def room_named(dotted):
    """The room of ours that a dotted name lies in, or None for another library."""
    first, *rest = dotted.split(".")
    if first == "open_interpreter_lab":
        return first
    if first != "open_interpreter":
        return None
    folder = PACKAGES["open_interpreter"]
    known = rest and ((folder / rest[0]).is_dir() or (folder / f"{rest[0]}.py").is_file())
    return rest[0] if known else "__init__"


def strangers():
    for package, path in modules():
        room, name = room_of(package, path), path.relative_to(PACKAGES[package]).as_posix()
        for dotted, line, late in imports(package, path):
            target = room_named(dotted)
            if target in (None, room) or dotted == "open_interpreter.__version__":
                continue
            allowed = (
                MAY_IMPORT[room] | LATE_FILES.get(name, set()) | (MAY_IMPORT_LATE.get(room, set()) if late else set())
            )
            if target not in allowed and allowed.isdisjoint(ANYTHING):
                yield f"{path.relative_to(ROOT)}:{line} imports {dotted}{' (late)' if late else ''}"


def early_imports_of_late_files():
    late_files = {f"open_interpreter.{name.removesuffix('.py').replace('/', '.')}" for name in LATE_FILES}
    for package, path in modules():
        for dotted, line, late in imports(package, path):
            if not late and any(dotted == each or dotted.startswith(f"{each}.") for each in late_files):
                yield f"{path.relative_to(ROOT)}:{line} imports {dotted}"


def trespassers():
    for package, path in modules():
        room, name = room_of(package, path), path.relative_to(PACKAGES[package]).as_posix()
        for dotted, line, late in imports(package, path):
            parts = dotted.split(".")
            known = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
            owners = next((OWNERS[each] for each in known if each in OWNERS), None)
            anything = late and MAY_IMPORT_LATE.get(room) == ANYTHING
            if owners is not None and owners.isdisjoint({room, name}) and not anything:
                yield f"{path.relative_to(ROOT)}:{line} imports {dotted}, which belongs to {', '.join(sorted(owners))}"


def test_every_room_stands_in_the_table():
    assert {room_of(package, path) for package, path in modules()} <= set(MAY_IMPORT)


def test_a_room_imports_only_what_the_table_allows():
    assert list(strangers()) == []


def test_what_is_imported_late_is_imported_late_by_everybody():
    assert list(early_imports_of_late_files()) == []


def test_a_library_has_one_owner():
    assert list(trespassers()) == []


@pytest.mark.parametrize("room", ["core"])
def test_the_core_stands_on_the_standard_library_alone(room):
    import sys

    for path in (PACKAGES["open_interpreter"] / room).rglob("*.py"):
        for dotted, line, _ in imports("open_interpreter", path):
            first = dotted.split(".")[0]
            assert first == "open_interpreter" or first in sys.stdlib_module_names, f"{path.name}:{line} {dotted}"


def test_the_loop_stays_short():
    loop = PACKAGES["open_interpreter"] / "agent" / "loop.py"
    assert len(loop.read_text("utf-8").splitlines()) < 200
