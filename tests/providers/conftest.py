"""Fixtures of this folder."""

from __future__ import annotations

from tests.llama import llama_server, scripted_file  # noqa: F401  (fixtures)
