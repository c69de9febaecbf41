"""JupyterLab in Chinese gets our Chinese texts: those of the page, and those of the settings from the server."""

from __future__ import annotations

import json
import urllib.parse

import pytest

from tests.server.rest.conftest import JupyterServer
from tests.ui.server import BUILT

LANGUAGE = "@jupyterlab/translation-extension/plugin.jupyterlab-settings"


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """A server that also serves JupyterLab, whose person reads Chinese."""
    if not (BUILT / "package.json").is_file():
        raise RuntimeError("The labextension is not built: run `jlpm install && jlpm build:prod` first.")
    folder = tmp_path_factory.mktemp("lab")
    (folder / "share" / "labextensions").mkdir(parents=True)
    (folder / "share" / "labextensions" / "open-interpreter-lab").symlink_to(BUILT)
    settings = folder / "settings" / LANGUAGE
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps({"locale": "zh_CN"}), encoding="utf-8")
    server = JupyterServer(
        folder,
        "--ServerApp.jpserver_extensions=jupyterlab=True",
        JUPYTER_PATH=str(folder / "share"),
        JUPYTERLAB_SETTINGS_DIR=str(folder / "settings"),
    )
    yield server
    server.stop()


def test_the_page_is_given_our_texts(lab):
    told = lab.fetch("GET", "lab/api/translations/zh_CN").json
    assert told["data"]["open_interpreter_lab"]["Choose Model…"] == ["选择模型…"]


def test_chinese_can_be_chosen(lab):
    assert "zh_CN" in lab.fetch("GET", "lab/api/translations/").json["data"]


def test_the_settings_are_in_chinese_too(lab):
    plugin = urllib.parse.quote("open-interpreter-lab:panel", safe="")
    schema = lab.fetch("GET", f"lab/api/settings/{plugin}").json["schema"]
    mode = schema["properties"]["mode"]
    assert mode["title"] == "何时运行单元格"
    assert [each["title"] for each in mode["oneOf"]] == [
        "自动运行，有风险的先询问",
        "每个单元格运行前询问",
        "从不运行：只编写",
    ]
    assert schema["title"] == "Open Interpreter"
