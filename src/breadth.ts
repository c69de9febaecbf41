import { SplitPanel, type Widget } from '@lumino/widgets';

/** Pixels in which a sentence and a line of code can be read. */
const GOOD = 320;
/** Pixels that a side area has where nobody has made it wider. */
const LEAST = 252;

/**
 * Give a side panel that is shown for the first time room to be read, out of what is beside it.
 *
 * Only an area that is as narrow as JupyterLab makes it by itself grows, and only where there is enough for all.
 */
export function widen(widget: Widget): void {
  // It has its place once JupyterLab has laid out what was just shown.
  requestAnimationFrame(() => {
    const split = splitAround(widget);
    const index = split?.widgets.findIndex(each => each.contains(widget)) ?? -1;
    if (!split || index < 0) {
      return;
    }
    const sizes = split.relativeSizes();
    const wanted = GOOD / split.node.clientWidth;
    const widest = sizes.indexOf(Math.max(...sizes));
    const missing = wanted - (sizes[index] ?? 0);
    if (widget.node.clientWidth <= LEAST && widest !== index && (sizes[widest] ?? 0) > 2 * wanted) {
      split.setRelativeSizes(sizes.map((size, at) => (at === index ? wanted : at === widest ? size - missing : size)));
    }
  });
}

function splitAround(widget: Widget): SplitPanel | null {
  for (let around = widget.parent; around; around = around.parent) {
    if (around instanceof SplitPanel && around.orientation === 'horizontal') {
      return around;
    }
  }
  return null;
}
