import type { CodeCell } from '@jupyterlab/cells';
import type { Notebook, NotebookPanel } from '@jupyterlab/notebook';
import type { Kernel } from '@jupyterlab/services';

import type { Trouble } from '../words';
import type { IPlace, IRun } from '../wire';
import { adopt } from './adopt';
import { setClean } from './follower';
import type { IHands } from './orders';
import { readPlace } from './reader';
import { execute } from './request';
import { stay } from './stay';
import { apart } from './steps';
import type { Views } from './views';
import { find } from './writer';

type Context = NotebookPanel['context'];

/** A kernel that is one of these takes no request that would run. */
const OVER: readonly string[] = ['restarting', 'autorestarting', 'terminating', 'dead'];

/** Bytes that a place may weigh that an order reads: it tells every cell, since one that is missing counts as taken out. */
const WHOLE = 8 * 1024 * 1024;

/** Whether a document cannot be written. */
export function isReadOnly(context: Context): boolean {
  return context.model.readOnly || context.contentsModel?.writable === false;
}

/** After a break JupyterLab waits longer and longer before it connects again, and gives up in the end; here is a reason not to. */
function hurry(kernel: Kernel.IKernelConnection): void {
  if (kernel.connectionStatus !== 'connected') {
    kernel.reconnect().catch((reason: unknown) => {
      console.warn('Open Interpreter Lab: no connection to the kernel', reason);
    });
  }
}

/** What orders do to a document beyond its shared model: through its views, its kernel and its file. */
export class Hands implements IHands {
  /** For this document; `hold` is called before a cell changes that runs by order. */
  constructor(
    private readonly _context: Context,
    private readonly _views: Views,
    private readonly _hold: () => void
  ) {}

  /** Whether it cannot be written. */
  get isReadOnly(): boolean {
    return isReadOnly(this._context);
  }

  /** What stands in the notebook, and which cell is the active one. */
  place(): IPlace {
    const shared = this._context.model.sharedModel;
    const active = this._notebook?.activeCell?.model.id ?? '';
    const read = readPlace(shared, active, this._context.localPath, WHOLE);
    const last = shared.cells.at(-1);
    const other = read ?? (last ? readPlace(shared, last.id, this._context.localPath, WHOLE) : null);
    return read ?? { type: 'Place', prompt: '', cells: other?.cells ?? [], path: this._context.localPath, task: '' };
  }

  /** Send the execute request, or say what is in the way. */
  run(run: IRun, kernelId: string): Trouble {
    const kernel = this._context.sessionContext.session?.kernel;
    const cell = (): CodeCell | undefined => this._views.codeCell(run.id);
    if (!kernel || kernel.id !== kernelId || OVER.includes(kernel.status)) {
      return 'kernel';
    }
    if (kernel.connectionStatus !== 'connected') {
      // JupyterLab would keep the request until it is connected again, and send it whoever has sent it meanwhile.
      hurry(kernel);
      return 'closed';
    }
    const { model, notebookConfig } = this._notebook ?? {};
    if (!cell() || !model) {
      return 'closed';
    }
    try {
      const deletedCells = model.deletedCells.splice(0);
      execute(cell, kernel, {
        msgId: run.msg_id,
        recordTiming: notebookConfig?.recordTiming ?? false,
        deletedCells,
        onHeard: this._hold
      });
    } catch (error) {
      // The connection was closed between the look at its status and now.
      console.warn('Open Interpreter Lab: the kernel takes no request', error);
      return 'kernel';
    }
    return '';
  }

  /** Move a cell: through a view, so that it stays the active one, and rendered, where it was. */
  move(from: number, to: number): void {
    const shared = this._context.model.sharedModel;
    const movable = this._notebook ?? shared;
    apart(shared, () => {
      movable.moveCell(from, to);
    });
  }

  /** What this cell shows is trusted, as that of every cell that was executed is. */
  trust(id: string): void {
    const index = find(this._context.model.sharedModel, id)?.index;
    if (index !== undefined) {
      this._context.model.cells.get(index).trusted = true;
    }
  }

  /** After a break the kernel's connection brings what was published meanwhile, and the server shows it as well. */
  hush(id: string): void {
    const future = this._views.codeCell(id)?.outputArea.future;
    if (future) {
      future.onIOPub = () => undefined;
    }
  }

  /** The outputs of this cell are those of its source. */
  clean(id: string): void {
    const cell = this._views.codeCell(id);
    if (cell) {
      setClean(cell);
    }
  }

  /** Load the file again, unless there is something to lose. With collaboration the server keeps the document fresh. */
  revert(modified: string): Promise<void> | null {
    const { model } = this._context;
    if (model.collaborative) {
      return null;
    }
    if (model.dirty) {
      void adopt(this._context, modified);
      return null;
    }
    const stays = this._views.open.map(panel => stay(panel.content));
    return this._context.revert().then(() => {
      stays.forEach(comeBack => {
        comeBack();
      });
    });
  }

  private get _notebook(): Notebook | undefined {
    return this._views.isOpen ? this._views.front?.content : undefined;
  }
}
