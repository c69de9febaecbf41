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
