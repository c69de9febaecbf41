"""The Chinese catalogue has exactly the texts that the front end and the settings show, with the same places to fill.

A text is what stands in `trans.__('…')`, `trans._n('…', '…', n)` or `trans._p('context', '…')` in src, and what
JupyterLab translates of a settings schema. The keys of the catalogue are those of JupyterLab: a context and the text
with U+0004 between them, or the text alone.
"""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from jupyterlab_server.translation_utils import get_installed_packages_locale, translator

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).parents[1]
DOMAIN = "open_interpreter_lab"
SAFETY = ROOT / "ipython_ext" / "open_interpreter" / "safety"
CATALOGUE = ROOT / DOMAIN / "locale" / "zh_CN" / "LC_MESSAGES" / f"{DOMAIN}.json"
CALL = re.compile(r"\b_?trans\s*\.\s*(__|gettext|_n|ngettext|_p|pgettext|_np|npgettext)\(")
LITERAL = re.compile(r"""'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\$]|\\.)*)`""", re.DOTALL)
TEXTS = {"__": 1, "gettext": 1, "_n": 2, "ngettext": 2, "_p": 2, "pgettext": 2, "_np": 3, "npgettext": 3}
ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
PLACE = re.compile(r"%\d")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
NO_CHINESE = {"%1 of %2", *(f"{context}Open Interpreter" for context in ("", "menu\4", "schema\4", "settings\4"))}
"""Names and signs, which read the same in Chinese."""


def unescape(text: str) -> str:
    signs = {"n": "\n", "t": "\t"}
    return ESCAPE.sub(lambda found: chr(int(found[1], 16)) if found[1] else signs.get(found[2], found[2]), text)


def read_text(source: str, at: int, where: str) -> tuple[str, int]:
    """The text that begins there, its parts put together, and where it ends."""
    text = ""
    while True:
        at += len(source[at:]) - len(source[at:].lstrip())
        found = LITERAL.match(source, at)
        assert found, f"{where}: {source[at : at + 40]!r} is no plain text, which nobody can translate"
        text += unescape(next(each for each in found.groups() if each is not None))
        rest = source[found.end() :].lstrip()
        at = len(source) - len(rest)
        if not rest.startswith("+"):
            return text, at
        at += 1


def texts_of(source: str, where: str) -> Iterator[tuple[str, bool]]:
    """The key of each text, and whether it has a plural."""
    for call in CALL.finditer(source):
        at, texts = call.end(), []
        for _ in range(TEXTS[call[1]]):
            text, at = read_text(source, at, where)
            texts.append(text)
            at += source[at] == ","
        context = f"{texts.pop(0)}\4" if "p" in call[1].replace("gettext", "") else ""
        if len(texts) == 2:
            assert set(PLACE.findall(texts[0])) | {"%1"} == set(PLACE.findall(texts[1])) | {"%1"}, f"{where}: {texts}"
        yield f"{context}{texts[0]}", len(texts) == 2


def schema_texts() -> Iterator[str]:
    class Recorder:
        def __init__(self) -> None:
            self.keys: list[str] = []

        def pgettext(self, context: str, text: str) -> str:
            self.keys.append(f"{context}\4{text}")
            return text

    for path in (ROOT / "schema").glob("*.json"):
        recorder = Recorder()
        translator._translate_schema_strings(recorder, json.loads(path.read_text("utf-8")))
        yield from recorder.keys


def wanted() -> dict[str, bool]:
    keys = dict.fromkeys(schema_texts(), False)
    for path in sorted((ROOT / "src").rglob("*.ts*")):
        where = path.relative_to(ROOT).as_posix()
        for key, plural in texts_of(path.read_text("utf-8"), where):
            assert keys.setdefault(key, plural) == plural, f"{where}: {key!r} has a plural in one place only"
    return keys


def catalogue() -> dict[str, list[str]]:
    content = json.loads(CATALOGUE.read_text("utf-8"))
    del content[""]
    return content


def test_every_text_is_translated_and_nothing_else():
    there, needed = set(catalogue()), set(wanted())
    assert sorted(needed - there) == []
    assert sorted(there - needed) == []


def said_of_cells() -> Iterator[str]:
    """Why a cell asks, as `safety` says it of names that are made up."""
    for path in sorted(SAFETY.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Rule":
                says = node.args[2]
                parts = says.values if isinstance(says, ast.JoinedStr) else [says]
                if isinstance(parts[0], ast.Constant):  # else it begins with what another rule says
                    yield "".join(str(each.value) if isinstance(each, ast.Constant) else "a_name" for each in parts)
    yield from (rule["says"] for rule in tomllib.loads((SAFETY / "modules.toml").read_text("utf-8"))["rule"])


def test_every_reason_why_a_cell_asks_is_told_in_the_person_s_language():
    told = dict(texts_of((ROOT / "src/told.ts").read_text("utf-8"), "told.ts"))
    patterns = [re.compile(PLACE.sub(".+?", re.escape(each)) + r"( \([^()]*\))?") for each in told]
    reasons = set(said_of_cells())
    assert len(reasons) > 50
    assert [each for each in sorted(reasons) if not any(pattern.fullmatch(each) for pattern in patterns)] == []


SENTENCE = re.compile(r"[A-Z].* .*\.", re.DOTALL)
SPEAKING = [
    *(ROOT / DOMAIN / room / "*.py" for room in ("chats", "files", "host", "kernels")),
    ROOT / DOMAIN / "live.py",
    *(ROOT / "ipython_ext/open_interpreter/agent" / f"{name}.py" for name in ("draft", "endings", "loop", "sketch")),
    *(ROOT / "ipython_ext/open_interpreter/providers" / f"{name}.py" for name in ("openai_chat", "refusal")),
]
PUT_TOGETHER = (
    "After a_name replies a_name.",
    "The reply a_name:",
    "Nothing answers at",
    "Too many requests at",
    "a_name a_name:",
)
"""Beginnings of sentences whose parts are sentences' parts themselves: they stand in told.ts with each of those."""


def said_to_people() -> Iterator[str]:
    """Every sentence that the server tells a page, with names that are made up."""
    for path in (found for each in SPEAKING for found in sorted(each.parent.glob(each.name))):
        tree = ast.parse(path.read_text("utf-8"))
        inner = {id(each.value) for each in ast.walk(tree) if isinstance(each, ast.Expr)}
        inner |= {id(part) for each in ast.walk(tree) if isinstance(each, ast.JoinedStr) for part in each.values}
        for node in (each for each in ast.walk(tree) if id(each) not in inner):
            parts = node.values if isinstance(node, ast.JoinedStr) else [node]
            if isinstance(node, ast.JoinedStr | ast.Constant):
                text = "".join(str(each.value) if isinstance(each, ast.Constant) else "a_name" for each in parts)
                text = re.sub(r"\{\w+\}", "a_name", text).replace("a_namea_name", "a_name")
                if SENTENCE.fullmatch(text) or (text.startswith("a_name") and text.endswith(".")):
                    yield text


def test_every_sentence_of_the_server_is_told_in_the_person_s_language():
    told = dict(texts_of((ROOT / "src/told.ts").read_text("utf-8"), "told.ts"))
    patterns = [re.compile(PLACE.sub(".*?", re.escape(each))) for each in told]
    sentences = {each for each in said_to_people() if not each.startswith(PUT_TOGETHER)}
    assert len(sentences) > 50
    assert [each for each in sorted(sentences) if not any(pattern.fullmatch(each) for pattern in patterns)] == []


def test_a_plural_has_the_form_that_jupyterlab_looks_for():
    """One form alone is taken for no translation at all where a plural is asked for, so an empty one follows it."""
    needed = wanted()
    wrong = {
        key: forms
        for key, forms in catalogue().items()
        if len(forms) != 1 + needed.get(key, False) or not forms[0].strip() or any(forms[1:])
    }
    assert wrong == {}


def test_a_translation_has_the_same_places_to_fill():
    """A plural's own number may be missing where the English text names it in words."""
    wrong = []
    for key, plural in wanted().items():
        own, other = set(PLACE.findall(key)), set(PLACE.findall(catalogue().get(key, [key])[0]))
        if own != other and not (plural and own | {"%1"} == other | {"%1"}):
            wrong.append(key)
    assert wrong == []


def test_a_translation_is_chinese():
    strange = [key for key, forms in catalogue().items() if key not in NO_CHINESE and not CHINESE.search(forms[0])]
    assert strange == []


def test_the_head_tells_the_domain_and_the_language():
    head = json.loads(CATALOGUE.read_text("utf-8"))[""]
    assert (head["domain"], head["language"], head["plural_forms"]) == (DOMAIN, "zh-CN", "nplurals=1; plural=0;")


@pytest.mark.parametrize(
    ("source", "keys"),
    [
        ("trans.__('It\\u2019s \\'it\\'')", [("It’s 'it'", False)]),
        ("trans.__(\n  'a ' +\n    \"b\",\n  x\n)", [("a b", False)]),
        ("this._trans.__('a'); trans._n('one', '%1 two', n)", [("a", False), ("one", True)]),
        ("trans._p('menu', 'a')", [("menu\4a", False)]),
    ],
)
def test_the_texts_are_found_as_typescript_writes_them(source, keys):
    assert list(texts_of(source, "here")) == keys


def test_a_text_that_is_put_together_at_run_time_is_a_mistake():
    with pytest.raises(AssertionError, match="no plain text"):
        list(texts_of("trans.__(label)", "here"))


def test_jupyterlab_finds_the_catalogue_by_the_entry_point():
    assert DOMAIN in {each.name for each in entry_points(group="jupyterlab.locale")}
    found, trouble = get_installed_packages_locale("zh_CN")
    assert trouble == ""
    assert found[DOMAIN][""]["domain"] == DOMAIN
