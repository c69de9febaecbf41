import type { ISharedCell, ISharedNotebook } from '@jupyter/ydoc';

import { type DocumentEdit, type IInsert, type ISettle, type JsonObject, METADATA_KEY } from '../wire';

/** A shared document that can be undone, as JupyterLab's own is. */
type Undoable = ISharedNotebook & { readonly undoManager?: { stopCapturing(): void } };

/** The line of a prompt's source that holds its magic: the first that is not blank. */
const MAGIC_LINE = /^(\s*)(\S.*)/;
const SETTLED = /\s+--settled[\s=]+\S+/;

/** The cell of this id with its index, or null when it is not in the document. */
export function find(notebook: ISharedNotebook, id: string): { cell: ISharedCell; index: number } | null {
  const index = notebook.cells.findIndex(cell => cell.id === id);
  const cell = notebook.cells[index];
  return cell ? { cell, index } : null;
}

/**
 * Carry out one edit through the shared model, so that every view and every peer sees it.
 *
 * Inserted and removed cells are undo steps, each by itself; what is streamed or stamped into a cell is none. An edit
 * for a cell that is gone does nothing.
 */
export function write(notebook: ISharedNotebook, edit: DocumentEdit): void {
  switch (edit.type) {
    case 'Insert':
      asOneStep(notebook, () => {
        insert(notebook, edit);
      });
      return;
    case 'Remove':
      asOneStep(notebook, () => {
        remove(notebook, edit.ids);
      });
      return;
    case 'Append':
      quietly(notebook, edit.id, cell => {
        const end = cell.source.length;
        cell.updateSource(end, end, edit.text);
      });
      return;
    case 'Rewrite':
      rewrite(notebook, edit.id, edit.source);
      return;
    case 'Stamp':
      mark(notebook, edit.id, edit.metadata);
      return;
    case 'Settle':
      settle(notebook, edit);
      return;
  }
}

/** Replace the source of a cell where it differs. */
export function rewrite(notebook: ISharedNotebook, id: string, source: string): void {
  quietly(notebook, id, cell => {
    if (cell.source !== source) {
      cell.setSource(source);
    }
  });
}

/** Set what a cell's metadata tells of its task; null makes it an ordinary cell. */
export function mark(notebook: ISharedNotebook, id: string, metadata: JsonObject | null): void {
  quietly(notebook, id, cell => {
    if (metadata) {
      cell.setMetadata(METADATA_KEY, metadata);
    } else {
      cell.deleteMetadata(METADATA_KEY);
    }
  });
}

/** The line of a prompt's source that holds its magic. */
export function magicLine(source: string): string {
  return MAGIC_LINE.exec(source)?.[2] ?? '';
}

/** Put a cell as it was right below the cell `after`. */
export function restore(notebook: ISharedNotebook, after: string, cell: ReturnType<ISharedCell['toJSON']>): void {
  const above = find(notebook, after);
  if (above) {
    asOneStep(notebook, () => {
      notebook.insertCell(above.index + 1, cell);
    });
  }
}

/** Put `--fresh` on a prompt's first line; tells whether it was not there yet. */
export function freshen(notebook: ISharedNotebook, id: string): boolean {
  const isFresh = /\s--fresh(?!\S)/.test(magicLine(find(notebook, id)?.cell.source ?? ''));
  if (!isFresh) {
    changeMagicLine(notebook, id, line => line.replace(/^(%%?interpret)/, '$1 --fresh'));
  }
  return !isFresh;
}

/** Take `--fresh` from a prompt's first line again. */
export function stale(notebook: ISharedNotebook, id: string): void {
  changeMagicLine(notebook, id, line => line.replace(/^(%%?interpret) --fresh(?!\S)/, '$1'));
}

/** Make a prompt and these cells ordinary: no mark in their metadata, no `--settled` on the first line. */
export function detach(notebook: ISharedNotebook, prompt: string, ids: readonly string[]): void {
  changeMagicLine(notebook, prompt, line => line.replace(SETTLED, ''));
  for (const id of [prompt, ...ids]) {
    mark(notebook, id, null);
  }
}

/** Undo puts together what happens within half a second, and one of its steps shall be one of ours. */
function asOneStep(notebook: Undoable, change: () => void): void {
  notebook.undoManager?.stopCapturing();
  change();
  notebook.undoManager?.stopCapturing();
}

function insert(notebook: ISharedNotebook, edit: IInsert): void {
  const above = find(notebook, edit.after);
  if (!above || find(notebook, edit.id)) {
    return;
  }
  const plain = { cell_type: edit.kind, id: edit.id, source: edit.source, metadata: edit.metadata };
  notebook.insertCell(above.index + 1, edit.kind === 'code' ? { ...plain, outputs: [], execution_count: null } : plain);
}

function remove(notebook: ISharedNotebook, ids: readonly string[]): void {
  const indices = ids.map(id => find(notebook, id)?.index ?? -1).filter(index => index >= 0);
  notebook.transact(() => {
    // From below: `cells` is brought up to date only when the transaction is over.
    for (const index of indices.sort((a, b) => b - a)) {
      notebook.deleteCell(index);
    }
  });
}

function settle(notebook: ISharedNotebook, edit: ISettle): void {
  changeMagicLine(notebook, edit.id, () => edit.first_line);
  mark(notebook, edit.id, { task: edit.task, prompt: true });
}

/** Change the one line and leave the rest, and a cursor in it, where it is. */
function changeMagicLine(notebook: ISharedNotebook, id: string, change: (line: string) => string): void {
  quietly(notebook, id, cell => {
    const match = MAGIC_LINE.exec(cell.source);
    const start = match?.[1]?.length ?? 0;
    const line = match?.[2] ?? '';
    const changed = change(line);
    if (changed !== line) {
      cell.updateSource(start, start + line.length, changed);
    }
  });
}

function quietly(notebook: ISharedNotebook, id: string, change: (cell: ISharedCell) => void): void {
  const cell = find(notebook, id)?.cell;
  cell?.transact(() => {
    change(cell);
  }, false);
}
