"""Plain words in a notebook become cells that run in the live kernel. Importing this does nothing but name things."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .api import OpenInterpreter, Result

__version__ = "0.1.0"
__all__ = ["OpenInterpreter", "Result", "__version__", "load_ipython_extension", "unload_ipython_extension"]


def __getattr__(name: str) -> Any:
    """The library's face, imported when it is first looked at."""
    if name not in ("OpenInterpreter", "Result"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from . import api

    return getattr(api, name)


def __dir__() -> list[str]:
    """The public names, the late ones too."""
    return sorted({*globals(), *__all__})


def load_ipython_extension(ipython: Any) -> None:
    """`%load_ext open_interpreter`."""
    from .kernel.extension import load

    load(ipython)


def unload_ipython_extension(ipython: Any) -> None:
    """`%unload_ext open_interpreter`."""
    from .kernel.extension import unload

    unload(ipython)
