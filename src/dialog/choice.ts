/** What a person has chosen in the dialog, and what follows from it; values and functions alone. */

import type { IInForce, ILocalServer, IPreset } from './answers';

/** The built-in model, which needs nothing. */
export const BUILTIN = 'builtin';
/** A GGUF file on the server's machine. */
export const FILE = 'file';
/** Any server that speaks OpenAI's API. */
export const OTHER = 'other';

const FILE_PREFIX = 'local:';

/** What becomes of the stored key: it stays, another takes its place, or it goes. */
export type KeyEdit = { kind: 'keep' } | { kind: 'replace'; text: string } | { kind: 'remove' };

/** The fields of the dialog. `provider` is a preset's name or one of the three above; `baseUrl` is empty for the usual. */
export interface IChoice {
  readonly provider: string;
  readonly model: string;
  readonly baseUrl: string;
  readonly key: KeyEdit;
}

/** What the server knows: everything that a choice is judged by. */
export interface IKnown {
  readonly presets: readonly IPreset[];
  readonly servers: readonly ILocalServer[];
  readonly gguf: boolean;
  readonly inForce: IInForce;
}

/** What the server is told; null takes a setting out, what is missing stays. */
export interface IWish {
  model?: string | null;
  base_url?: string | null;
  api_key?: string | null;
}

/** What sets the key that would be sent: nothing, a typed one, the file, or something named `by`. */
export interface IKeyState {
  readonly kind: 'none' | 'typed' | 'stored' | 'variable' | 'trait';
  readonly by: string;
}

/** What is still missing before anything could work. */
export type Missing = 'model' | 'address' | 'key';

/** The preset of that name. */
export function presetOf(known: IKnown, provider: string): IPreset | undefined {
  return known.presets.find(preset => preset.name === provider);
}

/** The server of that kind that was found running. */
export function serverOf(known: IKnown, provider: string): ILocalServer | undefined {
  return known.servers.find(server => server.preset === provider);
}

/** The choice that the settings in force are. */
export function choiceInForce(known: IKnown): IChoice {
  const { model, baseUrl } = known.inForce;
  const colon = model.value.indexOf(':');
  const prefix = colon < 0 ? '' : model.value.slice(0, colon);
  const rest = model.value.slice(colon + 1);
  const key: KeyEdit = { kind: 'keep' };
  if (model.value === BUILTIN || model.value === '') {
    return { provider: BUILTIN, model: '', baseUrl: '', key };
  }
  if (model.value.startsWith(FILE_PREFIX)) {
    return { provider: FILE, model: rest, baseUrl: '', key };
  }
  const provider = presetOf(known, prefix) ? prefix : OTHER;
  return { provider, model: provider === OTHER ? model.value : rest, baseUrl: baseUrl.value, key };
}

/** The choice of another provider, with all that is known of it filled in. */
export function choose(known: IKnown, provider: string): IChoice {
  const current = choiceInForce(known);
  if (current.provider === provider) {
    return current;
  }
  const preset = presetOf(known, provider);
  const found = serverOf(known, provider);
  // An example that only shows what a name looks like is no model.
  const example = preset && !preset.local && !preset.address ? preset.example : '';
  return { provider, model: found?.models[0] ?? example, baseUrl: '', key: { kind: 'keep' } };
}

/** The model's name as the server writes it. */
export function modelName(choice: IChoice): string {
  const name = choice.model.trim();
  if (choice.provider === BUILTIN) {
    return BUILTIN;
  }
  return choice.provider === OTHER ? name : `${choice.provider === FILE ? 'local' : choice.provider}:${name}`;
}

/** What the server would be told: what a variable sets is left out, since nothing here can change it. */
export function wish(known: IKnown, choice: IChoice): IWish {
  const told: IWish = {};
  if (!isPinned(known, 'model')) {
    told.model = modelName(choice);
  }
  if (!isPinned(known, 'baseUrl')) {
    told.base_url = ownAddress(known, choice) || null;
  }
  if (choice.key.kind === 'remove') {
    told.api_key = null;
  } else if (choice.key.kind === 'replace' && choice.key.text.trim()) {
    told.api_key = choice.key.text.trim();
  }
  return told;
}

/** Whether a variable in the server's environment sets this, and is stronger than what is saved. */
export function isPinned(known: IKnown, name: 'model' | 'baseUrl'): boolean {
  return known.inForce[name].origin === 'environment';
}

/** Whether the provider is asked over HTTP at all. */
export function isRemote(choice: IChoice): boolean {
  return choice.provider !== BUILTIN && choice.provider !== FILE;
}

/** The address that requests go to; empty where there is none (yet). */
export function address(known: IKnown, choice: IChoice): string {
  return isRemote(choice) ? choice.baseUrl.trim() || presetOf(known, choice.provider)?.baseUrl || '' : '';
}

/** `host[:port]` of the address; empty where it is none. */
export function host(known: IKnown, choice: IChoice): string {
  return parse(address(known, choice))?.host ?? '';
}

/** Whether that host is the machine of the Jupyter server itself. */
export function isNear(known: IKnown, choice: IChoice): boolean {
  const name = parse(address(known, choice))?.hostname ?? '';
  return name === 'localhost' || name.endsWith('.localhost') || name === '[::1]' || name.startsWith('127.');
}

/** Which key would be sent. A stored key belongs to its address and does not follow to another one. */
export function keyState(known: IKnown, choice: IChoice): IKeyState {
  const { inForce } = known;
  if (choice.key.kind === 'replace') {
    return { kind: choice.key.text.trim() ? 'typed' : 'none', by: '' };
  }
  const isSame = place(known, choice) !== '' && place(known, choice) === place(known, choiceInForce(known));
  const isOwn = inForce.keyOrigin === 'environment' && inForce.keySetBy.startsWith('OPEN_INTERPRETER_');
  if (inForce.isKeySet && (isSame || isOwn) && !(choice.key.kind === 'remove' && inForce.keyOrigin === 'file')) {
    const kinds = { default: 'none', trait: 'trait', file: 'stored', environment: 'variable' } as const;
    return { kind: kinds[inForce.keyOrigin], by: inForce.keySetBy };
  }
  const preset = presetOf(known, choice.provider);
  const isAtHome = preset !== undefined && (!choice.baseUrl.trim() || isUsual(preset, choice));
  return preset?.isKeySet && isAtHome ? { kind: 'variable', by: preset.key } : { kind: 'none', by: '' };
}

/** Whether requests there are refused for sure without a key. */
export function needsKey(known: IKnown, choice: IChoice): boolean {
  const preset = presetOf(known, choice.provider);
  return Boolean(preset?.key) && (!choice.baseUrl.trim() || isUsual(preset, choice) || Boolean(preset?.address));
}

/** What is still missing before anything could work; null when all is there. */
export function missing(known: IKnown, choice: IChoice): Missing | null {
  const preset = presetOf(known, choice.provider);
  if (choice.provider !== BUILTIN && !choice.model.trim() && !preset?.anyModel) {
    return 'model';
  }
  if (isRemote(choice) && !parse(address(known, choice))) {
    return 'address';
  }
  // Who takes a key away wants to be without it.
  const isWanted = needsKey(known, choice) && choice.key.kind !== 'remove';
  return isWanted && keyState(known, choice).kind === 'none' ? 'key' : null;
}

/** Whether the dialog holds anything that is not in force yet. */
export function isChanged(known: IKnown, choice: IChoice): boolean {
  const { key, ...rest } = choice;
  const { key: _, ...before } = choiceInForce(known);
  const isKeyChanged = key.kind === 'remove' || (key.kind === 'replace' && key.text.trim() !== '');
  return isKeyChanged || JSON.stringify(rest) !== JSON.stringify(before);
}

function isUsual(preset: IPreset | undefined, choice: IChoice): boolean {
  const usual = parse(preset?.baseUrl ?? '');
  return usual !== null && usual.origin === parse(choice.baseUrl.trim())?.origin;
}

/** The address as it would be saved: none where it is the usual one. */
function ownAddress(known: IKnown, choice: IChoice): string {
  const url = choice.baseUrl.trim().replace(/\/+$/, '');
  return isRemote(choice) && url !== presetOf(known, choice.provider)?.baseUrl ? url : '';
}

/** Where a key belongs under this choice, as the server has it. */
function place(known: IKnown, choice: IChoice): string {
  const url = ownAddress(known, choice);
  return url ? (parse(url)?.origin ?? url) : isRemote(choice) && choice.provider !== OTHER ? choice.provider : '';
}

function parse(text: string): URL | null {
  try {
    const url = new URL(text);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url : null;
  } catch {
    return null;
  }
}
