"""Who lets a cell run: the rules of Approval. A mode can only be tightened here, never loosened.

What a person answered to the opening question is kept here, for each model host, and is lost with the kernel; nothing
in a notebook reaches it. What was answered for the rest of a task ends with that task.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from ..core.cells import Cell, Outcome
from ..core.conversation import Profile
from ..core.events import Ending
from ..core.questions import MODES, Answer, Choice, Judgement, Level, Mode, Question
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

    `cell` is the one that runs: where a person changed the source before, with that source. `ending` is how the task
    ends because of it, with the reason, and None where the task goes on.
    """

    cell: Cell
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


@dataclass(slots=True)
class Leave:
    """The level up to which a person has let the rest of one task run; None as long as nobody has."""

    level: Level | None = None

    def covers(self, level: Level) -> bool:
        """Whether a cell of this level needs no question any more."""
        return self.level is not None and level <= self.level

    def widen(self, level: Level) -> None:
        """The person lets what is of this level run; what is of the highest is asked about each time even so."""
        self.level = max(self.level or "L0", min(level, "L2"))


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
    leave: Leave = field(default_factory=Leave)

    def for_task(self) -> Policy:
        """The same policy with the same memory for one task: what is answered for its rest ends with it."""
        return replace(self, leave=Leave())

    def under(self, mode: Mode) -> Policy:
        """The same policy with the same memory, never looser than this mode."""
        return replace(self, mode=tightest(self.mode, mode))

    def verdict(self, cell: Cell, profile: Profile, variables: Iterable[Variable] = ()) -> Verdict:
        """What becomes of this cell, as far as no person has to be asked; `variables` are the live namespace."""
        self.memory.known = self.memory.known.among(variables)
        seen = self._assess(cell)
        mode = self._mode_for(profile.host)
        if mode == "suggest":
            return _inserted(cell, seen.judgement, "policy")
        if self.leave.covers(seen.level):
            return self._runs(cell, seen, "policy")
        opened = profile.trusted or self.answered or profile.host in self.memory.modes
        if mode == "auto" and opened and seen.level <= "L1":
            return self._runs(cell, seen, "policy")
        opening = mode == "auto" and not opened
        return Verdict(cell, seen.judgement, question=Question(cell, seen.judgement, profile.host, opening))

    def learn(self, question: Question, answer: Answer) -> Verdict:
        """The verdict after an answer; it asks once more where only the opening question was answered."""
        if answer.nobody:
            return self._alone(question, self._assess(question.cell))
        if answer.choice in ("run", "rest"):
            return self._let(_edited(question.cell, answer.source), answer)
        if question.opening and answer.choice in _MODE_OF:
            self.memory.modes[question.host] = _MODE_OF[answer.choice]
            if answer.choice != "insert":
                return self._opened(question, answer)
        cell, judgement = question.cell, self._assess(question.cell).judgement
        if answer.choice == "insert":
            return _inserted(cell, judgement, "person")
        ending: Last | None = None if answer.word else ("refused", "You refused a cell.")
        return Verdict(cell, judgement, by="person", outcome=Outcome("refused", note=answer.word), ending=ending)

    def _let(self, cell: Cell, answer: Answer) -> Verdict:
        """A person lets a cell run, as it reads now; its rest too, up to the level of what was let."""
        seen = self._assess(cell)
        if answer.choice == "rest":
            self.leave.widen(seen.level)
        return self._runs(cell, seen, "person")

    def _opened(self, question: Question, answer: Answer) -> Verdict:
        """The opening question was answered: the cell runs where that covers it, else it is asked about by itself."""
        cell = _edited(question.cell, answer.source)
        seen = self._assess(cell)
        if answer.choice == "computing" and seen.level <= "L1":
            return self._runs(cell, seen, "person")
        asked = replace(question, cell=cell, judgement=seen.judgement, opening=False)
        return Verdict(cell, seen.judgement, question=asked)

    def _alone(self, question: Question, seen: Assessment) -> Verdict:
        asks_each = question.opening or self._mode_for(question.host) != "auto"
        if not asks_each and seen.level == "L2" and seen.kinds <= self.allow:
            return self._runs(question.cell, seen, "policy")
        kinds = f" --allow {','.join(sorted(seen.kinds))}" if seen.level == "L2" else ""
        reason = _NOBODY.format(reasons="; ".join(seen.judgement.reasons) or "would run code of a model", allow=kinds)
        refused = Outcome("refused", note=reason)
        return Verdict(question.cell, seen.judgement, outcome=refused, ending=("unanswered", reason))

    def _mode_for(self, host: str) -> Mode:
        return tightest(self.mode, self.memory.modes.get(host, "auto"))

    def _assess(self, cell: Cell) -> Assessment:
        return assess(cell.source, self.look, language=cell.language, known=self.memory.known)

    def _runs(self, cell: Cell, seen: Assessment, by: Literal["person", "policy"]) -> Verdict:
        self.memory.known = seen.known
        return Verdict(cell, seen.judgement, runs=True, by=by)


def _edited(cell: Cell, source: str) -> Cell:
    """The cell with the source that the person gave it, empty where it was left as it is."""
    return replace(cell, source=source) if source.strip() else cell


def _inserted(cell: Cell, judgement: Judgement, by: Literal["person", "policy"]) -> Verdict:
    ending: Last = ("inserted", "The cells stand there, not run.")
    return Verdict(cell, judgement, by=by, outcome=Outcome("inserted"), ending=ending)
