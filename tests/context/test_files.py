"""The files of a directory, known by their content, without ever waiting for one of them."""

from __future__ import annotations

import json
import os
import zipfile

import pytest
from open_interpreter.context import files

ROWS = "name,city,n\nAnna,Köln,1\nBo,Århus,2\nCy,Łódź,3\n"
CHINESE = "姓名,城市,数量\n张三,北京,1\n李四,上海,2\n王五,广州,3\n"


def look(directory, name, content):
    (directory / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    (entry,) = files.look(directory)
    return entry


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("name", ["a.csv", "a.txt", "table"])
def test_separated_values_are_known_whatever_the_ending_is(tmp_path, name, separator):
    entry = look(tmp_path, name, ROWS.replace(",", separator))
    assert (entry.format, entry.separator, entry.columns) == ("csv", separator, ("name", "city", "n"))


def test_decimal_commas_do_not_part_fields(tmp_path):
    assert look(tmp_path, "a.csv", "a;b\n1,5;2,5\n3,5;4,5\n").separator == ";"


def test_quoted_fields_keep_their_separators(tmp_path):
    entry = look(tmp_path, "a.csv", 'name,note\n"Li, Bo","a, b"\nCy,"x\ny"\n')
    assert (entry.separator, entry.columns) == (",", ("name", "note"))


def test_a_table_of_one_column_is_believed_by_its_ending(tmp_path):
    assert look(tmp_path, "a.csv", "price\n1\n2\n").columns == ("price",)


def test_a_table_without_a_header_has_no_columns(tmp_path):
    entry = look(tmp_path, "a.csv", "1,2\n3,4\n5,6\n")
    assert (entry.format, entry.columns) == ("csv", ())


@pytest.mark.parametrize(
    ("text", "encoding", "known"),
    [
        (ROWS, "utf-8", "utf-8"),
        (ROWS, "utf-8-sig", "utf-8-sig"),
        (ROWS, "utf-16", "utf-16"),
        ("name,city\nBo,Koln\nCy,Lodz\nDi,Rome\n", "utf-16-le", "utf-16-le"),
        (CHINESE, "utf-8", "utf-8"),
        (CHINESE, "gb18030", "gb18030"),
        (CHINESE, "utf-16", "utf-16"),
        ("name,ville\nRené,Besançon\nZoë,Nîmes\nÉva,Orléans\n", "cp1252", "cp1252"),
        ("name,stadt\nJürgen,Köln\nGünther,München\nÄnne,Düren\n", "cp1252", "cp1252"),
    ],
)
def test_encodings_are_told_apart(tmp_path, text, encoding, known):
    entry = look(tmp_path, "a.csv", text.encode(encoding))
    assert (entry.format, entry.encoding) == ("csv", known)
    assert entry.columns == tuple(text.splitlines()[0].split(","))


def test_a_letter_cut_at_the_end_of_the_head_does_not_hide_the_encoding(tmp_path):
    for start in range(3):
        text = "x" * start + "列,数\n" + "数,据\n" * 20_000
        assert look(tmp_path, "a.csv", text).encoding == "utf-8"


@pytest.mark.parametrize(
    ("name", "content", "known", "columns"),
    [
        ("a.json", json.dumps([{"a": 1, "b": 2}]), "json", ("a", "b")),
        ("a.json", json.dumps({"k": [1]}, indent=1), "json", ("k",)),
        ("a.json", json.dumps([{"a": n, "b": "x" * 50} for n in range(5_000)]), "json", ("a", "b")),
        ("a.dat", '{"a": 1}\n{"a": 2}\n', "jsonl", ("a",)),
        ("a.txt", json.dumps({"nbformat": 4, "cells": []}), "notebook", ()),
        (
            "a.ipynb",
            json.dumps({"cells": [{"cell_type": "code", "source": "x" * 99_999}]}),
            "notebook",
            (),
        ),
        ("a.json", "{broken", "text", ()),
        ("a.json", "[" * 60_000, "text", ()),
        ("a.txt", "Dear all,\nthis is, as it were,\nprose.\n", "text", ()),
        ("a.py", "a, b = 1, 2\nc, d = 3, 4\ne, f = 5, 6\n", "text", ()),
        ("a.txt", "", "text", ()),
        ("a", b"PAR1....", "parquet", ()),
        ("a", b"\x89PNG\r\n\x1a\n....", "image", ()),
        ("a", b"\xff\xd8\xff\xe0", "image", ()),
        ("a.svg", "<svg/>", "image", ()),
        ("a", b"\x1f\x8b\x08\x00", "archive", ()),
        ("a.xls", b"\xd0\xcf\x11\xe0" + bytes(900), "excel", ()),
        ("a", bytes(range(256)) * 9, "binary", ()),
        ("a", b"SQLite format 3\x00" + bytes(99), "binary", ()),
    ],
)
def test_formats_are_known_by_content(tmp_path, name, content, known, columns):
    entry = look(tmp_path, name, content)
    assert (entry.format, entry.columns) == (known, columns)


def test_a_workbook_is_told_from_another_archive(tmp_path):
    for name, inner, known in (("a.dat", "xl/workbook.xml", "excel"), ("b.xlsx", "readme.txt", "archive")):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            archive.writestr("[Content_Types].xml", "<x/>")
            archive.writestr(inner, "text")
        assert {each.name: each.format for each in files.look(tmp_path)}[name] == known


def test_files_come_by_name_without_hidden_ones_and_directories_and_no_more_than_asked_for(tmp_path):
    for number in range(30):
        (tmp_path / f"f{number:02}.txt").write_text("x")
    (tmp_path / ".hidden").write_text("x")
    (tmp_path / "a folder").mkdir()
    assert [each.name for each in files.look(str(tmp_path), limit=3)] == ["f00.txt", "f01.txt", "f02.txt"]
    assert len(files.look(tmp_path)) == 30


def test_of_too_many_files_those_stay_that_are_named_and_notebooks_go_first(tmp_path):
    for name in ("a.ipynb", "b.ipynb", "c.csv", "d.csv", "e.csv"):
        (tmp_path / name).write_text("x,y\n1,2\n")
    assert [each.name for each in files.look(tmp_path, limit=2)] == ["c.csv", "d.csv"]
    assert [each.name for each in files.look(tmp_path, "Load @file:e.csv and b.ipynb", limit=3)] == [
        "b.ipynb",
        "c.csv",
        "e.csv",
    ]


@pytest.mark.timeout(20)
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names are not had here")
def test_pipes_devices_broken_links_and_locked_files_are_left_out_without_waiting(tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "link.csv").symlink_to(tmp_path / "pipe.csv")
    (tmp_path / "zero.csv").symlink_to("/dev/zero")
    (tmp_path / "broken.csv").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop.csv").symlink_to(tmp_path / "loop.csv")
    (tmp_path / "good.csv").write_text(ROWS)
    (tmp_path / "linked.csv").symlink_to(tmp_path / "good.csv")
    assert [each.name for each in files.look(tmp_path)] == ["good.csv", "linked.csv"]


def test_a_directory_that_is_not_there_has_no_files(tmp_path):
    assert files.look(tmp_path / "nowhere") == ()


def test_only_the_head_of_a_large_file_is_read(tmp_path):
    with (tmp_path / "large.csv").open("wb") as file:
        file.write(b"a,b\n1,2\n3,4\n5,6\n" * 5_000)
        file.truncate(10**10)
    (entry,) = files.look(tmp_path)
    assert (entry.size, entry.format) == (10**10, "csv")
