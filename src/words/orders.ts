/** What the server wants of the one page that holds a notebook, and the answer. */

import type { IAppend, IInsert, IPlace, IRemove, IRewrite, IRun, IStamp, JsonObject } from '../wire';

/** Why an order was not carried out. fault: something broke in the page. */
export type Trouble = '' | 'gone' | 'edited' | 'kernel' | 'readonly' | 'closed' | 'fault';

/**
 * Tell what stands in the notebook: `Done.place`, whose `prompt` is the active cell's id.
 *
 * With `seeds` it counts as known from then on; not so for whoever only looks.
 */
export interface IRead {
  type: 'Read';
  seeds: boolean;
}

/** Put a cell below the cell `after`, or at the top where that is empty. */
export interface IMove {
  type: 'Move';
  id: string;
  after: string;
}

/** Set the outputs of a cell that ran without this page: nbformat outputs, and whether it still runs. */
export interface IShow {
  type: 'Show';
  id: string;
  outputs: JsonObject[];
  count: number | null;
  running: boolean;
}

/**
 * The server has written the file, then changed at `modified`, since this page has loaded it: load it again.
 *
 * A document that was changed in the page stays as it is: what was written into the file follows by orders. Where the
 * file is still the one of `modified`, saving over it is no conflict.
 */
export interface IRevert {
  type: 'Revert';
  modified: string;
}

/** One edit of an order. */
export type OrderEdit = IInsert | IAppend | IRewrite | IStamp | IRemove | IMove | IRun | IShow | IRead | IRevert;

/**
 * Edits of the notebook at `path`, in order. Answered by `Done` where `answered` is set, and on every trouble.
 *
 * `kernel` is the id of the kernel that a `Run` is meant for.
 */
export interface IOrder {
  type: 'Order';
  id: string;
  path: string;
  edits: (IInsert | IAppend | IRewrite | IStamp | IRemove | IMove | IRun | IShow | IRead | IRevert)[];
  answered: boolean;
  kernel: string;
}

/** The answer to an order. With `trouble` the rest of its edits was left undone because of the cell `cell`. */
export interface IDone {
  type: 'Done';
  order: string;
  trouble: Trouble;
  cell: string;
  source: string;
  place: IPlace | null;
  said: string;
}
