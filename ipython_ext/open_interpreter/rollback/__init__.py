"""A namespace as it was before a step, and the way back to that: into the same objects, without any code of the user's.

`memento.take` before, `Memento.restore` after. Structure is kept by reference and leaf buffers by copy, so views and
aliases stay true. Nothing is copied deeply or pickled: both run user code and sever what is shared.
"""

from .memento import Memento, Report, take

__all__ = ["Memento", "Report", "take"]
