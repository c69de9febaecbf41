/** What the dialog says, in the person's language. */

import type { TranslationBundle } from '@jupyterlab/translation';

import type { IPreset, ITrial } from './answers';
import * as choices from './choice';
import type { IChoice, IKnown } from './choice';

/** One entry of the list of providers. */
export interface IEntry {
  readonly value: string;
  readonly label: string;
}

/** A part of that list with a heading. */
export interface IGroup {
  readonly label: string;
  readonly entries: readonly IEntry[];
}

/** The list of providers: what is there and needs nothing comes first. */
export function providers(trans: TranslationBundle, known: IKnown): IGroup[] {
  const isFound = (preset: IPreset): boolean => choices.serverOf(known, preset.name) !== undefined;
  const local = known.presets.filter(preset => preset.local);
  const found = (preset: IPreset): IEntry => {
    const count = choices.serverOf(known, preset.name)?.models.length ?? 0;
    return {
      value: preset.name,
      label: trans._n('%2 (running, 1 model)', '%2 (running, %1 models)', count, preset.label)
    };
  };
  const absent = (preset: IPreset): IEntry => ({
    value: preset.name,
    label: trans.__('%1 (not running)', preset.label)
  });
  const plain = (preset: IPreset): IEntry => ({ value: preset.name, label: preset.label });
  return [
    {
      label: trans.__('On the Jupyter server’s computer'),
      entries: [
        { value: choices.BUILTIN, label: trans.__('Built-in model (needs nothing)') },
        ...local.filter(isFound).map(found),
        { value: choices.FILE, label: trans.__('Model file (GGUF)') },
        ...local.filter(preset => !isFound(preset)).map(absent)
      ]
    },
    { label: trans.__('Cloud services'), entries: known.presets.filter(preset => !preset.local).map(plain) },
    {
      label: trans.__('Anywhere'),
      entries: [{ value: choices.OTHER, label: trans.__('Any server that speaks OpenAI’s API') }]
    }
  ];
}

/** What goes where once this is saved. */
export function truth(trans: TranslationBundle, known: IKnown, choice: IChoice): string {
  if (choice.provider === choices.BUILTIN) {
    return trans.__(
      'Answers common data tasks offline. Nothing leaves the Jupyter server, and it is no match for a language model.'
    );
  }
  if (choice.provider === choices.FILE) {
    return trans.__('The model runs on the Jupyter server’s computer. Nothing leaves it.');
  }
  const host = choices.host(known, choice);
  if (!host) {
    return trans.__('What you write, and what belongs to it from your notebook, will go to the address above.');
  }
  return choices.isNear(known, choice)
    ? trans.__(
        'What you write, and what belongs to it from your notebook, goes to %1 on the Jupyter server’s own computer.',
        host
      )
    : trans.__(
        'What you write goes to %1, along with what belongs to it from your notebook: code, outputs, and a summary of variables and files.',
        host
      );
}

/** What is missing, as the reason why nothing can be saved yet. */
export function complaint(trans: TranslationBundle, what: choices.Missing): string {
  switch (what) {
    case 'model':
      return trans.__('Name a model.');
    case 'address':
      return trans.__('Give an address that begins with http:// or https://.');
    case 'key':
      return trans.__('Paste a key.');
  }
}

/** What came of a test, in one line. */
export function verdict(trans: TranslationBundle, trial: ITrial): string {
  switch (trial.kind) {
    case 'ok':
      return trans.__('It works: %1 began to answer after %2 s.', trial.model, seconds(trial.seconds));
    case 'settings':
      return trans.__('This cannot be asked.');
    case 'key':
      return trans.__('The key is missing or was refused.');
    case 'model':
      return trans.__('There is no such model.');
    case 'host':
      return trans.__('Nothing answers at this address.');
    case 'limited':
      return trans.__('The service takes no more requests for now.');
    case 'reply':
      return trans.__('It answers, but not as a chat model does.');
    case 'slow':
      return trans.__('It took too long to answer.');
    case 'refused':
      return trans.__('The request was not taken.');
    case 'stopped':
      return trans.__('The test was stopped.');
  }
}

/** How to get a local server to run that was not found; empty where there is nothing to say. */
export function advice(trans: TranslationBundle, known: IKnown, choice: IChoice): string {
  const preset = choices.presetOf(known, choice.provider);
  if (choice.provider === choices.FILE && !known.gguf) {
    return trans.__('For this, install llama.cpp beside Jupyter: %1', "pip install 'open-interpreter-lab[local]'");
  }
  if (preset?.local && preset.start && !choice.baseUrl.trim() && !choices.serverOf(known, preset.name)) {
    return trans.__('It does not run yet. Start it with: %1', preset.start);
  }
  return '';
}

function seconds(value: number): string {
  return value < 10 ? value.toFixed(1) : Math.round(value).toFixed(0);
}
