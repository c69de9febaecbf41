import { ServerConnection } from '@jupyterlab/services';
import type { IDisposable } from '@lumino/disposable';

import type { Connection } from '../contracts';

/** Below the server's base URL. */
export const API = 'open-interpreter/api/';
/** Milliseconds between two attempts, doubled from the first to the longest. */
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 8000;
/** Answers to a plain request that say no: not logged in (any more), or nothing of ours there. */
const REFUSALS = [401, 403, 404];

/** Who hears the line. */
export interface IListener {
  onState(connection: Connection): void;
  onText(text: string): void;
}

/** A WebSocket that is opened again whenever it breaks. It knows no words. */
export class Line implements IDisposable {
  #socket: WebSocket | null = null;
  #connection: Connection = 'connecting';
  #pause = FIRST_PAUSE;
  #timer = 0;
  #isDisposed = false;

  /** Opens at once. */
  constructor(
    private readonly settings: ServerConnection.ISettings,
    private readonly listener: IListener
  ) {
    window.addEventListener('online', this.#onHope);
    document.addEventListener('visibilitychange', this.#onHope);
    this.#open();
  }

  /** How it stands. */
  get connection(): Connection {
    return this.#connection;
  }

  /** Whether this was disposed. */
  get isDisposed(): boolean {
    return this.#isDisposed;
  }

  /** Close it for good. */
  dispose(): void {
    this.#isDisposed = true;
    window.clearTimeout(this.#timer);
    window.removeEventListener('online', this.#onHope);
    document.removeEventListener('visibilitychange', this.#onHope);
    this.#socket?.close();
    this.#socket = null;
  }

  /** Send a text; only to be called while the line is open. */
  send(text: string): void {
    this.#socket?.send(text);
  }

  /** Try now, unless it stands. */
  retry(): void {
    if (this.#connection === 'open' || this.#isDisposed) {
      return;
    }
    this.#pause = FIRST_PAUSE;
    if (this.#socket === null) {
      this.#become('connecting');
      this.#open();
    }
  }

  /** The network is back, or the person is: no reason to wait any longer. */
  readonly #onHope = (): void => {
    if (document.visibilityState !== 'hidden' && this.#socket === null) {
      this.#pause = FIRST_PAUSE;
      this.#open();
    }
  };

  #open(): void {
    window.clearTimeout(this.#timer);
    const socket = this.#connect();
    if (!socket) {
      this.#onClosed(false);
      return;
    }
    this.#socket = socket;
    let wasOpen = false;
    socket.onopen = () => {
      wasOpen = true;
      this.#pause = FIRST_PAUSE;
      this.#become('open');
    };
    socket.onmessage = event => {
      if (typeof event.data === 'string' && socket === this.#socket) {
        this.listener.onText(event.data);
      }
    };
    socket.onclose = () => {
      if (socket === this.#socket) {
        this.#onClosed(wasOpen);
      }
    };
  }

  /** A new socket; null where the browser lets none be made. */
  #connect(): WebSocket | null {
    const { wsUrl, token, appendToken } = this.settings;
    const query = appendToken && token !== '' ? `?token=${encodeURIComponent(token)}` : '';
    try {
      return new this.settings.WebSocket(`${withSlash(wsUrl)}${API}live${query}`);
    } catch (error) {
      console.warn('No WebSocket could be made.', error);
      return null;
    }
  }

  #onClosed(wasOpen: boolean): void {
    this.#socket = null;
    if (this.#isDisposed) {
      return;
    }
    if (wasOpen) {
      this.#become('lost');
      this.#later();
    } else {
      void this.#askWhy();
    }
  }

  /** A browser does not tell why a WebSocket was not to be had; a plain request to the same address does. */
  async #askWhy(): Promise<void> {
    const refused = await this.#isRefused();
    if (this.#isDisposed || this.#socket !== null) {
      return;
    }
    this.#become(refused ? 'refused' : 'lost');
    if (!refused) {
      this.#later();
    }
  }

  async #isRefused(): Promise<boolean> {
    try {
      const url = `${withSlash(this.settings.baseUrl)}${API}live`;
      const response = await ServerConnection.makeRequest(url, { method: 'GET' }, this.settings);
      // A redirection is the way to a login page.
      return REFUSALS.includes(response.status) || response.redirected;
    } catch {
      return false;
    }
  }

  #later(): void {
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      this.#open();
    }, this.#pause);
    this.#pause = Math.min(2 * this.#pause, LONGEST_PAUSE);
  }

  #become(connection: Connection): void {
    if (connection !== this.#connection) {
      this.#connection = connection;
      this.listener.onState(connection);
    }
  }
}

/** An address that another part can be put behind. */
export function withSlash(url: string): string {
  return url.endsWith('/') ? url : `${url}/`;
}
