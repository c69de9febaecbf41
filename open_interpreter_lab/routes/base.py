"""What all REST handlers share: the services, the body as JSON, and our errors as an answer in words."""

from __future__ import annotations

import json
from types import TracebackType
from typing import Any

from jupyter_server.base.handlers import APIHandler
from tornado.web import HTTPError

from ..services import SETTING, Services

UNHANDLED = "Something in Open Interpreter's part of the server went wrong: its log tells what. Try again."


class Handler(APIHandler):
    """Answers JSON. An error of ours is answered as {"message": its words}, with no traceback there or in the log."""

    auth_resource = "open_interpreter"

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

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """What was raised, in words; what is neither ours nor tornado's is told in the log alone."""
        error = (kwargs.get("exc_info") or (None, None))[1]
        if error is None or isinstance(error, HTTPError):
            super().write_error(status_code, **kwargs)
            return
        status = status_of(error)
        self.set_status(status or status_code)
        self.finish(json.dumps({"message": str(error) if status else UNHANDLED}))

    def log_exception(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """An error of ours is for the person who asked, not for the log."""
        if error is None or status_of(error) is None:
            super().log_exception(kind, error, trace)


def status_of(error: BaseException) -> int | None:
    """The HTTP status for an error of ours, None for any other. No 401 or 403: those mean Jupyter's own login."""
    from open_interpreter.core.errors import OpenInterpreterError, ProviderError, StoreError, UsageError

    from .sources import Pinned

    known = ((Pinned, 409), (UsageError, 400), (ProviderError, 502), (StoreError, 503), (OpenInterpreterError, 500))
    return next((status for kind, status in known if isinstance(error, kind)), None)
