"""The options that choose a model and say what may run: the same words for every command, handed on as environment."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping

from open_interpreter.core.questions import MODES

VARIABLES = {
    "model": "OPEN_INTERPRETER_MODEL",
    "base_url": "OPEN_INTERPRETER_BASE_URL",
    "mode": "OPEN_INTERPRETER_MODE",
    "allow": "OPEN_INTERPRETER_ALLOW",
    "max_turns": "OPEN_INTERPRETER_MAX_TURNS",
}


def add_model(parser: argparse.ArgumentParser) -> None:
    """The model and where it is."""
    parser.add_argument("-m", "--model", metavar="NAME", help="builtin, openai:gpt-…, ollama:…, local:/path/x.gguf")
    parser.add_argument("--base-url", metavar="URL", help="any OpenAI-compatible endpoint")


def add_approval(parser: argparse.ArgumentParser) -> None:
    """What may run while nobody can be asked."""
    parser.add_argument(
        "--mode", choices=MODES, help="auto answers the one question that opens it; the default asks it"
    )
    parser.add_argument(
        "--allow",
        type=kinds,
        metavar="KINDS",
        help="kinds of cells that may run beyond computing: network,install",
    )
    parser.add_argument("--max-turns", type=positive, metavar="N", help="replies of the model at most, for one task")


def environment(chosen: argparse.Namespace) -> Mapping[str, str]:
    """The chosen options as variables of a kernel's environment."""
    told = ((VARIABLES[name], value) for name, value in layer(chosen).items())
    variables = {variable: ",".join(value) if isinstance(value, tuple) else str(value) for variable, value in told}
    return {**_addressed(chosen), **variables}


def _addressed(chosen: argparse.Namespace) -> Mapping[str, str]:
    """The address and key that go with a chosen model; what the person's own variables name for another is emptied."""
    if not {"model", "base_url"} & layer(chosen).keys():
        return {}
    from open_interpreter import configuration

    settings = configuration.load_settings(layer(chosen))
    key = configuration.read_environment(os.environ).get("api_key")
    emptied = {"OPEN_INTERPRETER_API_KEY": ""} if key and key != settings.api_key else {}
    return {"OPEN_INTERPRETER_BASE_URL": settings.base_url, **emptied}


def layer(chosen: argparse.Namespace) -> dict[str, object]:
    """The chosen options by their names in the settings; checked there, so that a wrong one costs no kernel."""
    given = {name: getattr(chosen, name, None) for name in VARIABLES}
    return {name: value for name, value in given.items() if value is not None}


def kinds(text: str) -> tuple[str, ...]:
    """Words with commas between them."""
    return tuple(word.strip() for word in text.split(",") if word.strip())


def positive(text: str) -> int:
    """A whole number of 1 or more."""
    number = int(text) if text.isdecimal() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number of 1 or more")
    return number
