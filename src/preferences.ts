import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import { type ISignal, Signal } from '@lumino/signaling';

import type { IPreferences } from './contracts';
import type { Mode } from './words';

const MODES: readonly unknown[] = ['suggest', 'ask', 'auto'] satisfies Mode[];

/** What the person has set for the panel, by schema/panel.json; its defaults until the settings are there. */
export class Preferences implements IPreferences {
  mode: Mode = 'auto';
  maxTurns = 8;
  sendWithEnter = true;
  showThoughts = true;
  showTokens = true;
  #settings: ISettingRegistry.ISettings | null = null;
  readonly #changed = new Signal<this, void>(this);

  /** Emitted when any of these has changed. */
  get changed(): ISignal<this, void> {
    return this.#changed;
  }

  /** Take over what is set there, now and from now on. */
  follow(settings: ISettingRegistry.ISettings): void {
    this.#settings = settings;
    settings.changed.connect(this.#read, this);
    this.#read();
  }

  /** Set the mode for all notebooks. */
  setMode(mode: Mode): void {
    if (!this.#settings) {
      // Nothing keeps settings here: it holds as long as the page.
      this.mode = mode;
      this.#changed.emit();
      return;
    }
    this.#settings.set('mode', mode).catch((reason: unknown) => {
      console.error('The mode could not be set.', reason);
      this.#changed.emit();
    });
  }

  #read(): void {
    const { mode, maxTurns, sendWithEnter, showThoughts, showTokens } = this.#settings?.composite ?? {};
    this.mode = isMode(mode) ? mode : this.mode;
    this.maxTurns = typeof maxTurns === 'number' ? maxTurns : this.maxTurns;
    this.sendWithEnter = sendWithEnter !== false;
    this.showThoughts = showThoughts !== false;
    this.showTokens = showTokens !== false;
    this.#changed.emit();
  }
}

function isMode(value: unknown): value is Mode {
  return MODES.includes(value);
}
