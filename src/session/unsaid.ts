import type { Happening, IDecide, IFinished, ISay, IStop, IUndo } from '../words';
import { TaskView } from './task';

/** What a person does in a chat that must not be lost. */
export type Deed = ISay | IStop | IDecide | IUndo;

interface IKept {
  word: Deed;
  /** The task that it is about. */
  task: string;
  /** What was said is shown at once. */
  view?: TaskView;
}

/**
 * What the person has done here and the server has not told yet, in that order: said again on each connection.
 *
 * The server does each but once: it knows tasks and questions by their ids.
 */
export class Unsaid {
  #kept: IKept[] = [];

  /** What was said, as it is shown. */
  get views(): TaskView[] {
    return this.#kept.flatMap(({ view }) => view ?? []);
  }

  /** What is to be said again on a new connection. */
  get open(): Deed[] {
    return this.#kept.filter(({ view }) => !view?.finished).map(({ word }) => word);
  }

  /** Keep what is said now. What could not be said before has been seen by then. */
  add(say: ISay, now: number): void {
    this.#kept = this.#kept.filter(({ view }) => !view?.finished);
    const { text, command, quotes, images } = say.wish;
    const labels = quotes.map(quote => quote.label);
    const said = { type: 'Said', text, command, labels, images: images.length, at: now } as const;
    this.#kept.push({ word: say, task: say.task, view: new TaskView(say.task, said) });
  }

  /** Keep what else is done to this task; what is done twice counts once, as it was done last. */
  note(word: Exclude<Deed, ISay>, task: string): void {
    this.#kept = this.#kept.filter(kept => kept.word.type !== word.type || kept.task !== task);
    this.#kept.push({ word, task });
  }

  /** The server has told of this task, or it is not wanted any more; whether it was one that was said here. */
  take(task: string): boolean {
    return this.#drop(kept => kept.view?.id === task);
  }

  /** Something happened in a task; whether that takes in what was said here. */
  hear(task: string, event: Happening): boolean {
    switch (event.type) {
      case 'Decided':
        this.#drop(({ word }) => word.type === 'Decide' && word.question === event.question);
        break;
      case 'Undone':
        this.#drop(kept => kept.word.type === 'Undo' && kept.task === task);
        break;
      case 'Finished':
        this.#drop(kept => (kept.word.type === 'Stop' || kept.word.type === 'Decide') && kept.task === task);
    }
    return event.type === 'Steered' ? this.#takeSteering(event.text) : this.take(task);
  }

  /** The server has told the whole chat: nothing is left to be done to a task that is not in it. */
  forgetOthers(tasks: ReadonlyMap<string, unknown>): void {
    const said = new Set(this.views.map(({ id }) => id));
    this.#drop(({ task }) => !tasks.has(task) && !said.has(task));
  }

  /** Something that was done here could not be: words stay to be seen, with the reason. Tells whether there were any. */
  fail(reason: string): boolean {
    const open = this.views.filter(view => !view.finished);
    const isOver = (task: string): boolean => open.some(view => view.id === task);
    this.#drop(({ word, task }) => word.type === 'Undo' || (word.type === 'Stop' && isOver(task)));
    open.forEach(view => {
      view.add(failed(reason));
    });
    return open.length > 0;
  }

  /** The server has taken these words into the task that runs: they are no task that could be stopped. */
  #takeSteering(text: string): boolean {
    const first = this.#kept.find(
      ({ word, view }) => word.type === 'Say' && !view?.finished && word.wish.text.trim() === text
    );
    return first !== undefined && this.#drop(({ task }) => task === first.task);
  }

  #drop(isOver: (kept: IKept) => boolean): boolean {
    const before = this.#kept.length;
    this.#kept = this.#kept.filter(kept => !isOver(kept));
    return this.#kept.length < before;
  }
}

function failed(reason: string): IFinished {
  const usage = { type: 'Usage', sent: 0, received: 0, estimated: false } as const;
  return { type: 'Finished', ending: 'failed', answer: '', turns: 0, usage, reason };
}
