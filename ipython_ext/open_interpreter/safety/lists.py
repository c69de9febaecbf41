"""The tables of the classifier: what a module, a builtin, a method and a magic mean, and how to look them up."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ..core.questions import Level

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


@dataclass(frozen=True, slots=True)
class Rule:
    """What using a thing means: its level, its kind (the word of `--allow`), and the plain reason for a person."""

    level: Level
    kind: str
    says: str


COMPUTING = Rule("L0", "computing", "computes")

BUILTINS: dict[str, Rule] = {
    **dict.fromkeys(("eval", "exec", "compile", "__import__"), Rule("L3", "dynamic", "runs code made at run time")),
    **dict.fromkeys(
        ("__builtins__", "__loader__", "__spec__", "breakpoint"), Rule("L3", "hiding", "reaches into Python itself")
    ),
    **dict.fromkeys(("exit", "quit"), Rule("L3", "process", "ends the kernel")),
    **dict.fromkeys(("globals", "locals", "vars"), Rule("L2", "hiding", "reaches variables by names made at run time")),
    "input": Rule("L2", "input", "asks for your input"),
}
REFERENCES: dict[str, Rule] = {
    **dict.fromkeys(
        ("getattr", "setattr", "delattr"), Rule("L3", "hiding", "reaches things by names made at run time")
    ),
    "open": Rule("L2", "read", "opens files whose names are not fixed here"),
    "get_ipython": Rule("L3", "kernel", "reaches the running kernel"),
}
"""Builtins whose call is looked at closely, and which are strange anywhere but in a call."""

KEPT_NAMES = frozenset({*BUILTINS, *REFERENCES, "print", "display"})
"""Names that no cell may bind anew: what stands later would not mean what it says."""

METHODS: dict[str, Rule] = {
    **dict.fromkeys(
        ("unlink", "rmdir", "rmtree", "removedirs", "symlink_to", "hardlink_to", "chmod", "lchmod", "truncate_file"),
        Rule("L3", "delete", "deletes or changes files"),
    ),
    **dict.fromkeys(("touch", "extractall", "makedirs", "copyfile"), Rule("L2", "write", "writes or changes files")),
    **dict.fromkeys(
        ("system", "popen", "getoutput", "check_output", "check_call", "spawn", "create_subprocess_shell"),
        Rule("L3", "shell", "runs other programs"),
    ),
    **dict.fromkeys(("kill", "killpg", "terminate", "do_shutdown"), Rule("L3", "process", "ends programs")),
    **dict.fromkeys(
        (
            "urlopen",
            "urlretrieve",
            "sendall",
            "sendto",
            "download",
            "from_pretrained",
            "push_to_hub",
            "create_connection",
        ),
        Rule("L2", "network", "uses the network"),
    ),
    **dict.fromkeys(
        ("execute", "executemany", "executescript", "to_sql", "read_sql", "to_gbq", "write_database"),
        Rule("L2", "database", "uses a database"),
    ),
    "to_clipboard": Rule("L2", "clipboard", "reads or changes the clipboard"),
    **dict.fromkeys(
        ("load_module", "exec_module", "runsource", "runcode", "run_cell", "run_code"),
        Rule("L3", "dynamic", "runs code made at run time"),
    ),
    **dict.fromkeys(("_ipython_display_", "_repr_html_", "_repr_javascript_"), COMPUTING),
}

WRITERS: dict[str, str] = {
    **dict.fromkeys(("to_csv", "to_json"), "path_or_buf"),
    "to_excel": "excel_writer",
    **dict.fromkeys(("to_html", "to_latex", "to_markdown", "to_string"), "buf"),
    **dict.fromkeys(("to_parquet", "to_feather", "to_pickle", "to_stata", "to_orc"), "path"),
    "to_xml": "path_or_buffer",
    "to_hdf": "path_or_buf",
    "savefig": "fname",
    "save": "fp",
    "dump": "fp",
    "save_model": "fname",
    "tofile": "fid",
    **dict.fromkeys(("write_html", "write_image", "write_json"), "file"),
    **dict.fromkeys(("write_csv", "write_excel", "write_parquet", "write_ndjson", "write_ipc"), "file"),
    **dict.fromkeys(("sink_csv", "sink_parquet", "sink_ndjson", "sink_ipc"), "path"),
}
"""Methods that write the file of their first argument, and its keyword. Without it, text is returned."""

WRITING_FUNCTIONS: dict[str, str] = {
    **dict.fromkeys(("numpy.save", "numpy.savez", "numpy.savez_compressed"), "file"),
    "numpy.savetxt": "fname",
    "matplotlib.pyplot.savefig": "fname",
    "matplotlib.pyplot.imsave": "fname",
    "matplotlib.image.imsave": "fname",
    "pandas.ExcelWriter": "path",
}
READING_FUNCTIONS: dict[str, str] = {
    **dict.fromkeys(("pandas.read_csv", "pandas.read_table", "pandas.read_fwf"), "filepath_or_buffer"),
    **dict.fromkeys(("pandas.read_excel", "pandas.read_html"), "io"),
    "pandas.ExcelFile": "path_or_buffer",
    **dict.fromkeys(("pandas.read_json", "pandas.read_xml"), "path_or_buf"),
    **dict.fromkeys(("pandas.read_parquet", "pandas.read_feather", "pandas.read_orc", "pandas.read_spss"), "path"),
    **dict.fromkeys(("pandas.read_stata", "pandas.read_sas"), "filepath_or_buffer"),
    **dict.fromkeys(("numpy.loadtxt", "numpy.genfromtxt"), "fname"),
    **dict.fromkeys(("numpy.load", "numpy.fromfile", "numpy.fromregex"), "file"),
    **dict.fromkeys(("matplotlib.pyplot.imread", "matplotlib.image.imread", "matplotlib.image.thumbnail"), "fname"),
    "matplotlib.style.use": "style",
    "PIL.Image.open": "fp",
    "IPython.display.Image": "filename",
    **dict.fromkeys(
        (
            "polars.read_csv",
            "polars.scan_csv",
            "polars.read_parquet",
            "polars.scan_parquet",
            "polars.read_json",
            "polars.read_ndjson",
            "polars.scan_ndjson",
            "polars.read_excel",
            "polars.read_ipc",
            "polars.scan_ipc",
        ),
        "source",
    ),
    **dict.fromkeys(("os.listdir", "os.scandir", "os.walk"), "path"),
    **dict.fromkeys(("glob.glob", "glob.iglob"), "pathname"),
    **dict.fromkeys(("networkx.read_edgelist", "networkx.read_gml", "networkx.read_graphml"), "path"),
}
READING_METHODS: dict[str, str] = {"load_model": "fname", "imread": "fname"}
"""Methods that read the file of their first argument, and its keyword."""
PATH_READERS = frozenset({"read_text", "read_bytes", "iterdir", "glob", "rglob"})
PATH_WRITERS = frozenset({"write_text", "write_bytes"})
PATH_CHANGERS = frozenset({"rename", "replace", "mkdir", "touch", "unlink", "rmdir"})

DUNDERS = frozenset(
    {
        "__name__",
        "__doc__",
        "__version__",
        "__init__",
        "__len__",
        "__post_init__",
        "__call__",
        "__enter__",
        "__exit__",
        "__annotations__",
        "__qualname__",
        "__all__",
        "__add__",
        "__sub__",
        "__mul__",
        "__truediv__",
        "__neg__",
        "__pow__",
        "__matmul__",
        "__eq__",
        "__lt__",
        "__hash__",
        "__iter__",
        "__next__",
        "__getitem__",
        "__setitem__",
        "__contains__",
        "__str__",
        "__repr__",
        "__format__",
        "__abs__",
    }
)
"""Double-underscore attributes that ordinary code uses."""
FRAMES = frozenset(
    {
        "tb_frame",
        "tb_next",
        "gi_frame",
        "gi_code",
        "cr_frame",
        "ag_frame",
        "f_globals",
        "f_locals",
        "f_builtins",
        "f_back",
        "f_code",
        "co_code",
        "func_globals",
    }
)

ORDINARY_NAMES = frozenset(
    {
        "commands",
        "code",
        "profile",
        "trace",
        "queue",
        "site",
        "sh",
        "types",
        "resource",
        "signal",
        "google",
        "comm",
        "datasets",
        "inspect",
        "invoke",
        "dask",
        "ray",
        "logging",
        "wget",
        "sched",
        "conda",
        "http",
        "symtable",
        "ssl",
    }
)
"""Names of modules that libraries also use for other things, such as scipy.signal, numpy.trace and pandas.api.types."""

IMPORTABLE = frozenset(
    {
        "os",
        "sys",
        "IPython",
        "asyncio",
        "glob",
        "logging",
        "timeit",
        "gc",
        "types",
        "inspect",
        "urllib",
        "importlib",
        "ast",
        "PIL",
    }
)
"""Modules whose import does nothing, while what is used of them is looked at where it is used."""

CONVENTIONS: dict[str, str] = {
    "np": "numpy",
    "pd": "pandas",
    "plt": "matplotlib.pyplot",
    "mpl": "matplotlib",
    "sns": "seaborn",
    "sm": "statsmodels.api",
    "smf": "statsmodels.formula.api",
    "px": "plotly.express",
    "go": "plotly.graph_objects",
    "pl": "polars",
    "nx": "networkx",
    "Path": "pathlib.Path",
    "sp": "scipy",
}
"""Names that stand for a module where the cell itself does not say so, since an earlier one may have imported it."""

HARMLESS_MAGICS = frozenset(
    {
        "matplotlib",
        "pylab",
        "precision",
        "pinfo",
        "pinfo2",
        "psearch",
        "who",
        "whos",
        "who_ls",
        "pwd",
        "pprint",
        "lsmagic",
        "magic",
        "quickref",
        "autosave",
        "doctest_mode",
    }
)
CODE_MAGICS = frozenset({"time", "timeit", "capture", "prun"})
"""Magics whose line or body is code: it is looked at itself."""
INSTALL_MAGICS = frozenset({"pip", "conda", "mamba", "micromamba", "uv"})
BROWSER_MAGICS = frozenset({"html", "HTML", "javascript", "js", "svg", "SVG", "markdown", "latex"})
SHELL_MAGICS = frozenset(
    {
        "sx",
        "sc",
        "system",
        "bash",
        "sh",
        "script",
        "perl",
        "ruby",
        "cmd",
        "alias",
        "rehashx",
        "run",
        "!",
        "python",
        "python2",
        "python3",
        "pypy",
        "alias_magic",
    }
)
KERNEL_MAGICS = frozenset(
    {
        "reset",
        "reset_selective",
        "xdel",
        "config",
        "macro",
        "interpret",
        "oi",
        "load",
        "edit",
        "ed",
        "debug",
        "pdb",
        "store",
        "logstart",
        "killbgscripts",
        "notebook",
        "save",
        "recall",
        "rerun",
        "subshell",
        "autocall",
        "automagic",
        "aimport",
        "autoreload",
        "unalias",
    }
)


@cache
def _modules() -> tuple[dict[str, Rule], tuple[tuple[str, Rule], ...]]:
    """Whole names, and beginnings from the longest on."""
    table = tomllib.loads(files("open_interpreter.safety").joinpath("modules.toml").read_text("utf-8"))
    rules = dict.fromkeys([*READING_FUNCTIONS, *WRITING_FUNCTIONS, *table["computing"]["names"]], COMPUTING)
    for rule in table["rule"]:
        rules.update(dict.fromkeys(rule["names"], Rule(rule["level"], rule["kind"], rule["says"])))
    whole = {name: rule for name, rule in rules.items() if not name.endswith("*")}
    starts = ((name[:-1], rule) for name, rule in rules.items() if name.endswith("*"))
    return whole, tuple(sorted(starts, key=lambda pair: -len(pair[0])))


def rule_for(dotted: str) -> Rule | None:
    """The rule of the longest known name that this dotted name begins with; None for an unknown module."""
    whole, starts = _modules()
    parts = dotted.split(".")
    if dotted not in whole:
        start = next((rule for beginning, rule in starts if dotted.startswith(beginning)), None)
        if start is not None:
            return start
    names = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((whole[name] for name in names if name in whole), None)


@cache
def risky_modules(*, everywhere: bool = False) -> frozenset[str]:
    """Names that, as an attribute of a module, are most likely another module that does more than compute.

    With `everywhere` also those that libraries use for other things; no module of the standard library does.
    """
    whole, _ = _modules()
    listed = {name for name, rule in whole.items() if "." not in name and rule.level != "L0"}
    return frozenset(listed if everywhere else listed - ORDINARY_NAMES)
