"""%%interpret in JupyterLab: a real kernel and a real browser, only the model is scripted."""

from __future__ import annotations

from tests.model_server import Fault, ModelServer
from tests.ui.lab import Lab, text_of

ADD = "Adding.\n```python\ntotal = 2 + 3\ntotal\n```\n"
DONE = "The total is **5**."
PLOT = """```python
import matplotlib.pyplot as plt
import pandas as pd
plt.plot([1, 3, 2])
plt.show()
pd.DataFrame({"a": [1, 2]})
```
"""


def loading(model: ModelServer) -> str:
    """A first cell that configures the kernel for the scripted model; `auto` is answered in the configuration."""
    settings = {
        "OPEN_INTERPRETER_MODEL": "scripted",
        "OPEN_INTERPRETER_BASE_URL": model.base_url,
        "OPEN_INTERPRETER_MODE": "auto",
    }
    return f"import os\nos.environ |= {settings}\n%load_ext open_interpreter"


def kinds(lab: Lab) -> list[tuple[str, str]]:
    """Every cell as its kind and its first line."""
    return [(cell["cell_type"], "".join(cell["source"]).split("\n")[0]) for cell in lab.cells()]


def test_run_all_makes_cells_with_pictures_and_tables_between_the_persons_cells(lab: Lab, model: ModelServer) -> None:
    model.say(PLOT, "A line.", ADD, DONE)
    lab.new(loading(model), "%%interpret\ndraw a line", "%%interpret\nadd two and three", "print('last', total)")
    lab.run_all()
    lab.shot("run-all")
    cells = lab.cells()
    assert [kind for kind, _ in kinds(lab)] == ["code", "code", "code", "markdown", "code", "code", "markdown", "code"]
    bundles = [output.get("data", {}) for output in cells[2]["outputs"]]
    assert any("image/png" in bundle for bundle in bundles)
    assert any("text/html" in bundle for bundle in bundles)
    assert lab.cell(2).locator("img").count() == 1
    assert lab.cell(2).locator("table").count() == 1
    assert text_of(cells[-1]) == "last 5\n"
    counts = [cell["execution_count"] for cell in cells if cell["cell_type"] == "code"]
    assert counts == list(range(1, len(counts) + 1))


def test_a_saved_notebook_is_valid_settled_and_runs_again_without_a_model(lab: Lab, model: ModelServer) -> None:
    model.say(ADD, DONE)
    name = lab.new(loading(model), "%%interpret\nadd two and three", "print('last', total)")
    lab.run_all()
    saved = lab.save()
    assert "--settled" in saved.cells[1].source
    model.requests.clear()
    lab.server.end_kernels()
    lab.open(name)
    before = lab.sources()
    lab.run_all()
    assert lab.sources() == before
    assert model.requests == []
    assert text_of(lab.cells()[-1]) == "last 5\n"
    assert lab.question.count() == 0


def test_a_settled_prompt_run_by_itself_offers_what_can_be_done(lab: Lab, model: ModelServer) -> None:
    model.say(ADD, DONE)
    lab.new(loading(model), "%%interpret\nadd two and three")
    lab.run_all()
    lab.run(1)
    lab.question.wait_for()
    lab.shot("standing")
    model.say("```python\ntotal = 6\n```", "Six.")
    lab.press("Ask again")
    lab.wait("() => document.body.innerText.includes('Six.')")
    lab.wait_idle()
    assert [source.split("\n")[0] for source in lab.sources()][2:] == ["total = 6", "Six."]


def test_the_opening_question_is_asked_once_and_answered_at_the_prompt(lab: Lab, model: ModelServer) -> None:
    model.say(ADD, DONE, ADD, DONE)
    first = loading(model).replace(", 'OPEN_INTERPRETER_MODE': 'auto'", "")
    lab.new(first, "%%interpret\nadd two and three", "%%interpret\nadd them again")
    lab.begin("notebook:run-all-cells")
    lab.question.wait_for()
    lab.shot("opening-question")
    assert "safe" not in lab.question.inner_text().lower()
    assert model.origin in lab.question.inner_text()
    lab.press("Run cells classed as computing or writing new data files")
    lab.page.wait_for_timeout(500)
    lab.wait_idle()
    assert sum(kind == "markdown" for kind, _ in kinds(lab)) == 2


def test_interrupt_stops_the_model_and_the_cells_that_wait(lab: Lab, model: ModelServer) -> None:
    model.say(Fault("```python\nx = 1\n" * 5, stall="middle"))
    lab.new(loading(model), "%%interpret\nadd", "ran = True")
    lab.begin("notebook:run-all-cells")
    assert model.asked.wait(30)
    lab.page.wait_for_timeout(500)
    lab.page.evaluate("() => window.jupyterapp.commands.execute('notebook:interrupt-kernel')")
    assert model.left.wait(5)
    lab.wait_idle(10)
    cells = lab.cells()
    assert [kind for kind, _ in kinds(lab)] == ["code", "code", "code"]
    assert "KeyboardInterrupt" in str(cells[1]["outputs"])
    assert cells[2]["execution_count"] is None
    lab.shot("interrupted")


def test_the_source_streams_into_its_cell_while_the_model_writes(lab: Lab, model: ModelServer) -> None:
    model.delay = 0.15
    model.say("Some prose.\n```python\n" + "\n".join(f"x{n} = {n}" for n in range(30)) + "\n```\n", DONE)
    lab.new(loading(model), "%%interpret\nassign")
    lab.begin("notebook:run-all-cells")
    lab.wait("() => document.body.innerText.includes('x3 = 3')")
    seen = lab.sources()[2]
    assert seen.startswith("x0 = 0")
    assert "x29" not in seen
    lab.shot("streaming")
    lab.wait_idle()
    assert lab.sources()[2].endswith("x29 = 29")


def test_a_failed_cell_is_replaced_in_place(lab: Lab, model: ModelServer) -> None:
    model.say("```python\nprint(nothing_here)\n```", "```python\nprint('mended')\n```", "Done.")
    lab.new(loading(model), "%%interpret\nprint")
    lab.run_all()
    assert [source.split("\n")[0] for source in lab.sources()][2:] == ["print('mended')", "Done."]
    assert text_of(lab.cells()[2]) == "mended\n"
    lab.shot("corrected")


def test_it_works_in_notebook_7(lab: Lab, model: ModelServer) -> None:
    model.say(PLOT, "A line.")
    lab.new(loading(model), "%%interpret\ndraw a line", classic=True)
    lab.run_all()
    assert [kind for kind, _ in kinds(lab)] == ["code", "code", "code", "markdown"]
    assert lab.cell(2).locator("img").count() == 1
    lab.shot("notebook7")
    lab.save()


def test_cells_off_screen_and_under_a_collapsed_heading_are_made_and_run(lab: Lab, model: ModelServer) -> None:
    model.say(ADD, DONE)
    many = [f"filler_{number} = {number}\n" * 8 for number in range(40)]
    heading = {
        "cell_type": "markdown",
        "id": "heading",
        "source": "# A heading",
        "metadata": {"heading_collapsed": True},
    }
    name = lab.new(loading(model), *many, heading, "%%interpret\nadd two and three", "print('last', total)")
    lab.run_all(120)
    assert text_of(lab.cells()[-1]) == "last 5\n"
    assert lab.sources()[-3:-1] == ["total = 2 + 3\ntotal", DONE]
    assert name
