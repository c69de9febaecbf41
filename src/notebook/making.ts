import type { ISharedNotebook, NotebookChange } from '@jupyter/ydoc';
import type { IDisposable } from '@lumino/disposable';

import { find } from './writer';

/**
 * The prompt whose task runs and the cells that it is making, until each is done.
 *
 * Whoever takes one of them out, by Delete, Cut or Undo, means Stop: what nobody sees shall not run. A cell that is
 * moved stays.
 */
export class Making implements IDisposable {
  /** Watch this document; `stop` interrupts the kernel. */
  constructor(notebook: ISharedNotebook, stop: () => void) {
    this._notebook = notebook;
    this._stop = stop;
    notebook.changed.connect(this._onChanged, this);
  }

  /** Whether this is over. */
  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Watch no more. */
  dispose(): void {
    this._isDisposed = true;
    this._notebook.changed.disconnect(this._onChanged, this);
    this.end();
  }

  /** The task of this prompt begins. */
  begin(prompt: string): void {
    this.end();
    this._prompt = prompt;
  }

  /** The task is over; tells which of its cells never ran. */
  end(): string[] {
    const unfinished = [...this._written];
    this._prompt = '';
    this._written.clear();
    this._running.clear();
    return unfinished;
  }

  /** This cell is being written. */
  write(id: string): void {
    this._written.add(id);
  }

  /** This cell runs. */
  run(id: string): void {
    this._written.delete(id);
    this._running.add(id);
  }

  /** These cells are done, or the kernel itself takes them out. */
  done(ids: readonly string[]): void {
    ids.forEach(id => {
      this._written.delete(id);
      this._running.delete(id);
    });
  }

  private _onChanged(_: ISharedNotebook, change: NotebookChange): void {
    if (this._prompt && change.cellsChange) {
      queueMicrotask(() => {
        this._look();
      });
    }
  }

  private _look(): void {
    const wanted = this._prompt ? [this._prompt, ...this._written, ...this._running] : [];
    if (wanted.some(id => !find(this._notebook, id))) {
      this.end();
      this._stop();
    }
  }

  private _isDisposed = false;
  private _notebook: ISharedNotebook;
  private _prompt = '';
  private _running = new Set<string>();
  private _stop: () => void;
  private _written = new Set<string>();
}
