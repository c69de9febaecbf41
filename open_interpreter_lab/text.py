"""Text that can be written anywhere: half a character, which no UTF-8 can hold, becomes U+FFFD.

Halves come from pages (JavaScript cuts an emoji in two), models and kernels, and from file names that are no UTF-8.
"""

from __future__ import annotations

import json
import re

from open_interpreter.core.wire import to_wire

MARK = "\ufffd"
_HALF = re.compile("[\ud800-\udfff]")
_ESCAPE = re.compile(r"\\(?:ud[89ab][\da-f]{2}\\ud[c-f][\da-f]{2}|(ud[89a-f][\da-f]{2})|.)", re.ASCII | re.IGNORECASE)
"""Any escape in JSON: both halves of a character, a half in the group, or another one."""


def whole(text: str) -> str:
    """The same text without halves."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return _HALF.sub(MARK, text)
    return text


def whole_json(text: str | bytes) -> str:
    """The same JSON, with no half in any of its strings."""
    read = text if isinstance(text, str) else text.decode("utf-8", "replace")
    return _ESCAPE.sub(lambda found: MARK if found[1] else found[0], whole(read))


def json_of(value: object) -> str:
    """A value as JSON text, without halves."""
    return whole(json.dumps(to_wire(value), ensure_ascii=False))
