"""From an error to a corrected cell: known mistakes, each with its repair, and none repaired the same way twice."""

from .reply import last_mended, mended, repaired

__all__ = ["last_mended", "mended", "repaired"]
