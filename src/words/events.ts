/** What an agent does: the events of `core/events.py` that a page is told of. */

import type { ICell, IJudgement } from '../wire';

/** How a task ended. */
export type Ending = 'done' | 'inserted' | 'refused' | 'unanswered' | 'stuck' | 'failed' | 'stopped';

/** One step of a plan, and whether the model says that it is done. */
export interface IStep {
  type: 'Step';
  text: string;
  done: boolean;
}

/** Tokens in and out of one reply, or of all replies added up; `estimated` where the server told none. */
export interface IUsage {
  type: 'Usage';
  sent: number;
  received: number;
  estimated: boolean;
}

/** A piece of prose of the reply. */
export interface IWrote {
  type: 'Wrote';
  text: string;
}

/** A piece of the model's reasoning, which is shown in passing and never kept. */
export interface IThought {
  type: 'Thought';
  text: string;
}

/** A cell begins to be written; `attempt` above 1 means that it replaces the source of the cell of that id. */
export interface ICellOpened {
  type: 'CellOpened';
  id: string;
  language: string;
  turn: number;
  attempt: number;
}

/** A piece of the source of the cell that is being written. */
export interface ICellGrew {
  type: 'CellGrew';
  id: string;
  text: string;
}

/** A cell is whole and its reply ended properly. It has not run. */
export interface IDrafted {
  type: 'Drafted';
  cell: ICell;
}

/**
 * A cell that was written will not run and goes away: its reply was cut, or a cell before it failed.
 *
 * With `restored`, an earlier attempt of that cell still stands and its source comes back.
 */
export interface IDropped {
  type: 'Dropped';
  id: string;
  reason: string;
  restored: string | null;
}

/** The level of a cell, before it runs, and whether a person or the policy let it. */
export interface IJudged {
  type: 'Judged';
  id: string;
  judgement: IJudgement;
  allowed: boolean;
  by: 'person' | 'policy';
}

/** The plan as it stands now: made, changed, or with another step done. Its lines are no part of the prose. */
export interface IPlanned {
  type: 'Planned';
  steps: IStep[];
}

/** One line for the person. */
export interface INotice {
  type: 'Notice';
  text: string;
}

/** The task is over. `answer` is the prose of the last reply, `reason` says why where the ending is not done. */
export interface IFinished {
  type: 'Finished';
  ending: Ending;
  answer: string;
  turns: number;
  usage: IUsage;
  reason: string;
}
