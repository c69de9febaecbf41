import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { Contents } from '@jupyterlab/services';
import type { ITranslator } from '@jupyterlab/translation';
import { type ISignal, Signal } from '@lumino/signaling';
import type { Widget } from '@lumino/widgets';

import type { ICellSight, INotebooks } from '../contracts';
import type { IDone, IHolding, IOrder } from '../words';
import { OpenNotebook } from './opened';
import { done } from './orders';

/** Changes that come within this time are told of together, in milliseconds. A hidden page gets no animation frames. */
const TOGETHER = 20;
/** How long a cell is waited for whose notebook has yet to be opened, and how often it is looked for, in milliseconds. */
const SEEK_TIME = 15_000;
const SEEK_STEP = 50;

/** The notebooks that are open in this page. A notebook counts as open from when its file has been loaded. */
export class Notebooks implements INotebooks {
  /** Watch what the tracker knows and how files move; `open` opens a path, or brings it to the front. */
  constructor(
    private readonly _tracker: INotebookTracker,
    private readonly _open: (path: string) => void,
    private readonly _contents: Contents.IManager,
    private readonly _translator?: ITranslator
  ) {
    _tracker.forEach(panel => {
      this._onAdded(_tracker, panel);
    });
    _tracker.widgetAdded.connect(this._onAdded, this);
    _tracker.currentChanged.connect(this._tell, this);
    _contents.fileChanged.connect(this._onFile, this);
  }

  /** The path of the notebook in front, or last in front; empty where none is open. */
  get front(): string {
    const context = this._tracker.currentWidget?.context;
    return (context && this._opened.get(context)?.path) ?? '';
  }

  /** Emitted, once for all that happens together, when anything that is told of here has changed. */
  get changed(): ISignal<INotebooks, void> {
    return this._changed;
  }

  /** Emitted when a notebook, open or not, or a folder of notebooks has another path. */
  get renamed(): ISignal<INotebooks, { old: string; new: string }> {
    return this._renamed;
  }

  /** Whether this is over. */
  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Let go of all notebooks. */
  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this._contents.fileChanged.disconnect(this._onFile, this);
    clearTimeout(this._timer);
    clearTimeout(this._seeking);
    this._opened.forEach(notebook => {
      notebook.dispose();
    });
    this._opened.clear();
    Signal.clearData(this);
  }

  /** All of them, as the server is told. */
  holdings(): IHolding[] {
    return [...this._opened.values()].map(notebook => notebook.holding());
  }

  /** Carry out an order at once; after the file has been loaded again where that is under way. */
  carryOut(order: IOrder): IDone | Promise<IDone> {
    return this._at(order.path)?.carryOut(order) ?? done(order, { trouble: 'closed' });
  }

  /** The selected cells. */
  selected(path: string): ICellSight[] {
    return this._at(path)?.selected() ?? [];
  }

  /** The active cell. */
  active(path: string): ICellSight | null {
    return this._at(path)?.active() ?? null;
  }

  /** A cell by its id. */
  cell(path: string, id: string): ICellSight | null {
    return this._at(path)?.sight(id) ?? null;
  }

  /** The cell that failed last. */
  failing(path: string): ICellSight | null {
    const notebook = this._at(path);
    return notebook?.sight(notebook.states.failing) ?? null;
  }

  /** Scroll to a cell and let it flash, as soon as its notebook can be seen. */
  reveal(path: string, id: string): void {
    if (!this._at(path)?.isVisible) {
      this.open(path);
    }
    this._seek(path, id, Date.now() + SEEK_TIME);
  }

  /** Open a notebook, or bring it to the front. */
  open(path: string): void {
    this._open(this._at(path)?.fullPath ?? path);
  }

  /** Run a cell as the person would. */
  run(path: string, id: string): void {
    this._at(path)?.gestures.run(id);
  }

  /** Show a widget above the input of a cell. */
  showAbove(path: string, id: string, widget: Widget): boolean {
    return this._at(path)?.gestures.showAbove(id, widget) ?? false;
  }

  /** Replace a cell's source as one step of undo, if it still reads as expected. */
  rewrite(path: string, id: string, expected: string, source: string): boolean {
    return this._at(path)?.gestures.rewrite(id, expected, source) ?? false;
  }

  /** Put an empty code cell below this one and make it the active one. */
  insertBelow(path: string, id: string): string {
    return this._at(path)?.gestures.insertBelow(id) ?? '';
  }

  /** Take out a cell of `insertBelow` that stayed empty. */
  discard(path: string, id: string): void {
    this._at(path)?.gestures.discard(id);
  }

  /** Put the keyboard's focus on a cell. */
  focus(path: string, id: string, edit = false): void {
    const notebook = this._at(path);
    if (notebook && !notebook.isVisible) {
      this.open(path);
    }
    notebook?.gestures.focus(id, edit);
  }

  private _onAdded(_: INotebookTracker, panel: NotebookPanel): void {
    void panel.context.ready.then(() => {
      if (!this._isDisposed && !panel.isDisposed && !panel.content.isDisposed) {
        this._add(panel);
      }
    });
  }

  private _add(panel: NotebookPanel): void {
    const context = panel.context;
    const known = this._opened.get(context);
    if (known) {
      known.add(panel);
      return;
    }
    const notebook = new OpenNotebook(panel, this._translator);
    this._opened.set(context, notebook);
    notebook.changed.connect(this._tell, this);
    notebook.renamed.connect((_, paths) => {
      this._move(paths.old, paths.new);
    });
    notebook.disposed.connect(() => {
      this._opened.delete(context);
      this._tell();
    });
    this._tell();
  }

  /** A notebook that is closed keeps its chats when its file, or the folder of it, is moved. */
  private _onFile(_: unknown, { type, oldValue, newValue }: Contents.IChangedArgs): void {
    if (type === 'rename' && oldValue?.path && newValue?.path && newValue.type !== 'file') {
      this._move(this._contents.localPath(oldValue.path), this._contents.localPath(newValue.path));
    }
  }

  /** The document of an open notebook hears of the same move of its file, and just then: it is told once. */
  private _move(old: string, now: string): void {
    const move = `${old}\n${now}`;
    if (move !== this._moved) {
      this._moved = move;
      queueMicrotask(() => {
        this._moved = '';
      });
      this._renamed.emit({ old, new: now });
    }
  }

  /** Which notebook is in front is told at once: what is said then goes to its chat. */
  private _tell(): void {
    if (this._isDisposed) {
      return;
    }
    if (this.front !== this._front) {
      this._front = this.front;
      clearTimeout(this._timer);
      this._emit();
    } else {
      this._timer ??= setTimeout(this._emit, TOGETHER);
    }
  }

  private readonly _emit = (): void => {
    this._timer = undefined;
    this._changed.emit();
  };

  /** A notebook that is opened, or brought to the front, takes its time. */
  private _seek(path: string, id: string, end: number): void {
    clearTimeout(this._seeking);
    const notebook = this._at(path);
    if (notebook?.isVisible) {
      notebook.reveal(id);
    } else if (Date.now() < end && !this._isDisposed) {
      this._seeking = setTimeout(() => {
        this._seek(path, id, end);
      }, SEEK_STEP);
    }
  }

  private _at(path: string): OpenNotebook | undefined {
    return [...this._opened.values()].find(notebook => notebook.path === path);
  }

  private _changed = new Signal<INotebooks, void>(this);
  private _front = '';
  private _isDisposed = false;
  private _moved = '';
  private _opened = new Map<NotebookPanel['context'], OpenNotebook>();
  private _renamed = new Signal<INotebooks, { old: string; new: string }>(this);
  private _seeking: ReturnType<typeof setTimeout> | undefined;
  private _timer: ReturnType<typeof setTimeout> | undefined;
}
