"""One frozen value with every setting; traits, the settings schema and the docs are views of it.

Pure: who reads the environment and the settings file is `configuration`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace

from .errors import SettingsError
from .questions import MODES, Mode

DEFAULT_MODEL = "builtin"


@dataclass(frozen=True, slots=True)
class Settings:
    """How a task is done. Times are in seconds, sizes in tokens where not said otherwise."""

    model: str = DEFAULT_MODEL
    base_url: str = ""
    api_key: str = field(default="", repr=False)
    mode: Mode = "auto"
    max_mode: Mode = "auto"
    """The admin's ceiling: no mode looser than this."""
    allow: tuple[str, ...] = ()
    """Kinds of L2 that may run where nobody can answer (`--allow network,install`)."""
    answered: bool = False
    """Whether `mode` was given on the command line or in the configuration, which answers the opening question."""
    max_turns: int = 8
    max_tokens: int = 4096
    """The longest reply."""
    context_tokens: int = 8000
    """The largest context that is sent, where the model can hold that much."""
    first_byte_timeout: float = 60.0
    idle_timeout: float = 45.0
    total_timeout: float = 600.0

    def __post_init__(self) -> None:
        """Refuse what has no meaning; raises SettingsError with the allowed values."""
        for name in ("mode", "max_mode"):
            if getattr(self, name) not in MODES:
                raise SettingsError(f"{name} is {getattr(self, name)!r}: choose one of {', '.join(MODES)}.")
        if self.max_turns < 1:
            raise SettingsError(f"max_turns is {self.max_turns}: it must be 1 or more.")

    def over(self, layer: Mapping[str, object]) -> Settings:
        """These settings under the values of the layer that are not None. Raises SettingsError on a strange name."""
        known = {each.name for each in fields(self)}
        strange = sorted(set(layer) - known)
        if strange:
            raise SettingsError(f"There is no setting {strange[0]!r}: the settings are {', '.join(sorted(known))}.")
        return replace(self, **{name: value for name, value in layer.items() if value is not None})  # type: ignore[arg-type]

    @property
    def effective_mode(self) -> Mode:
        """The mode, never looser than the ceiling."""
        return MODES[min(MODES.index(self.mode), MODES.index(self.max_mode))]
