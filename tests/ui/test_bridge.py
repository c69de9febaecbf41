"""The labextension alone, against edits that a notebook cell plays by hand."""

from __future__ import annotations

import json

from tests.ui.lab import Lab, text_of

TASK = """\
# %%interpret --model hand
from by_hand import Hand
hand = Hand()
"""


def test_cells_are_inserted_written_and_run_where_they_stand(lab: Lab) -> None:
    lab.new(
        TASK
        + """
first = await hand.write('print("one")\\nx = 20')
second = await hand.write('print("two")\\nx + 1')
hand.settle('# %%interpret --model hand --settled 12345678')
hand.close()
""",
        "print('below', x)",
    )
    lab.run_all()
    cells = lab.cells()
    assert [cell["source"].splitlines()[0] for cell in cells] == [
        "# %%interpret --model hand --settled 12345678",
        'print("one")',
        'print("two")',
        "print('below', x)",
    ]
    assert [text_of(cell) for cell in cells] == ["", "one\n", "two\n21", "below 20\n"]
    assert cells[0]["metadata"]["open_interpreter"] == {"task": "0123456789ab", "prompt": True}
    assert cells[1]["metadata"]["open_interpreter"]["model"] == "by hand"
    counts = [cell["execution_count"] for cell in cells]
    assert counts[1:] == sorted(counts[1:])
    assert None not in counts
    lab.shot("cells")


def test_a_request_says_who_is_there_and_where_the_prompt_stands(lab: Lab) -> None:
    lab.new(
        {
            "cell_type": "code",
            "id": "forged",
            "source": "from by_hand import told\nimport json\nprint(json.dumps(told()))",
            "metadata": {"open_interpreter_client": "forged", "open_interpreter_place": {"forged": True}},
            "outputs": [],
            "execution_count": None,
        },
        "# interpret\nprint(json.dumps(told()))",
    )
    lab.run_all()
    first, second = (json.loads(text_of(cell)) for cell in lab.cells())
    assert first["open_interpreter_client"] not in ("forged", "")
    assert first["open_interpreter_removed"] == 0
    assert "open_interpreter_place" not in first
    place = second["open_interpreter_place"]
    assert place["prompt"] == second["cellId"] == place["cells"][1]["id"]
    assert place["cells"][0]["id"] == "forged"
    assert place["path"].endswith(".ipynb")


def test_nothing_shows_as_changed_after_it_ran(lab: Lab) -> None:
    lab.new(TASK + "await hand.write('1 + 1')\nhand.settle('# settled')\nhand.close()")
    lab.run_all()
    assert lab.sources()[0].startswith("# settled")
    assert lab.page.locator(".jp-Cell.jp-mod-dirty").count() == 0


def test_pictures_errors_widgets_and_input_find_their_cell(lab: Lab) -> None:
    lab.new(
        "%matplotlib inline\nimport matplotlib.pyplot as plt",
        TASK
        + """
await hand.write('plt.plot([1, 2]); plt.show()')
await hand.write('1 / 0')
await hand.write('from IPython.display import display\\nshown = display(1, display_id=True)')
await hand.write('shown.update(2)')
await hand.write('name = input("name? ")\\nprint("hello", name)')
await hand.write('import ipywidgets\\nslider = ipywidgets.IntSlider(description="slide")\\nslider')
await hand.write('import asyncio\\nawait asyncio.sleep(0.01)\\nprint("awaited")')
await hand.write('%%time\\n!echo from the shell')
""",
    )
    lab.begin("notebook:run-all-cells")
    box = lab.page.locator(".jp-Stdin-input")
    box.fill("Ada", timeout=90_000)  # matplotlib makes its list of fonts first
    box.press("Enter")
    lab.wait_idle()
    told = [text_of(cell) for cell in lab.cells()]
    assert "image/png" in lab.cells()[2]["outputs"][0]["data"]
    assert told[3] == "division by zero"
    assert told[4] == "2"
    assert "hello Ada" in told[6]
    assert lab.page.get_by_text("slide", exact=True).is_visible()
    assert told[8] == "awaited\n"
    assert "from the shell" in told[9]


def test_it_works_in_notebook_7(lab: Lab) -> None:
    lab.new(TASK + "await hand.write('1 + 1')\nanswer = await hand.ask('x')\nhand.close()", "answer", classic=True)
    lab.start(0)
    lab.press("Run once")
    lab.wait_idle()
    assert [text_of(cell) for cell in lab.cells()] == ["", "2", ""]
    lab.shot("notebook7")


def test_only_the_page_that_ran_the_prompt_writes(lab: Lab) -> None:
    name = lab.new(TASK + "await hand.write('1 + 1')\nhand.close()")
    other = Lab(lab.page.context.new_page(), lab.server)
    other.open(name)
    lab.run_all()
    assert len(lab.cells()) == 2
    assert len(other.cells()) == 1
    other.page.close()


def test_output_goes_to_the_view_in_which_the_prompt_ran(lab: Lab) -> None:
    lab.new(TASK + "await hand.write('name = input(\"name? \")\\nprint(name)')\nhand.close()")
    lab.command("docmanager:clone")
    lab.page.wait_for_timeout(500)
    lab.start(0)
    box = lab.page.locator(".jp-NotebookPanel:visible .jp-Stdin-input").last
    box.fill("seen")
    box.press("Enter")
    lab.wait_idle()
    assert "seen" in text_of(lab.cells()[1])


def test_undoing_a_running_cell_means_stop(lab: Lab) -> None:
    lab.new(TASK + "await hand.write('import time\\nwhile True: time.sleep(0.05)')", "print('not reached')")
    lab.start(0)
    lab.wait("() => document.querySelectorAll('.jp-Notebook .jp-Cell').length === 3")
    lab.page.wait_for_timeout(500)
    lab.command("notebook:undo-cell-action")
    lab.wait_idle(15)
    assert len(lab.cells()) == 2


def test_a_prompt_far_off_screen_still_gets_its_cells(lab: Lab) -> None:
    filler = [f"# filler\nprint({number})\n\n\n\n\n" for number in range(60)]
    lab.new(TASK + "import asyncio\nawait asyncio.sleep(1)\nawait hand.write('print(7 * 6)')\nhand.close()", *filler)
    lab.begin("notebook:run-all-cells")
    lab.select(60)
    lab.page.evaluate("() => document.querySelectorAll('.jp-WindowedPanel-outer').forEach(x => x.scrollTo(0, 1e6))")
    lab.page.wait_for_timeout(1500)
    lab.wait_idle()
    assert text_of(lab.cells()[1]) == "42\n"
    assert text_of(lab.cells()[61]) == "59\n"


def test_removed_numbers_are_told_and_forgotten_with_the_kernel(lab: Lab) -> None:
    lab.new(
        TASK
        + "from open_interpreter.core.edits import Remove\nhand.send(Remove((hand.insert('x'),), 5))\nhand.close()",
        "from by_hand import told\nprint(told()['open_interpreter_removed'])",
    )
    lab.run(0)
    lab.run(1)
    assert text_of(lab.cells()[1]) == "5\n"
    lab.page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()")
    lab.page.wait_for_timeout(1000)
    lab.wait_idle()
    lab.run(1)
    assert text_of(lab.cells()[1]) == "0\n"
