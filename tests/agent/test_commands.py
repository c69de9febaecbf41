"""A wish becomes a task, or the person is told what is missing."""

import pytest
from open_interpreter.agent.commands import make_task
from open_interpreter.core.cells import Cell
from open_interpreter.core.conversation import Image, Quote
from open_interpreter.core.errors import UsageError

CELL = Cell("abc", "x = nope")


def test_words_alone_are_the_instruction():
    task = make_task("", "  plot it \n", quotes=(Quote("a", "b"),), images=(Image("image/png", "AA"),), id="t1")
    assert (task.instruction, task.command, task.target, task.plan, task.id) == ("plot it", "", None, False, "t1")
    assert (task.quotes, task.images, task.shares) == ((Quote("a", "b"),), (Image("image/png", "AA"),), True)


@pytest.mark.parametrize("command", ["fix", "explain", "document", "test", "optimise"])
def test_a_command_is_about_a_cell_and_keeps_the_persons_words_apart(command):
    task = make_task(command, "briefly", target=CELL)
    assert (task.command, task.instruction, task.target) == (command, "briefly", CELL)
    assert make_task(command, "", target=CELL).instruction == ""
    for nothing in (None, Cell("abc", "  \n")):
        with pytest.raises(UsageError, match=f"/{command} is about a cell with code: select the cell"):
            make_task(command, "briefly", target=nothing)


@pytest.mark.parametrize(
    ("command", "rewrites"),
    [("", True), ("fix", True), ("document", True), ("optimise", True), ("explain", False), ("test", False)],
)
def test_which_commands_take_the_place_of_their_cell(command, rewrites):
    task = make_task(command, "do it", target=CELL)
    assert task.rewrites == (CELL if rewrites else None)


def test_a_plan_is_asked_for_with_words():
    assert make_task("plan", "clean the data").plan
    with pytest.raises(UsageError, match="what is to be planned"):
        make_task("plan", " ")


def test_an_empty_wish_and_an_unknown_command_are_told():
    with pytest.raises(UsageError, match="instruction is empty"):
        make_task("", " \n")
    with pytest.raises(UsageError, match="/fix, /explain"):
        make_task("dance", "x")
    with pytest.raises(UsageError, match="no command /sketch"):
        make_task("sketch", "x")
    assert make_task("", "", images=(Image("image/png", "AA"),)).instruction == ""


def test_the_cell_has_the_kernels_language():
    assert make_task("fix", "", target=CELL, language="r").target.language == "r"
    assert make_task("fix", "", target=Cell("a", "ls", "bash")).target.language == "bash"
