"""The name that an instruction gives to what comes of it: `call it ends`, `load x.csv as tips`, `存到变量x里`."""

from __future__ import annotations

import re

from .literals import identifier

_IT = r"(?:it|them|this|that|the (?:result|results|table|rows|data|dataframe|subset|new one))"
_NAME = r"[`\"']?(?P<name>[A-Za-z_][A-Za-z0-9_]*)[`\"']?(?![\w.(])"
_KIND = r"(?:(?:a|the|an)\s+)?(?:new\s+)?(?:(?:data\s?frame|variable|table|df)\s+)?(?:called\s+|named\s+)?"
_RESULT = (
    rf"[,;]?\s*(?:and\s+)?\b(?:call|name)\s+{_IT}\s+{_NAME}",
    rf"[,;]?\s*(?:and\s+)?\b(?:save|store|keep|put|assign)\s+{_IT}\s+(?:as|to|in|into|under)\s+{_KIND}{_NAME}",
    r"[,,]?\s*(?:并|且)?(?:将?结果)?(?:保存|存|赋值)(?:到|为|成|给|入|在)?(?:变量|数据框)?\s*(?P<name>[A-Za-z_][A-Za-z0-9_]*)\s*(?:变量)?[里中]?",
    r"[,,]?\s*(?:结果)?(?:命名为|叫做?|名为)\s*(?P<name>[A-Za-z_][A-Za-z0-9_]*)",
)
_LOADED = (
    rf"\s+(?:as|into|to)\s+{_KIND}{_NAME}",
    rf",?\s+(?:into|as)?\s*(?:a\s+)?(?:data\s?frame\s+|variable\s+)?(?:called|named)\s+{_NAME}",
)
_LOADS = re.compile(r"^\W*(?:please\s+|now\s+|can you\s+)?(?:load|read|open|import)\b", re.IGNORECASE)
_NO_NAMES = frozenset(
    ["a", "an", "the", "csv", "tsv", "excel", "json", "text", "it", "dataframe", "pandas", "df_", "see", "and", "data"]
)
_NO_NAMES |= frozenset(["table", "string", "numbers", "one", "two", "with", "memory", "python", "column", "index"])


def named_result(instruction: str) -> tuple[str, str]:
    """The name, empty where none is given, and the instruction without the words that give it."""
    if re.search(r"\b(?:columns?|features?)\b|列|字段", instruction, re.IGNORECASE):
        return "", instruction
    patterns = (*_RESULT, *(_LOADED if _LOADS.match(instruction) else ()))
    for pattern in patterns:
        for found in re.finditer(pattern, instruction, re.IGNORECASE):
            name = found["name"]
            if identifier(name) and name.lower() not in _NO_NAMES:
                return name, instruction[: found.start()] + instruction[found.end() :]
    return "", instruction
