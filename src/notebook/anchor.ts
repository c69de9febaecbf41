import type { Cell } from '@jupyterlab/cells';
import type { Notebook } from '@jupyterlab/notebook';
import type { IDisposable } from '@lumino/disposable';

/** How long after a change its cells may still grow, as pictures come and editors are drawn, in milliseconds. */
const PATIENCE = 600;
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
 * often as not, and switches it off in a windowed notebook.
 */
export class Anchor implements IDisposable {
  /** For this view. */
  constructor(notebook: Notebook) {
    this._notebook = notebook;
    // Their answers come before anything is painted, so nothing is seen to move.
    this._sizes = new ResizeObserver(this._adjust);
    // A windowed notebook moves all that it shows at once, by a style.
    this._shifts = new MutationObserver(this._adjust);
  }

  /** Whether this is over. */
  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Hold no more. */
  dispose(): void {
    this._isDisposed = true;
    this.release();
  }

  /** Cells are about to change: what is in sight now stays where it is. */
  hold(): void {
    if (this._isDisposed || !this._notebook.isVisible) {
      return;
    }
    clearTimeout(this._timer);
    this._timer = setTimeout(this.release, PATIENCE);
    if (this._held()) {
      return;
    }
    this._cell = this._find();
    if (!this._cell) {
      return;
    }
    this._id = this._cell.model.id;
    this._top = topOf(this._cell) ?? 0;
    const shown = this._notebook.viewportNode;
    this._sizes.observe(shown);
    this._sizes.observe(shown.parentElement ?? shown);
    this._shifts.observe(shown, { attributes: true, attributeFilter: ['style'] });
    GESTURES.forEach(name => {
      document.addEventListener(name, this.release, { capture: true, passive: true });
    });
  }

  /** The person scrolls, or is taken elsewhere. */
  readonly release = (): void => {
    clearTimeout(this._timer);
    this._cell = undefined;
    this._sizes.disconnect();
    this._shifts.disconnect();
    GESTURES.forEach(name => {
      document.removeEventListener(name, this.release, { capture: true });
    });
  };

  private readonly _adjust = (): void => {
    const cell = this._held();
    const top = cell && (topOf(cell) ?? this._listed(cell));
    if (top !== undefined && Math.abs(top - this._top) >= 1) {
      this._notebook.outerNode.scrollTop += top - this._top;
    }
  };

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
    if (!isUsed && outerNode.scrollTop < 1) {
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
  private _notebook: Notebook;
  private _shifts: MutationObserver;
  private _sizes: ResizeObserver;
  private _timer: ReturnType<typeof setTimeout> | undefined;
  private _top = 0;
}

/** Where a cell is seen; undefined where it is not drawn. */
function topOf(cell: Cell): number | undefined {
  const rect = cell.node.getBoundingClientRect();
  return rect.height > 0 ? rect.top : undefined;
}
