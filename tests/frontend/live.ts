import type { ServerConnection } from '@jupyterlab/services';
import { nullTranslator } from '@jupyterlab/translation';
import { Signal } from '@lumino/signaling';

import { LiveClient } from '../../src/client';
import type { INotebooks } from '../../src/contracts';
import type { FromPage, FromServer, IDone, IHolding, IOrder } from '../../src/words';

/** A socket whose other end is the test. */
export class FakeSocket {
  static all: FakeSocket[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  readonly sent: FromPage[] = [];

  constructor(readonly url: string) {
    FakeSocket.all.push(this);
  }

  static get last(): FakeSocket {
    const socket = FakeSocket.all.at(-1);
    if (!socket) {
      throw new Error('No socket was opened.');
    }
    return socket;
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text) as FromPage);
  }

  close(): void {
    this.onclose?.();
  }

  say(word: FromServer | string): void {
    this.onmessage?.({ data: typeof word === 'string' ? word : JSON.stringify(word) });
  }

  /** What was sent of this kind. */
  of<Type extends FromPage['type']>(type: Type): Extract<FromPage, { type: Type }>[] {
    return this.sent.filter((word): word is Extract<FromPage, { type: Type }> => word.type === type);
  }
}

/** The status and body of the server's answers to plain requests; null while there is no server. */
export interface IAnswering {
  status: number | null;
  body: unknown;
  asked: { url: string; init: RequestInit }[];
}

/** The client of the test before hears the window's events no more. */
let current: LiveClient | null = null;

/** A client whose socket and requests end in the test. */
export function connect(given: Partial<ServerConnection.ISettings> = {}): { client: LiveClient; server: IAnswering } {
  current?.dispose();
  FakeSocket.all = [];
  const server: IAnswering = { status: 400, body: null, asked: [] };
  const fetch = (request: unknown): Promise<Response> => {
    const { url, init } = request as { url: string; init: RequestInit };
    server.asked.push({ url, init });
    if (server.status === null) {
      return Promise.reject(new TypeError('no server'));
    }
    const text = server.body === null ? '' : JSON.stringify(server.body);
    const ok = server.status < 400;
    return Promise.resolve({
      ok,
      status: server.status,
      statusText: '',
      redirected: false,
      text: () => Promise.resolve(text)
    } as Response);
  };
  class FakeRequest {
    constructor(
      readonly url: string,
      readonly init: RequestInit
    ) {}
    readonly headers = new Map();
  }
  const settings: ServerConnection.ISettings = {
    baseUrl: 'http://localhost:8888/base/',
    appUrl: '/lab',
    wsUrl: 'ws://localhost:8888/base/',
    init: {},
    Headers: class {} as unknown as typeof Headers,
    serializer: {} as ServerConnection.ISettings['serializer'],
    token: '',
    appendToken: false,
    fetch: fetch as ServerConnection.ISettings['fetch'],
    Request: FakeRequest as unknown as typeof Request,
    WebSocket: FakeSocket as unknown as typeof WebSocket,
    ...given
  };
  current = new LiveClient(nullTranslator.load('open_interpreter_lab'), settings);
  return { client: current, server };
}

/** Notebooks of which the test decides everything that a chat asks them. */
export class FakeNotebooks implements INotebooks {
  front = '';
  held: IHolding[] = [];
  done: Partial<IDone> | Promise<IDone> | Error = {};
  readonly orders: IOrder[] = [];
  readonly changed = new Signal<this, void>(this);
  readonly renamed = new Signal<this, { old: string; new: string }>(this);
  readonly isDisposed = false;

  bring(path: string): void {
    this.front = path;
    if (!this.held.some(each => each.path === path)) {
      this.held.push(holding(path));
    }
    this.changed.emit();
  }

  rename(old: string, path: string): void {
    this.held = this.held.map(each => (each.path === old ? { ...each, path } : each));
    this.front = this.front === old ? path : this.front;
    this.renamed.emit({ old, new: path });
    this.changed.emit();
  }

  holdings(): IHolding[] {
    return this.held;
  }

  carryOut(order: IOrder): IDone | Promise<IDone> {
    this.orders.push(order);
    if (this.done instanceof Error) {
      throw this.done;
    }
    if (this.done instanceof Promise) {
      return this.done;
    }
    return { type: 'Done', order: order.id, trouble: '', cell: '', source: '', place: null, said: '', ...this.done };
  }

  dispose(): void {
    Signal.clearData(this);
  }

  selected: INotebooks['selected'] = () => [];
  active: INotebooks['active'] = () => null;
  cell: INotebooks['cell'] = () => null;
  failing: INotebooks['failing'] = () => null;
  reveal: INotebooks['reveal'] = () => undefined;
  open: INotebooks['open'] = () => undefined;
  run: INotebooks['run'] = () => undefined;
  showAbove: INotebooks['showAbove'] = () => false;
  rewrite: INotebooks['rewrite'] = () => false;
  insertBelow: INotebooks['insertBelow'] = () => '';
  discard: INotebooks['discard'] = () => undefined;
  focus: INotebooks['focus'] = () => undefined;
}

function holding(path: string): IHolding {
  return {
    type: 'Holding',
    path,
    kernel: 'k',
    kernel_name: 'python3',
    language: 'python',
    readonly: false,
    modified: ''
  };
}
