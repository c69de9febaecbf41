"""When to ask again before a reply has begun. After its first piece nobody asks again."""

from __future__ import annotations

import random
from http import HTTPStatus

from .refusal import Refusal

LONGEST_WAIT = 30.0
"""Seconds: neither a single Retry-After nor all back-off together takes longer."""
LIMITED_TRIES = 3
BACK_OFF = (0.5, 1.0, 2.0, 4.0, 8.0, 8.0)
LOADING_POLL = 0.5
WORTH_IT = (408, 500, 502, 503, 504)


class Patience:
    """Counts the tries of one request."""

    def __init__(self) -> None:
        self._limited = 0
        self._failed = 0
        self._waited = 0.0

    def wait_for(self, refusal: Refusal) -> float | None:
        """Seconds to wait before the next try, None where there is no point in one."""
        if refusal.loading:
            return LOADING_POLL
        if refusal.status == HTTPStatus.TOO_MANY_REQUESTS:
            return None if refusal.used_up else self._limit(refusal)
        if refusal.kind == "reset" or refusal.status in WORTH_IT:
            return self._back_off(refusal)
        return None

    def _limit(self, refusal: Refusal) -> float | None:
        self._limited += 1
        wait = BACK_OFF[self._limited] if refusal.wait is None else max(refusal.wait, 0.0)
        return wait if self._limited <= LIMITED_TRIES and wait <= LONGEST_WAIT else None

    def _back_off(self, refusal: Refusal) -> float | None:
        if self._failed == len(BACK_OFF):
            return None
        wait = max(BACK_OFF[self._failed] * random.uniform(0.75, 1.0), refusal.wait or 0.0)  # noqa: S311  (no secret)
        self._failed += 1
        self._waited += wait
        return wait if self._waited <= LONGEST_WAIT else None
