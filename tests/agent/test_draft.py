"""One reply while it is written: whole cells at its end, or none at all."""

from hypothesis import given, settings
from hypothesis import strategies as st
from open_interpreter.agent.draft import Draft
from open_interpreter.core.cells import Cell
from open_interpreter.core.conversation import Delta
from open_interpreter.core.events import CellGrew, CellOpened, Drafted, Dropped

LINES = st.sampled_from(
    [
        *("text", "", "x = 1", "    y = 2", "for i in x:", "!ls", "'''", "- item"),
        *("```", "```python", "```py replace=abc", "~~~", "~~~python", "```bash", "````markdown", "````", "  ```"),
    ]
)
REPLIES = st.lists(LINES, max_size=16).map("\n".join)


def draft_of(text, size, finish, mends=None):
    draft = Draft(1, "python", mends)
    events = []
    for start in range(0, len(text), size):
        events += draft.hear(Delta(text=text[start : start + size]))
    if finish is not None:
        events += draft.hear(Delta(finish=finish))
    return draft, [*events, *draft.end()]


@given(text=REPLIES, size=st.integers(1, 9), finish=st.sampled_from([None, "length", "filter"]))
@settings(max_examples=200, deadline=None)
def test_no_cell_is_made_of_a_reply_that_did_not_end_properly(text, size, finish):
    draft, events = draft_of(text, size, finish)
    assert draft.cells == ()
    assert draft.trouble
    assert not any(isinstance(event, Drafted) for event in events)
    opened = [event.id for event in events if isinstance(event, CellOpened)]
    assert [event.id for event in events if isinstance(event, Dropped)] == opened


@given(text=REPLIES, size=st.integers(1, 9))
@settings(max_examples=200, deadline=None)
def test_every_cell_that_was_opened_is_drafted_or_every_one_is_dropped(text, size):
    draft, events = draft_of(text, size, "stop")
    opened = [event.id for event in events if isinstance(event, CellOpened)]
    ended = Dropped if draft.trouble else Drafted
    ids = [event.id if isinstance(event, Dropped) else event.cell.id for event in events if isinstance(event, ended)]
    assert ids == opened
    assert len(set(opened)) == len(opened)
    for cell in draft.cells:
        assert cell.source == "".join(
            event.text for event in events if isinstance(event, CellGrew) and event.id == cell.id
        )


@given(text=REPLIES, size=st.integers(1, 9))
@settings(max_examples=100, deadline=None)
def test_only_the_first_cell_takes_the_place_of_the_one_to_mend(text, size):
    draft, _ = draft_of(text, size, "stop", Cell("abc", "old", attempt=2))
    assert [(cell.id == "abc", cell.attempt) for cell in draft.cells] == [
        (place == 0, 3 if place == 0 else 1) for place in range(len(draft.cells))
    ]
