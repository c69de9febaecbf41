import { CodeCellModel, type ICellModel } from '@jupyterlab/cells';
import type { INotebookModel } from '@jupyterlab/notebook';
import type { IOutputModel } from '@jupyterlab/rendermime';
import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';

import { find } from './writer';

/** Whether an output tells of an error; what a person stopped has none to be mended. */
function isError(output: IOutputModel): boolean {
  return output.type === 'error' && output.toJSON().ename !== 'KeyboardInterrupt';
}

/** Whether an execution ended in an error; figures may follow it. */
export function hasFailed(outputs: CodeCellModel['outputs']): boolean {
  for (let index = outputs.length - 1; index >= 0; index--) {
    if (isError(outputs.get(index))) {
      return true;
    }
  }
  return false;
}

/**
 * Which cells of a document have failed, and that something has come of one.
 *
 * Kept as cells change, so that nobody has to look through a thousand of them.
 */
export class States implements IDisposable {
  /** Watch the cells of this document. */
  constructor(model: INotebookModel) {
    this._model = model;
    for (const cell of model.cells) {
      this._watch(cell);
    }
    model.cells.changed.connect(this._onCellsChanged, this);
  }

  /** Emitted when a cell begins, ends or fails, or gets another count. */
  get changed(): ISignal<States, void> {
    return this._changed;
  }

  /** The id of the cell that failed last; of those that were saved so, the one with the highest count. Else empty. */
  get failing(): string {
    let last = '';
    this._failing.forEach((rank, id) => {
      last = last === '' || rank >= (this._failing.get(last) ?? 0) ? id : last;
    });
    return last;
  }

  /** Whether this is over. */
  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Watch no more. */
  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      Signal.clearData(this);
    }
  }

  private _onCellsChanged(_: unknown, change: { newValues: (ICellModel | undefined)[] }): void {
    change.newValues.forEach(cell => {
      if (cell) {
        this._watch(cell);
      }
    });
  }

  private _watch(cell: ICellModel): void {
    if (!(cell instanceof CodeCellModel)) {
      return;
    }
    // A cell that was moved is another model with the same id.
    const id = cell.id;
    cell.stateChanged.connect(this._onState, this);
    cell.outputs.changed.connect((_, change) => {
      const isFailing =
        change.type === 'add' ? this._failing.has(id) || change.newValues.some(isError) : hasFailed(cell.outputs);
      this._note(id, isFailing, ++this._clock);
    });
    cell.sharedModel.disposed.connect(() => {
      queueMicrotask(() => {
        this._forget(id);
      });
    });
    this._note(id, hasFailed(cell.outputs), (cell.executionCount ?? 0) / 1e9);
  }

  private _onState(_: unknown, change: { name: string }): void {
    if (change.name === 'executionState' || change.name === 'executionCount') {
      this._changed.emit();
    }
  }

  private _note(id: string, isFailing: boolean, rank: number): void {
    if (isFailing !== this._failing.has(id)) {
      if (isFailing) {
        this._failing.set(id, rank);
      } else {
        this._failing.delete(id);
      }
      this._changed.emit();
    }
  }

  private _forget(id: string): void {
    const isKnown = this._failing.has(id) && !this._isDisposed && !this._model.isDisposed;
    if (isKnown && !find(this._model.sharedModel, id)) {
      this._failing.delete(id);
      this._changed.emit();
    }
  }

  private _changed = new Signal<States, void>(this);
  private _clock = 0;
  private _failing = new Map<string, number>();
  private _isDisposed = false;
  private _model: INotebookModel;
}
