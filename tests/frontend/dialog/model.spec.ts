import { nullTranslator } from '@jupyterlab/translation';

import { ModelChoice } from '../../../src/dialog/model';

const TRANS = nullTranslator.load('open_interpreter_lab');

const SETTINGS = {
  settings: {
    model: { value: 'builtin', from: 'default', set_by: '' },
    base_url: { value: '', from: 'default', set_by: '' }
  },
  key_set: false,
  key_from: '',
  key_set_by: '',
  file: '/home/settings.toml',
  trouble: ''
};
const CLOUD = {
  name: 'cloud',
  label: 'Cloud',
  local: false,
  base_url: 'https://cloud.test/v1',
  example: 'mini',
  key: 'K'
};
const ANSWERS: Record<string, unknown> = {
  'GET settings': SETTINGS,
  'GET models/presets': { presets: [CLOUD] },
  'GET models/local': { servers: [], gguf: true },
  'POST models/list': { models: ['mini', 'maxi'] }
};

/** A connection that answers from a table; an Error in it is thrown, a promise is waited for. */
function connection(answers: Record<string, unknown> = {}) {
  const calls: { call: string; body: unknown }[] = [];
  const request = async (path: string, method = 'GET', body?: unknown): Promise<unknown> => {
    const call = `${method} ${path}`;
    calls.push({ call, body });
    const answer = await { ...ANSWERS, ...answers }[call];
    if (answer instanceof Error) {
      throw answer;
    }
    return answer;
  };
  return { request, calls, bodies: (call: string) => calls.filter(each => each.call === call).map(each => each.body) };
}

async function loaded(answers: Record<string, unknown> = {}) {
  const client = connection(answers);
  const model = new ModelChoice(client, TRANS);
  await model.load();
  return { client, model };
}

/** A promise and what fulfils it. */
function pending() {
  let settle: (value: unknown) => void = () => undefined;
  const promise = new Promise<unknown>(resolve => {
    settle = resolve;
  });
  return { promise, settle };
}

describe('ModelChoice', () => {
  it('begins with what is in force', async () => {
    const { model } = await loaded();
    expect(model.choice.provider).toBe('builtin');
    expect(model.canSave).toBe(true);
  });

  it('tells why the server could not be asked, and asks again', async () => {
    const answers: Record<string, unknown> = { 'GET settings': new Error('It does not answer.') };
    const client = connection(answers);
    const model = new ModelChoice({ request: (...given) => client.request(...given) }, TRANS);
    await model.load();
    expect([model.known, model.trouble]).toEqual([null, 'It does not answer.']);
    client.request = connection().request;
    await model.load();
    expect([model.known === null, model.trouble]).toEqual([false, '']);
  });

  it('brings back what was typed for a provider', async () => {
    const { model } = await loaded();
    model.choose('cloud');
    model.edit({ model: 'maxi', key: { kind: 'replace', text: 'k' } });
    model.choose('builtin');
    model.choose('cloud');
    expect(model.choice).toEqual({
      provider: 'cloud',
      model: 'maxi',
      baseUrl: '',
      key: { kind: 'replace', text: 'k' }
    });
  });

  it('saves what is chosen and tells so', async () => {
    const { client, model } = await loaded({ 'PUT settings': SETTINGS });
    model.choose('cloud');
    expect(await model.save()).toBe(false);
    model.edit({ key: { kind: 'replace', text: 'k' } });
    expect(await model.save()).toBe(true);
    expect(client.bodies('PUT settings')).toEqual([{ model: 'cloud:mini', base_url: null, api_key: 'k' }]);
  });

  it('keeps what was typed where it could not be saved', async () => {
    const { model } = await loaded({ 'PUT settings': new Error('OPEN_INTERPRETER_MODEL sets model.') });
    model.choose('cloud');
    model.edit({ key: { kind: 'replace', text: 'k' } });
    expect(await model.save()).toBe(false);
    expect(model.trouble).toContain('OPEN_INTERPRETER_MODEL sets model.');
    expect(model.choice.key).toEqual({ kind: 'replace', text: 'k' });
    expect([model.isSaving, model.canSave]).toEqual([false, true]);
  });

  it('asks a server for its models once for each address and key, and never without the key it needs', async () => {
    const { client, model } = await loaded();
    model.choose('cloud');
    await model.list();
    expect(client.bodies('POST models/list')).toEqual([]);
    model.edit({ key: { kind: 'replace', text: 'k' } });
    await model.list();
    await model.list();
    expect(model.models).toEqual(['mini', 'maxi']);
    expect(client.bodies('POST models/list')).toEqual([{ model: 'cloud:', base_url: null, api_key: 'k' }]);
    model.edit({ baseUrl: 'https://proxy.test/v1' });
    expect(model.models).toEqual([]);
  });

  it('takes a list that cannot be had for no trouble', async () => {
    const { model } = await loaded({ 'POST models/list': new Error('refused') });
    model.choose('other');
    model.edit({ baseUrl: 'http://host.test/v1' });
    await model.list();
    expect([model.models, model.isListing, model.trouble]).toEqual([[], false, '']);
  });

  it('tells what came of a test', async () => {
    const trial = { kind: 'ok', message: '', model: 'builtin', host: '', seconds: 0.5, reply: 'ready', near: [] };
    const { client, model } = await loaded({ 'POST models/test': trial });
    await model.test();
    expect([model.running, model.trial]).toEqual([null, trial]);
    expect(client.bodies('POST models/test')).toEqual([{ model: 'builtin', base_url: null, id: expect.any(String) }]);
    model.choose('cloud');
    expect(model.trial).toBeNull();
  });

  it('tells it as a trouble where the Jupyter server did not answer', async () => {
    const { model } = await loaded({ 'POST models/test': new Error('It does not answer.') });
    await model.test();
    expect([model.trial?.kind, model.trial?.message]).toEqual(['refused', 'It does not answer.']);
  });

  it('stops a test on the server, and takes no notice of its late answer', async () => {
    const { promise, settle } = pending();
    const { client, model } = await loaded({ 'POST models/test': promise });
    const test = model.test();
    const id = model.running?.id ?? '';
    model.stop();
    expect(client.calls.at(-1)?.call).toBe(`DELETE models/test/${id}`);
    settle({ kind: 'ok' });
    await test;
    expect([model.running, model.trial]).toEqual([null, null]);
  });

  it('stops a test of what was changed meanwhile, and of a dialog that is closed', async () => {
    const { client, model } = await loaded({ 'POST models/test': pending().promise });
    void model.test();
    model.choose('cloud');
    expect(model.running).toBeNull();
    model.choose('builtin');
    void model.test();
    model.dispose();
    expect(client.calls.filter(each => each.call.startsWith('DELETE'))).toHaveLength(2);
  });
});
