import type { ITaskView, Part } from '../contracts';
import type { Happening, IFinished, IRan, ISaid, IStep, IWaits } from '../words';
import { Parts } from './parts';

/** One task of a chat, put together from what happened in it, in the order of docs/live.md. */
export class TaskView implements ITaskView {
  said: ISaid;
  phase: ITaskView['phase'] = 'sending';
  plan: readonly IStep[] = [];
  ahead = 0;
  question: IWaits | null = null;
  model = '';
  host = '';
  tokens = 0;
  finished: IFinished | null = null;
  isUndone = false;
  kept: readonly string[] = [];
  version = 0;
  readonly #parts = new Parts();

  /** `said` is what the person has said here, as long as the server has not told it. */
  constructor(
    readonly id: string,
    said: ISaid = { type: 'Said', text: '', command: '', labels: [], images: 0, at: 0 }
  ) {
    this.said = said;
  }

  /** What is to be shown, in order. */
  get parts(): readonly Part[] {
    return this.#parts.list;
  }

  /** One more thing happened. What comes after the end (an undo) changes no phase. */
  add(event: Happening): void {
    this.version++;
    this.#grow(event);
    this.#tell(event);
    if (!this.finished) {
      this.phase = this.#phaseAfter(event);
    }
  }

  /** What the task as a whole is. */
  #tell(event: Happening): void {
    switch (event.type) {
      case 'Said':
        this.said = event;
        return;
      case 'Started':
        this.model = event.model;
        this.host = event.host;
        return;
      case 'Sent':
        this.tokens += event.tokens;
        return;
      case 'Queued':
        this.ahead = event.ahead;
        return;
      case 'Waits':
        this.question = event;
        return;
      case 'Decided':
        this.question = null;
        return;
      case 'Planned':
        this.plan = event.steps;
        return;
      case 'Undone':
        this.isUndone = true;
        this.kept = event.kept;
        return;
      case 'Finished':
        this.#finish(event);
    }
  }

  /** What stands in its parts. */
  #grow(event: Happening): void {
    switch (event.type) {
      case 'Sent':
        this.#parts.close();
        return;
      case 'Wrote':
        this.#parts.write(event.text);
        return;
      case 'Thought':
        this.#parts.think(event.text);
        return;
      case 'Steered':
        this.#parts.add({ kind: 'steer', text: event.text });
        return;
      case 'Notice':
        this.#parts.add({ kind: 'notice', text: event.text });
        return;
      case 'KernelGone': {
        const { restarted, variables, cells } = event;
        this.#parts.add({ kind: 'lost', restarted, variables, cells });
        return;
      }
      default:
        this.#work(event);
    }
  }

  /** What comes of its cells. */
  #work(event: Happening): void {
    switch (event.type) {
      case 'CellOpened':
        this.#parts.close();
        this.#parts.attempt(event.id, event.language, event.attempt);
        return;
      case 'CellGrew':
        this.#parts.grow(event.id, event.text);
        return;
      case 'Drafted': {
        const { id, language, attempt, source } = event.cell;
        Object.assign(this.#parts.attempt(id, language, attempt), { source, state: 'waiting' });
        return;
      }
      case 'Dropped':
        this.#parts.drop(event.id, event.reason);
        return;
      case 'Replaces':
        this.#parts.replaces(event.id, event.source);
        return;
      case 'Judged':
        this.#parts.change(event.id, { level: event.judgement.level, reasons: event.judgement.reasons });
        return;
      case 'Decided':
        this.#decided(event.answer.source);
        return;
      case 'Running':
        this.#parts.change(event.id, { state: 'running', since: event.at });
        return;
      case 'Ran':
        this.#parts.change(event.id, outcome(event));
    }
  }

  /** A person may have changed the code before letting it run. */
  #decided(source: string): void {
    if (this.question && source !== '') {
      this.#parts.change(this.question.question.cell.id, { source });
    }
  }

  #finish(event: IFinished): void {
    this.finished = event;
    this.phase = 'over';
    this.question = null;
    this.tokens = event.usage.sent + event.usage.received || this.tokens;
    this.#parts.end();
  }

  #phaseAfter(event: Happening): ITaskView['phase'] {
    switch (event.type) {
      case 'Queued':
        return 'queued';
      case 'Said':
      case 'Started':
      case 'Sent':
        return 'asking';
      case 'Wrote':
      case 'Thought':
      case 'CellOpened':
      case 'CellGrew':
        return 'writing';
      case 'Waits':
        return 'waiting';
      case 'Decided':
      case 'Drafted':
      case 'Running':
      case 'Ran':
        return 'running';
      default:
        return this.phase;
    }
  }
}

function outcome(ran: IRan): Omit<IRan, 'type' | 'id' | 'status'> & { state: IRan['status'] } {
  const { status, seconds, count, shows, pictures, error, traceback, note } = ran;
  return { state: status, seconds, count, shows, pictures, error, traceback, note };
}
