import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';

import type { IChats, INotebooks } from '../../contracts';
import type { IWish } from '../../words';
import type { IServices } from '../services';
import { Drafts, isEmpty, type IComposition } from './drafts';
import { Names } from './names';
import { Previews } from './previews';
import { Replies } from './replies';
import { parseSlash } from './slash';
import { Store } from './store';
import { wishOf, type IAbout } from './wish';

/** What the panel's middle shows: the conversation, what would be sent, or what can be done here. */
export type Scene = 'talk' | 'payload' | 'help';

/** error: it could not be done. hint: worth knowing. Either goes with the next change of the draft. */
export type Tone = 'error' | 'hint';

/** What is being written for the notebook in front, and what becomes of it. It knows no DOM. */
export class Composing implements IDisposable {
  readonly drafts: Drafts;
  readonly replies: Replies;
  readonly names: Names;
  readonly previews: Previews;
  private readonly _changed = new Signal<this, void>(this);
  private readonly _focusWanted = new Signal<this, number | null>(this);
  private _path: string;
  private _scene: Scene = 'talk';
  private _line: { text: string; tone: Tone } | null = null;
  private _isSeen = true;
  private _isDisposed = false;

  /** Write with these services; texts outlive a reload in `storage`. */
  constructor(
    readonly services: IServices,
    storage: Storage | null
  ) {
    const store = new Store(storage);
    this.drafts = new Drafts(store);
    this.replies = new Replies(store);
    this.names = new Names(services.client);
    this.previews = new Previews(services.client);
    this._path = services.chats.path;
    this.drafts.changed.connect(this._onDraft, this);
    services.chats.changed.connect(this._onChats, this);
    services.notebooks.renamed.connect(this._onRenamed, this);
    services.preferences.changed.connect(this._estimate, this);
  }

  /** Emitted when the draft, the line under it or the scene has changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Emitted when the focus should go where one writes, with the place of the cursor; null leaves it as it is. */
  get focusWanted(): ISignal<this, number | null> {
    return this._focusWanted;
  }

  /** The notebook that is written about, empty where none is open. */
  get path(): string {
    return this._path;
  }

  /** What is being written. */
  get draft(): IComposition {
    return this.drafts.of(this._path);
  }

  /** The task that is said anew when the draft is sent, empty for a new one: that of another chat is left alone. */
  get instead(): string {
    return this.draft.chat === this.services.chats.shown?.id ? this.draft.instead : '';
  }

  /** What the panel's middle shows. */
  get scene(): Scene {
    return this._scene;
  }

  /** What could not be done, or what is worth knowing. */
  get line(): { text: string; tone: Tone } | null {
    return this._line;
  }

  /** Show something else in the middle. */
  show(scene: Scene): void {
    this._scene = scene;
    this._estimate();
    this._changed.emit();
  }

  /** Tell whether the panel can be seen: where it cannot, nothing is asked. */
  set isSeen(value: boolean) {
    if (value !== this._isSeen) {
      this._isSeen = value;
      this._estimate();
    }
  }

  /** Set some of the draft. */
  change(part: Partial<IComposition>): void {
    this._line = null;
    this.drafts.change(this._path, part);
  }

  /** Tell the person; null takes the line away. */
  tell(text: string | null, tone: Tone = 'error'): void {
    this._line = text === null ? null : { text, tone };
    this._changed.emit();
  }

  /** Put the focus where one writes, with the cursor there; without one at the end, unless somebody writes already. */
  focus(cursor: number | null = null): void {
    this._focusWanted.emit(cursor);
  }

  /** Go back one step: from what covers the conversation to it, from an empty field to the notebook's active cell. */
  leave(): void {
    const { notebooks } = this.services;
    const cell = notebooks.active(this._path);
    if (this._scene !== 'talk') {
      this.show('talk');
    } else if (cell && this.draft.text === '') {
      notebooks.focus(this._path, cell.id);
    }
  }

  /** Begin a name or a command, as if its sign had been typed. */
  begin(sign: '@' | '/'): void {
    const { text } = this.draft;
    if (sign === '@') {
      this.use(`${text}${text === '' || /\s$/.test(text) ? '' : ' '}@`);
    } else if (!text.startsWith('/')) {
      this.change({ text: text === '' ? '/' : `/ ${text}` });
      this.focus(1);
    } else {
      this.focus(1);
    }
  }

  /** Put these words into the field, to be changed or sent. */
  use(text: string): void {
    this.change({ text });
    this.focus(text.length);
  }

  /** The wish that the draft stands for now; null where it is none. */
  wish(): IWish | null {
    const parsed = parseSlash(this.draft.text);
    if (parsed.kind !== 'words' && parsed.kind !== 'command') {
      return null;
    }
    return wishOf(this.draft, parsed, this.about()).wish ?? null;
  }

  /** What the draft is about. */
  about(): IAbout {
    const { notebooks, preferences, trans } = this.services;
    return { path: this._path, notebooks, preferences, trans };
  }

  /** Whether `dispose` was called. */
  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Let go of everything. */
  dispose(): void {
    this._isDisposed = true;
    this.names.dispose();
    this.previews.dispose();
    Signal.clearData(this);
  }

  private _onDraft(_: Drafts, path: string): void {
    if (path === this._path) {
      this._estimate();
      this._changed.emit();
    }
  }

  /** The estimate follows the text while the panel can be seen; pictures are only sent along where one looks at them. */
  private _estimate(): void {
    const { chats, preferences } = this.services;
    const looks = this._scene === 'payload';
    const isWanted = this._isSeen && preferences.showTokens && !isEmpty(this.draft);
    // What is said while a task runs is no request of its own.
    if (!looks && (!isWanted || chats.shown?.isRunning)) {
      this.previews.forget();
      return;
    }
    this.previews.ask(
      () => chats.shown?.id ?? '',
      () => {
        const wish = this.wish();
        return wish && !looks ? { ...wish, images: [] } : wish;
      }
    );
  }

  private _onChats(chats: IChats): void {
    if (chats.path === this._path) {
      return;
    }
    // What was written before a notebook was open is about the first one.
    if (this._path === '') {
      this.drafts.move('', chats.path);
    }
    this._path = chats.path;
    this._line = null;
    this._scene = 'talk';
    this._estimate();
    this._changed.emit();
  }

  private _onRenamed(_: INotebooks, names: { old: string; new: string }): void {
    this.drafts.rename(names.old, names.new);
  }
}
