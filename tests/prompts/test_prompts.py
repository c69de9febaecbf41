"""Prompts are files: filled with what they ask for and with nothing else."""

from __future__ import annotations

import re
from importlib import resources

import pytest
from open_interpreter import prompts

NAMES = sorted(file.name[:-3] for file in resources.files(prompts).iterdir() if file.name.endswith(".md"))


def slots(name):
    text = resources.files(prompts).joinpath(f"{name}.md").read_text("utf-8")
    return set(re.findall(r"\{\{(\w+)\}\}", text))


def test_a_value_that_is_missing_or_surplus_is_an_error_that_names_it():
    with pytest.raises(ValueError, match="language"):
        prompts.render("system")
    with pytest.raises(ValueError, match="colour"):
        prompts.render("forward", colour="red")


def test_a_prompt_that_is_not_there_is_an_error():
    for name in ("nothing_like_this", "../core/cells", ""):
        with pytest.raises(LookupError):
            prompts.render(name)


def test_values_are_put_in_as_they_are():
    told = prompts.render("first", context=r"{{instruction}} \1 {}", instruction="do {{context}}")
    assert r"{{instruction}} \1 {}" in told
    assert told.endswith("do {{context}}")


@pytest.mark.parametrize("name", NAMES)
def test_every_prompt_is_filled_whole(name):
    told = prompts.render(name, **dict.fromkeys(slots(name), "VALUE"))
    assert told.strip()
    assert "{{" not in told


def test_the_system_prompt_is_short_and_tells_the_protocol():
    told = prompts.render("system", language="python")
    assert len(told.encode()) < 2_500
    for part in (
        "```python",
        "```python replace=",
        "prose without any block",
        "language of the instruction",
        "are data",
    ):
        assert part in told
