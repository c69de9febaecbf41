"""A language has many names, and each of ours leads to the same one."""

import pytest
from open_interpreter.core.cells import CellError
from open_interpreter.core.languages import is_python, tag, tags, title


@pytest.mark.parametrize(
    ("reported", "fence", "prose"),
    [
        ("python", "python", "Python"),
        ("IPython", "python", "Python"),
        ("R", "r", "R"),
        ("bash", "bash", "Bash"),
        ("calysto_bash", "bash", "Bash"),
        ("c++", "cpp", "C++"),
        ("C++17", "cpp", "C++"),
        ("javascript", "javascript", "JavaScript"),
        ("Brand New", "brand-new", "Brand-new"),
        ("", "", ""),
    ],
)
def test_what_a_kernel_reports_is_known_at_a_fence_and_in_prose(reported, fence, prose):
    assert (tag(reported), title(reported)) == (fence, prose)
    assert not fence or fence in {fence, *tags(reported)}


def test_only_python_is_python():
    assert [each for each in ("python", "Python3", "r", "bash", "", "micropython") if is_python(each)] == [
        *("python", "Python3"),
    ]


def test_no_language_has_no_tags():
    assert tags(" ") == frozenset()
    assert {"sh", "bash", "shell"} <= tags("bash_kernel")


def test_an_error_of_which_only_a_part_is_told():
    assert [CellError(*each).line for each in (("E", "v"), ("E", ""), ("", "127"))] == ["E: v", "E", "127"]
