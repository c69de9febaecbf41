"""What is a cell and what is prose, however the text arrives."""

import ast
import itertools
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from open_interpreter.agent.replies import Closed, Grew, Opened, Prose, ReplyParser


def parses(source):
    try:
        ast.parse("\n".join("pass" if line.startswith(("!", "%")) else line for line in source.split("\n")))
    except (SyntaxError, ValueError):
        return False
    return True


@dataclass
class Parsed:
    prose: str = ""
    cells: list = field(default_factory=list)
    whole: list = field(default_factory=list)
    opened: list = field(default_factory=list)


def parse(pieces, *, language="python", whole=True):
    parser, parsed = ReplyParser(language, parses), Parsed()
    given_out = [piece for text in pieces for piece in parser.feed(text)]
    for piece in [*given_out, *parser.close(whole=whole)]:
        match piece:
            case Prose(text):
                parsed.prose += text
            case Opened():
                parsed.opened.append(piece)
                parsed.cells.append("")
            case Grew(text):
                parsed.cells[-1] += text
            case Closed():
                parsed.whole.append(parsed.cells[-1])
    return parsed


CASES = {
    "prose alone": ("Hello.\n\nNo code.", [], "Hello.\n\nNo code."),
    "one block": ("Look:\n```python\nx = 1\ny = 2\n```\nDone.", ["x = 1\ny = 2"], "Look:\nDone."),
    "every name of python": (
        "```py\na\n```\n~~~ipython\nb\n~~~\n```{python}\nc\n```\n```Python3\nd\n```",
        list("abcd"),
        "",
    ),
    "tildes": ("~~~python\nx = '```'\n```\n~~~", ["x = '```'\n```"], ""),
    "a longer outer fence": ("````python\nx = '''\n```\n'''\n````", ["x = '''\n```\n'''"], ""),
    "a shorter fence does not close": ("`````py\na\n````\n`````", ["a\n````"], ""),
    "blocks in a markdown block": (
        "````markdown\n```python\nx\n```\n````\n```python\ny\n```",
        ["y"],
        "````markdown\n```python\nx\n```\n````\n",
    ),
    "blocks in a markdown block with a fence of the same length": (
        "```markdown\n# T\n```python\nx\n```\n```\n```python\ny\n```",
        ["y"],
        "```markdown\n# T\n```python\nx\n```\n```\n",
    ),
    "in a list": ("1. first\n\n   ```python\n   if x:\n       y\n   ```\n", ["if x:\n    y"], "1. first\n\n"),
    "on the list marker's line": ("- ```python\n  x = 1\n  y = 2\n  ```\n", ["x = 1\ny = 2"], ""),
    "deeply indented": ("      ```python\n      x\n\n      y\n      ```", ["x\n\ny"], ""),
    "less indented than its fence": ("   ```python\nx\n  y\n   ```", ["x\ny"], ""),
    "indented by a tab": ("\t```python\n\tfor i in x:\n\t\ty\n\t```", ["for i in x:\n\ty"], ""),
    "a fence inside a string, further in": ('```python\nx = """\n    ```\n"""\n```', ['x = """\n    ```\n"""'], ""),
    "other languages": ("```bash\nls\n```\n```sql\nselect 1\n```\n", [], "```bash\nls\n```\n```sql\nselect 1\n```\n"),
    "output": ("```python\n1 + 1\n```\n```\n2\n```", ["1 + 1"], "```\n2\n```"),
    "no tag, code": ("```\nx = 1\n```", ["x = 1"], ""),
    "no tag, shell in a notebook": ("```\n!ls\n```", ["!ls"], ""),
    "no tag, no code": ("```\npip install x\n```\n", [], "```\npip install x\n```\n"),
    "windows and old mac lines": ("a\r\n```python\r\nx\r\ry\r\n```\r\nb", ["x\n\ny"], "a\nb"),
    "byte order mark": ("\ufeff```python\nx\n```", ["x"], ""),
    "blank lines around the code": ("```python\n\n  \n  x\n\n\n```", ["  x"], ""),
    "an empty block": ("```python\n\n```\nEmpty.", [], "Empty."),
    "inline code": ("Use ```x``` or `y`.\n```not a fence``` here", [], "Use ```x``` or `y`.\n```not a fence``` here"),
    "a quoted block": ("> ```python\n> x\n> ```", [], "> ```python\n> x\n> ```"),
    "bold and lists": ("**b**\n* a\n- b\n12. c\n~~gone~~\n", [], "**b**\n* a\n- b\n12. c\n~~gone~~\n"),
    "an open last block that parses": ("```python\nx = 1\n", ["x = 1"], ""),
    "an open last block with a magic": ("```python\n!ls\n%matplotlib inline", ["!ls\n%matplotlib inline"], ""),
    "a closing fence without a newline": ("```python\nx\n```", ["x"], ""),
    "trailing blanks after the fence": ("```python  \nx\n```   \ny", ["x"], "y"),
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("size", [1, 3, 10_000])
def test_a_reply_is_told_apart_into_prose_and_cells(name, size):
    text, cells, prose = CASES[name]
    parsed = parse(text[start : start + size] for start in range(0, len(text), size))
    assert (parsed.whole, parsed.prose) == (cells, prose)


def test_an_open_last_block_that_does_not_parse_is_no_cell():
    parsed = parse(["```python\nfor i in range(3):\n"])
    assert parsed.cells == ["for i in range(3):"]
    assert parsed.whole == []


@pytest.mark.parametrize(
    ("info", "opened"),
    [
        ("python replace=a1b2c3", Opened("a1b2c3")),
        ('{python replace="a1b2c3"}', Opened("a1b2c3")),
        ("replace=a1b2c3", Opened("a1b2c3")),
        ("python title=x replace=a", Opened("a")),
        ("python:app.py", Opened()),
        ("{.python .numberLines}", Opened()),
        ("py", Opened()),
    ],
)
def test_the_info_string_names_the_cell_to_replace(info, opened):
    parsed = parse([f"```{info}\nx\n```"])
    assert (parsed.opened, parsed.whole) == ([opened], ["x"])


@pytest.mark.parametrize("info", ["bash", "sh", "sql", "json", "text", "output", "console", "pycon", "r", "python2"])
def test_a_block_in_another_language_is_prose(info):
    assert parse([f"```{info} replace=a\nx\n```"]).cells == []


def test_the_kernels_own_language_makes_cells_and_python_then_does_not():
    text = "```python\nx\n```\n```R\ny <- 1\n```"
    parsed = parse([text], language="R")
    assert (parsed.whole, parsed.prose) == (["y <- 1"], "```python\nx\n```\n")


def test_a_line_is_handed_out_as_soon_as_it_cannot_be_a_fence():
    parser = ReplyParser("python", parses)
    assert parser.feed("He") == [Prose("He")]
    assert parser.feed("llo\n``") == [Prose("llo"), Prose("\n")]
    assert parser.feed("`python\npri") == [Opened(), Grew("pri")]
    assert parser.feed("nt(1)") == [Grew("nt(1)")]
    assert parser.feed("\n``") == []
    assert parser.feed("x") == [Grew("\n``x")]
    assert parser.feed("\n```") == []
    assert parser.feed("\n") == [Closed()]


def test_a_cut_reply_closes_nothing_and_loses_no_prose():
    parsed = parse(["Text\n```python\nx = 1\n``"], whole=False)
    assert (parsed.cells, parsed.whole, parsed.prose) == (["x = 1"], [], "Text\n")
    assert parse(["```\nx = 1"], whole=False).prose == "```\nx = 1"
    assert parse(["Text and 12"], whole=False).prose == "Text and 12"


def test_a_reply_that_never_ends_is_read_no_further():
    parser = ReplyParser("python", parses)
    for _ in range(300):
        parser.feed("word " * 1000)
    assert parser.overflow == "is longer than 1000 kB"
    parser = ReplyParser("python", parses)
    parser.feed("```python\n" + "x = 1\n" * 50_000)
    assert parser.overflow == "has more than 256 kB of code"


def test_long_lines_and_blank_floods_take_linear_time():
    parser = ReplyParser("python", parses)
    parser.feed("```python\n")
    for _ in range(100_000):
        parser.feed(" ")
    parser.feed("\n")
    for _ in range(100_000):
        parser.feed("`")
    assert not parser.overflow


LINES = st.sampled_from(
    [
        *(
            "text",
            "",
            "  ",
            "x = 1",
            "  y = 2",
            "\tz",
            "def f():",
            "- item",
            "12. item",
            "\ufeff",
            '"""',
            "!ls",
            "`",
            "~~",
            "> q",
        ),
        *(
            "```",
            "````",
            "~~~",
            "```python",
            "```py replace=abc",
            "~~~python",
            "```bash",
            "```markdown",
            "````md",
        ),
        *(
            "   ```python",
            "   ```",
            "- ```python",
            "  ```",
            "        ```",
            "```x``` y",
            "```{python}",
            "``` ",
            "** b **",
        ),
    ]
)
TEXTS = st.lists(st.tuples(LINES, st.sampled_from(["\n", "\r\n", "\r", ""])), max_size=14).map(
    lambda pairs: "".join(line + ending for line, ending in pairs)
)


@given(
    text=TEXTS | st.text(alphabet="`~ \n\rpy{}=-1.\t", max_size=60),
    cuts=st.lists(st.integers(0, 400), max_size=30),
    whole=st.booleans(),
)
@settings(max_examples=400, deadline=None)
def test_however_the_text_is_cut_the_parse_is_the_same(text, cuts, whole):
    places = sorted({min(cut, len(text)) for cut in cuts} | {0, len(text)})
    pieces = [text[start:end] for start, end in itertools.pairwise(places)]
    assert parse(pieces, whole=whole) == parse([text], whole=whole) == parse(list(text), whole=whole)


@given(text=TEXTS)
@settings(max_examples=200, deadline=None)
def test_no_cell_of_a_cut_reply_is_closed_by_its_end(text):
    parser = ReplyParser("python", parses)
    parser.feed(text)
    assert not any(isinstance(piece, Closed) for piece in parser.close(whole=False))


@given(source=st.lists(st.sampled_from(["a = 1", "if a:", "    b", "", "'`'", "# ~~~"]), min_size=1).map("\n".join))
@settings(max_examples=100, deadline=None)
def test_a_fenced_source_comes_out_as_it_went_in(source):
    parsed = parse([f"Text.\n\n```python\n{source}\n```\n"])
    bare = source.rstrip().lstrip("\n")
    assert parsed.whole == ([bare] if bare else [])
