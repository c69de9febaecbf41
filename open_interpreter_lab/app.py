"""The server extension: what an admin configures under `c.OpenInterpreter`, the routes, and the shutdown.

Nothing of ours is read or opened while the server starts: the settings are read where they are needed, the chats when
the first page asks for them.
"""

from __future__ import annotations

import sys
from typing import Any

from jupyter_server.extension.application import ExtensionApp
from traitlets import Float, Int, List, Unicode

from .routes import ROUTES
from .services import SETTING, Server, Services

MODES = "auto, ask or suggest"


def _given(kind: type[Any], told: str) -> Any:
    """A trait that is None as long as nobody configures it."""
    return kind(None, allow_none=True, help=told).tag(config=True)


class OpenInterpreter(ExtensionApp):
    """Open Interpreter Lab's part of the server. Its traits are the settings; what is None here is left as it is."""

    name = "open_interpreter_lab"
    model = _given(Unicode, "The model that tasks ask, like openai:gpt-5; builtin needs none.")
    base_url = _given(Unicode, "The address of a server that speaks OpenAI's API.")
    api_key = _given(
        Unicode,
        "The key for that address. OPEN_INTERPRETER_API_KEY in the server's environment is the better place: what is "
        "configured here stands in the server's log with --debug.",
    )
    mode = _given(Unicode, f"What runs without being asked for: {MODES}.")
    max_mode = _given(Unicode, f"The loosest mode that anybody may choose: {MODES}.")
    allow = _given(List, "What may run where nobody can answer: network, install.")
    max_turns = _given(Int, "How many requests one task may make.")
    max_tokens = _given(Int, "The longest reply, in tokens.")
    context_tokens = _given(Int, "The largest context that is sent, in tokens.")
    first_byte_timeout = _given(Float, "Seconds until the model must have begun to answer.")
    idle_timeout = _given(Float, "Seconds without a word after which an answer is given up.")
    total_timeout = _given(Float, "Seconds that one answer may take.")

    def initialize_settings(self) -> None:
        """Make the services, which open nothing yet, known to the handlers."""
        assert self.serverapp is not None  # noqa: S101  (it has linked us before)
        web = self.serverapp.web_app.settings
        server = Server(web["kernel_manager"], web["session_manager"], web["contents_manager"])
        self.settings[SETTING] = Services(self.configured(), server)
        if "jupyterlab_server" in sys.modules:  # JupyterLab is served here, and asks for translations
            from .translation import hand_over

            hand_over()

    def initialize_handlers(self) -> None:
        """Add the routes."""
        self.handlers.extend(ROUTES)

    def configured(self) -> dict[str, object]:
        """The settings that somebody has configured here, by name."""
        from open_interpreter.configuration import DEFAULTS

        return {name: value for name in DEFAULTS if (value := getattr(self, name)) is not None}

    async def stop_extension(self) -> None:
        """End what runs and close what is open."""
        services = self.settings.get(SETTING)
        if services is not None:
            await services.close()
