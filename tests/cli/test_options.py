"""A model chosen on the command line never gets the key or the address of another."""

import argparse

from open_interpreter.cli.options import environment

ELSEWHERE = {"MODEL": "corp", "BASE_URL": "http://corp.invalid/v1", "API_KEY": "secret"}


def chosen(monkeypatch, **options):
    for name, value in ELSEWHERE.items():
        monkeypatch.setenv(f"OPEN_INTERPRETER_{name}", value)
    return environment(argparse.Namespace(**options))


def test_another_address_does_not_get_the_key(monkeypatch):
    told = chosen(monkeypatch, model="qwen", base_url="http://other.invalid/v1")
    assert (told["OPEN_INTERPRETER_BASE_URL"], told["OPEN_INTERPRETER_API_KEY"]) == ("http://other.invalid/v1", "")


def test_a_preset_leaves_the_configured_address_behind(monkeypatch):
    told = chosen(monkeypatch, model="openai:gpt-5")
    assert (told["OPEN_INTERPRETER_BASE_URL"], told["OPEN_INTERPRETER_API_KEY"]) == ("", "")


def test_without_a_choice_nothing_is_changed(monkeypatch):
    assert chosen(monkeypatch, mode="ask") == {"OPEN_INTERPRETER_MODE": "ask"}
