import pytest
from IPython.core.inputtransformer2 import TransformerManager
from open_interpreter.core.edits import NotebookCell, Place
from open_interpreter.core.fingerprint import fingerprint
from open_interpreter.kernel.options import read_prompt
from open_interpreter.kernel.ownership import digest, edited, owned

transform = TransformerManager().transform_cell


def cell(name, source="1", task="t", kind="code", source_hash=""):
    return NotebookCell(name, kind, source, task, source_hash)


def test_owned_cells_are_of_the_same_task_below_the_prompt_and_above_the_next():
    prompt, other = cell("p", "%%interpret\nx"), cell("q", "\n%interpret y", task="")
    cells = (cell("above"), prompt, cell("a"), cell("mine", task=""), cell("b", kind="markdown"), other, cell("moved"))
    assert [each.id for each in owned(Place("p", cells, task="t"))] == ["a", "b"]
    assert owned(Place("p", cells, task="")) == ()
    assert owned(Place("gone", cells, task="t")) == ()


@pytest.mark.parametrize("again", ["x = 1+2\ny = 'a'\n", '# why\nx  =  (1 + 2)\n\ny = "a"'])
def test_formatting_is_no_edit(again):
    made = fingerprint("x = 1 + 2\ny = 'a'", transform)
    assert edited([cell("a", again, source_hash=made)], transform) == ()


@pytest.mark.parametrize("again", ["x = 1 + 3\ny = 'a'", "x = 1 + 2", "x = 1.0 + 2\ny = 'a'", "x = (", ""])
def test_another_syntax_tree_is_an_edit(again):
    made = fingerprint("x = 1 + 2\ny = 'a'", transform)
    assert edited([cell("a", again, source_hash=made)], transform) == ("a",)


def test_code_in_ipythons_own_syntax_has_a_fingerprint():
    assert fingerprint("!ls", transform) == fingerprint("!ls  ", transform) != fingerprint("!pwd", transform)


def test_the_digest_follows_what_changes_the_answer_and_nothing_else():
    base = digest(read_prompt("%%interpret", "mean  of\n é"))
    assert digest(read_prompt("%%interpret -m other --mode ask --fresh --settled 1", "mean of e\u0301 ")) == base
    assert len(base) == 8
    for line in ("%%interpret --with df", "%%interpret --as x", "%%interpret --plan", "%%interpret --image a.png"):
        assert digest(read_prompt(line, "mean of é")) != base
