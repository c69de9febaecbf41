"""What every test stands on: no network but the loopback, and a home, settings and Jupyter folders of its own.

This happens while the conftest is imported, before any test module can import a library that reads the environment.
"""

from __future__ import annotations

import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent
OFFLINE = TESTS / "offline"
KEPT = {
    "OPEN_INTERPRETER_FLOOR_PYTHON",
    "OPEN_INTERPRETER_DOCUMENTS_PYTHON",
    "OPEN_INTERPRETER_COLLABORATION_PYTHON",
    "OPEN_INTERPRETER_CHROMIUM",
    "OPEN_INTERPRETER_DABENCH",
}
"""Variables with our prefix that steer the tests themselves."""
SECRET_ENDS = ("_API_KEY", "_API_TOKEN", "_ACCESS_TOKEN", "_SECRET_KEY")
PROVIDER_STARTS = ("OPENAI_", "AZURE_", "ANTHROPIC_", "GEMINI_", "GOOGLE_", "MISTRAL_", "OLLAMA_", "OPEN_INTERPRETER_")
UNWANTED = ("MPLBACKEND", "PYTHONWARNINGS", "PYTHONSTARTUP", "JUPYTER_PATH", "JUPYTER_CONFIG_PATH", "JUPYTER_TOKEN")


def _is_foreign(name: str) -> bool:
    return (
        name.endswith((*SECRET_ENDS, "_PROXY")) or name.startswith(PROVIDER_STARTS) or name in UNWANTED
    ) and name not in KEPT


def _forget_the_machine() -> None:
    """Take out of the environment what belongs to the person at this machine: keys, proxies, Jupyter's own settings."""
    for name in [each for each in os.environ if _is_foreign(each.upper())]:
        del os.environ[name]


def _move_in() -> Path:
    """Give this session a home of its own and tell every child process of it."""
    home = Path(tempfile.mkdtemp(prefix="oi-tests-")).resolve()
    folders = {
        "HOME": "home",
        "USERPROFILE": "home",
        "XDG_CONFIG_HOME": "home/.config",
        "XDG_CACHE_HOME": "home/.cache",
        "XDG_DATA_HOME": "home/.local/share",
        "JUPYTER_CONFIG_DIR": "jupyter/config",
        "JUPYTER_DATA_DIR": "jupyter/data",
        "JUPYTER_RUNTIME_DIR": "jupyter/runtime",
        "JUPYTERLAB_SETTINGS_DIR": "jupyter/lab/settings",
        "JUPYTERLAB_WORKSPACES_DIR": "jupyter/lab/workspaces",
        "IPYTHONDIR": "ipython",
        "MPLCONFIGDIR": "matplotlib",
        "OPEN_INTERPRETER_HOME": "open-interpreter",
    }
    for name, folder in folders.items():
        (home / folder).mkdir(parents=True, exist_ok=True)
        os.environ[name] = str(home / folder)
    os.environ["JUPYTER_PLATFORM_DIRS"] = "1"
    os.environ["PYTHONPATH"] = os.pathsep.join(
        filter(None, [str(OFFLINE), os.environ.get("PYTHONPATH", "")]),
    )
    return home


def _block_the_network() -> None:
    sys.path.insert(0, str(OFFLINE))
    sys.modules.pop("sitecustomize", None)
    import sitecustomize  # noqa: F401  (importing it is the block)

    sys.path.remove(str(OFFLINE))


_forget_the_machine()
HOME = _move_in()
_block_the_network()


def pytest_unconfigure() -> None:
    """Take the session's home away again."""
    shutil.rmtree(HOME, ignore_errors=True)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh OPEN_INTERPRETER_HOME, for a test that writes settings or sessions and reads them back."""
    folder = tmp_path / "open-interpreter"
    folder.mkdir()
    monkeypatch.setenv("OPEN_INTERPRETER_HOME", str(folder))
    return folder


@pytest.fixture
def free_port() -> Iterator[int]:
    """A port of the loopback that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        yield probe.getsockname()[1]
