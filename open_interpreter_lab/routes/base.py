"""What all REST handlers share: the services, the body as JSON, and our errors as an answer in words."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from jupyter_server.base.handlers import APIHandler

from ..services import SETTING, Services

Answer = Callable[[Mapping[str, Any]], Awaitable[Mapping[str, Any]]]


class Handler(APIHandler):
    """Answers JSON. An error of ours is answered with its words and no traceback."""

    @property
    def services(self) -> Services:
        """What the handlers share."""
        services: Services = self.settings[SETTING]
        return services

    def body(self) -> dict[str, Any]:
        """The request's body, a JSON object. Raises UsageError where it is none."""
        from open_interpreter.core.errors import UsageError

        try:
            body = json.loads(self.request.body or b"{}")
        except ValueError:
            body = None
        if not isinstance(body, dict):
            raise UsageError("The request holds no JSON object.")
        return body
