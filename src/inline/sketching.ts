import type { TranslationBundle } from '@jupyterlab/translation';
import { UUID } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';

import type { ILiveClient, INotebooks } from '../contracts';
import type { FromServer } from '../words';

/** asking: words are wanted. writing: the model writes. drawn: it is done, and the person decides. */
export type Stage = 'asking' | 'writing' | 'drawn';

/** A sketch of one cell, from the words to what is accepted. It knows no DOM, and the cell changes by `accept` alone. */
export class Sketching implements IDisposable {
  /** The words that are being written: they outlive the nodes, which go while the cell is out of sight. */
  draft = '';
  #stage: Stage = 'asking';
  #id = '';
  #words = '';
  #before = '';
  #source = '';
  #prose = '';
  #trouble = '';
  #isDisposed = false;
  readonly #changed = new Signal<this, void>(this);

  /** For this cell of this notebook. */
  constructor(
    private readonly client: ILiveClient,
    private readonly notebooks: INotebooks,
    private readonly trans: TranslationBundle,
    private readonly path: string,
    readonly cell: string
  ) {
    this.#before = notebooks.cell(path, cell)?.source ?? '';
    client.received.connect(this.#onWord, this);
    client.changed.connect(this.#onConnection, this);
  }

  /** What it does. */
  get stage(): Stage {
    return this.#stage;
  }

  /** The words that it was asked with last. */
  get words(): string {
    return this.#words;
  }

  /** What stands in the cell, as far as the person was shown it. */
  get before(): string {
    return this.#before;
  }

  /** What the model has written so far. */
  get source(): string {
    return this.#source;
  }

  /** What the model says beside it: plain text. */
  get prose(): string {
    return this.#prose;
  }

  /** What did not work, for the person. */
  get trouble(): string {
    return this.#trouble;
  }

  /** Whether there is something to accept. */
  get isAcceptable(): boolean {
    return this.#stage === 'drawn' && this.#source !== '' && this.#source !== this.#before;
  }

  /** Emitted when any of these has changed. */
  get changed(): ISignal<this, void> {
    return this.#changed;
  }

  /** Whether this was disposed. */
  get isDisposed(): boolean {
    return this.#isDisposed;
  }

  /** The sketch is not wanted any more. */
  dispose(): void {
    if (!this.#isDisposed) {
      this.#drop();
      this.#isDisposed = true;
      Signal.disconnectReceiver(this);
      Signal.clearData(this);
    }
  }

  /** Ask for the cell in these words; what was drawn before goes. */
  ask(words: string): void {
    if (words.trim() === '') {
      return;
    }
    this.#drop();
    this.#words = words;
    this.#before = this.notebooks.cell(this.path, this.cell)?.source ?? this.#before;
    this.#source = this.#prose = '';
    if (this.client.connection !== 'open') {
      this.#become('asking', this.trans.__('There is no connection to the server. Try again when it is back.'));
      return;
    }
    this.#id = UUID.uuid4().replace(/-/g, '').slice(0, 12);
    const { path, cell } = this;
    this.client.send({ type: 'Sketch', id: this.#id, path, cell, source: this.#before, text: words });
    this.#become('writing');
  }

  /** Stop the model. The words stay. */
  stop(): void {
    this.#drop();
    this.#source = this.#prose = '';
    this.#become('asking');
  }

  /** Write the sketch into the cell; false where that cannot be, and `trouble` tells why. */
  accept(): boolean {
    if (!this.isAcceptable) {
      return false;
    }
    if (this.notebooks.rewrite(this.path, this.cell, this.#before, this.#source)) {
      return true;
    }
    const now = this.notebooks.cell(this.path, this.cell)?.source;
    if (now === undefined) {
      this.#become('drawn', this.trans.__('This cell is not in the notebook any more. Copy what you need from here.'));
    } else if (now === this.#before) {
      this.#become('drawn', this.trans.__('This notebook cannot be written: it is open for reading only.'));
    } else {
      this.#before = now;
      this.#become(
        'drawn',
        this.trans.__('The cell was changed meanwhile. This is what would become of it as it stands now; look again.')
      );
    }
    return false;
  }

  #onWord(_: ILiveClient, word: FromServer): void {
    if (this.#stage !== 'writing') {
      return;
    }
    if (word.type === 'Failed' && word.about === this.#id) {
      this.#become('asking', word.text);
    } else if (word.type === 'Drawn' && word.id === this.#id) {
      this.#prose = word.prose;
      // With trouble the server gives back what stood there before.
      this.#source = word.trouble === '' ? word.source : '';
      this.#become(word.trouble !== '' ? 'asking' : word.done ? 'drawn' : 'writing', word.trouble);
    }
  }

  /** A sketch is written for one connection. */
  #onConnection(): void {
    if (this.#stage === 'writing' && this.client.connection !== 'open') {
      this.#source = this.#prose = '';
      this.#become('asking', this.trans.__('The connection to the server broke. Ask again when it is back.'));
    }
  }

  #drop(): void {
    if (this.#stage === 'writing') {
      this.client.send({ type: 'DropSketch', id: this.#id });
    }
  }

  #become(stage: Stage, trouble = ''): void {
    this.#stage = stage;
    this.#trouble = trouble;
    this.#changed.emit();
  }
}
