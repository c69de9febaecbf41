import { Signal, type ISignal } from '@lumino/signaling';

import type { IDraft } from '../../contracts';
import type { Store } from './store';

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

const KEY = 'draft:';
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
  private readonly _unheard = new Map<string, { path: string; text: string }>();
  private readonly _changed = new Signal<this, string>(this);

  /** Keep the texts here. */
  constructor(private readonly _store: Store) {}

  /** Emitted with the notebook's path when its draft has changed. */
  get changed(): ISignal<this, string> {
    return this._changed;
  }

  /** The draft for this notebook; the empty path is that of no notebook. */
  of(path: string): IComposition {
    let draft = this._all.get(path);
    if (!draft) {
      draft = { ...EMPTY, text: this._store.read(KEY + path) };
      this._all.set(path, draft);
    }
    return draft;
  }

  /** Set some of a draft. */
  change(path: string, part: Partial<IComposition>): void {
    this._all.set(path, { ...this.of(path), ...part });
    if (part.text !== undefined) {
      this._keep(path);
    }
    this._changed.emit(path);
  }

  /** The server may not have heard these words of a task: until it has, a reload puts them back where one writes. */
  hold(path: string, task: string, text: string): void {
    this._unheard.set(task, { path, text });
    this._keep(path);
  }

  /** The server has told of this task. */
  release(task: string): void {
    const path = this._unheard.get(task)?.path;
    if (path !== undefined) {
      this._unheard.delete(task);
      this._keep(path);
    }
  }

  /** Move a draft to another path, unless something is written there. */
  move(from: string, to: string): void {
    this._moveUnheard(from, to);
    const draft = this.of(from);
    if (from === to || isEmpty(draft) || !isEmpty(this.of(to))) {
      return;
    }
    this._all.set(from, EMPTY);
    this._keep(from);
    this.change(to, draft);
  }

  /** A notebook, or a folder of notebooks, has another path. */
  rename(from: string, to: string): void {
    for (const path of [from, ...this._all.keys()]) {
      if (path === from || path.startsWith(`${from}/`)) {
        this.move(path, to + path.slice(from.length));
      }
    }
  }

  private _moveUnheard(from: string, to: string): void {
    for (const each of this._unheard.values()) {
      if (each.path === from) {
        each.path = to;
      }
    }
    this._keep(from);
    this._keep(to);
  }

  /** What a reload would put back: what was said in vain before what is being written. */
  private _keep(path: string): void {
    const unheard = [...this._unheard.values()].filter(each => each.path === path).map(each => each.text);
    const texts = [...unheard, this.of(path).text];
    this._store.write(KEY + path, texts.filter(text => text !== '').join('\n\n'));
  }
}

/** Whether nothing is written or attached. */
export function isEmpty(draft: IDraft): boolean {
  return draft.text.trim() === '' && draft.quotes.length === 0 && draft.images.length === 0;
}
