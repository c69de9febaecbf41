"""Who lets a cell run: modes, the opening question, levels, what is allowed where nobody can answer."""

import pytest
from open_interpreter.core.cells import Cell
from open_interpreter.core.conversation import Profile
from open_interpreter.core.questions import Answer
from open_interpreter.core.snapshot import Variable
from open_interpreter.safety.policy import Policy, tightest

BUILTIN = Profile("builtin", trusted=True)
MODEL = Profile("m", "https://models.example")
OTHER = Profile("n", "https://other.example")
L0, L1, L2, L3 = "1 + 1", "df.to_csv('new.csv')", "import requests", "import shutil\nshutil.rmtree('x')"


def policy(**given):
    return Policy(look=lambda path: "new", **given)


def said(verdict):
    if verdict.question is not None:
        return "opening" if verdict.question.opening else "asks"
    return "runs" if verdict.runs else verdict.outcome.status


def verdict(given, source, profile=MODEL):
    return given.verdict(Cell("a", source), profile)


def answered(given, code, choice, profile=MODEL, **more):
    return given.learn(verdict(given, code, profile).question, Answer(choice, **more))


@pytest.mark.parametrize(
    ("mode", "profile", "source", "expected"),
    [
        *[("suggest", profile, source, "inserted") for profile in (BUILTIN, MODEL) for source in (L0, L1, L2, L3)],
        *[("ask", profile, source, "asks") for profile in (BUILTIN, MODEL) for source in (L0, L1, L2, L3)],
        *[("auto", BUILTIN, source, "runs") for source in (L0, L1)],
        *[("auto", BUILTIN, source, "asks") for source in (L2, L3)],
        *[("auto", MODEL, source, "opening") for source in (L0, L1, L2, L3)],
    ],
)
def test_the_mode_decides_first(mode, profile, source, expected):
    assert said(verdict(policy(mode=mode), source, profile)) == expected


@pytest.mark.parametrize(("source", "expected"), [(L0, "runs"), (L1, "runs"), (L2, "asks"), (L3, "asks")])
def test_a_mode_given_in_the_configuration_answers_the_opening_question(source, expected):
    assert said(verdict(policy(answered=True), source)) == expected


@pytest.mark.parametrize(
    ("choice", "first", "then"),
    [
        ("computing", "runs", {L0: "runs", L1: "runs", L2: "asks", L3: "asks"}),
        ("each", "asks", {L0: "asks", L3: "asks"}),
        ("insert", "inserted", {L0: "inserted", L3: "inserted"}),
        ("run", "runs", {L0: "opening", L2: "opening"}),
        ("refuse", "refused", {L0: "opening"}),
    ],
)
def test_the_opening_answer_holds_for_this_model_host(choice, first, then):
    given = policy()
    assert said(answered(given, L0, choice)) == first
    assert {source: said(verdict(given, source)) for source in then} == then
    assert said(verdict(given, L0, OTHER)) == "opening"
    assert said(verdict(given, L0, BUILTIN)) == "runs"


@pytest.mark.parametrize("source", [L2, L3])
def test_opening_the_computing_levels_does_not_let_a_higher_one_through(source):
    given = policy()
    again = answered(given, source, "computing")
    assert said(again) == "asks"
    assert said(given.learn(again.question, Answer("run"))) == "runs"
    assert said(verdict(given, source)) == "asks"


@pytest.mark.parametrize("choice", ["computing", "each"])
def test_an_answer_to_another_question_than_was_asked_refuses(choice):
    given = policy(mode="ask")
    assert said(answered(given, L0, choice)) == "refused"
    assert said(verdict(given, L0)) == "asks"


def test_a_refusal_with_a_word_goes_on_and_without_one_ends_the_task():
    spoken = answered(policy(), L2, "refuse", word="no network")
    assert (spoken.ending, spoken.outcome.note, spoken.by) == (None, "no network", "person")
    assert answered(policy(), L2, "refuse").ending == ("refused", "You refused a cell.")


@pytest.mark.parametrize(
    ("given", "source", "expected"),
    [
        (policy(answered=True, allow=frozenset({"network"})), L2, "runs"),
        (policy(answered=True, allow=frozenset({"install"})), L2, "refused"),
        (policy(answered=True), L2, "refused"),
        (policy(answered=True, allow=frozenset({"network", "delete"})), L3, "refused"),
        (policy(answered=True, allow=frozenset({"network"})), "import requests\n%pip install x", "refused"),
        (policy(allow=frozenset({"network"})), L2, "refused"),
        (policy(mode="ask", answered=True, allow=frozenset({"network"})), L2, "refused"),
        (policy(), L0, "refused"),
    ],
)
def test_where_nobody_can_answer_only_what_was_allowed_runs(given, source, expected):
    alone = answered(given, source, "refuse", nobody=True)
    assert said(alone) == expected
    assert expected == "runs" or (alone.ending[0] == "unanswered" and "--mode auto" in alone.ending[1])


def test_a_mode_can_only_be_tightened():
    given = policy(mode="ask")
    assert (given.under("auto").mode, given.under("suggest").mode) == ("ask", "suggest")
    assert tightest("auto", "suggest", "ask") == "suggest"


def test_tightening_shares_what_was_answered():
    given = policy()
    answered(given.under("auto"), L0, "computing")
    assert said(verdict(given, L0)) == "runs"


def test_the_question_carries_the_cell_its_level_and_where_its_output_goes():
    question = verdict(policy(), L3).question
    assert (question.cell.source, question.host, question.judgement.level) == (L3, MODEL.host, "L3")
    assert question.judgement.reasons


def test_cells_that_ran_teach_what_names_stand_for():
    given = policy(answered=True)
    verdict(given, "folder = 'data'")
    assert said(verdict(given, "pd.read_csv(folder + '/a.csv')")) == "runs"
    answered(given, "import shutil as s", "run")
    assert verdict(given, "s.move('a', 'b')").judgement.level == "L3"


def test_a_refused_cell_teaches_nothing():
    given = policy(answered=True)
    answered(given, "import shutil as s", "refuse")
    assert said(verdict(given, "s.mean()")) == "runs"


def test_objects_of_unknown_modules_in_the_live_namespace_are_asked_about():
    variables = [Variable("client", "Session", module="requests.sessions")]
    assert policy(answered=True).verdict(Cell("a", "client.get(x)"), MODEL, variables).question is not None


def test_a_cell_of_another_language_is_asked_about():
    assert policy(answered=True).verdict(Cell("a", "x <- 1", language="R"), MODEL).question is not None


@pytest.mark.parametrize("language", ["bash", "R", "c++", "javascript", "calysto_bash", ""])
@pytest.mark.parametrize("source", ["", "1 + 1", "x = (", "rm -rf /"])
def test_cells_of_other_languages_are_always_asked_about(language, source):
    asked = policy(answered=True).verdict(Cell("a", source, language=language), MODEL).question
    assert asked.judgement.level == "L2"


class TestTheRestOfATask:
    """What a person lets run for the rest of one task."""

    def given(self, source, **more):
        task = policy(**more).for_task()
        ran = answered(task, source, "rest")
        assert (said(ran), ran.by) == ("runs", "person")
        return task

    def test_it_covers_what_is_no_higher(self):
        task = self.given(L1, mode="ask")
        assert [said(verdict(task, each)) for each in (L0, L1, L2, L3)] == ["runs", "runs", "asks", "asks"]

    def test_it_never_covers_the_highest_level(self):
        task = self.given(L3, mode="ask")
        assert [said(verdict(task, each)) for each in (L0, L2, L3)] == ["runs", "runs", "asks"]

    def test_it_never_narrows(self):
        task = self.given(L2, mode="ask")
        answered(task, L3, "run")
        answered(task, L3, "rest")
        assert said(verdict(task, L2)) == "runs"

    def test_at_the_opening_question_it_opens_nothing_for_good(self):
        whole = policy()
        task = whole.for_task()
        assert said(answered(task, L0, "rest")) == "runs"
        assert [said(verdict(task, each)) for each in (L0, L2)] == ["runs", "opening"]
        assert said(verdict(whole.for_task(), L0)) == "opening"
        assert whole.memory.modes == {}

    def test_it_loosens_no_suggestions(self):
        task = self.given(L0, mode="ask")
        assert said(verdict(task.under("suggest"), L0)) == "inserted"

    def test_it_covers_other_languages_only_where_one_was_let(self):
        def bash(task):
            return task.verdict(Cell("a", "ls", language="bash"), MODEL)

        task = policy(answered=True).for_task()
        assert said(task.learn(bash(task).question, Answer("rest"))) == "runs"
        assert said(bash(task)) == "runs"
        assert said(bash(self.given(L1, mode="ask"))) == "asks"


class TestAnEditedCell:
    """The person changed the code on the card."""

    def test_it_runs_as_it_reads_now_under_the_same_id(self):
        ran = answered(policy(mode="ask"), L2, "run", source=L0)
        assert (ran.cell.source, ran.cell.id, ran.judgement.level) == (L0, "a", "L0")

    def test_an_empty_change_is_none(self):
        assert answered(policy(mode="ask"), L2, "run", source=" \n").cell.source == L2

    def test_it_teaches_what_it_became(self):
        given = policy(answered=True)
        answered(given, L2, "run", source="import shutil as s")
        assert verdict(given, "s.move('a', 'b')").judgement.level == "L3"

    def test_leave_for_the_rest_is_for_what_it_became(self):
        task = policy(mode="ask").for_task()
        answered(task, L2, "rest", source=L0)
        assert [said(verdict(task, each)) for each in (L0, L1)] == ["runs", "asks"]

    def test_at_the_opening_question_it_is_judged_anew(self):
        given = policy()
        ran = answered(given, L3, "computing", source=L0)
        assert (said(ran), ran.cell.source) == ("runs", L0)
        asked = answered(policy(), L0, "computing", source=L2)
        assert (said(asked), asked.question.cell.source, asked.question.judgement.level) == ("asks", L2, "L2")
