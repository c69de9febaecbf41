"""Lets JupyterLab's server translate the settings of ours.

The page gets our texts from `locale/` by an entry point. The titles in a settings schema, though, are translated by the
server, which looks for them in a language pack alone. Here it is handed our own catalogue for our domain; what a
language pack knows better still counts where ours has nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jupyterlab_server.translation_utils import TranslationBundle, translator

DOMAIN = "open_interpreter_lab"
FOLDER = Path(__file__).with_name("locale")
CONTEXT = "\4"
"""Stands between a text's context and the text, as gettext has it."""


class Texts(TranslationBundle):
    """Our domain's texts in the language that JupyterLab has set."""

    def pgettext(self, msgctxt: str, msgid: str) -> str:
        """The text in that context, as it is where nobody has translated it."""
        own = read_catalogue(self._locale).get(f"{msgctxt}{CONTEXT}{msgid}")
        return own or super().pgettext(msgctxt, msgid)


def hand_over() -> None:
    """Put our texts among those that the server translates from."""
    texts = Texts(DOMAIN, translator._LOCALE)  # noqa: SLF001  (there is no other way in)
    translator._TRANSLATORS[DOMAIN] = texts  # noqa: SLF001


@cache
def read_catalogue(language: str) -> Mapping[str, str]:
    """The texts of a language like zh_CN by their keys; empty where we have none."""
    path = FOLDER / language / "LC_MESSAGES" / f"{DOMAIN}.json"
    if not path.is_file():
        return {}
    content = json.loads(path.read_text("utf-8"))
    return {key: forms[0] for key, forms in content.items() if key}
