"""IPython without a kernel: the code is shown, then run, and the answer comes below."""

import os
import subprocess
import sys


def ipython(*lines, **environment):
    done = subprocess.run(
        [sys.executable, "-m", "IPython", "--simple-prompt", "--no-banner", "--colors=NoColor", "--no-confirm-exit"],
        input="\n".join(["%load_ext open_interpreter", *lines, ""]),
        env={**os.environ, **environment},
        text=True,
        capture_output=True,
        timeout=120,
        check=True,
    )
    return done.stdout


def test_a_prompt_shows_and_runs_its_code_in_the_namespace():
    told = ipython("%interpret write a function for the factorial of a number", "'again', factorial(5)")
    assert "def factorial" in told
    assert "('again', 120)" in told


def test_a_mistake_is_one_line():
    told = ipython("%interpret --nope x", "'still', 'here'")
    assert "UsageError: %%interpret has no option --nope" in told
    assert "Traceback" not in told
    assert "('still', 'here')" in told
