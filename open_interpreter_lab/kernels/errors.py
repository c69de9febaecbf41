"""What can go wrong between the server and a kernel, in words for the person."""

from __future__ import annotations

from open_interpreter.core.errors import OpenInterpreterError


class KernelLost(OpenInterpreterError):
    """The kernel died, was restarted under us, or is not there."""

    @classmethod
    def gone(cls) -> KernelLost:
        """There is no such kernel, or it was shut down."""
        return cls("The notebook's kernel is not there any more: start one (Kernel, Restart Kernel) and ask again.")

    @classmethod
    def died(cls) -> KernelLost:
        """The process ended by itself; the server may or may not have started it again."""
        return cls(
            "The notebook's kernel died; everything in its memory is lost. Run the cells above again, then ask again. "
            "A kernel that dies over and over has often run out of memory."
        )

    @classmethod
    def restarted(cls) -> KernelLost:
        """Somebody restarted it."""
        return cls(
            "The notebook's kernel was restarted; everything in its memory is lost. Run the cells above again, then "
            "ask again."
        )

    @classmethod
    def silent(cls) -> KernelLost:
        """It is said to live, but answers nothing."""
        return cls("The notebook's kernel does not answer: interrupt it, or restart it, and ask again.")
