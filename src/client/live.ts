import { ServerConnection } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';
import { type ISignal, Signal } from '@lumino/signaling';

import type { Connection, ILiveClient } from '../contracts';
import { type FromPage, type FromServer, type IWelcome, isFromServer } from '../words';
import { Line } from './line';
import { call, type Method } from './rest';

/** What a page says by itself, anew on each connection, or what is an answer on this one: it is not kept for the next. */
const PASSING: ReadonlySet<FromPage['type']> = new Set(['Hold', 'ListChats', 'OpenChat', 'LeaveChat', 'Done']);
/** As many words of the person are kept while there is no connection. */
const MOST_KEPT = 100;

/** The one connection of this page to the server's part. */
export class LiveClient implements ILiveClient {
  readonly #line: Line;
  readonly #changed = new Signal<this, void>(this);
  readonly #received = new Signal<this, FromServer>(this);
  readonly #strange = new Set<string>();
  #welcome: IWelcome | null = null;
  #kept: FromPage[] = [];

  /** Connects at once. */
  constructor(
    private readonly trans: TranslationBundle,
    private readonly settings: ServerConnection.ISettings = ServerConnection.makeSettings()
  ) {
    this.#line = new Line(settings, {
      onState: connection => {
        this.#onState(connection);
      },
      onText: text => {
        this.#onText(text);
      }
    });
  }

  /** How the connection stands. */
  get connection(): Connection {
    return this.#line.connection;
  }

  /** The server's first word. */
  get welcome(): IWelcome | null {
    return this.#welcome;
  }

  /** Emitted when `connection` or `welcome` has changed. */
  get changed(): ISignal<this, void> {
    return this.#changed;
  }

  /** Every word of the server, in order. */
  get received(): ISignal<this, FromServer> {
    return this.#received;
  }

  /** Whether this was disposed. */
  get isDisposed(): boolean {
    return this.#line.isDisposed;
  }

  /** Close the connection for good. */
  dispose(): void {
    this.#line.dispose();
    Signal.clearData(this);
  }

  /** Say something now, or as soon as there is a connection again. */
  send(word: FromPage): void {
    if (this.connection === 'open') {
      this.#line.send(JSON.stringify(word));
    } else if (!PASSING.has(word.type)) {
      this.#kept = [...this.#kept, word].slice(-MOST_KEPT);
    }
  }

  /** Try to connect now. */
  retry(): void {
    this.#line.retry();
  }

  /** A call of the server's REST part. */
  request(path: string, method: Method = 'GET', body?: unknown): Promise<unknown> {
    return call(this.settings, this.trans, path, method, body);
  }

  /** New paths go before all else, since the rest speaks of them; the person's own words after what the page holds. */
  #onState(connection: Connection): void {
    if (connection !== 'open') {
      this.#changed.emit();
      return;
    }
    const kept = this.#kept;
    this.#kept = [];
    kept.filter(word => word.type === 'Renamed').forEach(this.send, this);
    this.#changed.emit();
    kept.filter(word => word.type !== 'Renamed').forEach(this.send, this);
  }

  #onText(text: string): void {
    const word = read(text);
    if (!isFromServer(word)) {
      this.#wonder(word);
      return;
    }
    if (word.type === 'Welcome') {
      this.#welcome = word;
      this.#changed.emit();
    }
    this.#received.emit(word);
  }

  /** Another version of the server may say what this page does not know; one line a kind is enough. */
  #wonder(word: unknown): void {
    const kind = typeof word === 'object' && word !== null && 'type' in word ? String(word.type) : typeof word;
    if (!this.#strange.has(kind)) {
      this.#strange.add(kind);
      console.warn(`Open Interpreter: the server said something that this page does not understand (${kind}).`);
    }
  }
}

function read(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
