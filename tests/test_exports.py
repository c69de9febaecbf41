"""The promised names are there, and importing them costs nothing."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HEAVY = [
    *("openai", "pandas", "numpy", "scipy", "sklearn", "matplotlib", "IPython", "ipykernel", "ipywidgets", "comm"),
    *(
        "sqlite3",
        "nbformat",
        "nbclient",
        "jupyter_server",
        "jupyter_client",
        "tornado",
        "traitlets",
        "asyncio",
        "httpx",
    ),
    *("open_interpreter.api", "open_interpreter.kernel", "open_interpreter.assembly"),
]
MOST_BROAD_EXCEPTS = 3


def loaded_after(code):
    """The modules that a fresh Python has loaded once it has run this."""
    tail = f"\nimport sys, json\nprint(json.dumps([name for name in {HEAVY!r} if name in sys.modules]))"
    done = subprocess.run([sys.executable, "-c", code + tail], capture_output=True, text=True, timeout=60, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def test_importing_the_package_loads_nothing_heavy():
    assert loaded_after("import open_interpreter") == []


def test_importing_the_core_loads_nothing_heavy():
    code = "from open_interpreter.core import cells, conversation, edits, errors, events, protocols, settings, wire"
    assert loaded_after(code) == []


def test_the_safety_room_loads_nothing_heavy_before_it_is_used():
    assert loaded_after("import open_interpreter.safety.policy") == []


@pytest.mark.parametrize("name", ["OpenInterpreter", "Result", "load_ipython_extension", "unload_ipython_extension"])
def test_the_promised_names_are_exported(name):
    import open_interpreter

    assert callable(getattr(open_interpreter, name))
    assert name in dir(open_interpreter)


def test_a_name_that_is_not_there_is_an_attribute_error():
    import open_interpreter

    with pytest.raises(AttributeError, match="no_such_name"):
        _ = open_interpreter.no_such_name


def test_the_version_is_the_front_ends_too():
    import open_interpreter

    assert open_interpreter.__version__ == json.loads((ROOT / "package.json").read_text("utf-8"))["version"]


def broad_excepts():
    for folder in (ROOT / "ipython_ext", ROOT / "open_interpreter_lab"):
        for path in sorted(folder.rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.ExceptHandler) and _is_broad(node.type):
                    yield f"{path.relative_to(ROOT)}:{node.lineno}"


def _is_broad(kind):
    kinds = kind.elts if isinstance(kind, ast.Tuple) else [kind]
    return any(
        each is None or (isinstance(each, ast.Name) and each.id in ("Exception", "BaseException")) for each in kinds
    )


def test_broad_excepts_are_few():
    found = list(broad_excepts())
    assert len(found) <= MOST_BROAD_EXCEPTS, found
