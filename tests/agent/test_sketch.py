"""One cell that is written to be looked at: exactly the first of the reply, or the old source and the reason."""

import itertools
from contextlib import aclosing

import pytest
from open_interpreter.agent.sketch import sketch, sketch_task
from open_interpreter.core.conversation import Delta
from open_interpreter.core.errors import Unreachable, UsageError
from open_interpreter.core.settings import Settings
from open_interpreter.core.snapshot import Snapshot, Variable

from tests.fakes import Cut, ScriptedProvider

THERE = Snapshot(variables=(Variable("tips", "DataFrame", "frame"),))


def block(source, info="python"):
    return f"```{info}\n{source}\n```\n"


async def drawn(reply, source="", text="plot tips", there=THERE, chunk=5):
    provider = ScriptedProvider([reply], chunk=chunk)
    task = sketch_task(source, text, there.language)
    pieces = [each async for each in sketch(provider, there, Settings(), task)]
    return pieces, provider


async def test_the_first_cell_grows_and_is_whole_at_the_end():
    pieces, provider = await drawn("A plot.\n" + block("tips.plot()\nx = 1") + "More:\n" + block("y = 2"))
    assert [each.done for each in pieces] == [False] * (len(pieces) - 1) + [True]
    assert pieces[-1].source == "tips.plot()\nx = 1"
    assert (pieces[-1].trouble, pieces[-1].prose.startswith("A plot.")) == ("", True)
    grown = [each.source for each in pieces]
    assert all(later.startswith(before) for before, later in itertools.pairwise(grown))
    sent = provider.requests[0].messages[-1].text
    assert "tips: DataFrame" in sent
    assert "It is not run" in sent
    assert sent.endswith("plot tips")


async def test_what_stands_in_the_cell_is_shown_to_the_model():
    pieces, provider = await drawn(block("tips.hist()"), source="tips.plot()")
    assert pieces[-1].source == "tips.hist()"
    assert "```python\ntips.plot()\n```" in provider.requests[0].messages[-1].text


@pytest.mark.parametrize(
    ("reply", "word"),
    [
        (Cut(block("tips.pl")), "cut"),
        (Cut("```python\ntips.pl", finish="length"), "max_tokens"),
        (Cut(block("tips"), error=Unreachable("Nothing answers at HOST.")), "Nothing answers at HOST."),
        (Unreachable("Nothing answers at HOST."), "Nothing answers at HOST."),
        ([Delta(text="```python\nfor x in y:\n"), Delta(finish="stop")], "in the middle of a cell"),
        ("I would rather not.", "without a cell"),
        ([Delta("I cannot."), Delta(finish="declined")], "I cannot."),
    ],
)
async def test_a_reply_that_gives_no_whole_cell_leaves_the_old_source(reply, word):
    pieces, provider = await drawn(reply, source="old = 1")
    last = pieces[-1]
    assert (last.source, last.done, [each.done for each in pieces].count(True)) == ("old = 1", True, 1)
    assert word in last.trouble
    assert provider.closed == 1


async def test_other_languages_are_sketched_too():
    there = Snapshot(language="bash")
    pieces, _ = await drawn(block("x = 1") + block("ls -l", "sh"), there=there)
    assert pieces[-1].source == "ls -l"


async def test_dropping_a_sketch_closes_the_models_stream():
    provider = ScriptedProvider([block("x = 1\n" * 100)])
    async with aclosing(sketch(provider, THERE, Settings(), sketch_task("", "x", "python"))) as pieces:
        async for _ in pieces:
            break
    assert provider.closed == 1


def test_empty_words_are_told():
    with pytest.raises(UsageError, match="Say what"):
        sketch_task("x = 1", "  ", "python")
