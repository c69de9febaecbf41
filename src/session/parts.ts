import type { IAttempt, Part } from '../contracts';

/** A part that shows a cell and its attempts. */
export type CellPart = Extract<Part, { kind: 'cell' }>;
/** A part that is a text of the model. */
export type TextPart = Extract<Part, { kind: 'prose' | 'thought' }>;

/** A part as its maker gives it: the list adds the key and the version. */
type Fresh = Part extends infer Each ? (Each extends Part ? Omit<Each, 'key' | 'version'> : never) : never;

/** What is to be shown of a task, in order. Parts grow in place: a delta costs the same however long the task is. */
export class Parts {
  #list: Part[] = [];
  readonly #cells = new Map<string, CellPart>();
  readonly #before = new Map<string, string>();
  #prose: TextPart | null = null;
  #thought: TextPart | null = null;
  readonly #counts = new Map<Part['kind'], number>();

  /** The parts themselves. */
  get list(): readonly Part[] {
    return this.#list;
  }

  /** Add a part; texts that are still open are whole then. */
  add(fresh: Fresh): void {
    this.close();
    this.#push(fresh);
  }

  /** A piece of prose. Thoughts within a reply do not part it, since they go in the end. */
  write(text: string): void {
    this.#thought = closed(this.#thought);
    if (this.#prose) {
      this.#prose.text += text;
      this.#prose.version++;
    } else if (text.trim() !== '') {
      this.#prose = this.#push({ kind: 'prose', text: text.trimStart(), isOpen: true }) as TextPart;
    }
  }

  /** A piece of a thought. */
  think(text: string): void {
    if (this.#thought) {
      this.#thought.text += text;
      this.#thought.version++;
    } else {
      this.#thought = this.#push({ kind: 'thought', text, isOpen: true }) as TextPart;
    }
  }

  /** Nothing more comes to the texts that are open. */
  close(): void {
    this.#prose = closed(this.#prose);
    this.#thought = closed(this.#thought);
  }

  /** The cell of this id was there before the task and read so. */
  replaces(id: string, source: string): void {
    this.#before.set(id, source);
    const cell = this.#cells.get(id);
    if (cell) {
      cell.before = source;
      cell.version++;
    }
  }

  /** An attempt at a cell begins; the cell stands where its first attempt has stood. */
  attempt(id: string, language: string, number: number): IAttempt {
    const cell = this.#cells.get(id) ?? this.#open(id, language);
    cell.language = language;
    cell.version++;
    const last = cell.attempts.at(-1);
    if (last && last.number === number && last.state !== 'dropped') {
      return last;
    }
    const attempt = newAttempt(number);
    cell.attempts.push(attempt);
    return attempt;
  }

  /** Change the attempt at a cell that counts now. */
  change(id: string, change: Partial<IAttempt>): void {
    const cell = this.#cells.get(id);
    const attempt = standing(cell);
    if (cell && attempt) {
      Object.assign(attempt, change);
      cell.version++;
    }
  }

  /** More of the source that is being written. */
  grow(id: string, text: string): void {
    const cell = this.#cells.get(id);
    const attempt = cell?.attempts.at(-1);
    if (cell && attempt?.state === 'drafting') {
      attempt.source += text;
      cell.version++;
    }
  }

  /** The attempt goes away. What was written of one that never was whole goes with it, as the server keeps it. */
  drop(id: string, reason: string): void {
    const cell = this.#cells.get(id);
    const attempt = standing(cell);
    if (cell && attempt) {
      attempt.source = attempt.state === 'drafting' ? '' : attempt.source;
      attempt.state = 'dropped';
      attempt.note = reason;
      cell.version++;
    }
  }

  /** The task is over: thoughts go, and nothing is left as if it still went on. */
  end(): void {
    this.close();
    this.#list = this.#list.filter(part => part.kind !== 'thought');
    for (const cell of this.#cells.values()) {
      if (cell.attempts.some(each => each.state === 'drafting')) {
        this.drop(cell.id, '');
      }
      if (cell.attempts.some(isPending)) {
        cell.attempts.filter(isPending).forEach(each => (each.state = 'aborted'));
        cell.version++;
      }
    }
  }

  #push(fresh: Fresh): Part {
    const number = (this.#counts.get(fresh.kind) ?? 0) + 1;
    this.#counts.set(fresh.kind, number);
    const part: Part = { ...fresh, key: `${fresh.kind}-${number}`, version: 0 };
    this.#list.push(part);
    return part;
  }

  #open(id: string, language: string): CellPart {
    this.close();
    const before = this.#before.get(id) ?? null;
    const cell: CellPart = { kind: 'cell', key: `cell-${id}`, version: 0, id, language, before, attempts: [] };
    this.#list.push(cell);
    this.#cells.set(id, cell);
    return cell;
  }
}

/** The attempt that counts: the last one that was not dropped. */
function standing(cell: CellPart | undefined): IAttempt | undefined {
  return cell?.attempts.filter(each => each.state !== 'dropped').at(-1);
}

function closed(part: TextPart | null): null {
  if (part) {
    part.isOpen = false;
    part.version++;
  }
  return null;
}

function isPending(attempt: IAttempt): boolean {
  return attempt.state === 'waiting' || attempt.state === 'running';
}

function newAttempt(number: number): IAttempt {
  return {
    number,
    source: '',
    state: 'drafting',
    since: 0,
    seconds: 0,
    count: null,
    shows: '',
    pictures: 0,
    error: '',
    traceback: '',
    note: '',
    level: '',
    reasons: []
  };
}
