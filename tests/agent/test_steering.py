"""What a person does while a task runs: words, edits on the card, leave for the rest; and plans."""

import itertools
from dataclasses import replace

import pytest
from open_interpreter.agent.commands import make_task
from open_interpreter.agent.loop import Agent
from open_interpreter.core.conversation import Conversation, Profile, Task
from open_interpreter.core.events import Executed, Finished, Judged, Planned, Wrote
from open_interpreter.core.plans import Step
from open_interpreter.core.questions import Answer
from open_interpreter.core.settings import Settings
from open_interpreter.core.snapshot import Snapshot
from open_interpreter.safety.policy import Policy

from tests.fakes import MemoryHost, ScriptedProvider

MODEL = Profile(name="scripted", trusted=True)
PATH = "import os.path\nimport subprocess"


def block(source, info="python"):
    return f"```{info}\n{source}\n```\n"


def of(events, kind):
    return [each for each in events if isinstance(each, kind)]


async def run(replies, host, *, task=None, policy=None, settings=None):
    provider = ScriptedProvider(replies, profile=MODEL)
    agent = Agent(provider, host, policy or Policy(), settings or Settings())
    return [event async for event in agent.run(Conversation(task or Task("do it")))], provider


class SteeredHost(MemoryHost):
    """A person who says something while each cell runs."""

    def __init__(self, said):
        super().__init__()
        self._said, self._words = dict(said), ()

    async def snapshot(self, task):
        there = await super().snapshot(task)
        return replace(there, words=self._words)

    async def execute(self, cell):
        outcome = await super().execute(cell)
        if len(self.executed) in self._said:
            self._words = (*self._words, self._said[len(self.executed)])
        return outcome


async def test_words_are_told_after_the_turn_in_which_they_were_said():
    host = SteeredHost({1: "in euros, please", 2: "and sorted"})
    _, provider = await run([block("a = 1"), block("b = 2"), block("c = 3"), "Done."], host)
    sent = [[each.text for each in request.messages] for request in provider.requests]
    assert "euros" not in "".join(sent[0])
    assert "in euros, please" in sent[1][-1]
    assert "# Instruction" in sent[1][-1]
    assert "and sorted" in sent[2][-1]
    assert "euros" not in sent[2][-1]
    for before, after in itertools.pairwise(sent):
        assert after[: len(before)] == before


async def test_an_edited_cell_runs_as_the_person_left_it_and_the_model_is_told():
    host = MemoryHost(answers=[Answer("run", source="x = 7")])
    events, provider = await run([block("x = 1"), "Done."], host, policy=Policy(mode="ask"))
    (ran,) = of(events, Executed)
    assert (ran.cell.source, ran.cell.id, host.namespace["x"]) == ("x = 7", host.questions[0].cell.id, 7)
    assert host.executed == [ran.cell]
    told = provider.requests[1].messages[-1].text
    assert "The person changed cell" in told
    assert "x = 7" in told
    assert provider.requests[1].conversation.turns[0].attempts[0].written == "x = 1"


async def test_an_edited_cell_is_judged_by_what_it_became():
    host = MemoryHost(answers=[Answer("run", source="x = 7")])
    events, _ = await run([block(PATH), "Done."], host)
    assert [(each.judgement.level, each.allowed, each.by) for each in of(events, Judged)] == [("L0", True, "person")]


async def test_leave_for_the_rest_ends_with_the_task():
    policy = Policy(mode="ask")
    host = MemoryHost(answers=["rest"])
    events, _ = await run([block("x = 1"), block("y = 2"), block("z = 3"), "Done."], host, policy=policy)
    assert (len(host.questions), events[-1].ending) == (1, "done")
    await run([block("x = 1"), "Done."], host, policy=policy)
    assert len(host.questions) == 2


async def test_leave_for_the_rest_goes_no_higher_than_what_was_let():
    host = MemoryHost(answers=["rest", "refuse"])
    events, _ = await run([block("x = 1"), block("import requests")], host, policy=Policy(mode="ask"))
    assert [each.judgement.level for each in host.questions] == ["L0", "L2"]
    assert events[-1].ending == "refused"


class TestPlans:
    """Where a plan is asked for, it is told as such and ticks itself off."""

    async def test_the_plan_is_told_and_ticked_and_is_no_prose(self):
        replies = [
            "- [ ] load\n- [ ] plot\n\nI load.\n" + block("x = 1"),
            "- [x] load\n- [ ] plot\n\n" + block("y = 2"),
            "- [x] load\n- [x] plot\n\nBoth are done.",
        ]
        events, provider = await run(replies, MemoryHost(), task=make_task("plan", "load and plot"))
        plans = [[(step.text, step.done) for step in each.steps] for each in of(events, Planned)]
        assert plans == [[("load", a), ("plot", b)] for a, b in ((False, False), (True, False), (True, True))]
        assert "[" not in "".join(each.text for each in of(events, Wrote))
        assert events[-1].answer == "Both are done."
        assert "`- [ ] step`" in provider.requests[0].messages[-1].text

    async def test_a_plan_without_its_first_cell_is_asked_to_go_on_once(self):
        replies = ["- [ ] load\n- [ ] plot\n", block("x = 1"), "- [x] load\n- [x] plot\n"]
        events, _ = await run(replies, MemoryHost(), task=make_task("plan", "load and plot"))
        assert (events[-1].ending, len(of(events, Executed))) == ("done", 1)
        events, _ = await run(["- [ ] load\n", "Never mind."], MemoryHost(), task=make_task("plan", "x"))
        assert (events[-1].ending, events[-1].answer, events[-1].turns) == ("done", "Never mind.", 2)

    async def test_with_one_reply_only_the_plan_is_the_end(self):
        task = make_task("plan", "x")
        events, _ = await run(["- [ ] load\n"], MemoryHost(), task=task, settings=Settings(max_turns=1))
        assert [each.steps for each in of(events, Planned)] == [(Step("load"),)]
        assert isinstance(events[-1], Finished)

    async def test_without_a_plan_a_checklist_is_the_answer(self):
        events, _ = await run(["- [ ] milk\n- [x] bread"], MemoryHost())
        assert of(events, Planned) == []
        assert events[-1].answer == "- [ ] milk\n- [x] bread"


class TestOtherLanguages:
    """A kernel that runs no Python."""

    @pytest.mark.parametrize(
        ("language", "info"),
        [
            ("bash", "sh"),
            ("calysto_bash", "bash"),
            ("R", "r"),
            ("c++", "cpp"),
            ("javascript", "js"),
            ("julia", "julia"),
        ],
    )
    async def test_its_cells_are_written_asked_about_and_run(self, language, info):
        host = EchoHost(language)
        events, provider = await run(["Look:\n" + block("echo $((1+", info), "Done."], host)
        (ran,) = of(events, Executed)
        assert (ran.cell.language, ran.cell.source, ran.outcome.status) == (language, "echo $((1+", "ok")
        assert [each.judgement.level for each in host.questions] == ["L2"]
        assert "Python" not in provider.requests[0].messages[0].text.replace("python", "Python")

    async def test_blocks_of_python_and_blocks_without_a_tag_are_prose(self):
        host = EchoHost("bash")
        text = block("x = 1") + "\n" + block("ls", "")
        events, _ = await run([text], host)
        assert (host.executed, events[-1].answer) == ([], text.strip())

    async def test_the_same_code_that_fails_twice_ends_the_task_and_other_code_does_not(self):
        host = EchoHost("bash", fails=True)
        events, _ = await run([block("if x", "bash"), block("if y", "bash"), block("if y  ", "bash")], host)
        assert (events[-1].ending, len(host.executed)) == ("stuck", 3)
        assert "twice with the same error: 127" in events[-1].reason


class EchoHost(MemoryHost):
    """A kernel of another language: it runs anything well, or nothing."""

    def __init__(self, language, *, fails=False):
        super().__init__(snapshot=Snapshot(language=language))
        self._fails = fails

    async def execute(self, cell):
        from open_interpreter.core.cells import CellError, Outcome

        self.executed.append(cell)
        return Outcome("error", error=CellError("", "127")) if self._fails else Outcome("ok")
