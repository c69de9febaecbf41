"""The plan in a reply: its first task list becomes steps, and its lines are no part of the prose."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from open_interpreter.agent.checklists import Checklist
from open_interpreter.agent.draft import Draft
from open_interpreter.core.conversation import Delta
from open_interpreter.core.events import CellGrew, Drafted, Planned, Wrote
from open_interpreter.core.plans import Step


def read(text, size=1000, finish="stop", plan=None):
    """The events of one reply, cut into pieces of that size, and its draft."""
    plan = plan or Checklist()
    plan.begin()
    draft = Draft(1, "python", None, plan)
    events = []
    for start in range(0, len(text), size):
        events += draft.hear(Delta(text=text[start : start + size]))
    if finish is not None:
        events += draft.hear(Delta(finish=finish))
    return [*events, *draft.end()], draft


def whole(events):
    """The same events with pieces of prose and code joined, and without the ids that differ each time."""
    joined = []
    for kind, run in itertools.groupby(events, type):
        group = list(run)
        if kind in (Wrote, CellGrew):
            joined.append((kind.__name__, "".join(each.text for each in group)))
        elif kind is Planned:
            joined += [("Planned", each.steps) for each in group]
        else:
            joined += [(kind.__name__,)] * len(group)
    return joined


PLAN = "- [ ] load\n- [ ] clean\n- [ ] plot\n"
REST = "\nI load it.\n\n```python\nx = 1\n```\nDone.\n"


def test_a_task_list_becomes_a_plan_and_leaves_the_prose():
    events, draft = read(PLAN + REST)
    assert [each.steps for each in events if isinstance(each, Planned)] == [(Step("load"), Step("clean"), Step("plot"))]
    assert draft.prose.split("\n")[0] == "I load it."
    assert "[ ]" not in draft.prose
    assert [each.cell.source for each in events if isinstance(each, Drafted)] == ["x = 1"]
    assert PLAN in draft.text


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("* [ ] a\n* [X] b", (Step("a"), Step("b", done=True))),
        ("1. [x] a\n2. [ ] b\n", (Step("a", done=True), Step("b"))),
        ("- [x] a\n\n- [ ] b\n\nThen.", (Step("a", done=True), Step("b"))),
        ("- [ ] a\n  goes on\n  - [x] b\n", (Step("a goes on"), Step("b", done=True))),
        ("The plan:\n\n- [ ] a", (Step("a"),)),
        ("- [ ] a\n- [ ] b\n```python\nx\n```\n", (Step("a"), Step("b"))),
        ("I begin.\n```python\nx\n```\n- [x] a\n", (Step("a", done=True),)),
    ],
)
def test_every_way_to_write_one(text, steps):
    events, _ = read(text)
    assert [each.steps for each in events if isinstance(each, Planned)] == [steps]


@pytest.mark.parametrize(
    "text",
    [
        "- a\n- b\n",
        "- [link](x)\n",
        "[ ] a\n",
        "- [ ]\n",
        "```text\n- [ ] a\n```\n",
        "~~~\n- [ ] a\n~~~\n",
        "An array like [ ] here.\n",
    ],
)
def test_other_lists_and_lists_in_blocks_are_prose(text):
    events, draft = read("Look:\n" + text)
    assert [each for each in events if isinstance(each, Planned)] == []
    assert draft.prose == ("Look:\n" + text).strip()


def test_only_the_first_list_of_a_reply_is_the_plan():
    events, draft = read("- [ ] a\n\nAnd for you:\n- [ ] buy milk\n")
    assert [each.steps for each in events if isinstance(each, Planned)] == [(Step("a"),)]
    assert draft.prose == "And for you:\n- [ ] buy milk"


def test_without_a_plan_asked_for_a_list_stays_prose():
    draft = Draft(1, "python", None)
    events = [*draft.hear(Delta(text=PLAN + "Words.")), *draft.hear(Delta(finish="stop")), *draft.end()]
    assert draft.prose == PLAN + "Words."
    assert not any(isinstance(each, Planned) for each in events)


def test_a_changed_list_is_told_anew_and_the_same_one_is_not():
    plan = Checklist()
    told = [
        [each.steps for each in read(text, plan=plan)[0] if isinstance(each, Planned)]
        for text in ("- [ ] a\n- [ ] b\n", "- [ ] a\n- [ ] b\nText.", "- [x] a\n- [ ] b\n", "Only words.")
    ]
    assert told == [
        [(Step("a"), Step("b"))],
        [],
        [(Step("a", done=True), Step("b"))],
        [],
    ]
    assert plan.unfinished


def test_a_list_alone_is_an_answer():
    _, draft = read("- [x] a\n")
    assert (draft.trouble, draft.prose) == ("", "")


def test_a_list_that_was_cut_stays_prose():
    events, _ = read("Words.\n- [ ] a\n- [ ] b", finish="length")
    assert "".join(each.text for each in events if isinstance(each, Wrote)) == "Words.\n- [ ] a\n- [ ] b"
    assert not any(isinstance(each, Planned) for each in events)


LINES = st.sampled_from(
    [
        *(
            "- [ ] a",
            "- [x] b",
            "* [X] c d",
            "1. [ ] e",
            "  - [ ] f",
            "  more",
            "",
            "  ",
            "text",
            "- plain",
            "-",
            "- [",
            "1",
        ),
        *("```", "```python", "x = 1", "~~~", "```bash", "- ```python", "  ```"),
    ]
)


@given(
    text=st.lists(LINES, max_size=14).map("\n".join), size=st.integers(1, 9), finish=st.sampled_from(["stop", "length"])
)
@settings(max_examples=300, deadline=None)
def test_however_it_is_cut_the_same_comes_out(text, size, finish):
    (once, first), (again, second) = read(text, finish=finish), read(text, size, finish)
    assert whole(again) == whole(once)
    assert (second.prose, second.trouble) == (first.prose, first.trouble)


@given(text=st.lists(LINES, max_size=14).map("\n".join), size=st.integers(1, 9))
@settings(max_examples=200, deadline=None)
def test_nothing_but_the_lines_of_the_plan_is_lost(text, size):
    events, _ = read(text, size)
    plain = Draft(1, "python", None)
    both = [*plain.hear(Delta(text=text)), *plain.hear(Delta(finish="stop")), *plain.end()]
    prose = [each.text for each in events if isinstance(each, Wrote)]
    whole_prose = [each.text for each in both if isinstance(each, Wrote)]
    if not any(isinstance(each, Planned) for each in events):
        assert "".join(prose) == "".join(whole_prose)
    else:
        left = "".join(prose).splitlines()
        assert set(left) <= set("".join(whole_prose).splitlines())
