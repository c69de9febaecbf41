"""Notebook files are read in any version and written whole or not at all."""

from __future__ import annotations

import json
import stat

import nbformat
import pytest
from nbformat import v4
from open_interpreter.core.errors import UsageError
from open_interpreter.headless import files


def test_a_notebook_without_ids_gains_them(tmp_path):
    cell = {"cell_type": "code", "source": "1", "metadata": {}, "outputs": [], "execution_count": None}
    old = {"nbformat": 4, "nbformat_minor": 2, "metadata": {}, "cells": [cell, cell]}
    (tmp_path / "old.ipynb").write_text(json.dumps(old))
    nb = files.read(tmp_path / "old.ipynb")
    nbformat.validate(nb)
    assert nb.nbformat_minor == 5
    assert nb.cells[0].id != nb.cells[1].id


def test_double_ids_are_told_apart(tmp_path):
    nb = v4.new_notebook(cells=[v4.new_code_cell("1", id="same"), v4.new_code_cell("2")])
    nb.cells[1]["id"] = "same"
    (tmp_path / "twice.ipynb").write_text(json.dumps(nb))
    read = files.read(tmp_path / "twice.ipynb")
    assert read.cells[0].id == "same" != read.cells[1].id


def test_a_notebook_of_version_3_is_read(tmp_path):
    code = {"cell_type": "code", "input": "1", "metadata": {}, "outputs": [], "language": "python", "collapsed": False}
    old = {
        "nbformat": 3,
        "nbformat_minor": 0,
        "metadata": {"name": ""},
        "worksheets": [{"cells": [code], "metadata": {}}],
    }
    (tmp_path / "v3.ipynb").write_text(json.dumps(old))
    nbformat.validate(files.read(tmp_path / "v3.ipynb"))


@pytest.mark.parametrize(
    ("content", "words"),
    [(None, "There is no file"), ("", "is no notebook"), ("{}", "is no notebook"), ("[1]", "is no notebook")],
)
def test_what_is_no_notebook_is_said_to_be_none(tmp_path, content, words):
    path = tmp_path / "bad.ipynb"
    if content is not None:
        path.write_text(content)
    with pytest.raises(UsageError, match=words):
        files.read(path)


def test_a_folder_is_no_notebook(tmp_path):
    with pytest.raises(UsageError, match="is a folder"):
        files.read(tmp_path)


def test_writing_keeps_the_files_mode_and_leaves_nothing_beside_it(tmp_path):
    path = tmp_path / "kept.ipynb"
    path.write_text("old")
    path.chmod(0o640)
    files.write(v4.new_notebook(), path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [each.name for each in tmp_path.iterdir()] == ["kept.ipynb"]


def test_writing_through_a_link_changes_the_file_that_it_leads_to(tmp_path):
    target, link = tmp_path / "target.ipynb", tmp_path / "link.ipynb"
    target.write_text("old")
    link.symlink_to(target)
    files.write(v4.new_notebook(), link)
    assert link.is_symlink()
    assert json.loads(target.read_text())["cells"] == []


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="cannot be written"):
        files.write(v4.new_notebook(), tmp_path / "file" / "below.ipynb")
