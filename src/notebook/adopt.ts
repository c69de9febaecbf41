import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Contents } from '@jupyterlab/services';

/** What JupyterLab's context of a document keeps to itself: where its file comes from, and which file it knows. */
interface IInside {
  readonly _manager?: { readonly contents: Contents.IManager };
  _updateContentsModel?: (model: Contents.IModel) => void;
}

/**
 * Take the file as it is now for the one that this document stands for, so that saving over it is no conflict.
 *
 * For a file that the server's part has written, and nobody after it: what it wrote comes into the document by orders.
 * Where the file was changed at another time than `modified`, JupyterLab asks the person, as ever.
 */
export async function adopt(context: NotebookPanel['context'], modified: string): Promise<void> {
  const inside = context as unknown as IInside;
  try {
    const file = await inside._manager?.contents.get(context.path, { content: false, hash: true });
    if (file && file.last_modified === modified && !context.isDisposed) {
      inside._updateContentsModel?.(file);
    }
  } catch (error) {
    console.warn('Open Interpreter Lab: the file could not be looked at', error);
  }
}
