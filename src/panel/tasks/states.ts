import type { TranslationBundle } from '@jupyterlab/translation';

import type { IAttempt, ITaskView, Part } from '../../contracts';
import { duration } from './clock';
import { LEFT, told } from '../../told';

/** A part that is a cell. */
export type CellPart = Extract<Part, { kind: 'cell' }>;

/** What became of an attempt, in a word or two. */
export function stateWords(trans: TranslationBundle, state: IAttempt['state']): string {
  const words: Record<IAttempt['state'], string> = {
    drafting: trans.__('Being written'),
    waiting: trans.__('Waiting'),
    running: trans.__('Running'),
    ok: trans.__('Ran'),
    error: trans.__('Failed'),
    refused: trans.__('Refused, not run'),
    inserted: trans.__('Inserted, not run'),
    aborted: trans.__('Stopped'),
    dropped: trans.__('Not run')
  };
  return words[state];
}

/** What became of this attempt, in a few words: what was left to the person was refused by nobody. */
export function attemptWords(trans: TranslationBundle, attempt: IAttempt): string {
  const isLeft = attempt.state === 'refused' && attempt.note === LEFT;
  return isLeft ? trans.__('Left as you changed it') : stateWords(trans, attempt.state);
}

/** What a level means. Nothing is ever called harmless. */
export function levelWords(trans: TranslationBundle, level: string): string {
  switch (level) {
    case 'L0':
      return trans.__('Computes');
    case 'L1':
      return trans.__('Writes new data files');
    case 'L2':
      return trans.__('Does more than compute');
    case 'L3':
      return trans.__('Could do lasting harm');
    default:
      return trans.__('Not judged');
  }
}

/** The attempts at a cell that count: where one was dropped, the one before it stands again. */
export function standing(part: CellPart): readonly IAttempt[] {
  const counting = part.attempts.filter(attempt => attempt.state !== 'dropped');
  return counting.length > 0 ? counting : part.attempts.slice(-1);
}

/** The attempt that stands in the notebook, or would. */
export function newest(part: CellPart): IAttempt | undefined {
  return standing(part).at(-1);
}

/** Which try at a cell this is, from 1: what the person had there is none. */
export function tryOf(part: CellPart, attempt: IAttempt): number {
  return part.before === null ? attempt.number : Math.max(1, attempt.number - 1);
}

/** How a cell is called: by its number in the notebook where it has one. */
export function cellName(trans: TranslationBundle, attempt: IAttempt | undefined): string {
  return attempt?.count ? trans.__('cell [%1]', attempt.count) : trans.__('a cell');
}

/** The attempt that runs now. */
export function runningAttempt(task: ITaskView): IAttempt | undefined {
  return task.parts
    .flatMap(part => (part.kind === 'cell' ? part.attempts : []))
    .reverse()
    .find(attempt => attempt.state === 'running');
}

/** What a task does now, as one line; empty when it is over. `isConnected` is false while the server is not there. */
export function phaseWords(trans: TranslationBundle, task: ITaskView, isConnected: boolean): string {
  switch (task.phase) {
    case 'sending':
      return isConnected ? trans.__('Sending…') : trans.__('Not connected: this is sent once the server is there');
    case 'queued':
      return task.ahead > 0
        ? trans._n('Queued: one task ahead', 'Queued: %1 tasks ahead', task.ahead)
        : trans.__('Waiting for the kernel, which is busy');
    case 'asking':
      return task.model ? trans.__('Asking %1…', task.model) : trans.__('Asking the model…');
    case 'writing':
      return trans.__('Writing…');
    case 'waiting':
      return trans.__('Waiting for your answer');
    case 'running':
      return trans.__('Running %1', cellName(trans, runningAttempt(task)));
    case 'over':
      return '';
  }
}

/** How a task ended: the words, and whether that is as wished, the person's doing, or trouble. */
export interface IEndingWords {
  text: string;
  tone: 'quiet' | 'stopped' | 'trouble';
}

/** The ending of a task in words; empty text where nothing has to be said. */
export function endingWords(trans: TranslationBundle, task: ITaskView): IEndingWords {
  const { ending, reason: why } = task.finished ?? { ending: 'done', reason: '' };
  const reason = told(trans, why);
  switch (ending) {
    case 'done':
      return { text: '', tone: 'quiet' };
    case 'inserted':
      return { text: reason || trans.__('The cells stand there, not run.'), tone: 'quiet' };
    case 'refused':
      return { text: reason || trans.__('You refused a cell.'), tone: 'stopped' };
    case 'unanswered':
      return { text: reason || trans.__('A cell had to be approved and nobody answered.'), tone: 'stopped' };
    case 'stopped':
      return { text: reason || trans.__('Stopped.'), tone: 'stopped' };
    case 'stuck':
    case 'failed':
      return { text: reason || trans.__('This could not be finished.'), tone: 'trouble' };
  }
}

/** What was made in how long, in a few words; empty where no cell ran. */
export function workWords(trans: TranslationBundle, task: ITaskView): string {
  const attempts = task.parts.flatMap(part => (part.kind === 'cell' ? [newest(part)] : []));
  const ran = attempts.filter(attempt => attempt?.state === 'ok' || attempt?.state === 'error');
  const seconds = ran.reduce((sum, attempt) => sum + (attempt?.seconds ?? 0), 0);
  return ran.length > 0 ? `${trans._n('One cell', '%1 cells', ran.length)} · ${duration(trans, seconds)}` : '';
}

/** Whether a task has put cells into the notebook or changed one. */
export function madeCells(task: ITaskView): boolean {
  return task.parts.some(part => part.kind === 'cell' && newest(part)?.state !== 'dropped');
}

/** What is said after an undo. */
export function undoneWords(trans: TranslationBundle, kept: number): string {
  return kept > 0
    ? trans._n(
        'Taken back. One cell was kept since you changed it.',
        'Taken back. %1 cells were kept since you changed them.',
        kept
      )
    : trans.__('Taken back.');
}
