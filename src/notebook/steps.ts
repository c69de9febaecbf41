import type { ISharedCell, ISharedNotebook } from '@jupyter/ydoc';

/** What is used here of the undo manager of a document, or of one of its cells. */
interface IUndoManager {
  readonly undoStack: readonly unknown[];
  /** When it last captured something, in milliseconds since 1970; 0 makes the next change a step of its own. */
  lastChange: number;
  stopCapturing(): void;
}

type Undoable = (ISharedCell | ISharedNotebook) & { readonly undoManager?: IUndoManager | null };

/** A step of undo; undefined where there is none. */
export type Step = object | undefined;

/**
 * Change a document or a cell as one step of undo, apart from what comes before and after.
 *
 * Undo puts together what happens within half a second, and one of its steps shall be one of ours. With `joined`, what
 * that step takes back is taken back together with this change, if nothing came in between. The step is returned.
 */
export function asOneStep(changed: Undoable, change: () => void, joined?: Step): Step {
  const manager = changed.undoManager;
  const before = manager?.undoStack.at(-1);
  if (manager && joined && before === joined) {
    manager.lastChange = Date.now();
  } else {
    manager?.stopCapturing();
  }
  changed.transact(change);
  const after = manager?.undoStack.at(-1);
  manager?.stopCapturing();
  return after !== before || before === joined ? (after as Step) : undefined;
}

/** Do something to a document that makes a step of undo by itself, apart from what comes before and after. */
export function apart(changed: Undoable, change: () => void): void {
  changed.undoManager?.stopCapturing();
  change();
  changed.undoManager?.stopCapturing();
}

/** Whether this step is the one that undo would take back next. */
export function isLast(changed: Undoable, step: Step): boolean {
  return step !== undefined && changed.undoManager?.undoStack.at(-1) === step;
}
