import type { CodeCell } from '@jupyterlab/cells';
import { NotebookActions, type NotebookPanel } from '@jupyterlab/notebook';
import type { Kernel, KernelMessage } from '@jupyterlab/services';
import type { ITranslator } from '@jupyterlab/translation';
import { type ISignal, Signal } from '@lumino/signaling';
import type { PanelLayout, Widget } from '@lumino/widgets';

import type { INotebookDesk } from '../tokens';
import type { DocumentEdit, IPlace, IRun, IStanding } from '../wire';
import { follow, setClean } from './follower';
import { readPlace } from './reader';
import { Views } from './views';
import { detach, find, freshen, write } from './writer';

/** An open document with its views and its kernel. */
export class Desk implements INotebookDesk {
  /** The document of this view. */
  constructor(panel: NotebookPanel, translator?: ITranslator) {
    this._context = panel.context;
    this._translator = translator;
    this.add(panel);
    this._context.sessionContext.kernelChanged.connect(this._onKernelChanged, this);
    this._context.disposed.connect(this.dispose, this);
  }

  /** Whether the document is closed. */
  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** The connection that runs this document's cells. */
  get kernel(): Kernel.IKernelConnection | null {
    return this._context.sessionContext.session?.kernel ?? null;
  }

  /** Emitted when `kernel` has become another one. */
  get kernelChanged(): ISignal<INotebookDesk, void> {
    return this._kernelChanged;
  }

  /** Emitted when the document is closed. */
  get disposed(): ISignal<Desk, void> {
    return this._disposed;
  }

  /** One more view of this document; the desk is disposed with the last one. */
  add(panel: NotebookPanel): void {
    this._views.add(panel);
    panel.disposed.connect(() => {
      this._views.remove(panel);
      if (this._views.isEmpty) {
        this.dispose();
      }
    });
  }

  /** Let go of everything. */
  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this._context.sessionContext.kernelChanged.disconnect(this._onKernelChanged, this);
    this._context.disposed.disconnect(this.dispose, this);
    this._views.dispose();
    this._disposed.emit();
    Signal.clearData(this);
  }

  /** Where the cell of this id stands; null when it is not in this document. */
  place(id: string): IPlace | null {
    return readPlace(this._shared, id, this._context.localPath);
  }

  /** Whether the cell of this id is in this document. */
  has(id: string): boolean {
    return find(this._shared, id) !== null;
  }

  /** Carry out an edit of the document. */
  write(edit: DocumentEdit): void {
    if (edit.type === 'Insert') {
      this._views.inherit(edit.id, edit.after);
    }
    if (edit.type === 'Remove') {
      edit.ids.forEach(id => this._running.delete(id));
    }
    write(this._shared, edit);
    const prompt = edit.type === 'Settle' ? this._views.codeCell(edit.id) : undefined;
    if (prompt) {
      setClean(prompt);
    }
  }

  /** Route what the kernel publishes under `run.msg_id` into the cell. */
  follow(run: IRun, early?: KernelMessage.IInputRequestMsg): void {
    const cell = this._views.codeCell(run.id);
    const kernel = this.kernel;
    if (cell && kernel) {
      follow(cell, kernel, run, early);
      this._stopWhenUndone(cell, run.id);
    }
  }

  /** Whether the cell of this id waits to run, or runs. */
  isQueued(id: string): boolean {
    return this._views.codeCell(id)?.model.executionState === 'running';
  }

  /** Run these cells as the person would. */
  run(ids: readonly string[]): void {
    const notebook = this._views.notebook(ids[0] ?? '');
    const cells = notebook?.widgets.filter(widget => ids.includes(widget.model.id)) ?? [];
    if (notebook && cells.length > 0) {
      void NotebookActions.runCells(notebook, cells, this._context.sessionContext, undefined, this._translator);
    }
  }

  /** Ask for a settled prompt again: `--fresh`, and run it. */
  askAgain(prompt: string): void {
    freshen(this._shared, prompt);
    this.run([prompt]);
  }

  /** Let go of a prompt's cells: they become ordinary ones. */
  detach(standing: IStanding): void {
    detach(this._shared, standing.id, standing.ids);
  }

  /** Show a widget at the end of a cell and bring it into sight. */
  show(id: string, widget: Widget): void {
    const notebook = this._views.notebook(id);
    const cell = this._views.cell(id);
    if (!notebook || !cell) {
      widget.dispose();
      return;
    }
    (cell.layout as PanelLayout).addWidget(widget);
    const index = notebook.widgets.indexOf(cell);
    void notebook.scrollToItem(index).then(() => {
      widget.node.scrollIntoView({ block: 'nearest' });
    });
  }

  private get _shared(): NotebookPanel['context']['model']['sharedModel'] {
    return this._context.model.sharedModel;
  }

  private _onKernelChanged(): void {
    this._kernelChanged.emit();
  }

  /** A running cell that is taken out by hand, as Undo does, means Stop; one that is moved, or a closed tab, does not. */
  private _stopWhenUndone(cell: CodeCell, id: string): void {
    const kernel = this.kernel;
    const { model } = cell;
    this._running.add(id);
    model.stateChanged.connect(() => {
      if (model.executionState === 'idle') {
        this._running.delete(id);
      }
    });
    cell.disposed.connect(() => {
      queueMicrotask(() => {
        if (!this._isDisposed && this._running.delete(id) && !this.has(id)) {
          void kernel?.interrupt();
        }
      });
    });
  }

  private _context: NotebookPanel['context'];
  private _disposed = new Signal<Desk, void>(this);
  private _isDisposed = false;
  private _kernelChanged = new Signal<INotebookDesk, void>(this);
  private _running = new Set<string>();
  private _translator: ITranslator | undefined;
  private _views = new Views();
}
