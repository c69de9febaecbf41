import subprocess
import sys

from open_interpreter.sessions.lease import Lease

HOLD = """
import sys
from pathlib import Path
from open_interpreter.sessions.lease import Lease
lease = Lease(Path(sys.argv[1]))
print(lease.alone, flush=True)
sys.stdin.read()
"""


def test_a_server_knows_whether_another_one_is_there_even_when_that_is_killed(tmp_path):
    file = tmp_path / "servers.lock"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout.readline() == "True\n"
        second = Lease(file)
        assert not second.alone
        second.close()
        other.kill()
    third = Lease(file)
    assert third.alone
    third.close()
