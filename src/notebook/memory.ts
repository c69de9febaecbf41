import type { ISharedCell, ISharedNotebook } from '@jupyter/ydoc';

/** What orders wrote last into each cell of a document. A cell that reads otherwise now was edited by a person. */
export class Memory {
  /** Everything that stands there now counts as known. */
  seed(notebook: ISharedNotebook): void {
    this._written = new Map(notebook.cells.map(cell => [cell.id, cell.source]));
  }

  /** An order has written this cell. */
  note(cell: ISharedCell): void {
    this._written.set(cell.id, cell.source);
  }

  /** An order has put this cell into the document. */
  noteMade(cell: ISharedCell): void {
    this._made.add(cell.id);
    this.note(cell);
  }

  /** An order has taken this cell out. */
  forget(id: string): void {
    this._written.delete(id);
    this._made.delete(id);
  }

  /** Whether a cell reads as an order left it, or as it was when it was told of. */
  knows(cell: ISharedCell): boolean {
    return this._written.get(cell.id) === cell.source;
  }

  /** Whether an order has made this cell, in this page. */
  isMade(id: string): boolean {
    return this._made.has(id);
  }

  private _made = new Set<string>();
  private _written = new Map<string, string>();
}
