import type { Cell } from '@jupyterlab/cells';
import type { Notebook, NotebookPanel } from '@jupyterlab/notebook';
import type { Kernel } from '@jupyterlab/services';
import type { ITranslator } from '@jupyterlab/translation';
import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';

import type { ICellSight } from '../contracts';
import type { IDone, IHolding, IOrder } from '../words';
import { Anchor } from './anchor';
import { Gestures } from './gestures';
import { Hands, isReadOnly } from './hands';
import { Orders } from './orders';
import { sightOf } from './sight';
import { States } from './states';
import { Views } from './views';
import { find } from './writer';

type Context = NotebookPanel['context'];

/** One notebook that is open in this page, in one view or more. */
export class OpenNotebook implements IDisposable {
  /** What a person does here by our buttons and shortcuts. */
  readonly gestures: Gestures;
  /** Which cells have failed. */
  readonly states: States;

  /** The document of this view, which has been loaded. */
  constructor(panel: NotebookPanel, translator?: ITranslator) {
    const context = panel.context;
    this._context = context;
    this._path = context.localPath;
    this.gestures = new Gestures(context, this._views, translator);
    this.states = new States(context.model);
    const hands = new Hands(context, this._views, () => {
      this._hold();
    });
    this._orders = new Orders(context.model.sharedModel, hands);
    this.states.changed.connect(this._onChanged, this);
    context.pathChanged.connect(this._onPath, this);
    context.fileChanged.connect(this._onChanged, this);
    context.model.stateChanged.connect(this._onState, this);
    context.sessionContext.kernelChanged.connect(this._onKernel, this);
    context.sessionContext.statusChanged.connect(this._onChanged, this);
    context.disposed.connect(this.dispose, this);
    this.add(panel);
    this._onKernel();
  }

  /** Emitted when what is told of this notebook has changed. */
  get changed(): ISignal<OpenNotebook, void> {
    return this._changed;
  }

  /** Emitted when it has another path, as (old, new). */
  get renamed(): ISignal<OpenNotebook, { old: string; new: string }> {
    return this._renamed;
  }

  /** Emitted when it is closed. */
  get disposed(): ISignal<OpenNotebook, void> {
    return this._disposed;
  }

  /** Whether it is closed. */
  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Its path as the server names it. */
  get path(): string {
    return this._context.localPath;
  }

  /** Its path as this page names it, with the drive. */
  get fullPath(): string {
    return this._context.path;
  }

  /** Whether a person sees it. */
  get isVisible(): boolean {
    return this._views.front?.isVisible ?? false;
  }

  /** Whether it cannot be written. */
  get isReadOnly(): boolean {
    return isReadOnly(this._context);
  }

  /** One more view; it is closed with the last one. */
  add(panel: NotebookPanel): void {
    this._views.add(panel);
    this._anchors.set(panel.content, new Anchor(panel.content));
    panel.content.activeCellChanged.connect(this._onChanged, this);
    panel.content.selectionChanged.connect(this._onChanged, this);
    panel.content.disposed.connect(() => {
      this._anchors.get(panel.content)?.dispose();
      this._anchors.delete(panel.content);
      this._views.remove(panel);
      if (!this._views.isOpen) {
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
    this._anchors.forEach(anchor => {
      anchor.dispose();
    });
    this.states.dispose();
    this._views.dispose();
    this._disposed.emit();
    Signal.clearData(this);
  }

  /** What the server is told of it. */
  holding(): IHolding {
    const kernel = this._kernel;
    const spec = this._context.model.getMetadata('kernelspec') as { name?: string; language?: string } | undefined;
    return {
      type: 'Holding',
      path: this.path,
      kernel: kernel?.id ?? '',
      kernel_name: kernel?.name ?? spec?.name ?? '',
      language: this._language || (spec?.language ?? this._context.model.defaultKernelLanguage).toLowerCase(),
      readonly: this.isReadOnly,
      modified: this._context.contentsModel?.last_modified ?? ''
    };
  }

  /** Carry out an order; what a person sees stays in its place. */
  carryOut(order: IOrder): IDone | Promise<IDone> {
    this._hold();
    return this._orders.carryOut(order);
  }

  /** A cell by its id. */
  sight(id: string): ICellSight | null {
    const index = find(this._context.model.sharedModel, id)?.index;
    return index === undefined ? null : sightOf(this._context.model.cells.get(index));
  }

  /** The active cell. */
  active(): ICellSight | null {
    const cell = this._notebook?.activeCell;
    return cell && !cell.isDisposed ? sightOf(cell.model) : null;
  }

  /** The selected cells in order. */
  selected(): ICellSight[] {
    const cells: readonly Cell[] = this._notebook?.selectedCells ?? [];
    return cells.filter(cell => !cell.isDisposed && !cell.model.isDisposed).map(cell => sightOf(cell.model));
  }

  /** Scroll to a cell: what is held in its place is let go. */
  reveal(id: string): void {
    this._anchors.forEach(anchor => {
      anchor.release();
    });
    this.gestures.reveal(id);
  }

  private _hold(): void {
    this._anchors.forEach(anchor => {
      anchor.hold();
    });
  }

  private _onChanged(): void {
    this._changed.emit();
  }

  private _onState(_: unknown, change: { name: string }): void {
    if (change.name === 'readOnly') {
      this._changed.emit();
    }
  }

  private _onPath(): void {
    const [old, now] = [this._path, this.path];
    if (old !== now) {
      this._path = now;
      this._renamed.emit({ old, new: now });
      this._changed.emit();
    }
  }

  private _onKernel(): void {
    const kernel = this._kernel;
    this._language = '';
    this._changed.emit();
    kernel?.info.then(
      info => {
        if (kernel === this._kernel && !this._isDisposed) {
          this._language = info.language_info.name.toLowerCase();
          this._changed.emit();
        }
      },
      () => undefined
    );
  }

  private get _kernel(): Kernel.IKernelConnection | null {
    return this._context.sessionContext.session?.kernel ?? null;
  }

  private get _notebook(): Notebook | undefined {
    return this._views.isOpen ? this._views.front?.content : undefined;
  }

  private _anchors = new Map<Notebook, Anchor>();
  private _changed = new Signal<OpenNotebook, void>(this);
  private _context: Context;
  private _disposed = new Signal<OpenNotebook, void>(this);
  private _isDisposed = false;
  private _language = '';
  private _orders: Orders;
  private _path: string;
  private _renamed = new Signal<OpenNotebook, { old: string; new: string }>(this);
  private _views = new Views();
}
