/** What happened in a chat, each with a number. */

import type { IAnswer, IQuestion } from '../wire';
import type {
  ICellGrew,
  ICellOpened,
  IDrafted,
  IDropped,
  IFinished,
  IJudged,
  INotice,
  IPlanned,
  IThought,
  IWrote
} from './events';

/** What a slash command or a button asks for; empty for words of the person's own. */
export type Command = '' | 'fix' | 'explain' | 'document' | 'test' | 'optimise' | 'plan';

/** What came of a cell. */
export type Status = 'ok' | 'error' | 'refused' | 'inserted' | 'aborted';

/** The person began a task with these words. `labels` name what was attached. */
export interface ISaid {
  type: 'Said';
  text: string;
  command: Command;
  labels: string[];
  images: number;
  at: number;
}

/** The person said this while the task ran. */
export interface ISteered {
  type: 'Steered';
  text: string;
}

/** A model was chosen; `host` is where it is, empty for the built-in one. */
export interface IStarted {
  type: 'Started';
  model: string;
  host: string;
}

/** A request went out to the model; `tokens` is our estimate of its size. */
export interface ISent {
  type: 'Sent';
  turn: number;
  tokens: number;
}

/** The task waits: for the kernel, which is busy with something else, or for `ahead` other tasks on it. */
export interface IQueued {
  type: 'Queued';
  ahead: number;
}

/** The task waits for a person's answer. `replaces` is what stands in the cell now, where that is the person's. */
export interface IWaits {
  type: 'Waits';
  question: IQuestion;
  replaces: string | null;
}

/** The question was answered, here or on another page. */
export interface IDecided {
  type: 'Decided';
  question: string;
  answer: IAnswer;
}

/** The cell of this id was there before the task and read so. */
export interface IReplaces {
  type: 'Replaces';
  id: string;
  source: string;
}

/** The cell runs since `at`, seconds since 1970. */
export interface IRunning {
  type: 'Running';
  id: string;
  at: number;
}

/** A cell was come to. `shows` is the beginning of what it put out, `pictures` how many pictures that has. */
export interface IRan {
  type: 'Ran';
  id: string;
  status: Status;
  seconds: number;
  count: number | null;
  shows: string;
  pictures: number;
  error: string;
  traceback: string;
  note: string;
}

/** The kernel died or was restarted: these variables are lost, and these cells (ids) would have to run again. */
export interface IKernelGone {
  type: 'KernelGone';
  restarted: boolean;
  variables: string[];
  cells: string[];
}

/** What this task did was taken back; `kept` are the ids of cells that somebody had changed since. */
export interface IUndone {
  type: 'Undone';
  taken: number;
  kept: string[];
}

/** Everything that can happen in a chat. */
export type Happening =
  | ISaid
  | ISteered
  | IStarted
  | ISent
  | IQueued
  | IWaits
  | IDecided
  | IReplaces
  | IRunning
  | IRan
  | IKernelGone
  | IUndone
  | IWrote
  | IThought
  | ICellOpened
  | ICellGrew
  | IDrafted
  | IDropped
  | IJudged
  | IPlanned
  | INotice
  | IFinished;

/** One thing that happened in a chat, in a task; `seq` counts up within the chat, with gaps. */
export interface IRecord {
  type: 'Record';
  seq: number;
  task: string;
  event: Happening;
}
