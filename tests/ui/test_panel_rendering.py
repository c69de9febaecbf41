"""What a model writes is shown as Markdown and formulas, and fetches nothing from anywhere."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.model_server import ModelServer
from tests.ui.lab import Lab
from tests.ui.panel import Panel

HOST = "elsewhere.invalid"
SLY = (
    rf'$\mmlToken{{mglyph}}[src="https://{HOST}/a.png" width="9px" height="9px"]{{}}$',
    rf"$\style{{background:url(https://{HOST}/b.png)}}{{x}}$",
    rf"$\href{{https://{HOST}/c}}{{x}}$",
    rf"![a picture](https://{HOST}/d.png)",
    f'<img src="https://{HOST}/e.png">',
    f'<p style="background:url(https://{HOST}/f.png)">styled</p>',
    f'<svg><image href="https://{HOST}/g.png"/></svg>',
    f'<math><mglyph src="https://{HOST}/h.png"/></math>',
    f'<link rel="stylesheet" href="https://{HOST}/i.css">',
)


def test_formulas_are_set_and_nothing_is_fetched(lab: Lab, panel: Panel, asked: ModelServer) -> None:
    fetched: list[str] = []
    lab.page.on("request", lambda request: fetched.append(request.url) if HOST in request.url else None)
    asked.say("\n\n".join([*SLY, r"The mean is $\bar x = \frac{1}{n}\sum x_i$."]))
    lab.new("x = 1")
    panel.open()
    panel.ask("tell me")
    expect(panel.last.locator("mjx-container")).to_have_count(1)
    panel.last.hover()
    lab.page.wait_for_timeout(500)
    assert fetched == []
    assert panel.last.locator("img, image, mglyph, link").count() == 0
    lab.shot("panel-rendering")
