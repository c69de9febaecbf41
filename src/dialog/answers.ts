/** What the server's REST part answers, as values that a guard has seen. */

/** A kind of server that is known by name. `address` shows what an address looks like where everybody has another. */
export interface IPreset {
  readonly name: string;
  readonly label: string;
  readonly local: boolean;
  readonly baseUrl: string;
  readonly address: string;
  readonly example: string;
  readonly anyModel: boolean;
  readonly key: string;
  readonly isKeySet: boolean;
  readonly start: string;
}

/** A server of models that answers on the machine of the Jupyter server. */
export interface ILocalServer {
  readonly preset: string;
  readonly baseUrl: string;
  readonly models: readonly string[];
}

/** Which layer of the server's configuration a value comes from. */
export type Origin = 'default' | 'trait' | 'file' | 'environment';

/** A value in force; `setBy` is the variable, the trait or the file that sets it. */
export interface ISetting {
  readonly value: string;
  readonly origin: Origin;
  readonly setBy: string;
}

/** The model settings in force; of the key only whether there is one, and what sets it. */
export interface IInForce {
  readonly model: ISetting;
  readonly baseUrl: ISetting;
  readonly isKeySet: boolean;
  readonly keyOrigin: Origin;
  readonly keySetBy: string;
  readonly file: string;
  readonly trouble: string;
}

/** What came of a test; every kind but ok is a trouble. */
export type Kind = 'ok' | 'settings' | 'key' | 'model' | 'host' | 'limited' | 'reply' | 'slow' | 'refused' | 'stopped';

/** One real request and what came of it. `seconds` is the time until the first piece of the reply. */
export interface ITrial {
  readonly kind: Kind;
  readonly message: string;
  readonly model: string;
  readonly host: string;
  readonly seconds: number;
  readonly reply: string;
  readonly near: readonly string[];
}

const KINDS: readonly string[] = [
  ...['ok', 'settings', 'key', 'model', 'host', 'limited', 'reply', 'slow', 'refused', 'stopped']
];
const ORIGINS: readonly string[] = ['default', 'trait', 'file', 'environment'];

/** The presets in the answer of `models/presets`. */
export function readPresets(answer: unknown): IPreset[] {
  return list(field(answer, 'presets')).map(each => ({
    name: text(each, 'name'),
    label: text(each, 'label') || text(each, 'name'),
    local: flag(each, 'local'),
    baseUrl: text(each, 'base_url'),
    address: text(each, 'address'),
    example: text(each, 'example'),
    anyModel: flag(each, 'any_model'),
    key: text(each, 'key'),
    isKeySet: flag(each, 'key_set'),
    start: text(each, 'start')
  }));
}

/** The servers in the answer of `models/local`, and whether a file can be a model there. */
export function readLocal(answer: unknown): { servers: ILocalServer[]; gguf: boolean } {
  const servers = list(field(answer, 'servers')).map(each => ({
    preset: text(each, 'preset'),
    baseUrl: text(each, 'base_url'),
    models: texts(each, 'models')
  }));
  return { servers, gguf: flag(answer, 'gguf') };
}

/** The answer of `settings`. */
export function readInForce(answer: unknown): IInForce {
  const settings = field(answer, 'settings');
  const setting = (name: string): ISetting => {
    const told = field(settings, name);
    return { value: text(told, 'value'), origin: origin(text(told, 'from')), setBy: text(told, 'set_by') };
  };
  return {
    model: setting('model'),
    baseUrl: setting('base_url'),
    isKeySet: flag(answer, 'key_set'),
    keyOrigin: origin(text(answer, 'key_from')),
    keySetBy: text(answer, 'key_set_by'),
    file: text(answer, 'file'),
    trouble: text(answer, 'trouble')
  };
}

/** The names in the answer of `models/list`. */
export function readModels(answer: unknown): string[] {
  return texts(answer, 'models');
}

/** The answer of `models/test`. */
export function readTrial(answer: unknown): ITrial {
  const kind = text(answer, 'kind');
  const seconds = field(answer, 'seconds');
  return {
    kind: KINDS.includes(kind) ? (kind as Kind) : 'refused',
    message: text(answer, 'message'),
    model: text(answer, 'model'),
    host: text(answer, 'host'),
    seconds: typeof seconds === 'number' ? seconds : 0,
    reply: text(answer, 'reply'),
    near: texts(answer, 'near')
  };
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function text(value: unknown, name: string): string {
  const found = field(value, name);
  return typeof found === 'string' ? found : '';
}

function texts(value: unknown, name: string): string[] {
  return list(field(value, name)).filter((each): each is string => typeof each === 'string');
}

function flag(value: unknown, name: string): boolean {
  return field(value, name) === true;
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function origin(told: string): Origin {
  return ORIGINS.includes(told) ? (told as Origin) : 'default';
}
