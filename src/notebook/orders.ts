import type { ISharedCell, ISharedNotebook } from '@jupyter/ydoc';

import type { IDone, IMove, IOrder, IShow, OrderEdit, Trouble } from '../words';
import type { IAppend, IInsert, IPlace, IRemove, IRewrite, IRun } from '../wire';
import { Memory } from './memory';
import { isCode, show } from './outputs';
import { asOneStep, isLast, type Step } from './steps';
import { find, mark } from './writer';

/** What orders need of the page beyond the shared document. */
export interface IHands {
  readonly isReadOnly: boolean;
  /** What stands in the notebook, and which cell is the active one. */
  place(): IPlace;
  /** Send the execute request; tells what is in the way. */
  run(run: IRun, kernel: string): Trouble;
  /** Move a cell to an index. */
  move(from: number, to: number): void;
  /** Trust what this cell shows, as if it had run in this page. */
  trust(id: string): void;
  /** What the kernel still sends to this page for this cell is shown no more: the server tells it. */
  hush(id: string): void;
  /** The outputs of this cell are those of its source. */
  clean(id: string): void;
  /** Load the file, which was changed at `modified`, unless the document was; null where there is nothing to wait for. */
  revert(modified: string): Promise<void> | null;
}

/** Why an edit was not carried out, because of which cell. */
interface IFault {
  trouble: Trouble;
  cell?: string;
  source?: string;
  said?: string;
}

/**
 * Carries out the server's orders for one document, through the shared model and by the ids of cells.
 *
 * A cell whose source is not what an order left there is a person's now: it is neither written nor run nor removed.
 * While the file is loaded again, orders wait for that.
 */
export class Orders {
  /** Orders for this document. */
  constructor(notebook: ISharedNotebook, hands: IHands) {
    this._notebook = notebook;
    this._hands = hands;
  }

  /** Carry out the edits from `first` on, at once where nothing is being loaded. `place` is what was read before. */
  carryOut(order: IOrder, first = 0, place: IPlace | null = null): IDone | Promise<IDone> {
    for (const [index, edit] of order.edits.entries()) {
      if (index < first) {
        continue;
      }
      if (this._loading) {
        const goOn = (): IDone | Promise<IDone> => this.carryOut(order, index, place);
        return this._loading.then(goOn);
      }
      if (edit.type === 'Read') {
        if (edit.seeds) {
          this._memory.seed(this._notebook);
        }
        place = this._hands.place();
        continue;
      }
      const fault = this._do(edit, order.kernel);
      if (fault) {
        return done(order, fault, place);
      }
    }
    return this._loading ? this._loading.then(() => done(order, null, place)) : done(order, null, place);
  }

  private _do(edit: Exclude<OrderEdit, { type: 'Read' }>, kernel: string): IFault | null {
    if (edit.type === 'Revert') {
      this._revert(edit.modified);
      return null;
    }
    if (this._hands.isReadOnly && edit.type !== 'Run') {
      return { trouble: 'readonly' };
    }
    switch (edit.type) {
      case 'Insert':
        return this._insert(edit);
      case 'Append':
      case 'Rewrite':
        return this._mine(edit.id, cell => this._write(cell, edit));
      case 'Run':
        return this._mine(edit.id, cell => this._run(cell, edit, kernel));
      case 'Stamp':
        mark(this._notebook, edit.id, edit.metadata);
        return this._there(edit.id, () => null);
      case 'Show':
        return this._there(edit.id, cell => this._show(cell, edit));
      case 'Remove':
        return this._remove(edit);
      case 'Move':
        return this._move(edit);
    }
  }

  private _insert(edit: IInsert): IFault | null {
    const there = find(this._notebook, edit.id)?.cell;
    if (there) {
      // An order that comes twice, as after a lost connection, has been carried out.
      this._memory.noteMade(there);
      return there.source === edit.source ? null : { trouble: 'edited', cell: edit.id, source: there.source };
    }
    const at = this._below(edit.after);
    if (at < 0) {
      return { trouble: 'gone', cell: edit.after };
    }
    asOneStep(this._notebook, () => {
      this._notebook.insertCell(at, made(edit));
    });
    const cell = find(this._notebook, edit.id)?.cell;
    if (cell) {
      this._memory.noteMade(cell);
    }
    return null;
  }

  /** What is streamed is no step of undo; what stood in a person's cell comes back with one. */
  private _write(cell: ISharedCell, edit: IAppend | IRewrite): null {
    const change = (): void => {
      if (edit.type === 'Append') {
        cell.updateSource(cell.source.length, cell.source.length, edit.text);
      } else if (cell.source !== edit.source) {
        cell.setSource(edit.source);
      }
    };
    const step = this._steps.get(edit.id);
    const isBegin = edit.type === 'Rewrite' && !this._memory.isMade(edit.id);
    if (isBegin || isLast(cell, step)) {
      this._steps.set(edit.id, asOneStep(cell, change, step) ?? step);
    } else {
      cell.transact(change, false);
    }
    this._memory.note(cell);
    return null;
  }

  private _run(cell: ISharedCell, edit: IRun, kernel: string): IFault | null {
    if (edit.source !== cell.source) {
      // What was judged and what would run are not the same.
      return { trouble: 'edited', cell: edit.id, source: cell.source };
    }
    const trouble = this._hands.run(edit, kernel);
    return trouble ? { trouble, cell: edit.id } : null;
  }

  private _show(cell: ISharedCell, edit: IShow): null {
    if (isCode(cell)) {
      this._hands.trust(edit.id);
      this._hands.hush(edit.id);
      show(cell, edit);
      if (this._memory.knows(cell)) {
        this._hands.clean(edit.id);
      }
    }
    return null;
  }

  /** Cells that are gone already are no trouble; one that a person has edited is, and then all stay. */
  private _remove(edit: IRemove): IFault | null {
    const cells = edit.ids.flatMap(id => find(this._notebook, id) ?? []);
    const edited = cells.find(({ cell }) => !this._memory.knows(cell))?.cell;
    if (edited) {
      return { trouble: 'edited', cell: edited.id, source: edited.source };
    }
    if (cells.length > 0) {
      asOneStep(this._notebook, () => {
        // From below: `cells` is brought up to date only when the transaction is over.
        for (const { index } of cells.sort((one, other) => other.index - one.index)) {
          this._notebook.deleteCell(index);
        }
      });
    }
    edit.ids.forEach(id => {
      this._memory.forget(id);
    });
    return null;
  }

  private _move(edit: IMove): IFault | null {
    const from = find(this._notebook, edit.id)?.index ?? -1;
    const below = this._below(edit.after);
    if (from < 0 || below < 0) {
      return { trouble: 'gone', cell: from < 0 ? edit.id : edit.after };
    }
    const to = from < below ? below - 1 : below;
    if (to !== from && edit.after !== edit.id) {
      this._hands.move(from, to);
    }
    return null;
  }

  private _revert(modified: string): void {
    const loading = this._hands.revert(modified);
    if (loading) {
      const over = (): void => {
        this._loading = null;
      };
      // JupyterLab itself tells the person what went wrong.
      this._loading = loading.then(over, over);
    }
  }

  private _there(id: string, act: (cell: ISharedCell) => IFault | null): IFault | null {
    const cell = find(this._notebook, id)?.cell;
    return cell ? act(cell) : { trouble: 'gone', cell: id };
  }

  private _mine(id: string, act: (cell: ISharedCell) => IFault | null): IFault | null {
    return this._there(id, cell =>
      this._memory.knows(cell) ? act(cell) : { trouble: 'edited', cell: id, source: cell.source }
    );
  }

  /** The index right below a cell, 0 for the top; -1 where that cell is not there. */
  private _below(after: string): number {
    const above = after === '' ? -1 : find(this._notebook, after)?.index;
    return above === undefined ? -1 : above + 1;
  }

  private _hands: IHands;
  private _loading: Promise<void> | null = null;
  private _memory = new Memory();
  private _notebook: ISharedNotebook;
  /** The steps of undo that bring back what persons had in their cells. */
  private _steps = new Map<string, Step>();
}

function made(edit: IInsert): Parameters<ISharedNotebook['insertCell']>[1] {
  const plain = { cell_type: edit.kind, id: edit.id, source: edit.source, metadata: edit.metadata };
  return edit.kind === 'code' ? { ...plain, outputs: [], execution_count: null } : plain;
}

/** The answer to an order. */
export function done(order: IOrder, fault: IFault | null, place: IPlace | null = null): IDone {
  const { trouble = '', cell = '', source = '', said = '' } = fault ?? {};
  return { type: 'Done', order: order.id, trouble, cell, source, place, said };
}
