"""A failed step leaves the namespace as it was: equal values, and equal sharing, for random programs."""

from __future__ import annotations

import warnings

import pytest
from open_interpreter.rollback import take

from tests.rollback.programs import fresh, picture, program

PROGRAMS = 300


@pytest.mark.parametrize("start", range(0, PROGRAMS, 50))
def test_a_failed_step_leaves_everything_as_it_was(start):
    for seed in range(start, start + 50):
        namespace, source = fresh(), program(seed)
        before = picture(namespace)
        memento = take(namespace, source)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with pytest.raises(ValueError, match="the step fails"):
                exec(source, namespace)
        assert memento.lost == {}, source
        memento.restore()
        assert picture(namespace) == before, source
