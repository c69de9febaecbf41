"""Every question and offer of docs/wire.md at a prompt cell."""

from __future__ import annotations

import json

import pytest

from tests.ui.lab import Lab, text_of

ASK = """\
# %%interpret
from by_hand import Hand
import json
hand = Hand()
"""
CODE = "import os\\nfor name in os.listdir('old'):\\n    os.remove(name)"
GRAVE = f"""
answer = await hand.ask("{CODE}", level="L3", host="https://api.example.org",
    reasons=("deletes files: line 3", "uses the operating system: line 1"))
print(json.dumps(answer))
hand.close()
"""
OPENING = """
answer = await hand.ask("prices = df.groupby('class').fare.mean()\\nprices", level="L0", host="https://api.example.org",
    opening=True)
print(json.dumps(answer))
hand.close()
"""


def _answer(lab: Lab, index: int = 0) -> dict[str, object]:
    return json.loads(text_of(lab.cells()[index]))


def test_an_ordinary_question_says_what_is_true_and_is_answered_once(lab: Lab) -> None:
    lab.new(ASK + GRAVE)
    lab.start(0)
    lab.question.wait_for()
    told = lab.question.inner_text()
    assert "This code runs as you and can read your files, and what it prints goes to https://api.example.org." in told
    assert "deletes files: line 3" in told
    assert "os.remove(name)" in told
    assert "safe" not in told.lower()
    lab.shot("question-light")
    lab.press("Run once")
    lab.wait_idle()
    assert _answer(lab) == {"type": "Answer", "choice": "run", "word": "", "nobody": False, "source": ""}
    assert lab.question.count() == 0


def test_a_refusal_carries_a_word(lab: Lab) -> None:
    lab.new(ASK + GRAVE)
    lab.theme(dark=True)
    lab.start(0)
    lab.question.get_by_role("textbox").fill("move them to old/ instead")
    lab.shot("question-dark")
    lab.press("Refuse")
    lab.wait_idle()
    assert _answer(lab)["choice"] == "refuse"
    assert _answer(lab)["word"] == "move them to old/ instead"
    lab.theme(dark=False)


@pytest.mark.parametrize(
    ("label", "choice"),
    [
        ("Run cells classed as computing or writing new data files", "computing"),
        ("Ask each time", "each"),
        ("Only insert", "insert"),
    ],
)
def test_the_opening_question_has_three_answers(lab: Lab, label: str, choice: str) -> None:
    lab.new(ASK + OPENING)
    lab.start(0)
    lab.question.wait_for()
    lab.shot("opening-light")
    lab.press(label)
    lab.wait_idle()
    assert _answer(lab)["choice"] == choice


def test_a_question_can_be_answered_with_the_keyboard(lab: Lab) -> None:
    lab.new(ASK + GRAVE)
    lab.start(0)
    lab.question.get_by_role("textbox").focus()
    lab.page.keyboard.type("dd, a and b stay words")
    lab.page.keyboard.press("Tab")
    lab.page.keyboard.press("Tab")
    lab.page.keyboard.press("Enter")
    lab.wait_idle()
    assert len(lab.cells()) == 1
    assert _answer(lab) == {
        "type": "Answer",
        "choice": "refuse",
        "word": "dd, a and b stay words",
        "nobody": False,
        "source": "",
    }


def test_a_question_is_reached_by_tab_and_fits_a_narrow_window(lab: Lab) -> None:
    lab.new(ASK + GRAVE.replace("deletes files: line 3", "deletes_" * 30), "%%interpret\n" + "many plain words " * 40)
    lab.start(0)
    lab.question.wait_for()
    assert lab.question.get_by_role("alert").inner_text() == "May this cell run?"
    focused = "() => document.activeElement.textContent"
    for _ in range(6):
        lab.page.keyboard.press("Tab")
        if lab.page.evaluate(focused) == "Refuse":
            break
    assert lab.page.evaluate(focused) == "Refuse"
    lab.page.set_viewport_size({"width": 600, "height": 900})
    lab.shot("question-narrow")
    for element in (lab.question, lab.cell(1).locator(".cm-scroller")):
        assert element.evaluate("node => node.scrollWidth <= node.clientWidth")
    lab.page.keyboard.press("Enter")
    lab.wait_idle()
    assert _answer(lab)["choice"] == "refuse"


def test_a_script_cannot_answer(lab: Lab) -> None:
    lab.new(ASK + GRAVE)
    lab.start(0)
    lab.question.wait_for()
    lab.page.evaluate("() => document.querySelectorAll('.jp-OpenInterpreter-form button').forEach(x => x.click())")
    lab.page.wait_for_timeout(300)
    assert lab.question.is_visible()
    lab.press("Refuse")
    lab.wait_idle()


def test_the_end_of_a_task_takes_its_question_away(lab: Lab) -> None:
    lab.new(ASK + "import asyncio\ntask = asyncio.ensure_future(hand.ask('x'))\nawait asyncio.sleep(1)\nhand.close()")
    lab.start(0)
    lab.question.wait_for()
    lab.wait_idle()
    assert lab.question.count() == 0


def test_an_answer_arrives_when_comms_use_no_subshell(lab: Lab) -> None:
    lab.new(ASK + GRAVE)
    lab.page.evaluate(
        "() => { window.jupyterapp.shell.currentWidget.sessionContext.session.kernel._supportsSubshells = false; }"
    )
    lab.start(0)
    lab.press("Run once")
    lab.wait_idle()
    assert _answer(lab)["choice"] == "run"
    # A comm that had its subshell already cannot give it back to a kernel that has none now.
    lab.trouble = [each for each in lab.trouble if each != "Kernel subshells are not supported"]


def test_a_restart_takes_the_question_away(lab: Lab) -> None:
    lab.new(ASK + GRAVE)
    lab.start(0)
    lab.question.wait_for()
    lab.page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()")
    lab.question.wait_for(state="detached")
    lab.wait_idle()


@pytest.mark.parametrize(("label", "choice"), [("Keep mine", "keep"), ("Replace", "replace"), ("Cancel", "cancel")])
def test_edited_cells_are_kept_replaced_or_left(lab: Lab, label: str, choice: str) -> None:
    lab.new(ASK + "print(await hand.choose('b1', 'b2'))\nhand.close()")
    lab.start(0)
    lab.question.wait_for()
    lab.shot("choose-light")
    lab.press(label)
    lab.wait_idle()
    assert text_of(lab.cells()[0]) == f"{choice}\n"


STANDING = """\
%%interpret --settled 12345678
count the rows
"""
PLAY = """\
from by_hand import Hand
from IPython.core.magic import register_cell_magic
from open_interpreter.core.edits import Standing
asked = []
@register_cell_magic
def interpret(line, cell):
    asked.append(line)
    hand = Hand()
    hand.send(Standing(hand.prompt, ("b1", "b2")))
    hand.close()
"""


def _standing(lab: Lab) -> None:
    mark = {"open_interpreter": {"task": "t", "turn": 1}}
    code = {"cell_type": "code", "outputs": [], "execution_count": None}
    lab.new(
        PLAY,
        {**code, "id": "a1", "source": STANDING, "metadata": {"open_interpreter": {"task": "t", "prompt": True}}},
        {**code, "id": "b1", "source": "print('first')", "metadata": mark},
        {**code, "id": "b2", "source": "print('second', asked)", "metadata": mark},
    )
    lab.run(0)


def test_a_settled_prompt_alone_offers_its_cells(lab: Lab) -> None:
    _standing(lab)
    lab.run(1)
    assert "2 cells stand for this." in lab.question.inner_text()
    shown = lab.cell(1).locator(".cm-line").first.inner_text()
    assert shown.replace("\u200b", "") == "%%interpret✓ settled"
    assert lab.sources()[1].startswith("%%interpret --settled 12345678\n")
    lab.shot("standing-light")
    lab.theme(dark=True)
    lab.shot("standing-dark")
    lab.theme(dark=False)
    lab.press("Run them")
    lab.wait_idle()
    assert [text_of(cell) for cell in lab.cells()[2:]] == ["first\n", "second ['--settled 12345678']\n"]
    assert lab.question.count() == 0


def test_ask_again_runs_the_prompt_with_fresh(lab: Lab) -> None:
    _standing(lab)
    lab.run(1)
    lab.press("Ask again")
    lab.page.wait_for_timeout(300)
    lab.wait_idle()
    assert lab.sources()[1].startswith("%%interpret --fresh --settled 12345678\n")
    lab.run(3)
    assert "--fresh --settled" in text_of(lab.cells()[3])


def test_detach_leaves_ordinary_cells(lab: Lab) -> None:
    _standing(lab)
    lab.run(1)
    lab.press("Detach")
    assert lab.sources()[1].startswith("%%interpret\n")
    assert all("open_interpreter" not in cell["metadata"] for cell in lab.cells())


def test_nothing_is_offered_when_the_cells_are_queued_anyway(lab: Lab) -> None:
    _standing(lab)
    lab.run_all()
    assert lab.question.count() == 0
    assert text_of(lab.cells()[3]) == "second ['--settled 12345678']\n"
