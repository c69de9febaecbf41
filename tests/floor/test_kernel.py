"""The magic in a kernel with the oldest versions that pyproject.toml allows."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from tests.model_server import Body, ModelServer

LOAD = "%load_ext open_interpreter"
FACTORIAL = "%%interpret\n根据以下描述生成一个Python函数:计算给定数字的阶乘,即n!的值。例如,输入5,输出120。"


def test_the_environment_has_the_versions_it_is_named_for(floor_command):
    code = "import json, importlib.metadata as m; print(json.dumps({n: m.version(n) for n in ('ipykernel', 'openai')}))"
    assert json.loads(floor_command("-c", code).stdout) == {"ipykernel": "6.31.0", "openai": "2.45.0"}


def test_loading_the_extension_imports_nothing_heavy(floor_kernel):
    before, _ = floor_kernel.run("import sys; _seen = set(sys.modules)")
    code = (
        f"{LOAD}\nprint(sorted({{'openai', 'pandas', 'httpx', 'nbclient', 'ipywidgets'}} & (set(sys.modules) - _seen)))"
    )
    printed, reply = floor_kernel.run(code)
    assert reply["status"] == "ok", before
    assert printed.strip() == "[]"


def test_the_builtin_model_answers_in_the_prompts_own_output(floor_kernel):
    floor_kernel.run(LOAD)
    printed, reply = floor_kernel.run(FACTORIAL)
    assert reply["status"] == "ok", reply
    assert "120" in printed


def test_counts_go_on_by_one_although_cells_ran_within_the_prompt(floor_kernel):
    _, loaded = floor_kernel.run(LOAD)
    _, prompt = floor_kernel.run(FACTORIAL)
    printed, after = floor_kernel.run("print('after')")
    assert printed == "after\n"
    assert [loaded["execution_count"], prompt["execution_count"]] == [1, 2]
    assert after["execution_count"] > prompt["execution_count"]


def test_a_failing_cell_is_shown_to_the_model_and_corrected(floor_kernel):
    def answer(body: Body) -> str:
        told = str(body["messages"])
        if "six times seven is 42" in told:
            return "It is 42."
        if "NameError" in told:
            return "```python\nprint('six times seven is', 6 * 7)\n```\n"
        return "```python\nprint('six times seven is', six * 7)\n```\n"

    with ModelServer(answer) as server:
        settings = {"BASE_URL": server.base_url, "MODEL": "scripted", "MODE": "auto"}
        lines = [f"os.environ['OPEN_INTERPRETER_{name}'] = {value!r}" for name, value in settings.items()]
        floor_kernel.run("\n".join(["import os", *lines, LOAD]))
        printed, reply = floor_kernel.run("%%interpret\nwhat is six times seven?")
    assert reply["status"] == "ok", reply
    assert "six times seven is 42" in printed
    assert len(server.requests) >= 2


def test_a_notebook_runs_without_a_screen_and_its_cells_are_real(floor_command, floor_script: str, tmp_path: Path):
    notebook = new_notebook(cells=[new_code_cell(LOAD), new_code_cell(FACTORIAL), new_code_cell("print('last')")])
    nbformat.write(notebook, tmp_path / "in.ipynb")
    done = floor_command(floor_script, "run", "in.ipynb", "-o", "out.ipynb")
    assert done.returncode == 0, done.stdout + done.stderr
    cells = nbformat.read(tmp_path / "out.ipynb", as_version=4).cells
    made = [cell for cell in cells if cell.cell_type == "code" and "open_interpreter" in cell.metadata]
    assert any("def " in cell.source for cell in made)
    assert "--settled" in next(cell.source for cell in cells if "%%interpret" in cell.source)
    counts = [cell.execution_count for cell in cells if cell.cell_type == "code"]
    assert cells[-1].outputs[0].text == "last\n"
    assert None not in counts


def test_doctor_finds_nothing_wrong(floor_command, floor_script: str):
    done = floor_command(floor_script, "doctor")
    assert done.returncode == 0, done.stdout + done.stderr
