import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';

import type { ILiveClient, INotebooks } from '../contracts';
import type { FromServer, IDone, IOrder } from '../words';

/** Tells the server which notebooks this page holds, and carries out its orders for them. */
export class HeldNotebooks implements IDisposable {
  #told = '';
  #wasOpen = false;
  #isDisposed = false;

  /** Tells at once, where there is a connection. */
  constructor(
    private readonly client: ILiveClient,
    private readonly notebooks: INotebooks
  ) {
    client.changed.connect(this.#onConnection, this);
    client.received.connect(this.#onWord, this);
    notebooks.changed.connect(this.#tell, this);
    notebooks.renamed.connect(this.#onRenamed, this);
    this.#onConnection();
  }

  /** Whether this was disposed. */
  get isDisposed(): boolean {
    return this.#isDisposed;
  }

  /** Tell no more. */
  dispose(): void {
    this.#isDisposed = true;
    Signal.disconnectReceiver(this);
  }

  #onConnection(): void {
    const isOpen = this.client.connection === 'open';
    if (isOpen && !this.#wasOpen) {
      this.#told = '';
      this.#tell();
    }
    this.#wasOpen = isOpen;
  }

  /** Notebooks change at every step of a cell: only what the server has not heard is told. */
  #tell(): void {
    if (this.client.connection !== 'open') {
      return;
    }
    const hold = { type: 'Hold', notebooks: this.notebooks.holdings(), front: this.notebooks.front } as const;
    const told = JSON.stringify(hold);
    if (told !== this.#told) {
      this.#told = told;
      this.client.send(hold);
    }
  }

  #onRenamed(_: INotebooks, paths: { old: string; new: string }): void {
    this.client.send({ type: 'Renamed', ...paths });
  }

  #onWord(_: ILiveClient, word: FromServer): void {
    if (word.type !== 'Order') {
      return;
    }
    const answer = (done: IDone): void => {
      if (word.answered || done.trouble !== '') {
        this.client.send(done);
      }
    };
    const fail = (error: unknown): void => {
      console.error('Open Interpreter: an order could not be carried out.', error);
      answer(broken(word, error));
    };
    try {
      const done = this.notebooks.carryOut(word);
      if (done instanceof Promise) {
        done.then(answer, fail);
      } else {
        answer(done);
      }
    } catch (error) {
      fail(error);
    }
  }
}

/** Without an answer the server would take this page for gone. */
function broken(order: IOrder, error: unknown): IDone {
  return { type: 'Done', order: order.id, trouble: 'fault', cell: '', source: '', place: null, said: String(error) };
}
