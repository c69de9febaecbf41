"""The tour runs from a fresh checkout with the built-in model, shows a correction, settles, and replays."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from open_interpreter.cli import main

BINDER = Path(__file__).resolve().parent.parent / "binder"
TOUR = BINDER / "tour.ipynb"


@pytest.fixture(scope="module")
def toured(tmp_path_factory):
    """The executed tour, its account and the log of its tasks."""
    folder = tmp_path_factory.mktemp("tour")
    with pytest.MonkeyPatch.context() as patch, (folder / "account.txt").open("w", encoding="utf-8") as page:
        patch.setenv("OPEN_INTERPRETER_HOME", str(folder / "home"))
        patch.setenv("COLUMNS", "96")
        patch.setattr("sys.stdout", page)
        code = main(["run", str(TOUR), "-o", str(folder / "tour.ipynb"), "-m", "builtin"])
    logs = [json.loads(line) for path in (folder / "home").rglob("*.jsonl") for line in path.read_text().splitlines()]
    return code, nbformat.read(folder / "tour.ipynb", as_version=4), (folder / "account.txt").read_text("utf-8"), logs


def prompts(nb):
    return [cell for cell in nb.cells if cell.source.startswith("%%interpret")]


def test_the_committed_tour_is_fresh():
    nb = nbformat.read(TOUR, as_version=4)
    nbformat.validate(nb)
    assert 6 <= len(prompts(nb)) <= 8
    assert not [cell for cell in nb.cells if cell.get("outputs") or cell.get("execution_count")]
    assert not [cell for cell in prompts(nb) if "--settled" in cell.source or cell.metadata]
    assert sum(any("一" <= sign <= "鿿" for sign in cell.source) for cell in prompts(nb)) == 1


def test_the_data_comes_with_its_licence():
    assert "CC0" in (BINDER / "DATA.md").read_text()
    assert len((BINDER / "penguins.csv").read_text().splitlines()) == 345


def test_every_task_of_the_tour_ends_well_and_settles(toured):
    code, nb, account, _ = toured
    assert code == 0, account
    nbformat.validate(nb)
    assert all("--settled" in cell.source.split("\n")[0] for cell in prompts(nb))
    assert not [out for cell in nb.cells for out in cell.get("outputs", []) if out.output_type == "error"]
    assert any("image/png" in out.get("data", {}) for cell in nb.cells for out in cell.get("outputs", []))
    assert "factorial" in str(nb.cells)


def test_a_correction_is_in_the_log_and_in_the_account_but_not_in_the_notebook(toured):
    _, nb, account, logs = toured
    failed = [each for each in logs if each["type"] == "Executed" and each["outcome"]["status"] == "error"]
    assert len(failed) == 1
    assert failed[0]["cell"]["source"].strip() in "\n".join(
        line.removeprefix(" " * 12).removeprefix("wrote       ") for line in account.splitlines()
    )
    assert "corrected" in account
    assert failed[0]["cell"]["source"] not in [cell.source for cell in nb.cells]


def test_the_account_fits_its_width_and_has_no_colours(toured):
    account = toured[2]
    assert max(len(line) for line in account.splitlines()) <= 96
    assert "\x1b" not in account


def test_the_executed_tour_replays_without_a_model(toured, tmp_path, capsys, monkeypatch):
    nb = toured[1]
    nbformat.write(nb, tmp_path / "tour.ipynb")
    (tmp_path / "penguins.csv").write_bytes((BINDER / "penguins.csv").read_bytes())
    monkeypatch.setenv("OPEN_INTERPRETER_MODEL", "openai:gpt-5-mini")  # no key is there: asking would fail
    assert main(["run", str(tmp_path / "tour.ipynb"), "--inplace"]) == 0
    again = nbformat.read(tmp_path / "tour.ipynb", as_version=4)
    assert [cell.source for cell in again.cells] == [cell.source for cell in nb.cells]
    assert capsys.readouterr().out.count("no model was asked") == len(prompts(nb))
