import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';

import type { ILiveClient } from '../../contracts';
import type { FromServer, IPreviewed, IWish } from '../../words';

/** How long nobody must have typed before the server is asked, in milliseconds. */
const IDLE = 600;

/** What would be sent for the wish that is being written, as the server tells it. Nothing is sent to a model. */
export class Previews implements IDisposable {
  private readonly _changed = new Signal<this, void>(this);
  private _latest: IPreviewed | null = null;
  private _wanted = '';
  private _timer = 0;
  private _count = 0;
  private _isDisposed = false;

  /** Ask this server. */
  constructor(private readonly _client: ILiveClient) {
    _client.received.connect(this._onReceived, this);
  }

  /** Emitted when something was told, asked or forgotten. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** What was told last, which may be of the text before the last key. */
  get latest(): IPreviewed | null {
    return this._latest;
  }

  /** Whether a newer answer is on its way. */
  get isAsking(): boolean {
    return this._wanted !== '' || this._timer !== 0;
  }

  /** Ask, once nobody types any more; what was asked before is void. `wish` is made at that time. */
  ask(chat: () => string, wish: () => IWish | null, idle = IDLE): void {
    window.clearTimeout(this._timer);
    this._wanted = '';
    this._timer = window.setTimeout(() => {
      this._timer = 0;
      const asked = wish();
      if (!asked || this._client.connection !== 'open') {
        return;
      }
      this._wanted = `preview-${Math.random().toString(36).slice(2)}-${++this._count}`;
      this._client.send({ type: 'Preview', id: this._wanted, chat: chat(), wish: asked });
      this._changed.emit();
    }, idle);
  }

  /** There is nothing to be sent any more. */
  forget(): void {
    window.clearTimeout(this._timer);
    const changes = this._latest !== null || this.isAsking;
    this._timer = 0;
    this._wanted = '';
    this._latest = null;
    if (changes) {
      this._changed.emit();
    }
  }

  /** Whether `dispose` was called. */
  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Ask and hear nothing more. */
  dispose(): void {
    this._isDisposed = true;
    window.clearTimeout(this._timer);
    Signal.clearData(this);
  }

  private _onReceived(_: ILiveClient, word: FromServer): void {
    if (word.type === 'Welcome') {
      this._wanted = '';
    }
    if (word.type === 'Previewed' && word.id === this._wanted) {
      this._tell(word);
    } else if (word.type === 'Failed' && word.about !== '' && word.about === this._wanted) {
      this._tell({ type: 'Previewed', id: word.about, messages: [], tokens: 0, price: null, trouble: word.text });
    }
  }

  private _tell(previewed: IPreviewed): void {
    this._wanted = '';
    this._latest = previewed;
    this._changed.emit();
  }
}
