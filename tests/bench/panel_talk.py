"""How long a conversation of 200 messages takes to open, and what scrolling through it costs."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.pages import keep_chats, missing, served, shown
from tests.bench.rows import Row, judged
from tests.ui.panel import Panel

TASKS = 100
LIMIT_MS = 300
OPENS = "opening a conversation of 200 messages, from the click to its painted end"
SCROLLS = "scrolling through all of it, the longest pause"
AIM = f"under {LIMIT_MS} ms"

OPEN = """async name => {
  const painted = () => new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)));
  const rows = [...document.querySelectorAll('.jp-OpenInterpreter-chatPick')];
  const row = rows.find(each => each.textContent.includes(name));
  const began = performance.now();
  row.click();
  for (;;) {
    await painted();
    const tasks = document.querySelectorAll('#open-interpreter-panel .jp-OpenInterpreter-task');
    const last = tasks[tasks.length - 1];
    if (tasks.length === 100 && last.getBoundingClientRect().top < window.innerHeight) {
      return performance.now() - began;
    }
    if (performance.now() - began > 20000) { return -1; }
  }
}"""

SCROLL = """async () => {
  const painted = () => new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)));
  const tasks = document.querySelector('#open-interpreter-panel .jp-OpenInterpreter-task');
  let box = tasks;
  while (box && !(box.scrollHeight > box.clientHeight + 50 && getComputedStyle(box).overflowY !== 'visible')) {
    box = box.parentElement;
  }
  let longest = 0;
  for (let step = 0; step <= 60; step++) {
    box.scrollTop = box.scrollHeight * (1 - step / 60);
    const began = performance.now();
    await painted();
    longest = Math.max(longest, performance.now() - began);
  }
  return longest;
}"""


def measure() -> Iterator[Row]:
    """Milliseconds on the page's own clock."""
    nobody = missing(OPENS, AIM)
    if nobody is not None:
        yield from nobody
        return
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        keep_chats(home / "open-interpreter", "long.ipynb", 1, TASKS)
        with served(home) as server, shown(server) as lab:
            lab.write(["1"], "long.ipynb")
            lab.open("long.ipynb")
            panel = Panel(lab)
            panel.open()
            panel.button("New chat").click()
            lab.page.locator(".jp-OpenInterpreter-start").wait_for()
            lab.page.locator(".jp-OpenInterpreter-chatButton").click()
            lab.page.locator(".jp-OpenInterpreter-chatPick").first.wait_for()
            opened = float(lab.page.evaluate(OPEN, "About penguins"))
            scrolled = float(lab.page.evaluate(SCROLL))
    if opened < 0:
        raise RuntimeError("the conversation did not open")
    yield judged(OPENS, opened, f"{opened:.0f} ms", aim=AIM, below=LIMIT_MS)
    yield judged(SCROLLS, scrolled, f"{scrolled:.0f} ms", aim=AIM, below=LIMIT_MS)
