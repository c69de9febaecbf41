"""What a server said instead of a reply, and the one place where that becomes an error of ours.

Takes plain values only, so that nothing here depends on the client library. No message ever holds the key.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Literal

from open_interpreter.core.errors import BadReply, KeyMissing, Limited, ProviderError, Unreachable

from .endpoint import Endpoint

Kind = Literal["status", "stream", "connect", "reset", "timeout", "moved", "alien"]
"""status: an HTTP error. stream: an error in a stream. connect: no connection came about. reset: it broke. timeout:
`words` say what was waited for. moved: a redirect to another host. alien: something that no model sends."""

LONGEST = 300
SHORTEST_KEY = 8
USED_UP = ("insufficient_quota", "billing", "credit", "balance", "exceeded your current quota")
TOO_LONG = ("context_length", "context length", "context size", "maximum context", "too long", "prompt is too large")

WORDS: Mapping[Kind, tuple[type[ProviderError], str]] = {
    "stream": (BadReply, "{host} broke off its reply{told}: ask again."),
    "timeout": (Unreachable, "{host} {words}: ask again, or raise that setting."),
    "moved": (ProviderError, "{words}"),
    "alien": (
        BadReply,
        "{base_url} answers, but not as a model does{told}: check base_url, which usually ends in /v1.",
    ),
    "reset": (Unreachable, "{host} closed the connection without an answer{told}: try again later."),
    "connect": (Unreachable, "Nothing answers at {host}{told}. {start}, or choose another model."),
}
STATUS_WORDS: Mapping[int, tuple[type[ProviderError], str]] = {
    401: (KeyMissing, "{host} refused the key{told}: set {variable}, or choose the model builtin."),
    403: (KeyMissing, "{host} does not let this key use {model}{told}: choose another model or key."),
    404: (
        ProviderError,
        "{host} has no model {model} at {base_url}{told}: see `open-interpreter models`, and check base_url.",
    ),
    429: (Limited, "Too many requests at {host}{told}: try again {when}."),
}
USED_UP_WORDS = (Limited, "The account at {host} is used up{told}: top it up, or choose another model.")
TOO_LONG_WORDS = (ProviderError, "This is more than {model} at {host} can hold{told}: lower context_tokens.")
TROUBLE_WORDS = (ProviderError, "{host} has trouble ({status}){told}: try again later, or choose another model.")
REFUSED_WORDS = (ProviderError, "{host} did not take the request ({status}){told}: check the model and base_url.")


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer that is no reply. `wait` is what Retry-After asked for, in seconds; `words` are the server's own."""

    kind: Kind
    words: str = field(default="", repr=False)
    code: str = ""
    status: int = 0
    wait: float | None = None

    def says(self, *phrases: str) -> bool:
        """Whether the server's words or code hold one of the phrases."""
        heard = f"{self.code} {self.words}".lower()
        return any(each in heard for each in phrases)

    @property
    def used_up(self) -> bool:
        """Whether the account has nothing left, which no waiting mends."""
        if self.status == HTTPStatus.PAYMENT_REQUIRED:
            return True
        return self.status in (HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS) and self.says(*USED_UP)

    @property
    def loading(self) -> bool:
        """Whether a local server is still loading its model."""
        return self.status == HTTPStatus.SERVICE_UNAVAILABLE and self.says("loading model")


def read_body(body: object) -> tuple[str, str]:
    """The words and the code of an error body: OpenAI's form, a bare text, Gemini's list, FastAPI's `detail`."""
    if isinstance(body, list) and body:
        return read_body(body[0])
    if not isinstance(body, Mapping):
        return ("" if body is None or str(body).lstrip().startswith("<") else str(body)), ""
    inner = body.get("error", body)
    if not isinstance(inner, Mapping):
        return str(inner), ""
    words = inner.get("message") or inner.get("detail") or inner.get("msg") or ""
    code = " ".join(str(inner[name]) for name in ("code", "type", "status") if inner.get(name))
    return (words if isinstance(words, str) else json.dumps(words)), code


def read_wait(headers: Mapping[str, str]) -> float | None:
    """What Retry-After asks for, in seconds; None where it is missing or a date that nobody sends."""
    try:
        return float(headers["retry-after-ms"]) / 1000 if "retry-after-ms" in headers else float(headers["retry-after"])
    except (KeyError, ValueError):
        return None


def to_error(refusal: Refusal, endpoint: Endpoint, *, begun: bool = False) -> ProviderError:
    """The error of ours, naming the host and the next step; `begun` when a part of the reply was there already."""
    kind, form = _of_status(refusal) if refusal.kind == "status" else WORDS[refusal.kind]
    if begun and refusal.kind in ("reset", "connect"):
        kind, form = WORDS["stream"]
    start = endpoint.preset.start
    return (BadReply if begun else kind)(
        form.format(
            host=endpoint.host,
            model=endpoint.model,
            base_url=endpoint.base_url,
            variable=endpoint.preset.key or "OPEN_INTERPRETER_API_KEY",
            start=f"Start it with `{start}`" if start else "Check base_url and the network",
            when="later" if refusal.wait is None else f"in {refusal.wait:g} s",
            status=refusal.status,
            words=hide(refusal.words, endpoint.api_key),
            told=_told(refusal, endpoint),
        )
    )


def _of_status(refusal: Refusal) -> tuple[type[ProviderError], str]:
    status = refusal.status
    if refusal.used_up:
        return USED_UP_WORDS
    if status in (400, 413, 422, 500) and refusal.says(*TOO_LONG):
        return TOO_LONG_WORDS
    trouble = status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.REQUEST_TIMEOUT
    return STATUS_WORDS.get(status, TROUBLE_WORDS if trouble else REFUSED_WORDS)


def _told(refusal: Refusal, endpoint: Endpoint) -> str:
    words = "".join(each if each.isprintable() else " " for each in refusal.words)
    words = hide(" ".join(words.split()), endpoint.api_key) if refusal.kind != "timeout" else ""
    if len(words) > LONGEST:
        words = words[:LONGEST] + "…"
    return f" ({words.rstrip('.')})" if words else ""


def hide(text: str, key: str) -> str:
    """The text without the key; a key shorter than any real one is a word like `none`, and no secret."""
    return text.replace(key, "…") if len(key) >= SHORTEST_KEY else text
