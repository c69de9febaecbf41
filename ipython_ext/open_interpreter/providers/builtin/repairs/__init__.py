"""From an error to a corrected cell: known mistakes, each with its one repair; no mistake is repaired the same way twice."""

from .reply import mended, repaired

__all__ = ["mended", "repaired"]
