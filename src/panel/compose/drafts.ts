import { Signal, type ISignal } from '@lumino/signaling';

import type { IDraft } from '../../contracts';

/** A draft, and whether it takes the place of something said before. */
export interface IComposition extends IDraft {
  /** The task that is said anew, empty for a new one. */
  instead: string;
  /** The chat of that task. */
  chat: string;
  /** Whether the cells of that task are taken back first. */
  undo: boolean;
  /** What stood here before that task was opened for editing. */
  aside: IDraft | null;
}

const KEY = 'open-interpreter-lab:draft:';
const EMPTY: IComposition = {
  text: '',
  quotes: [],
  images: [],
  shares: true,
  instead: '',
  chat: '',
  undo: true,
  aside: null
};

/** What is being written, for each notebook: all of it while the page lives, the text across a reload. */
export class Drafts {
  private readonly _all = new Map<string, IComposition>();
  private readonly _changed = new Signal<this, string>(this);

  /** Keep the texts here; null where the browser gives no room. */
  constructor(private readonly _storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | null) {}

  /** Emitted with the notebook's path when its draft has changed. */
  get changed(): ISignal<this, string> {
    return this._changed;
  }

  /** The draft for this notebook; the empty path is that of no notebook. */
  of(path: string): IComposition {
    let draft = this._all.get(path);
    if (!draft) {
      draft = { ...EMPTY, text: this._stored(path) };
      this._all.set(path, draft);
    }
    return draft;
  }

  /** Set some of a draft. */
  change(path: string, part: Partial<IComposition>): void {
    this._all.set(path, { ...this.of(path), ...part });
    if (part.text !== undefined) {
      this._store(path, part.text);
    }
    this._changed.emit(path);
  }

  /** Move a draft to another path, unless something is written there. */
  move(from: string, to: string): void {
    const draft = this.of(from);
    if (from === to || isEmpty(draft) || !isEmpty(this.of(to))) {
      return;
    }
    this._all.delete(from);
    this._store(from, '');
    this.change(to, draft);
  }

  private _stored(path: string): string {
    try {
      return this._storage?.getItem(KEY + path) ?? '';
    } catch {
      return '';
    }
  }

  /** A full or forbidden store costs the reload's safety, not the writing. */
  private _store(path: string, text: string): void {
    try {
      if (text) {
        this._storage?.setItem(KEY + path, text);
      } else {
        this._storage?.removeItem(KEY + path);
      }
    } catch {
      return;
    }
  }
}

/** Whether nothing is written or attached. */
export function isEmpty(draft: IDraft): boolean {
  return draft.text.trim() === '' && draft.quotes.length === 0 && draft.images.length === 0;
}
