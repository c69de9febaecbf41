"""The built-in model: recipes, retrieval, filling. It answers offline and refuses what it does not know."""

from .provider import Builtin

__all__ = ["Builtin"]
