import type { IFinished, ISay } from '../words';
import { TaskView } from './task';

/** What the person has said here and the server has not told yet: it is shown at once and said again where need be. */
export class Unsaid {
  readonly #words = new Map<string, { say: ISay; view: TaskView }>();

  /** As they are shown, in the order in which they were said. */
  get views(): TaskView[] {
    return [...this.#words.values()].map(({ view }) => view);
  }

  /** What is to be said again on a new connection: the server takes each but once. */
  get open(): ISay[] {
    return [...this.#words.values()].filter(({ view }) => !view.finished).map(({ say }) => say);
  }

  /** Keep what is said now. What could not be said before has been seen by then. */
  add(say: ISay, now: number): void {
    this.#forgetFailed();
    const { text, command, quotes, images } = say.wish;
    const labels = quotes.map(quote => quote.label);
    const said = { type: 'Said', text, command, labels, images: images.length, at: now } as const;
    this.#words.set(say.task, { say, view: new TaskView(say.task, said) });
  }

  /** The server has told of this task, or it is not wanted any more; whether it was one of these. */
  take(task: string): boolean {
    return this.#words.delete(task);
  }

  /** The server has taken these words into the task that runs. */
  takeSteering(text: string): boolean {
    const first = this.open.find(say => say.wish.text.trim() === text);
    return first !== undefined && this.take(first.task);
  }

  /** What was said here could not be done: it stays to be seen, with the reason. Tells whether there was any. */
  fail(reason: string): boolean {
    const open = this.open;
    for (const { task } of open) {
      this.#words.get(task)?.view.add(failed(reason));
    }
    return open.length > 0;
  }

  #forgetFailed(): void {
    for (const { id, finished } of this.views) {
      if (finished) {
        this.take(id);
      }
    }
  }
}

function failed(reason: string): IFinished {
  const usage = { type: 'Usage', sent: 0, received: 0, estimated: false } as const;
  return { type: 'Finished', ending: 'failed', answer: '', turns: 0, usage, reason };
}
