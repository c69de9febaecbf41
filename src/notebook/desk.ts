import type { ISharedCell } from '@jupyter/ydoc';
import { NotebookActions, type NotebookPanel } from '@jupyterlab/notebook';
import type { Kernel, KernelMessage } from '@jupyterlab/services';
import type { ITranslator } from '@jupyterlab/translation';
import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';
import { type PanelLayout, Widget } from '@lumino/widgets';

import type { INotebookDesk } from '../tokens';
import {
  type DocumentEdit,
  type IInsert,
  type IPlace,
  type IRemove,
  type IRun,
  type ISettle,
  isPrompt,
  type IStanding
} from '../wire';
import { watchCopies } from './copies';
import { follow, setClean } from './follower';
import { Making } from './making';
import { readPlace } from './reader';
import { Views } from './views';
import { detach, find, freshen, magicLine, mark, restore, stale, write } from './writer';

type ICell = ReturnType<ISharedCell['toJSON']>;

/** An open document with its views and its kernel. */
export class Desk implements INotebookDesk {
  /** The document of this view. */
  constructor(panel: NotebookPanel, translator?: ITranslator) {
    this._context = panel.context;
    this._translator = translator;
    this.add(panel);
    this._making = new Making(this._shared, () => {
      void this.kernel?.interrupt();
    });
    this._copies = watchCopies(this._shared);
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

  /** Emitted when the last view is about to go, while the kernel can still be reached. */
  get closing(): ISignal<Desk, void> {
    return this._closing;
  }

  /** Emitted when the document is closed. */
  get disposed(): ISignal<Desk, void> {
    return this._disposed;
  }

  /** One more view of this document; the desk is disposed with the last one. */
  add(panel: NotebookPanel): void {
    this._views.add(panel);
    panel.content.disposed.connect(() => {
      if (!this._views.isOpen) {
        this._closing.emit();
      }
    });
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
    this._making.dispose();
    this._copies.dispose();
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

  /** A prompt runs with this code: what the person makes of its first line meanwhile is the person's. */
  noteRun(id: string, code: string): void {
    if (isPrompt(code)) {
      this._ran.set(id, code);
    }
  }

  /** The task of a prompt begins. */
  begin(prompt: string): void {
    this._making.begin(prompt);
  }

  /** The task is over. With `abandoned` its kernel is gone, and what was never finished goes too. */
  end(abandoned = false): void {
    const unfinished = this._making.end();
    if (abandoned && unfinished.length > 0 && this._views.isOpen) {
      write(this._shared, { type: 'Remove', ids: unfinished, number: 0 });
    }
  }

  /** Carry out an edit of the document. */
  write(edit: DocumentEdit): void {
    switch (edit.type) {
      case 'Insert':
        this._insert(edit);
        return;
      case 'Settle':
        this._settle(edit);
        return;
      case 'Remove':
        this._making.done(edit.ids);
        this._keepTaken(edit);
        break;
      case 'Stamp':
        this._making.done([edit.id]);
        break;
    }
    write(this._shared, edit);
  }

  /** Route what the kernel publishes under `run.msg_id` into the cell. */
  follow(run: IRun, early?: KernelMessage.IInputRequestMsg): void {
    const kernel = this.kernel;
    if (kernel && this.has(run.id)) {
      follow(() => this._views.codeCell(run.id), kernel, run, early);
      this._making.run(run.id);
    }
  }

  /** Whether the cells of a settled prompt run anyhow, since they are queued behind it. */
  areQueued(standing: IStanding): boolean {
    const code = standing.ids.map(id => this._views.codeCell(id)).find(cell => cell !== undefined);
    return code ? code.model.executionState === 'running' : !this._views.ranAlone(standing.id);
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
    if (freshen(this._shared, prompt)) {
      this._freshened.add(prompt);
    }
    this.run([prompt]);
  }

  /** The person would rather not ask again: `--fresh` goes where `askAgain` has put it. */
  askNoMore(prompt: string): void {
    if (this._freshened.delete(prompt)) {
      stale(this._shared, prompt);
    }
  }

  /** Let go of a prompt's cells: they become ordinary ones. */
  detach(standing: IStanding): void {
    detach(this._shared, standing.id, standing.ids);
  }

  /** Show a widget at the end of a cell and bring it into sight; where the cell goes, as in a move, it goes along. */
  show(id: string, widget: Widget): void {
    const notebook = this._views.notebook(id);
    const cell = this._views.cell(id);
    if (!notebook || !cell) {
      widget.dispose();
      return;
    }
    // A holder of its own for each cell's widget, since that takes all its children along when it is disposed.
    const holder = new Widget();
    holder.node.append(widget.node);
    const letGo = (): void => {
      holder.dispose();
    };
    widget.disposed.connect(letGo);
    holder.disposed.connect(() => {
      widget.disposed.disconnect(letGo);
      queueMicrotask(() => {
        this._showAgain(id, widget);
      });
    });
    (cell.layout as PanelLayout).addWidget(holder);
    const index = notebook.widgets.indexOf(cell);
    void notebook.scrollToItem(index).then(() => {
      widget.node.scrollIntoView({ block: 'nearest' });
    });
  }

  private _showAgain(id: string, widget: Widget): void {
    if (!widget.isDisposed && !this._isDisposed) {
      this.show(id, widget);
    }
  }

  /** Where the cell above was taken out meanwhile, the one above it counts. */
  private _insert(edit: IInsert): void {
    let after = edit.after;
    for (let above = this._above.get(after); above && !this.has(after); above = this._above.get(after)) {
      after = above;
    }
    this._above.set(edit.id, after);
    this._views.inherit(edit.id, after);
    if (edit.kind === 'code') {
      this._making.write(edit.id);
    }
    const taken = this._taken.get(edit.id);
    if (taken?.source === edit.source) {
      restore(this._shared, after, taken);
    } else {
      write(this._shared, { ...edit, after });
    }
  }

  /** What made way for a task comes back with its outputs, should that task be undone. */
  private _keepTaken(edit: IRemove): void {
    if (edit.number > 0) {
      const cells = edit.ids.map(id => find(this._shared, id)?.cell.toJSON());
      this._taken = new Map(cells.flatMap(cell => (cell?.id ? [[cell.id as string, cell]] : [])));
    }
  }

  private _settle(edit: ISettle): void {
    const cell = find(this._shared, edit.id)?.cell;
    const ran = this._ran.get(edit.id) ?? cell?.source ?? '';
    if (cell && magicLine(cell.source) !== magicLine(ran)) {
      mark(this._shared, edit.id, { task: edit.task, prompt: true });
      return;
    }
    const isAsItRan = cell?.source === ran;
    write(this._shared, edit);
    const prompt = this._views.codeCell(edit.id);
    if (cell && isAsItRan) {
      this._ran.set(edit.id, cell.source);
      if (prompt) {
        setClean(prompt);
      }
    }
  }

  private get _shared(): NotebookPanel['context']['model']['sharedModel'] {
    return this._context.model.sharedModel;
  }

  private _onKernelChanged(): void {
    this._kernelChanged.emit();
  }

  private _above = new Map<string, string>();
  private _closing = new Signal<Desk, void>(this);
  private _context: NotebookPanel['context'];
  private _copies: IDisposable;
  private _disposed = new Signal<Desk, void>(this);
  private _isDisposed = false;
  private _kernelChanged = new Signal<INotebookDesk, void>(this);
  private _freshened = new Set<string>();
  private _making: Making;
  private _ran = new Map<string, string>();
  private _taken = new Map<string, ICell>();
  private _translator: ITranslator | undefined;
  private _views = new Views();
}
