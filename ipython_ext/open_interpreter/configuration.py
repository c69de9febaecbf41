"""The one place that reads the environment and the settings file, and lays one layer over the other.

Order, the strongest first: call or magic option, environment, file, traits, default. Two things do not follow it: no
layer loosens `max_mode`, and a key goes only where the layer that brought it meant it to go.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import stat
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from .core.errors import SettingsError
from .core.questions import MODES
from .core.settings import Settings

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FILE = "settings.toml"
PREFIX = "OPEN_INTERPRETER_"
OWN = "answered"
"""Worked out here, never given."""
DEFAULTS: Mapping[str, Any] = {
    each.name: getattr(Settings(), each.name) for each in fields(Settings) if each.name != OWN
}
ADDRESSED = (
    *("openai", "azure", "anthropic", "gemini", "mistral", "deepseek", "groq", "openrouter", "together", "xai"),
    *("ollama", "lmstudio", "vllm", "llama.cpp", "local"),
)
"""The beginnings of model names that say where the model is; a test holds them against the providers' presets."""


def home(environ: Mapping[str, str] | None = None) -> Path:
    """The folder for settings and data: OPEN_INTERPRETER_HOME, else the system's usual one. It may not exist yet."""
    told = (os.environ if environ is None else environ).get("OPEN_INTERPRETER_HOME", "")
    if told:
        return Path(told).expanduser()
    import platformdirs

    return Path(platformdirs.user_data_dir("open-interpreter-lab", appauthor=False))


def load_settings(
    call: Mapping[str, object] | None = None,
    environ: Mapping[str, str] | None = None,
    traits: Mapping[str, object] | None = None,
    *,
    magic: bool = False,
) -> Settings:
    """The settings of one call. With `magic`, `call` holds a magic's options, which may only tighten the mode.

    Raises SettingsError, naming the file or the variable, on what has no meaning.
    """
    environ = os.environ if environ is None else environ
    layers = [_checked(traits or {}, ""), read_file(home(environ)), read_environment(environ)]
    settings = Settings()
    for layer in layers:
        settings = overlay(settings, layer)
    answered = any("mode" in layer for layer in layers)
    options = _checked(call or {}, "")
    if magic and "mode" in options:
        options["mode"] = min(settings.mode, options["mode"], key=MODES.index)
    settings = overlay(settings, options)
    if settings.base_url and not any("model" in layer for layer in (*layers, options)):
        raise SettingsError("base_url is set but no model: name one of those that the server has.")
    return settings.over({OWN: answered or ("mode" in options and not magic)})


def overlay(settings: Settings, layer: Mapping[str, object]) -> Settings:
    """The settings with a layer on top; a model with an address of its own leaves the address below behind.

    A layer that leads elsewhere and brings no key takes the one below away. `max_mode` is only ever tightened.
    """
    given = _checked(layer, "")
    if "max_mode" in given:
        given["max_mode"] = min(settings.max_mode, given["max_mode"], key=MODES.index)
    if "model" in given and _moves(settings.model, given["model"]):
        given.setdefault("base_url", "")
    above = settings.over(given)
    here, there = _place(settings), _place(above)
    if "api_key" not in given and here != there and (here or above.base_url):
        above = above.over({"api_key": ""})
    return above


def read_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    """What the OPEN_INTERPRETER_… variables set; an empty one sets nothing."""
    layer: dict[str, Any] = {}
    for name in DEFAULTS:
        text = environ.get(PREFIX + name.upper(), "").strip()
        if text:
            layer.update(_checked({name: text}, f"{PREFIX}{name.upper()}: "))
    return layer


def read_file(folder: Path) -> dict[str, Any]:
    """What the settings file in this folder sets; nothing where there is none."""
    path = folder / FILE
    try:
        text = path.read_text(encoding="utf-8")
        table = tomllib.loads(text)
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path} cannot be read ({error}): mend it, or delete it to begin anew.") from None
    layer = _checked(table, f"{path}: ")
    if "api_key" in layer and os.name == "posix" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise SettingsError(f"{path} holds a key and others can read it: run `chmod 600 {path}`.")
    return layer


def save_settings(environ: Mapping[str, str] | None = None, **changes: object) -> Path:
    """Write changes into the settings file and give its path; None takes a setting out.

    A change of address takes the file's key out, unless a new one comes along.
    """
    folder = home(environ)
    return _write(folder, changed(read_file(folder), changes))


def changed(before: Mapping[str, Any], changes: Mapping[str, object]) -> dict[str, Any]:
    """What a settings file that holds `before` would hold after `save_settings`. Raises SettingsError as it does."""
    gone = [name for name, value in changes.items() if value is None]
    _check_names(gone, "")
    after = _checked(changes, "")
    layer = {name: value for name, value in {**before, **after}.items() if name not in gone}
    led = overlay(Settings().over(before), {**{name: DEFAULTS[name] for name in gone}, **after})
    for name in ("base_url", "api_key"):
        if not getattr(led, name):
            layer.pop(name, None)
    return layer


def _moves(below: str, above: str) -> bool:
    return above == "builtin" or (_prefix(above) != "" and _prefix(above) != _prefix(below))


def _prefix(model: str) -> str:
    prefix, colon, _ = model.partition(":")
    return prefix if colon and prefix in ADDRESSED else ""


def _place(settings: Settings) -> str:
    """Where a key goes under these settings: the address's origin, else the preset; empty where nobody said."""
    if settings.base_url:
        parts = urlsplit(settings.base_url)
        return f"{parts.scheme}://{parts.netloc}".lower()
    return _prefix(settings.model)


def _checked(layer: Mapping[str, object], where: str) -> dict[str, Any]:
    """The layer without its empty entries, every value of its setting's kind."""
    given = {name: value for name, value in layer.items() if value is not None}
    _check_names(given, where)
    checked = {name: _value(name, value, where) for name, value in given.items()}
    try:
        Settings().over(checked)
    except SettingsError as error:
        raise SettingsError(f"{where}{error}") from None
    return checked


def _check_names(names: Iterable[str], where: str) -> None:
    strange = [name for name in names if name not in DEFAULTS]
    if strange:
        raise SettingsError(f"{where}there is no setting {strange[0]!r}: the settings are {', '.join(DEFAULTS)}.")


def _value(name: str, value: object, where: str) -> object:
    default = DEFAULTS[name]
    if isinstance(default, (int, float)):
        return _number(name, value, where)
    if isinstance(default, tuple):
        parts = value.split(",") if isinstance(value, str) else value
        if isinstance(parts, (list, tuple)) and all(isinstance(each, str) for each in parts):
            return tuple(each.strip() for each in parts if each.strip())
        raise SettingsError(f"{where}{name} must be a list of words, like network,install.")
    if not isinstance(value, str):
        raise SettingsError(f"{where}{name} must be a text.")
    return value


def _number(name: str, value: object, where: str) -> int | float:
    whole = isinstance(DEFAULTS[name], int)
    number = _read_number(value, whole=whole)
    if not math.isfinite(number) or number <= 0:
        kind = "a whole number" if whole else "a number"
        raise SettingsError(f"{where}{name} must be {kind} above 0, not {value!r}.")
    return number


def _read_number(value: object, *, whole: bool) -> int | float:
    """The number, NaN where it is none of that kind."""
    if isinstance(value, bool) or not isinstance(value, (int, str) if whole else (int, float, str)):
        return math.nan
    try:
        return int(value) if whole else float(value)
    except ValueError:
        return math.nan


def _write(folder: Path, layer: Mapping[str, Any]) -> Path:
    """Write the file in one step, readable for its owner alone from its first moment on."""
    lines = [f"{name} = {_toml(value)}\n" for name, value in sorted(layer.items())]
    path = folder / FILE
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=folder, prefix=f".{FILE}-")  # mkstemp makes it 0600
    except OSError as error:
        raise SettingsError(f"{path} cannot be written ({error}): set OPEN_INTERPRETER_HOME.") from None
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.writelines(lines)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise SettingsError(f"{path} cannot be written ({error}): make room, or set OPEN_INTERPRETER_HOME.") from None
    return path


def _toml(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(_toml(each) for each in value)}]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return repr(value)
