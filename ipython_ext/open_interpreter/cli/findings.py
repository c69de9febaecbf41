"""One line of the doctor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["OK", "WARN", "FAIL"]
OK: State = "OK"
WARN: State = "WARN"
FAIL: State = "FAIL"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, what was seen, and the next step where something is to be done."""

    state: State
    subject: str
    seen: str
    step: str = ""

    def __str__(self) -> str:
        """The line, with the next step below it."""
        line = f"{self.state:<5} {self.subject:<18} {self.seen}"
        return f"{line}\n{'':<24} → {self.step}" if self.step else line
