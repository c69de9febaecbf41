"""JupyterLab in Chinese: the side panel, its commands and its settings are too, and instructions may be."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.model_server import ModelServer
from tests.server.telling import code
from tests.ui.lab import Lab, text_of
from tests.ui.panel import Panel

LABELS = {
    "open-interpreter:show-panel": "显示 Open Interpreter 面板",
    "open-interpreter:choose-model": "选择模型…",
    "open-interpreter:edit-cell": "用文字编辑单元格…",
    "open-interpreter:generate-below": "在下方生成单元格…",
    "open-interpreter:new-chat": "新建对话",
}


@pytest.fixture(autouse=True)
def chinese(lab: Lab) -> Iterator[None]:
    """JupyterLab speaks Chinese in every page that is opened."""
    with lab.server.setting("@jupyterlab/translation-extension/plugin", locale="zh_CN"):
        yield


def test_the_panel_its_commands_and_its_settings_are_in_chinese(lab: Lab, panel: Panel) -> None:
    lab.new("x = 1")
    panel.open()
    expect(panel.node).to_contain_text("提出要求，由笔记本完成")
    expect(panel.node).to_contain_text("由小型内置模型离线回答。")
    expect(panel.field).to_have_attribute("placeholder", "询问您的数据，或说明要做什么。输入 @ 引用，输入 / 查看命令。")
    expect(panel.button("新建对话")).to_have_count(2)
    labels = lab.page.evaluate(
        "names => Object.fromEntries(names.map(each => [each, window.jupyterapp.commands.label(each)]))", list(LABELS)
    )
    assert labels == LABELS
    panel.field.press_sequentially("/")
    expect(panel.options.filter(has_text="/explain")).to_contain_text("解释活动单元格")
    lab.shot("panel-chinese")
    lab.command("settingeditor:open", query="Open Interpreter")
    settings = lab.page.locator(".jp-SettingsPanel")
    expect(settings).to_contain_text("Open Interpreter 面板的工作方式")
    expect(settings).to_contain_text("按 Enter 发送")
    lab.shot("panel-chinese-settings")


def test_an_instruction_in_chinese_is_done_by_the_builtin_model(lab: Lab, panel: Panel) -> None:
    lab.new("import pandas as pd\nbirds = pd.read_csv('penguins.csv')")
    lab.run(0)
    panel.open()
    panel.ask("按 species 计算 body_mass_g 的平均值", 90)
    expect(panel.ending).to_have_count(0)
    assert len(lab.cells()) == 2
    assert "groupby" in lab.sources()[1]
    assert "Gentoo" in text_of(lab.cells()[1])
    expect(panel.rows.first).to_contain_text("已运行")
    lab.shot("panel-chinese-done")


def test_a_question_and_its_answers_are_in_chinese(lab: Lab, panel: Panel, stranger: ModelServer) -> None:
    stranger.say(code("import os", "os.remove('penguins.csv')"))
    lab.new("x = 1")
    panel.open()
    panel.say("整理一下")
    expect(panel.question).to_contain_text("模型编写的单元格即将在此笔记本中运行", timeout=60_000)
    panel.answer("每次询问")
    expect(panel.question).to_contain_text("可能造成持久损害")
    lab.shot("panel-chinese-question")
    panel.answer("拒绝")
    expect(panel.ending).to_have_text("您拒绝了一个单元格。")
    expect(panel.rows).to_contain_text("已拒绝，未运行")
