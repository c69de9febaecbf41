import type { TranslationBundle } from '@jupyterlab/translation';
import { UUID } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';

import type { ILiveClient } from '../contracts';
import { type ITrial, readInForce, readLocal, readModels, readPresets, readTrial } from './answers';
import * as choices from './choice';
import type { IChoice, IKnown } from './choice';

/** A test that runs: since when, and under which name the server can be told to stop it. */
export interface IRunning {
  readonly id: string;
  readonly since: number;
}

/** The models that an address has; `about` is the choice's address and key that they were asked with. */
interface IModels {
  readonly about: string;
  readonly names: readonly string[];
  readonly isAsking: boolean;
}

const NO_MODELS: IModels = { about: '', names: [], isAsking: false };

/** The dialog without its screen: what is known, what is chosen, and what the server is asked. */
export class ModelChoice implements IDisposable {
  /** Over this connection; texts of its own are in this language. */
  constructor(client: Pick<ILiveClient, 'request'>, trans: TranslationBundle) {
    this._client = client;
    this._trans = trans;
  }

  /** Emitted when anything below has changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** What the server has told; null until then. */
  get known(): IKnown | null {
    return this._known;
  }

  /** What is chosen now; only meaningful once something is known. */
  get choice(): IChoice {
    return this._choice;
  }

  /** Why the server could not be asked, or nothing could be saved; empty when all is well. */
  get trouble(): string {
    return this._trouble;
  }

  /** Whether it is being saved. */
  get isSaving(): boolean {
    return this._isSaving;
  }

  /** The test that runs, if one does. */
  get running(): IRunning | null {
    return this._running;
  }

  /** What came of the last test of this very choice. */
  get trial(): ITrial | null {
    return this._trial;
  }

  /** The models that the chosen server is known to have. */
  get models(): readonly string[] {
    if (!this._known) {
      return [];
    }
    const found = choices.serverOf(this._known, this._choice.provider);
    return found && !this._choice.baseUrl.trim()
      ? found.models
      : this._models.about === this._about()
        ? this._models.names
        : [];
  }

  /** Whether these models are being asked for. */
  get isListing(): boolean {
    return this._models.isAsking && this._models.about === this._about();
  }

  /** Whether saving could do any good. */
  get canSave(): boolean {
    return this._known !== null && !this._isSaving && choices.missing(this._known, this._choice) === null;
  }

  /** Whether it is over. */
  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Ask the server what there is; what was chosen before stays. */
  async load(): Promise<void> {
    this._trouble = '';
    this._tell();
    const ask = (path: string): Promise<unknown> => this._client.request(path);
    try {
      const [settings, presets, local] = await Promise.all([
        ask('settings'),
        ask('models/presets'),
        ask('models/local')
      ]);
      this._known = { inForce: readInForce(settings), presets: readPresets(presets), ...readLocal(local) };
      this._choice = choices.choiceInForce(this._known);
      this._drafts.clear();
    } catch (error) {
      this._trouble = wordsOf(error);
    }
    this._tell();
  }

  /** Choose a provider; what was typed for one before comes back with it. */
  choose(provider: string): void {
    if (!this._known) {
      return;
    }
    this._drafts.set(this._choice.provider, this._choice);
    this._change(this._drafts.get(provider) ?? choices.choose(this._known, provider));
  }

  /** Write into fields. */
  edit(fields: Partial<Omit<IChoice, 'provider'>>): void {
    this._change({ ...this._choice, ...fields });
  }

  /** Ask the chosen server for its models, once for each address and key; it not answering is no trouble here. */
  async list(): Promise<void> {
    const about = this._about();
    if (!this._known || !choices.address(this._known, this._choice) || this._models.about === about) {
      return;
    }
    if (choices.needsKey(this._known, this._choice) && choices.keyState(this._known, this._choice).kind === 'none') {
      return;
    }
    const { model: _, ...rest } = choices.wish(this._known, this._choice);
    const provider = this._choice.provider;
    const asked = choices.isPinned(this._known, 'model') || provider === choices.OTHER ? {} : { model: `${provider}:` };
    this._models = { about, names: [], isAsking: true };
    this._tell();
    const names = await this._client.request('models/list', 'POST', { ...rest, ...asked }).then(readModels, () => []);
    if (this._models.about === about) {
      this._models = { about, names, isAsking: false };
      this._tell();
    }
  }

  /** Make one real request with what is chosen. */
  async test(): Promise<void> {
    if (!this._known || this._running) {
      return;
    }
    const running = { id: UUID.uuid4(), since: Date.now() };
    this._running = running;
    this._trial = null;
    this._tell();
    const asked = { ...choices.wish(this._known, this._choice), id: running.id };
    const trial = await this._client.request('models/test', 'POST', asked).then(readTrial, unheard);
    // Where something was changed or stopped meanwhile, this is an answer to another question.
    if (this._running === running) {
      this._running = null;
      this._trial = trial;
      this._tell();
    }
  }

  /** Wait no longer for the test. */
  stop(): void {
    const running = this._running;
    this._running = null;
    if (running) {
      // A test that cannot be stopped ends by itself after its 20 seconds.
      void this._client.request(`models/test/${running.id}`, 'DELETE').catch(() => undefined);
      this._tell();
    }
  }

  /** Save what is chosen; tells whether that is done. What was typed stays where it is not. */
  async save(): Promise<boolean> {
    if (!this._known || !this.canSave) {
      return false;
    }
    this._isSaving = true;
    this._trouble = '';
    this._tell();
    try {
      await this._client.request('settings', 'PUT', choices.wish(this._known, this._choice));
      return true;
    } catch (error) {
      this._trouble = this._trans.__('Nothing was saved. %1', wordsOf(error));
      return false;
    } finally {
      this._isSaving = false;
      this._tell();
    }
  }

  /** End what runs. */
  dispose(): void {
    if (!this._isDisposed) {
      this.stop();
      this._isDisposed = true;
      Signal.clearData(this);
    }
  }

  private _change(choice: IChoice): void {
    this._choice = choice;
    this._trial = null;
    this._trouble = '';
    if (this._running) {
      this.stop();
    }
    this._tell();
  }

  private _about(): string {
    const { provider, baseUrl, key } = this._choice;
    return JSON.stringify([provider, baseUrl.trim(), key]);
  }

  private _tell(): void {
    if (!this._isDisposed) {
      this._changed.emit();
    }
  }

  private _client: Pick<ILiveClient, 'request'>;
  private _trans: TranslationBundle;
  private _changed = new Signal<this, void>(this);
  private _known: IKnown | null = null;
  private _choice: IChoice = { provider: choices.BUILTIN, model: '', baseUrl: '', key: { kind: 'keep' } };
  private _drafts = new Map<string, IChoice>();
  private _models = NO_MODELS;
  private _running: IRunning | null = null;
  private _trial: ITrial | null = null;
  private _trouble = '';
  private _isSaving = false;
  private _isDisposed = false;
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The Jupyter server itself did not answer the test. */
function unheard(error: unknown): ITrial {
  return { kind: 'refused', message: wordsOf(error), model: '', host: '', seconds: 0, reply: '', near: [] };
}
