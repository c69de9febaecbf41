"""Who lets a cell run: the rules of Approval. A mode can only be tightened here, never loosened.

What a person answered to the opening question is kept here, for each model host, and is lost with the kernel; nothing
in a notebook reaches it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from ..core.cells import Cell, Outcome
from ..core.conversation import Profile
from ..core.events import Ending
from ..core.questions import MODES, Answer, Choice, Judgement, Mode, Question
from ..core.snapshot import Variable
from .known import Known
from .paths import Look, looking_in
from .risk import Assessment, assess

_NOBODY = (
    "A cell had to be approved and nobody could answer: it {reasons}. Run it where you can answer, or allow it with "
    "--mode auto{allow} on the command line."
)
Last = tuple[Ending, str]
"""How a task ends, and why."""

_MODE_OF: Mapping[Choice, Mode] = {"computing": "auto", "each": "ask", "insert": "suggest"}
"""What an answer to the opening question makes of the mode from then on."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a cell: it runs, or `question` is asked, or it has this outcome without running.

    `ending` is how the task ends because of it, with the reason, and None where the task goes on.
    """

    judgement: Judgement
    runs: bool = False
    by: Literal["person", "policy"] = "policy"
    question: Question | None = None
    outcome: Outcome = field(default_factory=lambda: Outcome("refused"))
    ending: Last | None = None


@dataclass(slots=True)
class Memory:
    """What one kernel's life has taught: modes by model host, and what the cells that ran have bound."""

    modes: dict[str, Mode] = field(default_factory=dict)
    known: Known = field(default_factory=Known)


def tightest(*modes: Mode) -> Mode:
    """The strictest of these modes."""
    return MODES[min(MODES.index(mode) for mode in modes)]


def looking_here(path: str) -> Literal["new", "there", "outside"]:
    """Where a path leads from the present directory of this process."""
    return looking_in(Path())(path)


@dataclass(frozen=True, slots=True)
class Policy:
    """The person's mode under the admin's ceiling, and what was answered. One for each kernel and notebook.

    `answered` says that the mode was given on the command line or in the configuration, which is an answer to the
    opening question; `allow` are the kinds of L2 that may then run where nobody can answer.
    """

    mode: Mode = "auto"
    answered: bool = False
    allow: frozenset[str] = frozenset()
    look: Look = looking_here
    memory: Memory = field(default_factory=Memory)

    def under(self, mode: Mode) -> Policy:
        """The same policy with the same memory, never looser than this mode."""
        return replace(self, mode=tightest(self.mode, mode))

    def verdict(self, cell: Cell, profile: Profile, variables: Iterable[Variable] = ()) -> Verdict:
        """What becomes of this cell, as far as no person has to be asked; `variables` are the live namespace."""
        self.memory.known = self.memory.known.among(variables)
        seen = self._assess(cell)
        mode = self._mode_for(profile.host)
        if mode == "suggest":
            return _inserted(seen.judgement, "policy")
        opened = profile.trusted or self.answered or profile.host in self.memory.modes
        if mode == "auto" and opened and seen.level <= "L1":
            return self._runs(seen, "policy")
        opening = mode == "auto" and not opened
        return Verdict(seen.judgement, question=Question(cell, seen.judgement, profile.host, opening))

    def learn(self, question: Question, answer: Answer) -> Verdict:
        """The verdict after an answer; it asks once more where only the opening question was answered."""
        seen = self._assess(question.cell)
        if answer.nobody:
            return self._alone(question, seen)
        if answer.choice == "run":
            return self._runs(seen, "person")
        if question.opening and answer.choice in _MODE_OF:
            self.memory.modes[question.host] = _MODE_OF[answer.choice]
            if answer.choice == "computing" and seen.level <= "L1":
                return self._runs(seen, "person")
            if answer.choice != "insert":
                return Verdict(seen.judgement, question=replace(question, opening=False))
        if answer.choice == "insert":
            return _inserted(seen.judgement, "person")
        ending: Last | None = None if answer.word else ("refused", "You refused a cell.")
        return Verdict(seen.judgement, by="person", outcome=Outcome("refused", note=answer.word), ending=ending)

    def _alone(self, question: Question, seen: Assessment) -> Verdict:
        asks_each = question.opening or self._mode_for(question.host) != "auto"
        if not asks_each and seen.level == "L2" and seen.kinds <= self.allow:
            return self._runs(seen, "policy")
        kinds = f" --allow {','.join(sorted(seen.kinds))}" if seen.level == "L2" else ""
        reason = _NOBODY.format(reasons="; ".join(seen.judgement.reasons) or "would run code of a model", allow=kinds)
        return Verdict(seen.judgement, outcome=Outcome("refused", note=reason), ending=("unanswered", reason))

    def _mode_for(self, host: str) -> Mode:
        return tightest(self.mode, self.memory.modes.get(host, "auto"))

    def _assess(self, cell: Cell) -> Assessment:
        return assess(cell.source, self.look, language=cell.language, known=self.memory.known)

    def _runs(self, seen: Assessment, by: Literal["person", "policy"]) -> Verdict:
        self.memory.known = seen.known
        return Verdict(seen.judgement, runs=True, by=by)


def _inserted(judgement: Judgement, by: Literal["person", "policy"]) -> Verdict:
    return Verdict(
        judgement, by=by, outcome=Outcome("inserted"), ending=("inserted", "The cells stand there, not run.")
    )
