"""The small commands: export, models, doctor."""

from __future__ import annotations

import json

import nbformat
import pytest
from nbformat import v4
from open_interpreter.cli import main, versions
from open_interpreter.cli.model_check import reach


def test_export_tells_prompts_as_markdown_and_leaves_plain_cells(tmp_path, capsys):
    cells = [
        v4.new_code_cell("%load_ext open_interpreter"),
        v4.new_code_cell("%load_ext open_interpreter\nimport os"),
        v4.new_code_cell("%%interpret -m x --settled 12345678\nfirst line\n\n第二行"),
        v4.new_code_cell("1 + 1"),
        v4.new_code_cell("%oi usage"),
        v4.new_markdown_cell("prose"),
        v4.new_code_cell("%interpret one line"),
    ]
    for cell in cells[2:4]:
        cell.metadata["open_interpreter"] = {"task": "t"}
    nbformat.write(v4.new_notebook(cells=cells), tmp_path / "nb.ipynb")
    assert main(["export", str(tmp_path / "nb.ipynb"), "--plain"]) == 0
    assert capsys.readouterr().out.strip() == str(tmp_path / "nb.plain.ipynb")
    nb = nbformat.read(tmp_path / "nb.plain.ipynb", as_version=4)
    nbformat.validate(nb)
    assert [(cell.cell_type, cell.source) for cell in nb.cells] == [
        ("code", "import os"), ("markdown", "> first line\n>\n> 第二行"), ("code", "1 + 1"), ("markdown", "prose"),
        ("markdown", "> one line"),
    ]  # fmt: skip
    assert "open_interpreter" not in json.dumps(nb)


def test_models_lists_the_configured_one_and_the_presets(capsys, home, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-very-secret")
    assert main(["models"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("configured\n  builtin\n")
    assert "OPENAI_API_KEY is set" in told
    assert "ollama:" in told
    assert "very-secret" not in told


def test_doctor_finds_all_well(capsys, home):
    assert main(["doctor"]) == 0
    told = capsys.readouterr().out
    states = {
        line[6:24].strip(): line[:5].strip() for line in told.splitlines() if line[:5].strip() in ("OK", "WARN", "FAIL")
    }
    assert states["kernel"] == states["extension"] == states["model"] == states["Python"] == "OK"


def test_doctor_names_a_key_that_is_missing_and_never_shows_one(capsys, home, monkeypatch):
    monkeypatch.setenv("OPEN_INTERPRETER_MODEL", "openai:gpt-5-mini")
    assert main(["doctor"]) == 1
    assert "OPENAI_API_KEY" in capsys.readouterr().out


def test_doctor_says_that_an_endpoint_does_not_answer(capsys, home, monkeypatch, free_port):
    monkeypatch.setenv("OPEN_INTERPRETER_MODEL", "some")
    monkeypatch.setenv("OPEN_INTERPRETER_API_KEY", "sk-very-secret")
    monkeypatch.setenv("OPEN_INTERPRETER_BASE_URL", f"http://127.0.0.1:{free_port}/v1")
    assert main(["doctor", "--kernel", "no-such-kernel"]) == 1
    told = capsys.readouterr().out
    assert "does not answer" in told
    assert "There is no kernel 'no-such-kernel'" in told
    assert "very-secret" not in told


def test_any_answer_of_an_endpoint_is_an_answer():
    from tests.model_server import ModelServer

    with ModelServer([]) as server:
        assert reach(server.base_url).state == "OK"


@pytest.mark.parametrize(
    ("version", "safe"),
    [("4.5.6", False), ("4.5.7", True), ("4.6.0", False), ("4.6.1", False), ("4.6.2", True), ("4.6.2rc1", True),
     ("4.4.10", False), ("4.7.0", True), ("5.0.0a1", True), ("3.6.8", False)],
)  # fmt: skip
def test_the_known_hole_is_known(version, safe):
    assert versions.lab_is_safe(version) is safe


def test_a_labextension_is_found_and_its_absence_is_told(tmp_path):
    assert next(iter(versions.labextension([tmp_path]))).state == "WARN"
    home = tmp_path / "labextensions" / versions.LABEXTENSION
    home.mkdir(parents=True)
    (home / "package.json").write_text('{"version": "1.2.3"}')
    found = next(iter(versions.labextension([tmp_path])))
    assert (found.state, found.seen) == ("OK", "1.2.3, enabled")
