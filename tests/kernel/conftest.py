import pytest

from tests.kernel.desk import Desk
from tests.model_server import ModelServer


@pytest.fixture(scope="module")
def server():
    with ModelServer([]) as started:
        yield started


@pytest.fixture(scope="module")
def kernel(server, tmp_path_factory):
    """One kernel for the module, configured for the scripted model; `auto` is opened."""
    home = tmp_path_factory.mktemp("home")
    environment = {
        "OPEN_INTERPRETER_MODEL": "scripted",
        "OPEN_INTERPRETER_BASE_URL": server.base_url,
        "OPEN_INTERPRETER_MODE": "auto",
        "OPEN_INTERPRETER_HOME": str(home),
    }
    desk = Desk(environment)
    desk.run(*desk.write("%load_ext open_interpreter"))
    assert desk.cells[0].error is None, desk.cells[0].text
    yield desk
    desk.close()


@pytest.fixture
def desk(kernel):
    """The module's kernel with an empty notebook and an empty namespace."""
    kernel.clear()
    kernel.answers, kernel.asked, kernel.present = [], [], True
    kernel.run(*kernel.write("%reset -f"))
    kernel.clear()
    return kernel


@pytest.fixture
def script(server):
    """Set what the model says next."""

    def say(*replies):
        server.requests.clear()
        server._script.clear()
        server.say(*replies)
        return server

    return say
