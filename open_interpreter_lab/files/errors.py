"""What can be in the way of a notebook file, in words for the person."""

from __future__ import annotations

from open_interpreter.core.errors import OpenInterpreterError

from ..words import Trouble

NOT_FOUND = 404
FORBIDDEN = 403


class PaperTrouble(OpenInterpreterError):
    """The file is gone, no notebook, or cannot be written; `trouble` is the same in an order's words."""

    def __init__(self, trouble: Trouble, words: str) -> None:
        super().__init__(words)
        self.trouble = trouble

    @classmethod
    def unread(cls, path: str, code: int) -> PaperTrouble:
        """The contents manager would not give it; `code` is its answer in numbers of HTTP."""
        if code == NOT_FOUND:
            return cls("closed", f"{path} is not there any more: it was moved or deleted. Open the notebook again.")
        if code == FORBIDDEN:
            return cls("closed", f"{path} may not be read: ask whoever owns it for access.")
        return cls("closed", f"{path} cannot be read as a notebook: open it in a text editor, or take an older copy.")

    @classmethod
    def unwritten(cls, path: str) -> PaperTrouble:
        """It may not be written, or could not be."""
        return cls(
            "readonly",
            f"{path} cannot be written: see that the file is not read-only and that the disk has room, or save the "
            "notebook under another name.",
        )
