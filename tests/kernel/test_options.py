import pytest
from open_interpreter.core.errors import UsageError
from open_interpreter.kernel.options import read_prompt
from open_interpreter.kernel.transform import prompt_lines


def test_options_are_read_from_the_front_and_the_rest_is_the_instruction():
    prompt = read_prompt("%%interpret -m openai:gpt --with df --with 'other' --max-turns 3", "plot it\nnicely")
    assert prompt.values == {"model": "openai:gpt", "max_turns": "3"}
    assert prompt.only == ("df", "other")
    assert prompt.instruction == "plot it\nnicely"


def test_an_apostrophe_and_braces_in_a_one_line_instruction_stay_as_they_are():
    prompt = read_prompt("%interpret --mode ask what's {x} in Tom's table -5 times?", "")
    assert prompt.instruction == "what's {x} in Tom's table -5 times?"
    assert prompt.values == {"mode": "ask"}


@pytest.mark.parametrize(
    ("line", "body", "word"),
    [
        ("%%interpret", "  \n ", "empty"),
        ("%%interpret --modell x", "do", "did you mean --model"),
        ("%%interpret --model", "do", "needs a value"),
        ("%%interpret --model --plan", "do", "needs a value"),
    ],
)
def test_wrong_use_says_what_to_do(line, body, word):
    with pytest.raises(UsageError, match=word):
        read_prompt(line, body)


@pytest.mark.parametrize(
    ("line", "after"),
    [
        ("%%interpret", "%%interpret --settled 12345678"),
        ("%%interpret --fresh -m x", "%%interpret --settled 12345678 -m x"),
        ("%%interpret -m x --settled abcdefgh --fresh", "%%interpret --settled 12345678 -m x"),
        ("%interpret mean of --fresh fruit", "%interpret --settled 12345678 mean of --fresh fruit"),
    ],
)
def test_settling_changes_only_its_own_options(line, after):
    assert read_prompt(line, "do").first_line("12345678") == after


def test_a_prompt_cell_becomes_an_awaited_call():
    (line,) = prompt_lines(["\n", "%%interpret -m x\n", "it's {x}\n", "twice"])
    assert line == "await get_ipython().open_interpreter.interpret('%%interpret -m x', \"it's {x}\\ntwice\")\n"


@pytest.mark.parametrize(
    "lines",
    [["x = 1\n"], ["%%interpreter\n", "x"], ["%%time\n", "%interpret x\n"], ["%interpret x\n", "y = 1\n"], []],
)
def test_other_cells_are_left_alone(lines):
    assert prompt_lines(list(lines)) == lines
