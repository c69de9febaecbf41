"""A real browser on a real server for a measurement, and a chat as a long day leaves it."""

from __future__ import annotations

import shutil
import socket
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from open_interpreter.core.cells import Cell
from open_interpreter.core.chats import Chat
from open_interpreter.core.conversation import Usage
from open_interpreter.core.events import CellOpened, Drafted, Finished, Wrote
from open_interpreter.sessions.store import ANY_ROOT, FILE, Row, Store
from playwright.sync_api import sync_playwright

from open_interpreter_lab.chats.keeping import row_of
from open_interpreter_lab.words import Happening, Ran, Record, Running, Said, Sent, Started
from tests.bench.rows import Row as Figure
from tests.ui.chromium import FLAGS, executable
from tests.ui.lab import SECOND, Lab
from tests.ui.server import Server

SELDOM_MS = 500
OVER = """() => document.querySelector('.jp-OpenInterpreter-ending')
  && !document.querySelector('.jp-OpenInterpreter-stop')"""
ANSWER = """The mean of `body_mass_g` differs by species:

| species | mean |
|---|---|
| Adelie | 3700.7 |
| Chinstrap | 3733.1 |
| Gentoo | 5076.0 |

Gentoo penguins are **a third heavier**, with $\\sigma \\approx 504$ g.
"""
CODE = 'figures = df.groupby("species")["body_mass_g"].mean()\nfigures.plot.bar(rot=0)\n'


@contextmanager
def served(home: Path | None = None) -> Iterator[Server]:
    """A server of its own, in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        server = Server(home or Path(folder), port)
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def shown(server: Server) -> Iterator[Lab]:
    """A page on that server. Raises LookupError where there is no Chromium."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        program = executable(playwright.chromium.executable_path)
        if program is None:
            raise LookupError("there is no Chromium")
        context = playwright.chromium.launch_persistent_context(
            folder, executable_path=program, args=list(FLAGS), viewport={"width": 1280, "height": 900}
        )
        page = context.new_page()
        page.set_default_timeout(30_000)
        try:
            yield Lab(page, server)
        finally:
            context.close()


def ask_quietly(lab: Lab, text: str, seconds: float = 90) -> None:
    """Say words in the panel and wait for the end, looking seldom: playwright's own looking takes the page's time."""
    field = lab.page.locator("textarea.jp-OpenInterpreter-field")
    field.fill(text)
    field.press("Enter")
    lab.page.wait_for_function(
        OVER,
        polling=SELDOM_MS,
        timeout=seconds * SECOND,
    )


def missing(what: str, aim: str) -> Iterator[Figure] | None:
    """The row to give where no browser can be driven; None where one can."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
    return None if any(map(shutil.which, names)) else iter([Figure(what, "no Chromium here", aim)])


def keep_chats(home: Path, path: str, chats: int, tasks: int) -> tuple[str, ...]:
    """Write chats of so many tasks about the notebook at `path` into the store below `home`; their ids."""
    store = Store(home / "sessions" / FILE, ANY_ROOT)
    try:
        return tuple(_keep(store, path, f"chat{number}", tasks) for number in range(chats))
    finally:
        store.close()


def _keep(store: Store, path: str, chat: str, tasks: int) -> str:
    now = time.time()
    store.save(Chat(chat, path, f"About penguins, {chat}", now, now))
    rows: list[Row] = []
    for number in range(tasks):
        for event in _happened(number):
            rows.append(row_of(Record(len(rows) + 1, f"{chat}-task{number}", event)))
    store.add(chat, rows)
    return chat


def _happened(number: int) -> Sequence[Happening]:
    cell = Cell(f"cell{number}", CODE)
    return (
        Said(f"mean body mass by species, as a bar chart, number {number}", at=time.time()),
        Started("scripted"),
        Sent(1, 1200),
        CellOpened(cell.id, "python", 1, 1),
        Drafted(cell),
        Running(cell.id, time.time()),
        Ran(cell.id, "ok", 0.4, number + 1, "species\nAdelie 3700.7", pictures=1),
        Sent(2, 1500),
        Wrote(ANSWER),
        Finished("done", ANSWER, 2, Usage(2700, 160)),
    )
