import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';

import type { ILiveClient } from '../../contracts';
import type { FromServer, IName } from '../../words';

/** What was seen is looked at again after this time, in milliseconds. */
const FRESH = 8_000;

/** What `@` can refer to in each notebook, as the server last told it. */
export class Names implements IDisposable {
  private readonly _known = new Map<string, { names: IName[]; at: number }>();
  private readonly _asked = new Map<string, string>();
  private readonly _changed = new Signal<this, void>(this);
  private _count = 0;
  private _trouble = '';
  private _isDisposed = false;

  /** Ask this server. */
  constructor(private readonly _client: ILiveClient) {
    _client.received.connect(this._onReceived, this);
  }

  /** Emitted when names or the trouble with them have changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Why they could not be told; empty when all is well. */
  get trouble(): string {
    return this._trouble;
  }

  /** Whether an answer is awaited for this notebook. */
  isLooking(path: string): boolean {
    return [...this._asked.values()].includes(path);
  }

  /** The names of this notebook, null before anybody has looked. */
  of(path: string): readonly IName[] | null {
    return this._known.get(path)?.names ?? null;
  }

  /** See to it that they are fresh. */
  look(path: string): void {
    const known = this._known.get(path);
    const isFresh = known !== undefined && Date.now() - known.at < FRESH;
    if (path === '' || isFresh || this.isLooking(path) || this._client.connection !== 'open') {
      return;
    }
    const id = `look-${Math.random().toString(36).slice(2)}-${++this._count}`;
    this._asked.set(id, path);
    this._client.send({ type: 'Look', id, path });
  }

  /** Whether `dispose` was called. */
  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Hear nothing more. */
  dispose(): void {
    this._isDisposed = true;
    Signal.clearData(this);
  }

  private _onReceived(_: ILiveClient, word: FromServer): void {
    if (word.type === 'Welcome') {
      // What was asked on another connection is not answered on this one.
      this._asked.clear();
      return;
    }
    if (word.type === 'Seen') {
      this._tell(word.id, word.names, word.trouble);
    } else if (word.type === 'Failed') {
      this._tell(word.about, [], word.text);
    }
  }

  private _tell(id: string, names: IName[], trouble: string): void {
    const path = this._asked.get(id);
    if (path === undefined) {
      return;
    }
    this._asked.delete(id);
    this._trouble = trouble;
    if (!trouble || names.length > 0) {
      this._known.set(path, { names, at: Date.now() });
    }
    this._changed.emit();
  }
}
