import type { Cell } from '@jupyterlab/cells';
import type { Notebook } from '@jupyterlab/notebook';
import type { IDisposable } from '@lumino/disposable';

/** How long after a change its cells may still grow, as pictures come and editors are drawn, in milliseconds. */
const PATIENCE = 600;
/** How long a scroll may go on after a step of it, in milliseconds: momentum, a smooth scroll, a drag of the bar. */
const SCROLLING = 150;
/** Within this time after a gesture, or a step of a scroll, it is a person who scrolls, in milliseconds. */
const TOUCHED = 1000;
/** A person who does one of these may be scrolling, and is not held. */
const GESTURES = ['wheel', 'touchstart', 'pointerdown', 'keydown'] as const;

/** What a notebook keeps to itself: the list that knows, or guesses, the places of all cells, also of those not drawn. */
interface IWindowed {
  readonly viewportNode: HTMLElement;
  readonly viewModel: { readonly windowingActive: boolean; getSpan(first: number, last: number): [number, number] };
}

/**
 * Keeps in its place what a person looks at, while cells above it come, grow and go.
 *
 * The browser's own scroll anchoring cannot: JupyterLab leaves it to the active cell alone, which is out of sight as
 * often as not, and switches it off in a windowed notebook. A person who scrolls, by whatever means, is followed: what is
 * in sight then is what stays.
 */
export class Anchor implements IDisposable {
  /** For this view. */
  constructor(notebook: Notebook) {
    this._notebook = notebook;
    // Their answers come before anything is painted, so nothing is seen to move.
    this._sizes = new ResizeObserver(this._adjust);
    // A windowed notebook moves all that it shows at once, by a style.
    this._shifts = new MutationObserver(this._adjust);
    notebook.outerNode.addEventListener('scroll', this._onScroll, { passive: true });
    GESTURES.forEach(name => {
      document.addEventListener(name, this._onGesture, { capture: true, passive: true });
    });
  }

  /** Whether this is over. */
  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Hold no more. */
  dispose(): void {
    this._isDisposed = true;
    this._notebook.outerNode.removeEventListener('scroll', this._onScroll);
    GESTURES.forEach(name => {
      document.removeEventListener(name, this._onGesture, { capture: true });
    });
    this.release();
  }

  /** Cells are about to change: what is in sight now stays where it is. */
  hold(): void {
    if (this._isDisposed || !this._notebook.isVisible) {
      return;
    }
    if (!this._held()) {
      this._take();
      this._watch();
    }
    if (this._cell) {
      clearTimeout(this._timer);
      this._timer = setTimeout(this.release, PATIENCE);
    }
  }

  /** The person scrolls, or is taken elsewhere. */
  readonly release = (): void => {
    clearTimeout(this._timer);
    this._cell = undefined;
    this._sizes.disconnect();
    this._shifts.disconnect();
  };

  /** What is in sight now, and where. */
  private _take(): void {
    this._cell = this._find();
    if (this._cell) {
      this._id = this._cell.model.id;
      this._top = topOf(this._cell) ?? 0;
      this._scrolled = this._notebook.outerNode.scrollTop;
    }
  }

  private _watch(): void {
    if (!this._cell) {
      return;
    }
    const shown = this._notebook.viewportNode;
    this._sizes.observe(shown);
    this._sizes.observe(shown.parentElement ?? shown);
    this._shifts.observe(shown, { attributes: true, attributeFilter: ['style'] });
  }

  private readonly _onGesture = (): void => {
    this._touched = Date.now();
    this.release();
  };

  private readonly _onScroll = (): void => {
    if (this._held()) {
      this._adjust();
    } else {
      this._touched = Date.now();
      this._scrolled = this._notebook.outerNode.scrollTop;
    }
  };

  private readonly _adjust = (): void => {
    const cell = this._held();
    if (!cell) {
      return;
    }
    if (this._isScrolled()) {
      this._touched = this._left = Date.now();
    }
    if (Date.now() - this._left < SCROLLING) {
      this._follow();
      return;
    }
    const { outerNode } = this._notebook;
    const top = topOf(cell) ?? this._listed(cell);
    if (top !== undefined && Math.abs(top - this._top) >= 1) {
      outerNode.scrollTop += top - this._top;
    }
    this._scrolled = outerNode.scrollTop;
  };

  /** The person scrolls: nothing is pulled back. */
  private _follow(): void {
    this._take();
    if (!this._cell) {
      this.release();
    }
  }

  /** Whether a person has scrolled: not the browser, since the notebook has become too short or by its own anchoring. */
  private _isScrolled(): boolean {
    if (Date.now() - this._touched > TOUCHED) {
      return false;
    }
    const { scrollTop, scrollHeight, clientHeight } = this._notebook.outerNode;
    return Math.abs(scrollTop - Math.min(this._scrolled ?? scrollTop, scrollHeight - clientHeight)) > 1;
  }

  /** Where a windowed notebook would draw a cell that it does not draw now. */
  private _listed(cell: Cell): number | undefined {
    const index = this._notebook.widgets.indexOf(cell);
    const { viewModel, viewportNode } = this._notebook as unknown as IWindowed;
    if (!viewModel.windowingActive || index < 0) {
      return undefined;
    }
    const start = viewportNode.parentElement?.getBoundingClientRect().top ?? 0;
    return start + parseFloat(getComputedStyle(viewportNode).paddingTop) + viewModel.getSpan(index, index)[0];
  }

  /** The cell that is held; where the document was loaded again, or the cell moved, it has another widget. */
  private _held(): Cell | undefined {
    if (this._cell?.isDisposed) {
      this._cell = this._notebook.widgets.find(cell => cell.model.id === this._id);
    }
    return this._cell;
  }

  /** The active cell where somebody is at it, as the browser would choose it; else the first in sight. */
  private _find(): Cell | undefined {
    const { outerNode } = this._notebook;
    const isUsed = this._notebook.node.contains(document.activeElement);
    // At the very top what is new may push the rest down: who asked elsewhere wants to see it.
    // To ask the browser where it is costs a layout, for each piece of a reply: it has told.
    this._scrolled ??= outerNode.scrollTop;
    if (!isUsed && this._scrolled < 1) {
      return undefined;
    }
    const frame = outerNode.getBoundingClientRect();
    const isInSight = (cell: Cell): boolean => {
      const rect = cell.node.getBoundingClientRect();
      return rect.height > 0 && rect.bottom > frame.top + 1 && rect.top < frame.bottom;
    };
    const active = this._notebook.activeCell;
    return isUsed && active && isInSight(active) ? active : this._notebook.widgets.find(isInSight);
  }

  private _cell: Cell | undefined;
  private _id = '';
  private _isDisposed = false;
  /** When a person was last seen to scroll away from what was held, in milliseconds since 1970. */
  private _left = 0;
  private _notebook: Notebook;
  /** Where the notebook is scrolled to, as far as is known. */
  private _scrolled: number | undefined;
  private _shifts: MutationObserver;
  private _sizes: ResizeObserver;
  private _timer: ReturnType<typeof setTimeout> | undefined;
  private _top = 0;
  /** When a person last did what may scroll, or the notebook was last scrolled by somebody else. */
  private _touched = 0;
}

/** Where a cell is seen; undefined where it is not drawn. */
function topOf(cell: Cell): number | undefined {
  const rect = cell.node.getBoundingClientRect();
  return rect.height > 0 ? rect.top : undefined;
}
