"""What a person does in JupyterLab or Notebook 7, as short methods on a page."""

from __future__ import annotations

import itertools
import os
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import nbformat
from playwright.sync_api import Locator, Page, ViewportSize

from tests.ui.server import ROOT, Server

SHOTS = Path(os.environ.get("OPEN_INTERPRETER_SHOTS", ROOT / "out" / "screenshots"))
SECOND = 1000

PANEL = """() => {
  const current = window.jupyterapp.shell.currentWidget;
  return current && current.context && current.content && current.content.widgets ? current : null;
}"""

SPECS = {
    "python3": {"name": "python3", "display_name": "Python 3", "language": "python"},
    "bash": {"name": "bash", "display_name": "Bash", "language": "bash"},
}

TIDY = """() => {
  const {shell} = window.jupyterapp;
  for (const widget of [...shell.widgets('main')]) {
    if (widget.context) {
      widget.context.model.dirty = false;
    }
    widget.dispose();
  }
  shell.collapseRight();
  shell.expandLeft();
  document.querySelectorAll('.Toastify__close-button').forEach(button => button.click());
  return document.querySelector('.jp-Dialog, .lm-Menu') === null;
}"""
OPEN = """async path => {
  const {commands, serviceManager} = window.jupyterapp;
  await serviceManager.kernelspecs.refreshSpecs();
  await commands.execute('docmanager:open', {path, factory: 'Notebook'});
}"""
FORGET = "async () => { await window.jupyterapp.serviceManager.sessions.shutdownAll(); }"
SIZE: ViewportSize = {"width": 1280, "height": 900}

_numbers = itertools.count(1)


class Lab:
    """One page. Times are in seconds. `kept` says that JupyterLab is loaded in it, with no document open."""

    def __init__(self, page: Page, server: Server, *, kept: bool = False) -> None:
        self.page, self.server = page, server
        self._kept, self._plain = kept, True
        self._classic = False
        self.trouble: list[str] = []
        """What was thrown, but for what Notebook 7 throws at its start and a restart breaks off, with or without us."""
        page.on("pageerror", self._note)

    def _note(self, error: object) -> None:
        if not self._classic and "Canceled future" not in str(error):
            self.trouble.append(str(error))

    def write(self, cells: Sequence[str | Mapping[str, Any]], name: str = "", *, kernel: str = "python3") -> str:
        """A notebook file of code cells (or of cells as nbformat has them); returns its name."""
        name = name or f"n{next(_numbers)}-{uuid.uuid4().hex[:6]}.ipynb"
        made = [
            nbformat.v4.new_code_cell(cell) if isinstance(cell, str) else nbformat.from_dict(cell) for cell in cells
        ]
        notebook = nbformat.v4.new_notebook(cells=made, metadata={"kernelspec": SPECS[kernel]})
        nbformat.write(notebook, self.server.root / name)
        return name

    def open(self, name: str, *, classic: bool = False) -> None:
        """Open a notebook in JupyterLab, or in Notebook 7, and wait for its kernel.

        A kept page opens its first one as a person does; every later one, and all others, come with a load of the page.
        """
        plain = self.server.is_plain and not classic
        kept, self._kept = self._kept and plain and self.page.url.startswith(self.server.url), False
        self._classic, self._plain = classic, self._plain and plain
        if kept:
            self.page.evaluate(OPEN, name)
        else:
            path = f"notebooks/{name}" if classic else f"lab/workspaces/{uuid.uuid4().hex[:8]}/tree/{name}"
            self.page.goto(self.server.url + path)
        self.wait(f"() => window.jupyterapp && ({PANEL})()", 90)
        self.wait_idle()

    def load_again(self, name: str) -> None:
        """Load the page again, whatever is not saved, and wait for the notebook alone."""
        self.page.goto("about:blank")
        self.page.goto(f"{self.server.url}lab/workspaces/{uuid.uuid4().hex[:8]}/tree/{name}")
        self.wait(f"() => window.jupyterapp && ({PANEL})()?.context.isReady", 90)

    def tidy(self) -> bool:
        """Put the page back to how it was when JupyterLab had just been loaded in it; False if that cannot be."""
        if not self._plain or not self.page.url.startswith(f"{self.server.url}lab/"):
            return False
        self.page.remove_listener("pageerror", self._note)
        self.page.set_viewport_size(SIZE)
        tidied = bool(self.page.evaluate(TIDY))
        self.page.evaluate(FORGET)
        return tidied

    def new(self, *cells: str | Mapping[str, Any], classic: bool = False) -> str:
        """Write a notebook and open it."""
        name = self.write(cells)
        self.open(name, classic=classic)
        return name

    def wait(self, condition: str, seconds: float = 30) -> None:
        """Until a JavaScript function returns something true."""
        self.page.wait_for_function(condition, timeout=seconds * SECOND)

    def until(self, holds: Callable[[], bool], seconds: float = 30) -> None:
        """Until something that is asked from here holds."""
        end = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < end, "What was waited for did not come."
            self.page.wait_for_timeout(50)

    def still(self, value: str) -> Any:
        """What a JavaScript function returns, once that has not changed for a second: cells get their heights late."""
        before = self.page.evaluate(value)
        while True:
            self.page.wait_for_timeout(SECOND)
            now = self.page.evaluate(value)
            if now == before:
                return now
            before = now

    def wait_idle(self, seconds: float = 60) -> None:
        """Until the kernel is idle and no cell waits."""
        self.wait(
            f"""() => {{
              const panel = ({PANEL})();
              const kernel = panel && panel.sessionContext.session && panel.sessionContext.session.kernel;
              return kernel && kernel.status === 'idle' && kernel.connectionStatus === 'connected' &&
                panel.content.widgets.every(cell => cell.model.executionState !== 'running');
            }}""",
            seconds,
        )

    def command(self, name: str, **arguments: Any) -> None:
        """Execute a command of the application and wait for its end."""
        self.page.evaluate(
            "async ([name, given]) => { await window.jupyterapp.commands.execute(name, given); }", [name, arguments]
        )

    def begin(self, name: str, **arguments: Any) -> None:
        """Execute a command of the application without waiting for it."""
        self.page.evaluate(
            """([name, given]) => {
              window.begun = (window.begun ?? 0) + 1;
              void window.jupyterapp.commands.execute(name, given).finally(() => { window.begun -= 1; });
            }""",
            [name, arguments],
        )

    def settle_down(self, seconds: float = 90) -> None:
        """Until what was just begun, by a command or a button, is over."""
        self.wait("() => !window.begun", seconds)
        self.wait_idle(seconds)

    def run_all(self, seconds: float = 90) -> None:
        """Run All, to its end."""
        self.begin("notebook:run-all-cells")
        self.settle_down(seconds)

    def select(self, index: int) -> None:
        """Make a cell the active one."""
        self.page.evaluate(f"index => {{ ({PANEL})().content.activeCellIndex = index; }}", index)

    def select_range(self, first: int, last: int) -> None:
        """Select these cells and all between them."""
        self.page.evaluate(
            f"""([first, last]) => {{
              const notebook = ({PANEL})().content;
              notebook.mode = 'command';
              notebook.activeCellIndex = first;
              notebook.extendContiguousSelectionTo(last);
            }}""",
            [first, last],
        )

    def edit_at(self, index: int, *, line: int) -> None:
        """Put the cursor at the start of a line of a cell."""
        self.page.evaluate(
            f"""([index, line]) => {{
              const notebook = ({PANEL})().content;
              notebook.activeCellIndex = index;
              notebook.mode = 'edit';
              notebook.activeCell.editor.setCursorPosition({{line, column: 0}});
            }}""",
            [index, line],
        )

    def start(self, index: int) -> None:
        """Run one cell and do not wait."""
        self.select(index)
        self.begin("notebook:run-cell")

    def run(self, index: int, seconds: float = 60) -> None:
        """Run one cell to its end."""
        self.start(index)
        self.settle_down(seconds)

    def cells(self) -> list[dict[str, Any]]:
        """The cells of the document as it is open, as nbformat has them."""
        content = self.page.evaluate(f"() => ({PANEL})().context.model.sharedModel.toJSON()")
        return list(content["cells"])

    def sources(self) -> list[str]:
        """The sources of all cells, in order."""
        return ["".join(cell["source"]) for cell in self.cells()]

    def type_over(self, index: int, source: str) -> None:
        """Replace a cell's source as a person's typing would."""
        self.page.evaluate(
            f"([index, source]) => ({PANEL})().context.model.sharedModel.getCell(index).setSource(source)",
            [index, source],
        )

    def ids(self) -> list[str]:
        """The ids of all cells, in order."""
        return [str(cell["id"]) for cell in self.cells()]

    def save(self) -> nbformat.NotebookNode:
        """Save, and read what stands in the file."""
        self.command("docmanager:save")
        path = self.page.evaluate(f"() => ({PANEL})().context.path")
        notebook = nbformat.read(self.server.root / path, as_version=4)
        nbformat.validate(notebook)
        return notebook

    def cell(self, index: int) -> Locator:
        """The cell's element."""
        return self.page.locator(".jp-Notebook:visible .jp-Cell").nth(index)

    @property
    def question(self) -> Locator:
        """The question, or the offer, that stands at a prompt."""
        return self.page.locator(".jp-OpenInterpreter-form:visible")

    def press(self, label: str) -> None:
        """Click a button of the question."""
        self.question.get_by_role("button", name=label, exact=True).click()

    def theme(self, *, dark: bool) -> None:
        """Choose the light or the dark theme."""
        name = "JupyterLab Dark" if dark else "JupyterLab Light"
        self.command("apputils:change-theme", theme=name)
        self.wait(f"() => document.body.dataset.jpThemeName === {name!r}")
        self.page.wait_for_timeout(500)

    def shot(self, name: str) -> Path:
        """A screenshot, kept under out/screenshots."""
        SHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SHOTS / f"{name}.png")
        return SHOTS / f"{name}.png"


def text_of(cell: Mapping[str, Any]) -> str:
    """The plain text of all outputs of a cell."""
    told = []
    for output in cell.get("outputs", []):
        text = output.get("text", output.get("data", {}).get("text/plain", output.get("evalue", "")))
        told.append("".join(text))
    return "".join(told)
