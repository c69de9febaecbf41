import { type Cell, CodeCell } from '@jupyterlab/cells';
import { type Notebook, NotebookActions, type NotebookPanel } from '@jupyterlab/notebook';
import { type IDisposable } from '@lumino/disposable';

/**
 * The views of one document, and in which of them a person ran a prompt.
 *
 * Output goes to the view in which the prompt ran: only there would an input box be seen.
 */
export class Views implements IDisposable {
  /** Listen from now on. */
  constructor() {
    NotebookActions.executionScheduled.connect(this._onScheduled, this);
  }

  /** Whether the last view is closed. */
  get isEmpty(): boolean {
    return this._panels.length === 0;
  }

  /** Whether a view shows the document, and is not about to be closed. */
  get isOpen(): boolean {
    return this.open.length > 0;
  }

  /** Whether this is over. */
  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** The panel that a person looks at, or any. */
  get front(): NotebookPanel | undefined {
    return this._panels.find(panel => panel.isVisible) ?? this._panels[0];
  }

  /** Every view that is not about to be closed. */
  get open(): readonly NotebookPanel[] {
    return this._panels.filter(panel => !panel.isDisposed && !panel.content.isDisposed);
  }

  /** Let go of the signals. */
  dispose(): void {
    this._isDisposed = true;
    NotebookActions.executionScheduled.disconnect(this._onScheduled, this);
    this._ranIn.clear();
  }

  /** One more view of the document. */
  add(panel: NotebookPanel): void {
    this._panels.push(panel);
  }

  /** One view less. */
  remove(panel: NotebookPanel): void {
    this._panels = this._panels.filter(each => each !== panel);
  }

  /** A cell that was inserted for another belongs to the same view. */
  inherit(id: string, from: string): void {
    const view = this._ranIn.get(from);
    if (view) {
      this._ranIn.set(id, view);
    }
  }

  /** The view in which this cell is to be shown. */
  notebook(id: string): Notebook | undefined {
    const view = this._ranIn.get(id);
    return view && !view.isDisposed ? view : this.front?.content;
  }

  /** The widget of a cell in its view. */
  cell(id: string): Cell | undefined {
    return this.notebook(id)?.widgets.find(widget => widget.model.id === id);
  }

  /** The widget of a code cell in its view. */
  codeCell(id: string): CodeCell | undefined {
    const cell = this.cell(id);
    return cell instanceof CodeCell ? cell : undefined;
  }

  /** Whether the cell was last run by itself, and not among others, as by Run All. */
  ranAlone(id: string): boolean {
    return !this._ranTogether.has(id);
  }

  private _onScheduled(_: unknown, scheduled: { notebook: Notebook; cell: Cell }): void {
    if (this._panels.some(panel => panel.content === scheduled.notebook)) {
      const id = scheduled.cell.model.id;
      this._ranIn.set(id, scheduled.notebook);
      this._ranTogether.delete(id);
      this._scheduled.push(id);
      if (this._scheduled.length === 1) {
        setTimeout(() => {
          this._onAllScheduled();
        });
      }
    }
  }

  /** What Run All runs is scheduled in one go. */
  private _onAllScheduled(): void {
    if (this._scheduled.length > 1) {
      this._scheduled.forEach(id => this._ranTogether.add(id));
    }
    this._scheduled = [];
  }

  private _isDisposed = false;
  private _panels: NotebookPanel[] = [];
  private _ranIn = new Map<string, Notebook>();
  private _ranTogether = new Set<string>();
  private _scheduled: string[] = [];
}
