"""Our errors. Each message says what is wrong and what to do next.

OpenInterpreterError
├── UsageError            wrong options, an empty instruction, a file that is not there      (exit code 2)
│   └── SettingsError     a setting that has no meaning, an unknown model
├── ProviderError         the model could not be had or did not answer
│   ├── KeyMissing        no key, or the server refused it
│   ├── Unreachable       connection refused, no such host, time-out
│   ├── Limited           too many requests, or the account is used up
│   └── BadReply          cut, empty, withheld, or no answer of a model at all
├── StoreError            the chats cannot be kept or read
├── TaskStopped           a task ended without success: stuck, refused, or only inserted
└── ApprovalNeeded        something had to be approved and nobody could                      (exit code 3)
"""

from __future__ import annotations


class OpenInterpreterError(Exception):
    """The root of the tree; `str(error)` is one message for the person, with the next step."""

    def _render_traceback_(self) -> list[str]:
        """What IPython shows in place of a traceback: the message alone."""
        return [f"{type(self).__name__}: {self}"]


class UsageError(OpenInterpreterError):
    """Wrong use: options, instruction, file."""


class SettingsError(UsageError):
    """A setting that has no meaning, or an unknown model."""


class ProviderError(OpenInterpreterError):
    """The model could not be had or did not answer."""


class KeyMissing(ProviderError):
    """No key is set, or the server refused it."""


class Unreachable(ProviderError):
    """Nothing answers at the address."""


class Limited(ProviderError):
    """Too many requests, or the account is used up."""


class BadReply(ProviderError):
    """The reply was cut, empty, withheld, or not a model's answer."""


class StoreError(OpenInterpreterError):
    """The file of the chats cannot be read or written, or a newer version wrote it."""


class TaskStopped(OpenInterpreterError):
    """A task ended without success: turns used up, the same mistake twice, refused, or only inserted."""


class ApprovalNeeded(OpenInterpreterError):
    """Something had to be approved and nobody could."""
