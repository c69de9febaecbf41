import type { Store } from './store';

/** The cell as it is to run, null where it was not edited; and what the model is told with a refusal. */
interface IReply {
  source: string | null;
  word: string;
}

const KEY = 'reply:';
const EMPTY: IReply = { source: null, word: '' };

/** What was begun to be answered, by question: it outlives the card that asks, and a reload of the page. */
export class Replies {
  /** Keep them here. */
  constructor(private readonly _store: Store) {}

  /** The reply to this question so far. */
  of(question: string): IReply {
    return this._all.get(question) ?? read(this._store.read(KEY + question));
  }

  /** Set some of it. */
  change(question: string, part: Partial<IReply>): void {
    const reply = { ...this.of(question), ...part };
    this._all.set(question, reply);
    this._store.write(KEY + question, JSON.stringify(reply));
  }

  /** The question is answered. */
  forget(question: string): void {
    this._all.delete(question);
    this._store.write(KEY + question, '');
  }

  private readonly _all = new Map<string, IReply>();
}

function read(text: string): IReply {
  try {
    const { source, word } = JSON.parse(text) as Record<string, unknown>;
    return { source: typeof source === 'string' ? source : null, word: typeof word === 'string' ? word : '' };
  } catch {
    return EMPTY;
  }
}
