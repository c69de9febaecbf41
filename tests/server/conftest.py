from __future__ import annotations

import pytest
import pytest_asyncio

from tests.model_server import ModelServer
from tests.server.lab import Lab
from tests.server.page import Page


@pytest.fixture(scope="module")
def model():
    with ModelServer([]) as started:
        yield started


@pytest.fixture(scope="module")
def lab(model, tmp_path_factory):
    """One server for the module; `auto` is opened."""
    environment = {
        "OPEN_INTERPRETER_MODEL": "scripted",
        "OPEN_INTERPRETER_BASE_URL": model.base_url,
        "OPEN_INTERPRETER_MODE": "auto",
    }
    started = Lab(tmp_path_factory.mktemp("lab"), environment)
    yield started
    started.stop()


@pytest.fixture
def script(model):
    """Set what the model says next; gives the requests that it got."""

    def say(*replies):
        model.requests.clear()
        model._script.clear()
        model.left.clear()
        model.asked.clear()
        model.say(*replies)
        return model.requests

    return say


@pytest_asyncio.fixture
async def pages(lab):
    """Makes connected pages, which are gone after the test."""
    made = []

    async def connect():
        page = Page(lab)
        made.append(page)
        return await page.connect()

    yield connect
    for page in made:
        await page.disconnect()


@pytest_asyncio.fixture
async def page(pages):
    return await pages()


@pytest.fixture(scope="module")
def kernel_of(lab):
    """A kernel that the tests of this module share, by its name and the notebook's path; one for each path."""
    started = {}

    def kernel(path, name="python3"):
        if path not in started:
            started[path] = lab.kernel(path, name)
        return started[path]

    return kernel
