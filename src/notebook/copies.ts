import type { ISharedCell, ISharedNotebook, NotebookChange } from '@jupyter/ydoc';
import { DisposableDelegate, type IDisposable } from '@lumino/disposable';

import { isPrompt, markOf } from '../wire';
import { mark } from './writer';

/**
 * Make what a person copies independent of what it was copied from.
 *
 * JupyterLab copies a cell with its metadata. A copied generated cell becomes an ordinary one; a prompt that is copied
 * together with its cells gets a task of its own, named by its cell so that everybody who shares the document finds the
 * same name.
 */
export function watchCopies(notebook: ISharedNotebook): IDisposable {
  const onChanged = (_: ISharedNotebook, change: NotebookChange): void => {
    const inserted = (change.cellsChange ?? []).flatMap(step => step.insert ?? []);
    if (inserted.some(cell => markOf(cell.metadata).task)) {
      queueMicrotask(() => {
        partCopies(notebook, inserted);
      });
    }
  };
  notebook.changed.connect(onChanged);
  return new DisposableDelegate(() => {
    notebook.changed.disconnect(onChanged);
  });
}

/** Part those of the cells, which were inserted together, that are copies of others in the notebook. */
export function partCopies(notebook: ISharedNotebook, inserted: readonly ISharedCell[]): void {
  const here = inserted.filter(cell => notebook.cells.includes(cell));
  const others = notebook.cells.filter(cell => !here.includes(cell));
  let from = '';
  let to = '';
  for (const cell of here) {
    const { task } = markOf(cell.metadata);
    if (isPrompt(cell.source)) {
      const isCopy = task !== '' && others.some(other => isTwin(other, cell));
      [from, to] = isCopy ? [task, cell.id] : ['', ''];
    }
    if (task && task === from) {
      mark(notebook, cell.id, { ...fields(cell), task: to });
    } else if (task && others.some(other => isTwin(other, cell))) {
      mark(notebook, cell.id, null);
    }
  }
}

/** Whether one of the two is a copy of the other: pieces of a split cell are none. */
function isTwin(one: ISharedCell, other: ISharedCell): boolean {
  const [mine, yours] = [markOf(one.metadata), markOf(other.metadata)];
  return mine.task === yours.task && mine.sourceHash === yours.sourceHash && one.source === other.source;
}

function fields(cell: ISharedCell): Record<string, never> {
  return cell.getMetadata('open_interpreter') as unknown as Record<string, never>;
}
