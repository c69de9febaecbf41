"""nbconvert and papermill execute prompt cells through thin wrappers of the headless client."""

from __future__ import annotations

import warnings

import nbformat
import pytest
from open_interpreter.headless.nbconvert_preprocessor import InterpretPreprocessor

from .rig import notebook, texts

PROMPT = '%%interpret\nplay(insert("g1"), {"run": "g1", "source": "6 * 7"}, settle())'


def test_the_nbconvert_preprocessor_executes_prompts():
    nb, _ = InterpretPreprocessor(timeout=60).preprocess(notebook(PROMPT, "'last'"), {"metadata": {"name": "story"}})
    nbformat.validate(nb)
    assert [cell["id"] for cell in nb.cells] == ["c0", "c1", "g1", "c2"]
    assert texts(nb.cells[2]) == ["42"]


def test_nbconvert_makes_a_page_of_an_executed_prompt():
    from nbconvert import HTMLExporter

    name = "open_interpreter.headless.nbconvert_preprocessor.InterpretPreprocessor"
    page, _ = HTMLExporter(preprocessors=[name]).from_notebook_node(notebook(PROMPT))
    assert "<pre>42</pre>" in page.replace("\n", "")


@pytest.fixture
def papermill():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # papermill's own deprecations while it is imported
        import papermill as found
        from papermill.engines import papermill_engines
    from open_interpreter.headless.papermill_engine import InterpretEngine

    papermill_engines.register("open-interpreter", InterpretEngine)
    return found


def test_the_papermill_engine_executes_prompts_with_parameters(papermill, tmp_path):
    nb = notebook("factor = 1", PROMPT.replace("6 * 7", "6 * factor"))
    nb.cells[1].metadata["tags"] = ["parameters"]
    nbformat.write(nb, tmp_path / "in.ipynb")
    papermill.execute_notebook(
        tmp_path / "in.ipynb", tmp_path / "out.ipynb", {"factor": 7}, engine_name="open-interpreter",
        kernel_name="python3", progress_bar=False,
    )  # fmt: skip
    out = nbformat.read(tmp_path / "out.ipynb", as_version=4)
    nbformat.validate(out)
    generated = next(cell for cell in out.cells if cell["id"] == "g1")
    assert texts(generated) == ["42"]
    assert generated.metadata.papermill.status == "completed"


def test_a_failing_task_stops_papermill(papermill, tmp_path):
    nbformat.write(notebook("%%interpret\nraise ValueError('stuck')", "2"), tmp_path / "in.ipynb")
    with pytest.raises(papermill.exceptions.PapermillExecutionError, match="stuck"):
        papermill.execute_notebook(
            tmp_path / "in.ipynb", tmp_path / "out.ipynb", engine_name="open-interpreter", kernel_name="python3",
            progress_bar=False,
        )  # fmt: skip
    assert (tmp_path / "out.ipynb").exists()
