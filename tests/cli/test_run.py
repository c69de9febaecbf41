"""`open-interpreter run`: real kernels and the real magic, only the model is scripted."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time

import nbformat
import pytest
from nbformat import v4
from open_interpreter.cli import main

from tests.model_server import ModelServer

LOAD = "%load_ext open_interpreter"
REPLIES = {
    "six times seven": "I compute it.\n\n```python\nanswer = 6 * 7\nanswer\n```\n",
    "twice that": "```python\nprint(answer * 2)\n```\n",
    "misspell": "```python\nanswr + 1\n```\n",
    "a picture": "```python\nimport matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()\n```\n",
    "hopeless": "```python\n1 / 0\n```\n",
    "fetch": "```python\nimport urllib.request\nurllib.request.urlopen('http://127.0.0.1:9/')\n```\n",
    "shell": "```python\nimport subprocess\nsubprocess.run(['ls'])\n```\n",
}


def script(body):
    """Answers an instruction by a word of it; corrects a misspelt name; gives up on what is hopeless."""
    last = str(body["messages"][-1]["content"])
    _, found, instruction = last.rpartition("# Instruction\n\n")
    if found:
        return next((reply for word, reply in REPLIES.items() if word in instruction), "No idea.")
    if "answr" in last:
        return "```python\nanswer + 1\n```\n"
    return REPLIES["hopeless"] if "ZeroDivisionError" in last else "That is all."


@pytest.fixture(scope="module")
def server():
    with ModelServer(script) as running:
        yield running


@pytest.fixture
def run(server, tmp_path, monkeypatch, capsys):
    """Writes a notebook of these cells, runs it, and gives code, account and executed notebook."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPEN_INTERPRETER_API_KEY", "sk-secret-secret-secret")

    def go(*sources, options=(), name="nb.ipynb"):
        if sources:
            cells = [v4.new_code_cell(source) for source in sources]
            nbformat.write(v4.new_notebook(cells=cells), tmp_path / name)
        model = ("-m", "scripted", "--base-url", server.base_url, "--mode", "auto")
        code = main(["run", name, *model, *options])
        told = capsys.readouterr()
        assert "sk-secret" not in told.out + told.err
        outs = [path for path in (tmp_path / "nb.executed.ipynb", tmp_path / "out.ipynb") if path.exists()]
        executed = nbformat.read(outs[-1] if outs else tmp_path / name, as_version=4)
        nbformat.validate(executed)
        return code, told.out, executed

    return go


def sources(nb):
    return [cell.source for cell in nb.cells]


def test_prompts_become_cells_that_ran_and_settle(run, server):
    code, _, nb = run(LOAD, "%%interpret\nsix times seven", "answer", "%interpret twice that", "'end'")
    assert code == 0
    plain = [source for source in sources(nb) if not source.lstrip().startswith(("%interpret", "%%interpret"))]
    assert plain == [
        LOAD,
        "answer = 6 * 7\nanswer",
        "That is all.",
        "answer",
        "print(answer * 2)",
        "That is all.",
        "'end'",
    ]
    assert re.fullmatch(r"%%interpret --settled \w{8}\nsix times seven", nb.cells[1].source)
    assert nb.cells[2].outputs[0].data["text/plain"] == "42"
    assert nb.cells[2].metadata.open_interpreter.model == "scripted"
    counts = [cell.execution_count for cell in nb.cells if cell.cell_type == "code"]
    assert counts == sorted(set(counts))
    assert "sk-secret" not in str(nb)


def test_the_account_tells_what_was_asked_written_and_run(run):
    _, account, _ = run(LOAD, "%%interpret\nsix times seven", "%%interpret\nmisspell it")
    labels = [line.split()[0] for line in account.splitlines() if re.match(r"\w", line)]
    assert labels == [
        "notebook", "model", "cell", "ran", "asked", "wrote", "ran", "answer", "settled",
        "asked", "wrote", "failed", "corrected", "ran", "answer", "settled", "in", "written",
    ]  # fmt: skip
    assert "NameError: name 'answr' is not defined" in account
    assert "2 of 2 tasks ended well, 2 cells written, 1 correction" in account
    assert "nb.executed.ipynb" in account


def test_a_settled_notebook_asks_no_model(run, server, tmp_path):
    run(LOAD, "%%interpret\nsix times seven", "answer", options=("-o", "out.ipynb"))
    asked = len(server.requests)
    (tmp_path / "out.ipynb").rename(tmp_path / "again.ipynb")
    code, account, nb = run(name="again.ipynb", options=("-o", "out.ipynb"))
    assert (code, len(server.requests)) == (0, asked)
    assert "no model was asked" in account
    assert [source for source in sources(nb) if "6 * 7" in source] == ["answer = 6 * 7\nanswer"]
    assert nb.cells[2].outputs[0].data["text/plain"] == "42"


def test_a_changed_instruction_replaces_its_cells(run, tmp_path):
    run(LOAD, "%%interpret\nsix times seven", "%%interpret\ntwice that", options=("-o", "out.ipynb"))
    nb = nbformat.read(tmp_path / "out.ipynb", as_version=4)
    nb.cells[1].source = nb.cells[1].source.replace("six times seven", "hand me a picture")
    nbformat.write(nb, tmp_path / "changed.ipynb")
    code, account, nb = run(name="changed.ipynb", options=("-o", "out.ipynb"))
    assert not [source for source in sources(nb) if "6 * 7" in source]
    assert code == 1, account  # the second prompt's cell stands, and misses the variable


def test_a_task_that_fails_ends_with_1_and_the_file_is_written(run):
    code, account, nb = run(LOAD, "%%interpret\nhopeless", "'never'")
    assert code == 1
    assert "ZeroDivisionError" in account
    assert "0 of 1 tasks ended well, 1 failed" in account
    assert sources(nb)[-1] == "'never'"
    assert nb.cells[-1].execution_count is None


def test_a_plain_cell_that_fails_ends_with_1(run):
    code, _, nb = run("x = 1", "1 / 0", "'never'")
    assert code == 1
    assert nb.cells[1].outputs[0].ename == "ZeroDivisionError"


def test_errors_may_be_passed_over(run):
    code, _, nb = run(LOAD, "%%interpret\nhopeless", "'reached'", options=("--allow-errors",))
    assert code == 1
    assert nb.cells[-1].outputs[0].data["text/plain"] == "'reached'"


def test_what_nobody_could_approve_ends_with_3(run):
    code, account, nb = run(LOAD, "%%interpret\nuse a shell")
    assert code == 3
    assert "--allow" in account
    assert not [cell for cell in nb.cells if "subprocess" in cell.source and cell.get("outputs")]


def test_a_kind_that_is_allowed_runs(run):
    code, account, _ = run(LOAD, "%%interpret\nfetch a page")
    assert (code, "--allow network" in account) == (3, True)
    code, account, _ = run(LOAD, "%%interpret\nfetch a page", options=("--allow", "network"))
    assert (code, "refused" in account.lower()) == (1, True)  # it ran, and nothing listens there


def test_a_prompt_is_appended_and_run(run):
    code, _, nb = run("x = 1", options=("-p", "six times seven"))
    assert code == 0
    assert sources(nb)[:2] == [LOAD, "x = 1"]
    assert sources(nb)[2].endswith("\nsix times seven")
    assert sources(nb)[3:] == ["answer = 6 * 7\nanswer", "That is all."]


def test_a_picture_is_in_the_notebook(run):
    code, account, nb = run(LOAD, "%%interpret\na picture")
    assert code == 0, account
    assert "1 picture" in account
    assert any("image/png" in out.get("data", {}) for cell in nb.cells for out in cell.get("outputs", []))


def test_inplace_writes_the_notebook_itself(run, tmp_path):
    code, _, nb = run(LOAD, "%%interpret\nsix times seven", options=("--inplace", "-q"))
    assert code == 0
    assert [path.name for path in tmp_path.glob("*.ipynb")] == ["nb.ipynb"]
    assert nb.cells[2].outputs


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["run", "missing.ipynb"], "There is no file missing.ipynb"),
        (["run", "nb.ipynb", "--kernel", "no-such"], "There is no kernel 'no-such'"),
        (["run", "nb.ipynb", "-p", "  "], "instruction is empty"),
        (["run"], "required: notebook"),
        (["run", "nb.ipynb", "--mode", "wild"], "invalid choice: 'wild'"),
        (["run", "nb.ipynb", "--max-turns", "0"], "no whole number of 1 or more"),
        (["verify", "nb.ipynb"], "invalid choice: 'verify'"),
        ([], "required: COMMAND"),
    ],
)
def test_wrong_use_ends_with_2_and_says_what_to_do(arguments, words, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    nbformat.write(v4.new_notebook(cells=[v4.new_code_cell("1")]), "nb.ipynb")
    try:
        code = main(arguments)
    except SystemExit as stopped:
        code = stopped.code
    assert code == 2
    assert words in capsys.readouterr().err


def test_a_cell_that_takes_too_long_ends_with_1_and_the_file_is_written(run):
    code, account, nb = run("'first'", "import time; time.sleep(60)", options=("--timeout", "1"))
    assert code == 1
    assert "more than 1 s" in account
    assert nb.cells[0].outputs


def test_a_kernel_that_dies_ends_with_1_and_the_file_is_written(run):
    code, account, nb = run("'first'", "import os; os._exit(3)")
    assert code == 1
    assert "kernel died" in account
    assert nb.cells[0].outputs


def test_ctrl_c_ends_the_run_and_the_file_is_written(tmp_path):
    nbformat.write(
        v4.new_notebook(cells=[v4.new_code_cell(s) for s in ("'first'", "import time; time.sleep(60)")]),
        tmp_path / "nb.ipynb",
    )
    with subprocess.Popen(
        [sys.executable, "-m", "open_interpreter", "run", "nb.ipynb"], cwd=tmp_path, stdout=subprocess.PIPE, text=True
    ) as child:
        for line in child.stdout:
            if "'first'" in line:
                break
        time.sleep(1.5)
        child.send_signal(signal.SIGINT)
        rest, _ = child.communicate(timeout=30)
    assert child.returncode == 1
    assert "Stopped." in rest
    assert nbformat.read(tmp_path / "nb.executed.ipynb", as_version=4).cells[0].outputs
