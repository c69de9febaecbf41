"""The notebook file, where no page has it open: read and written through the server's contents manager."""

from __future__ import annotations

from .errors import PaperTrouble
from .papers import Papers

__all__ = ["PaperTrouble", "Papers"]
