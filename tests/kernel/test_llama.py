"""The magic against a real llama.cpp server, whose model says a fixed text."""

from tests.kernel.desk import Desk
from tests.llama import serving

TEXT = "I compute.\n\n```python\nproduct = 6 * 7\nproduct\n```\n"


def test_a_reply_of_llama_cpp_becomes_a_cell_that_runs(tmp_path):
    with serving(TEXT) as base_url:
        settings = {"MODEL": "llama.cpp:scripted", "BASE_URL": base_url, "MODE": "auto", "HOME": str(tmp_path)}
        desk = Desk({f"OPEN_INTERPRETER_{name}": value for name, value in settings.items()})
        try:
            desk.write("%load_ext open_interpreter")
            prompt, after = desk.write("%%interpret --max-turns 1\nmultiply", "product")
            desk.run()
        finally:
            desk.close()
    assert prompt.error is None, prompt.text
    assert [cell.source for cell in desk.cells][2:] == ["product = 6 * 7\nproduct", "I compute.", "product"]
    assert (desk.cells[2].text, after.text) == ("42", "42")
    assert any(edit["type"] == "Append" for edit in desk.edits)
