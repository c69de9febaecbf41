"""A real browser on a real server: one server a session, one Chromium a module, a tidy page a test."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from tests.model_server import ModelServer
from tests.ui.chromium import FLAGS, executable
from tests.ui.lab import SIZE, Lab
from tests.ui.panel import Panel
from tests.ui.server import Server

HERE = Path(__file__).resolve().parent
PATIENCE = 30_000
"""Milliseconds: what is waited for comes sooner, but on a busy machine."""
FAILED = pytest.StashKey[bool]()

expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A Jupyter server with the labextension of this checkout; its kernels can import tests/ui/by_hand.py."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    running = Server(tmp_path_factory.mktemp("lab"), port)
    shutil.copy(HERE / "by_hand.py", running.root)
    shutil.copy(HERE.parent / "data" / "penguins.csv", running.root)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """A Chromium of its own for each module: playwright's loop may not run while asynchronous tests do."""
    with sync_playwright() as playwright:
        program = executable(playwright.chromium.executable_path)
        if program is None:
            pytest.skip("There is no Chromium: install one, or set OPEN_INTERPRETER_CHROMIUM to its path.")
        context = playwright.chromium.launch_persistent_context(
            tmp_path_factory.mktemp("chromium"),
            executable_path=program,
            args=list(FLAGS),
            viewport=SIZE,
        )
        yield context
        context.close()


@pytest.fixture(scope="module")
def kept() -> list[Page]:
    """The page that a test of the module left tidy: the next one need not load JupyterLab again, which is slow."""
    return []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that fails leaves a picture of its page."""
    report = yield
    opened = getattr(item, "funcargs", {}).get("lab")
    if report.when == "call":
        item.stash[FAILED] = report.failed
    if report.when == "call" and report.failed and isinstance(opened, Lab):
        report.sections.append(("picture", str(opened.shot(f"failed-{item.name}"))))
    return report


@pytest.fixture
def model() -> Iterator[ModelServer]:
    """A model that says what the test tells it to."""
    with ModelServer([]) as scripted:
        yield scripted


@pytest.fixture
def asked(model: ModelServer, server: Server) -> Iterator[ModelServer]:
    """The same as what the panel asks, in a notebook that its cells may compute in."""
    server.configure(model="scripted", base_url=model.base_url, mode="auto")
    yield model
    server.configure(model=None, base_url=None, mode=None)


@pytest.fixture
def stranger(model: ModelServer, server: Server) -> Iterator[ModelServer]:
    """The same, with no mode in the configuration: each kernel's first cell asks the opening question."""
    server.configure(model="scripted", base_url=model.base_url)
    yield model
    server.configure(model=None, base_url=None)


@pytest.fixture
def panel(lab: Lab) -> Panel:
    """The side panel of the page, not shown yet."""
    return Panel(lab)


@pytest.fixture
def lab(request: pytest.FixtureRequest, server: Server, browser: BrowserContext, kept: list[Page]) -> Iterator[Lab]:
    """A page with no document open; no error may be thrown in it."""
    page = kept.pop() if kept else None
    opened = Lab(page or browser.new_page(), server, kept=page is not None)
    opened.page.set_default_timeout(PATIENCE)
    yield opened
    if request.node.stash.get(FAILED, True) or not opened.tidy():
        opened.page.close(run_before_unload=False)
    else:
        kept.append(opened.page)
    server.end_kernels()
    assert opened.trouble == []
