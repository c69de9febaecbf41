"""The tour in JupyterLab, as a person meets it: Run All, look, save, come back, Run All again."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from tests.ui.lab import Lab, text_of
from tests.ui.server import ROOT

BINDER = ROOT / "binder"


def test_the_tour_runs_settles_and_runs_again_without_a_model(lab: Lab) -> None:
    for name in ("tour.ipynb", "penguins.csv"):
        shutil.copy(BINDER / name, lab.server.root)
    lab.open("tour.ipynb")
    lab.run_all(180)
    cells = lab.cells()
    assert [text_of(cell) for cell in cells if "error" in [o["output_type"] for o in cell.get("outputs", [])]] == []
    prompts = [cell for cell in cells if "".join(cell["source"]).startswith("%%interpret")]
    assert len(prompts) == 7
    assert all("--settled" in "".join(cell["source"]) for cell in prompts)
    pictures = [o for cell in cells for o in cell.get("outputs", []) if "image/png" in o.get("data", {})]
    assert len(pictures) == 1
    assert any("5! = 120" in text_of(cell) for cell in cells)
    corrected = [cell for cell in cells if 'errors="coerce"' in "".join(cell["source"])]
    assert len(corrected) == 1
    show(lab, next(n for n, cell in enumerate(cells) if "scatter" in "".join(cell["source"])))

    saved = lab.save()
    assert len(saved.cells) == len(cells)
    logs = sorted(sessions(lab).iterdir())
    assert any('"attempt": 2' in log.read_text(encoding="utf-8") for log in logs)

    lab.server.end_kernels()
    lab.open("tour.ipynb")
    lab.run_all(180)
    assert lab.sources() == ["".join(cell["source"]) for cell in cells]
    assert sorted(sessions(lab).iterdir()) == logs
    assert generated(lab.cells()) == generated(cells)


def generated(cells: list[dict[str, Any]]) -> list[str]:
    """What the generated cells show."""
    return [text_of(cell) for cell in cells if "source_hash" in cell["metadata"].get("open_interpreter", {})]


def sessions(lab: Lab) -> Path:
    """Where the server's kernels keep their logs."""
    return lab.server.root.parent / "open-interpreter" / "sessions"


def show(lab: Lab, index: int) -> None:
    """Pictures of the prompt of the plot and what stands below it, in both themes."""
    lab.command("application:toggle-left-area")
    for dark in (True, False):
        lab.theme(dark=dark)
        lab.cell(index - 1).evaluate("cell => cell.scrollIntoView({block: 'start'})")
        lab.shot(f"tour-{'dark' if dark else 'light'}")
