"""Where settings come from, which layer wins, and that a key never follows a change of address."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from open_interpreter.configuration import ADDRESSED, home, load_settings, overlay, read_file, save_settings
from open_interpreter.core.errors import SettingsError
from open_interpreter.core.settings import Settings
from open_interpreter.providers.presets import presets

KEY = "sk-canary-0123456789"


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {"OPEN_INTERPRETER_HOME": str(tmp_path / "home")}


def write(environ: dict[str, str], text: str, mode: int = 0o600) -> Path:
    path = home(environ) / "settings.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return path


def test_with_nothing_configured_the_model_is_builtin(environ):
    assert load_settings({}, environ) == Settings()


def test_the_call_wins_over_the_environment_and_that_over_the_file_and_that_over_traits(environ):
    traits = {"model": "openai:a", "max_turns": 2, "max_tokens": 100, "context_tokens": 500}
    write(environ, 'model = "openai:b"\nmax_turns = 3\nmax_tokens = 200\n')
    environ |= {"OPEN_INTERPRETER_MODEL": "openai:c", "OPEN_INTERPRETER_MAX_TURNS": "4"}
    settings = load_settings({"model": "openai:d", "max_turns": None}, environ, traits)
    assert (settings.model, settings.max_turns, settings.max_tokens, settings.context_tokens) == (
        "openai:d",
        4,
        200,
        500,
    )


def test_an_empty_variable_sets_nothing(environ):
    assert load_settings({}, {**environ, "OPEN_INTERPRETER_MODEL": ""}).model == "builtin"


def test_words_are_split_at_commas(environ):
    assert load_settings({}, {**environ, "OPEN_INTERPRETER_ALLOW": "network, install"}).allow == ("network", "install")


@pytest.mark.parametrize("source", ["call", "environment", "file", "traits"])
def test_a_mode_from_anywhere_but_a_magic_answers_the_opening_question(environ, source):
    call, traits = {}, {}
    if source == "call":
        call = {"mode": "auto"}
    elif source == "environment":
        environ["OPEN_INTERPRETER_MODE"] = "auto"
    elif source == "file":
        write(environ, 'mode = "auto"\n')
    else:
        traits = {"mode": "auto"}
    assert load_settings(call, environ, traits).answered


def test_a_magic_answers_no_question_and_only_tightens(environ):
    assert not load_settings({"mode": "auto"}, environ, magic=True).answered
    environ["OPEN_INTERPRETER_MODE"] = "ask"
    assert load_settings({"mode": "auto"}, environ, magic=True).mode == "ask"
    assert load_settings({"mode": "suggest"}, environ, magic=True).mode == "suggest"


def test_no_layer_loosens_the_ceiling(environ):
    write(environ, 'max_mode = "auto"\n')
    settings = load_settings(
        {"max_mode": "auto"}, {**environ, "OPEN_INTERPRETER_MAX_MODE": "auto"}, {"max_mode": "ask"}
    )
    assert settings.max_mode == "ask"


def test_answered_cannot_be_given(environ):
    write(environ, "answered = true\n")
    with pytest.raises(SettingsError, match="no setting 'answered'"):
        load_settings({}, environ)


@pytest.mark.parametrize(
    ("variable", "text"),
    [
        ("MAX_TURNS", "many"),
        ("MAX_TURNS", "0"),
        ("MAX_TURNS", "1.5"),
        ("IDLE_TIMEOUT", "inf"),
        ("TOTAL_TIMEOUT", "-1"),
        ("MODE", "yolo"),
    ],
)
def test_a_variable_without_meaning_is_named(environ, variable, text):
    with pytest.raises(SettingsError, match=f"OPEN_INTERPRETER_{variable}"):
        load_settings({}, {**environ, f"OPEN_INTERPRETER_{variable}": text})


@pytest.mark.parametrize("text", ["model = ", "model = 3\n", "colour = 'red'\n", "max_turns = true\n", "\udcff"])
def test_a_broken_file_is_named(environ, text):
    path = home(environ) / "settings.toml"
    path.parent.mkdir(parents=True)
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(SettingsError) as caught:
        load_settings({}, environ)
    assert str(path) in str(caught.value)


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
def test_a_key_that_others_can_read_is_refused(environ):
    write(environ, f'api_key = "{KEY}"\n', mode=0o644)
    with pytest.raises(SettingsError, match="chmod 600") as caught:
        load_settings({}, environ)
    assert KEY not in str(caught.value)


def test_a_base_url_without_a_model_is_an_error(environ):
    with pytest.raises(SettingsError, match="no model"):
        load_settings({"base_url": "http://127.0.0.1:1/v1"}, environ)


def test_the_file_keeps_what_was_saved_for_its_owner_alone(environ):
    path = save_settings(environ, model="openai:gpt-5", api_key=KEY, allow=("network",), idle_timeout=9.5)
    save_settings(environ, max_turns=3)
    save_settings(environ, idle_timeout=None)
    settings = load_settings({}, environ)
    assert (settings.api_key, settings.allow, settings.max_turns, settings.idle_timeout) == (KEY, ("network",), 3, 45.0)
    assert [each.name for each in path.parent.iterdir()] == ["settings.toml"]
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_any_text_survives_the_file(environ):
    model = 'a "quoted" \\ 模型 😀 \n \x7f'
    save_settings(environ, model=model, base_url="http://127.0.0.1/v1")
    assert load_settings({}, environ).model == model


def test_a_setting_without_meaning_is_not_saved(environ):
    for changes in ({"mode": "yolo"}, {"colour": "red"}, {"colour": None}, {"max_turns": 0}):
        with pytest.raises(SettingsError):
            save_settings(environ, **changes)
    assert not (home(environ) / "settings.toml").exists()


def test_saving_over_a_broken_file_raises_and_keeps_it(environ):
    path = write(environ, "model = ")
    with pytest.raises(SettingsError, match=r"settings\.toml"):
        save_settings(environ, model="builtin")
    assert path.read_text() == "model = "


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="OPEN_INTERPRETER_HOME"):
        save_settings({"OPEN_INTERPRETER_HOME": str(tmp_path / "file" / "home")}, model="builtin")


OPENAI = {"model": "openai:gpt-5", "api_key": KEY}
LAN = {"model": "qwen", "base_url": "http://lan:8000/v1", "api_key": KEY}


@pytest.mark.parametrize(
    ("below", "above"),
    [
        (OPENAI, {"model": "groq:llama"}),
        (OPENAI, {"base_url": "https://evil.example/v1"}),
        (OPENAI, {"model": "x", "base_url": "https://evil.example/v1"}),
        (OPENAI, {"model": "builtin"}),
        (LAN, {"base_url": "http://lan:8001/v1"}),
        (LAN, {"base_url": "https://lan:8000/v1"}),
        (LAN, {"model": "openai:gpt-5"}),
        ({"api_key": KEY}, {"model": "x", "base_url": "https://evil.example/v1"}),
    ],
)
def test_a_key_stays_behind_when_the_address_changes(environ, below, above):
    assert overlay(Settings().over(below), above).api_key == ""
    save_settings(environ, **below)
    assert load_settings(above, environ).api_key == ""
    save_settings(environ, **above)
    assert KEY not in (home(environ) / "settings.toml").read_text()


@pytest.mark.parametrize(
    ("below", "above"),
    [
        (OPENAI, {"model": "openai:gpt-5-mini"}),
        (OPENAI, {"max_turns": 3}),
        (LAN, {"model": "other"}),
        (LAN, {"base_url": "http://lan:8000/v2"}),
        ({"api_key": KEY}, {"model": "openai:gpt-5"}),
        (LAN, {"base_url": "http://other/v1", "api_key": KEY}),
    ],
)
def test_a_key_stays_where_the_address_stays(below, above):
    assert overlay(Settings().over(below), above).api_key == KEY


def test_a_model_with_an_address_of_its_own_leaves_the_configured_one(environ):
    save_settings(environ, model="qwen3:8b", base_url="http://lan:8000/v1")
    assert load_settings({"model": "openai:gpt-5"}, environ).base_url == ""
    assert load_settings({"model": "llama3:8b"}, environ).base_url == "http://lan:8000/v1"
    assert load_settings({"model": "builtin"}, environ).base_url == ""
    save_settings(environ, model="openai:gpt-5")
    assert read_file(home(environ)) == {"model": "openai:gpt-5"}


def test_every_preset_is_known_to_have_an_address():
    assert set(ADDRESSED) == {*presets(), "local"}


def test_home_is_the_systems_folder_unless_told():
    assert home({}).name == "open-interpreter-lab"
    assert home({"OPEN_INTERPRETER_HOME": "~/x"}) == Path("~/x").expanduser()
