"""What one server wants a request to look like, and what it taught us by refusing one."""

from __future__ import annotations

from typing import Any

from open_interpreter.core.conversation import Message, Request

from .endpoint import Endpoint
from .presets import LimitField
from .refusal import Refusal

OTHER: dict[LimitField, LimitField] = {
    "max_tokens": "max_completion_tokens",
    "max_completion_tokens": "max_tokens",
}
LESSONS = (400, 404, 422, 500)
TOO_MUCH = ("too large", "at most", "maximum", "exceed", "range", "less than")


class Dialect:
    """The fields of a request to one endpoint; `learn` remembers for as long as the provider lives."""

    def __init__(self, endpoint: Endpoint, max_tokens: int) -> None:
        self._model = endpoint.model
        self._vision = endpoint.profile.vision
        self._limit: LimitField = endpoint.preset.limit
        self._longest = min(max_tokens, max(endpoint.preset.context // 2, 1))
        self._thinking = endpoint.preset.thinking
        self._swapped = False
        self._usage_asked = True

    def body(self, request: Request) -> dict[str, Any]:
        """The keyword arguments of a request."""
        body: dict[str, Any] = {
            "model": self._model,
            "messages": [self._message(each) for each in request.messages],
            "stream": True,
            self._limit: self._longest + self._thinking,
        }
        if self._usage_asked:
            body["stream_options"] = {"include_usage": True}
        return body

    def learn(self, refusal: Refusal) -> bool:
        """Take a refusal that names a field as a lesson. True where the same request is worth another try at once."""
        if refusal.kind != "status" or refusal.status not in LESSONS:
            return False
        if self._usage_asked and refusal.says("stream_options", "stream options", "include_usage"):
            self._usage_asked = False
            return True
        if self._thinking and refusal.says(*OTHER) and refusal.says(*TOO_MUCH):
            self._thinking = 0
            return True
        if not self._swapped and refusal.says(*OTHER):
            self._swapped, self._limit = True, OTHER[self._limit]
            return True
        return False

    def _message(self, message: Message) -> dict[str, Any]:
        if not (message.images and self._vision):
            return {"role": message.role, "content": message.text}
        pictures = [
            {"type": "image_url", "image_url": {"url": f"data:{each.mime};base64,{each.data}"}}
            for each in message.images
        ]
        return {"role": message.role, "content": [{"type": "text", "text": message.text}, *pictures]}
