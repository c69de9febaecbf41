import { Signal } from '@lumino/signaling';
import { nullTranslator } from '@jupyterlab/translation';

import type { IAttempt, IChatView, ITaskView, Part } from '../../../src/contracts';

export const trans = nullTranslator.load('open_interpreter_lab');

let made = 0;

/** An attempt that went well, but for what is said. */
export function attempt(told: Partial<IAttempt> = {}): IAttempt {
  return {
    number: 1,
    source: 'x = 1',
    state: 'ok',
    since: 0,
    seconds: 0.3,
    count: 3,
    shows: '',
    pictures: 0,
    error: '',
    traceback: '',
    note: '',
    level: 'L0',
    reasons: [],
    ...told
  };
}

/** A cell with these attempts. */
export function cell(...attempts: IAttempt[]): Extract<Part, { kind: 'cell' }> {
  const id = `cell${++made}`;
  return { kind: 'cell', key: id, version: 1, id, language: 'python', before: null, attempts };
}

/** A text of the model. */
export function prose(text: string, isOpen = false): Extract<Part, { kind: 'prose' }> {
  return { kind: 'prose', key: `prose${++made}`, version: 1, text, isOpen };
}

/** A task that is over, but for what is said. */
export function task(told: Partial<ITaskView> = {}): ITaskView {
  return {
    id: `task${++made}`,
    said: { type: 'Said', text: 'Plot it', command: '', labels: [], images: 0, at: 0 },
    parts: [],
    plan: [],
    phase: 'over',
    ahead: 0,
    question: null,
    model: 'qwen',
    host: '',
    tokens: 0,
    finished: finished('done'),
    isUndone: false,
    kept: [],
    version: 1,
    ...told
  };
}

/** How a task ended. */
export function finished(
  ending: NonNullable<ITaskView['finished']>['ending'],
  reason = ''
): NonNullable<ITaskView['finished']> {
  const usage = { type: 'Usage', sent: 0, received: 0, estimated: false } as const;
  return { type: 'Finished', ending, answer: '', turns: 1, usage, reason };
}

/** A chat that does nothing but note what is asked of it. */
export class ScriptedChat implements IChatView {
  readonly id = 'chat';
  readonly info = { type: 'Chat', id: 'chat', path: 'a.ipynb', name: '', created: 0, updated: 0 } as const;
  isRunning = false;
  isLoaded = true;
  isDisposed = false;
  tasks: ITaskView[] = [];
  readonly changed = new Signal<this, { task: string }>(this);
  readonly asked: unknown[][] = [];

  say(...said: unknown[]): void {
    this.asked.push(['say', ...said]);
  }

  stop(): void {
    this.asked.push(['stop']);
  }

  decide(...decided: unknown[]): void {
    this.asked.push(['decide', ...decided]);
  }

  undo(task: string): void {
    this.asked.push(['undo', task]);
  }

  dispose(): void {
    this.isDisposed = true;
  }
}
