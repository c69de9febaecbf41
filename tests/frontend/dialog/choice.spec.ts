import {
  choiceInForce,
  choose,
  host,
  isChanged,
  isNear,
  keyState,
  missing,
  modelName,
  wish
} from '../../../src/dialog/choice';
import { choice, inForce, known } from './known';

const STORED = { origin: 'file', by: '/home/settings.toml' } as const;

describe('choiceInForce', () => {
  it.each([
    ['builtin', '', choice('builtin')],
    ['local:/models/a.gguf', '', choice('file', '/models/a.gguf')],
    ['ollama:qwen3:8b', '', choice('ollama', 'qwen3:8b')],
    ['cloud:m', 'https://proxy.test/v1', choice('cloud', 'm', 'https://proxy.test/v1')],
    ['qwen3:8b', 'http://host.test/v1', choice('other', 'qwen3:8b', 'http://host.test/v1')]
  ])('reads %s at "%s"', (model, url, expected) => {
    const there = known(inForce(model, url));
    expect(choiceInForce(there)).toEqual(expected);
    expect(modelName(expected)).toBe(model);
    expect(isChanged(there, expected)).toBe(false);
  });
});

describe('choose', () => {
  it('fills in everything for a local server that runs', () => {
    const chosen = choose(known(), 'ollama');
    expect(chosen).toEqual(choice('ollama', 'qwen3:8b'));
    expect(missing(known(), chosen)).toBeNull();
  });

  it('leaves only the key to be given for a cloud service', () => {
    const chosen = choose(known(), 'cloud');
    expect(chosen.model).toBe('cloud-mini');
    expect(missing(known(), chosen)).toBe('key');
    expect(missing(known(), { ...chosen, key: { kind: 'replace', text: 'k' } })).toBeNull();
  });

  it('takes no example of a name for a model', () => {
    expect(choose(known(), 'azure').model).toBe('');
  });

  it('comes back to what is in force', () => {
    const there = known(inForce('cloud:big', 'https://proxy.test/v1'));
    expect(choose(there, 'cloud')).toEqual(choice('cloud', 'big', 'https://proxy.test/v1'));
  });
});

describe('missing', () => {
  it.each([
    [choice('builtin'), null],
    [choice('llama.cpp'), null],
    [choice('file'), 'model'],
    [choice('ollama'), 'model'],
    [choice('other', 'm'), 'address'],
    [choice('other', 'm', 'host:8000'), 'address'],
    [choice('other', 'm', 'http://host:8000/v1'), null],
    [choice('ready', 'm'), null],
    [choice('azure', 'm'), 'address'],
    [choice('cloud', 'm', 'https://proxy.test/v1'), null],
    [choice('cloud', 'm'), 'key'],
    [choice('cloud', 'm', '', { kind: 'remove' }), null]
  ])('of %j is %s', (given, expected) => {
    expect(missing(known(), given)).toBe(expected);
  });
});

describe('keyState', () => {
  const there = known(inForce('cloud:m', '', STORED));

  it('tells a stored key of the same address', () => {
    expect(keyState(there, choice('cloud', 'other-model'))).toEqual({ kind: 'stored', by: STORED.by });
    expect(keyState(there, choice('cloud', 'm', 'https://api.cloud.test/v1/')).kind).toBe('stored');
  });

  it('does not let it follow to another address', () => {
    expect(keyState(there, choice('cloud', 'm', 'https://proxy.test/v1')).kind).toBe('none');
    expect(keyState(there, choice('other', 'm', 'https://api.cloud.test/v1')).kind).toBe('none');
    expect(keyState(there, choice('azure', 'm', 'https://x.test/v1')).kind).toBe('none');
  });

  it('tells what is typed, and what is taken away', () => {
    expect(keyState(there, choice('cloud', 'm', '', { kind: 'replace', text: ' k ' })).kind).toBe('typed');
    expect(keyState(there, choice('cloud', 'm', '', { kind: 'replace', text: ' ' })).kind).toBe('none');
    expect(keyState(there, choice('cloud', 'm', '', { kind: 'remove' })).kind).toBe('none');
  });

  it('tells the variable that sets it', () => {
    expect(keyState(known(), choice('ready', 'm'))).toEqual({ kind: 'variable', by: 'READY_API_KEY' });
    expect(keyState(known(), choice('ready', 'm', 'https://proxy.test')).kind).toBe('none');
    const ours = known(inForce('builtin', '', { origin: 'environment', by: 'OPEN_INTERPRETER_API_KEY' }));
    expect(keyState(ours, choice('other', 'm', 'http://a.test')).by).toBe('OPEN_INTERPRETER_API_KEY');
  });
});

describe('wish', () => {
  it('takes out an address that is the usual one, and keeps the key as it is', () => {
    expect(wish(known(), choice('cloud', ' m ', 'https://api.cloud.test/v1/'))).toEqual({
      model: 'cloud:m',
      base_url: null
    });
  });

  it('tells a new key and a removed one', () => {
    expect(wish(known(), choice('other', 'm', 'http://a.test/', { kind: 'replace', text: ' k\n' }))).toEqual({
      model: 'm',
      base_url: 'http://a.test',
      api_key: 'k'
    });
    expect(wish(known(), choice('cloud', 'm', '', { kind: 'remove' })).api_key).toBeNull();
  });

  it('leaves out what a variable sets', () => {
    const there = known(inForce('cloud:m', '', null, 'environment'));
    expect(wish(there, choice('cloud', 'm'))).toEqual({ base_url: null });
  });

  it('leaves no address behind for the built-in model', () => {
    expect(wish(known(), choice('builtin', '', 'http://left.test'))).toEqual({ model: 'builtin', base_url: null });
  });
});

describe('where it goes', () => {
  it.each([
    [choice('builtin'), '', false],
    [choice('cloud', 'm'), 'api.cloud.test', false],
    [choice('ollama', 'm'), '127.0.0.1:11434', true],
    [choice('ollama', 'm', 'http://gpu.test:11434/v1'), 'gpu.test:11434', false],
    [choice('other', 'm', 'http://[::1]:8000/v1'), '[::1]:8000', true],
    [choice('other', 'm', 'nonsense'), '', false]
  ])('of %j is "%s"', (given, expected, near) => {
    expect(host(known(), given)).toBe(expected);
    expect(isNear(known(), given)).toBe(near);
  });
});
