"""The part of a kernel of ours that receives values and hands out results; sent there as source, beside `crossing`.

Every word that the host says to the kernel is one expression that leaves no name in the user's namespace.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

MODULE = "_open_interpreter_crossing"
"""The name of `crossing` in the kernel's sys.modules."""
MARK = "open-interpreter:"
"""What stands before the one line of JSON that an answer is printed as."""


@cache
def arrive() -> str:
    """Make `crossing` a module of the kernel."""
    source = resources.files(__package__).joinpath("crossing.py").read_text("utf-8")
    return (
        f"(lambda s, t: (s.modules.__setitem__({MODULE!r}, t.ModuleType({MODULE!r})), "
        f"exec({source!r}, vars(s.modules[{MODULE!r}]))))(__import__('sys'), __import__('types')) and None"
    )


def take(name: str, label: dict[str, object], path: str) -> str:
    """Bind the value in a file to a name of the user's namespace."""
    return f"get_ipython().user_ns.__setitem__({name!r}, __import__({MODULE!r}).unpack({label!r}, {path!r}))"


def hand_out(count: int, path: str) -> str:
    """Write the result of the execution `count` into a file and print its label; `null` where it had none."""
    outputs = "get_ipython().history_manager.output_hist"
    packed = f"__import__({MODULE!r}).pack({outputs}[{count}], {path!r}) if {count} in {outputs} else None"
    return _say(packed)


def tell(expression: str) -> str:
    """Print the working directory and the value of an expression that is JSON text already."""
    return _say(f"[__import__('os').getcwd(), {expression}]")


def _say(expression: str) -> str:
    return f"__import__('builtins').print({MARK!r} + __import__('json').dumps({expression}))"
