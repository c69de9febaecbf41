"""Real cells in a kernel of the oldest versions: IPython 8 counts otherwise, and no comm reaches a running cell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kernel.desk import Desk
from tests.model_server import Fault, ModelServer

ADD = "```python\ntotal = 2 + 3\ntotal\n```\n```python\nprint(total)\n```"


@pytest.fixture(scope="module")
def model() -> Iterator[ModelServer]:
    with ModelServer([]) as server:
        yield server


@pytest.fixture(scope="module")
def desk(floor_python: str, model: ModelServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    home: Path = tmp_path_factory.mktemp("home")
    settings = {"MODEL": "scripted", "BASE_URL": model.base_url, "HOME": str(home)}
    desk = Desk({f"OPEN_INTERPRETER_{name}": value for name, value in settings.items()}, python=floor_python)
    desk.run(*desk.write("%load_ext open_interpreter"))
    assert desk.cells[0].error is None, desk.cells[0].text
    yield desk
    desk.close()


def test_questions_come_by_the_input_line_and_counts_go_up_by_one(desk: Desk, model: ModelServer) -> None:
    desk.clear()
    model.say(ADD, "Five.")
    desk.answers = ["1"]
    prompt, after = desk.write("%%interpret\nadd", "total + 1")
    desk.run()
    assert prompt.error is None, prompt.text
    assert "1, 2 or 3" in desk.asked[0]["prompt"]
    code = [cell for cell in desk.cells if cell.kind == "code"]
    assert [cell.text for cell in code[1:]] == ["5", "5\n", "6"]
    start = prompt.count or 0
    assert [cell.count for cell in code] == [start, start + 1, start + 2, start + 3]
    assert "not unique" not in prompt.text
    (later,) = desk.write(f"Out[{after.count}]")
    desk.run(later)
    assert (later.text, later.count) == ("6", (after.count or 0) + 1)


def test_a_failing_cell_is_replaced_in_place(desk: Desk, model: ModelServer) -> None:
    desk.clear()
    model.say("```python\nmissing\n```", "```python\nawait __import__('asyncio').sleep(0)\n42\n```", "Done.")
    (prompt,) = desk.write("%%interpret --mode ask\nfail first")
    desk.answers = ["y", "y"]
    desk.run()
    assert prompt.error is None, prompt.text
    assert [cell.text for cell in desk.cells[1:2]] == ["42"]


def test_an_interrupt_stops_a_silent_model(desk: Desk, model: ModelServer) -> None:
    desk.clear()
    model.say(Fault("slow", stall="headers"))
    prompt, after = desk.write("%%interpret\nadd", "ran = True")
    desk.run(interrupt_after=1.0)
    assert prompt.error == "Interrupted"
    assert after.count is None
