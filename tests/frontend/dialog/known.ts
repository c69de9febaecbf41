import type { IInForce, IPreset, Origin } from '../../../src/dialog/answers';
import type { IChoice, IKnown } from '../../../src/dialog/choice';

/** A preset; what is not given is as with a cloud service that needs a key. */
export function preset(name: string, given: Partial<IPreset> = {}): IPreset {
  return {
    name,
    label: name.toUpperCase(),
    local: false,
    baseUrl: `https://api.${name}.test/v1`,
    address: '',
    example: `${name}-mini`,
    anyModel: false,
    key: `${name.toUpperCase()}_API_KEY`,
    isKeySet: false,
    start: '',
    ...given
  };
}

/** The presets of these tests. */
export const PRESETS: IPreset[] = [
  preset('cloud'),
  preset('ready', { isKeySet: true }),
  preset('azure', { baseUrl: '', address: 'https://RESOURCE.test/v1' }),
  preset('ollama', { local: true, key: '', baseUrl: 'http://127.0.0.1:11434/v1', start: 'ollama serve' }),
  preset('llama.cpp', { local: true, key: '', baseUrl: 'http://127.0.0.1:8080/v1', anyModel: true, example: '' })
];

/** Settings in force. */
export function inForce(
  model: string,
  baseUrl = '',
  key: { origin: Origin; by: string } | null = null,
  from: Origin = 'file'
): IInForce {
  return {
    model: { value: model, origin: from, setBy: from === 'environment' ? 'OPEN_INTERPRETER_MODEL' : '' },
    baseUrl: { value: baseUrl, origin: baseUrl ? 'file' : 'default', setBy: '' },
    isKeySet: key !== null,
    keyOrigin: key?.origin ?? 'default',
    keySetBy: key?.by ?? '',
    file: '/home/settings.toml',
    trouble: ''
  };
}

/** What the server knows, with an Ollama that runs. */
export function known(settings: IInForce = inForce('builtin')): IKnown {
  const servers = [{ preset: 'ollama', baseUrl: 'http://127.0.0.1:11434/v1', models: ['qwen3:8b', 'llama3'] }];
  return { presets: PRESETS, servers, gguf: false, inForce: settings };
}

/** A choice. */
export function choice(provider: string, model = '', baseUrl = '', key: IChoice['key'] = { kind: 'keep' }): IChoice {
  return { provider, model, baseUrl, key };
}
