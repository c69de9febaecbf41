"""From a piece of an answer on the WebSocket to the painted character, while 100 pieces a second come."""

from __future__ import annotations

from collections.abc import Iterator

from tests.bench.pages import ask_quietly, missing, served, shown
from tests.bench.rows import Row, judged
from tests.model_server import ModelServer
from tests.ui.panel import Panel

PIECES = 400
LIMIT_MS = 32
WHAT = "a piece of an answer, from the WebSocket to the painted character, p95 at 100 pieces a second"
AIM = f"under {LIMIT_MS} ms"

LISTEN = """() => {
  window.arrived = new Map();
  window.painted = new Map();
  const Socket = window.WebSocket;
  window.WebSocket = class extends Socket {
    constructor(...given) {
      super(...given);
      if (this.url.includes('/open-interpreter/')) {
        this.addEventListener('message', message => {
          const at = performance.now();
          for (const [, number] of String(message.data).matchAll(/\\bn(\\d+)\\b/g)) {
            if (!window.arrived.has(number)) { window.arrived.set(number, at); }
          }
        });
      }
    }
  };
}"""

WATCH = """() => {
  const probe = document.createElement('div');
  probe.style.cssText = 'position: fixed; top: 0; left: 0; width: 1px; height: 1px; contain: strict';
  document.body.append(probe);
  // A size that changes is observed after every callback of a frame and before its paint: what stands then is painted.
  new ResizeObserver(() => {
    const prose = document.querySelector('.jp-OpenInterpreter-middle').textContent;
    const numbers = [...prose.matchAll(/\\bn(\\d+)\\b/g)].map(match => match[1]);
    const fresh = numbers.filter(number => !window.painted.has(number));
    // The message runs right after the paint.
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      const at = performance.now();
      fresh.forEach(number => window.painted.set(number, at));
    };
    channel.port2.postMessage(null);
  }).observe(probe);
  const turn = () => {
    probe.style.width = probe.style.width === '1px' ? '2px' : '1px';
    requestAnimationFrame(turn);
  };
  requestAnimationFrame(turn);
}"""

TAKEN = """() => [...window.arrived].filter(([number]) => window.painted.has(number))
  .map(([number, at]) => window.painted.get(number) - at).sort((a, b) => a - b)"""


def measure() -> Iterator[Row]:
    """The 95th percentile in milliseconds; the server sends a word every ten milliseconds."""
    nobody = missing(WHAT, AIM)
    if nobody is not None:
        yield from nobody
        return
    words = "".join(f"n{number:04} " for number in range(PIECES))
    with ModelServer([words], piece=6, delay=0.01) as model, served() as server, shown(server) as lab:
        server.configure(model="scripted", base_url=model.base_url, mode="auto")
        lab.page.add_init_script(f"({LISTEN})()")
        lab.new("1")
        Panel(lab).open()
        lab.page.evaluate(WATCH)
        ask_quietly(lab, "tell me numbers")
        lab.page.wait_for_timeout(200)
        taken = [float(each) for each in lab.page.evaluate(TAKEN)]
    if len(taken) < PIECES * 0.95:
        raise RuntimeError(f"only {len(taken)} of {PIECES} pieces were seen")
    p95 = taken[int(len(taken) * 0.95)]
    yield judged(WHAT, p95, f"{p95:.0f} ms (median {taken[len(taken) // 2]:.0f} ms)", aim=AIM, below=LIMIT_MS)
