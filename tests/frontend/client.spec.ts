import type { FromServer } from '../../src/words';
import { connect, FakeSocket } from './live';

const welcome = { type: 'Welcome', version: '1', model: 'm', set_up: false, vision: false, trouble: '' } as const;
const soon = async (): Promise<void> => {
  // As many turns as a request and its answer take.
  for (let turn = 0; turn < 10; turn++) {
    await Promise.resolve();
  }
};

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

describe('the connection', () => {
  it('is opened below the base URL, with the token where the settings want it', () => {
    connect();
    expect(FakeSocket.last.url).toBe('ws://localhost:8888/base/open-interpreter/api/live');
    connect({ token: 'a b', appendToken: true });
    expect(FakeSocket.last.url).toBe('ws://localhost:8888/base/open-interpreter/api/live?token=a%20b');
    connect({ token: 'a b', appendToken: false });
    expect(FakeSocket.last.url).not.toContain('token');
  });

  it('tells how it stands, and what the server says', () => {
    const { client } = connect();
    const states: string[] = [];
    const words: FromServer[] = [];
    client.changed.connect(() => states.push(client.connection));
    client.received.connect((_, word) => words.push(word));
    expect(client.connection).toBe('connecting');
    FakeSocket.last.onopen?.();
    FakeSocket.last.say(welcome);
    FakeSocket.last.close();
    expect(states).toEqual(['open', 'open', 'lost']);
    expect(client.welcome).toEqual(welcome);
    expect(words).toEqual([welcome]);
  });

  it('is tried again after pauses that double, up to eight seconds', async () => {
    connect();
    FakeSocket.last.onopen?.();
    FakeSocket.last.close();
    for (const pause of [500, 1000, 2000, 4000, 8000, 8000]) {
      const before = FakeSocket.all.length;
      jest.advanceTimersByTime(pause - 1);
      expect(FakeSocket.all).toHaveLength(before);
      jest.advanceTimersByTime(1);
      expect(FakeSocket.all).toHaveLength(before + 1);
      FakeSocket.last.close();
      await soon();
    }
  });

  it('is tried at once when the network is back, and once only', () => {
    const { client } = connect();
    FakeSocket.last.onopen?.();
    FakeSocket.last.close();
    window.dispatchEvent(new Event('online'));
    document.dispatchEvent(new Event('visibilitychange'));
    expect(FakeSocket.all).toHaveLength(2);
    client.dispose();
    window.dispatchEvent(new Event('online'));
    expect(FakeSocket.all).toHaveLength(2);
  });

  it.each([401, 403, 404])('is refused where a plain request is answered with %d', async status => {
    const { client, server } = connect();
    server.status = status;
    FakeSocket.last.close();
    await soon();
    expect(client.connection).toBe('refused');
    jest.advanceTimersByTime(60_000);
    expect(FakeSocket.all).toHaveLength(1);
    client.retry();
    expect(client.connection).toBe('connecting');
    expect(FakeSocket.all).toHaveLength(2);
  });

  it('is lost, not refused, while there is no server', async () => {
    const { client, server } = connect();
    server.status = null;
    FakeSocket.last.close();
    await soon();
    expect(client.connection).toBe('lost');
    jest.advanceTimersByTime(500);
    expect(FakeSocket.all).toHaveLength(2);
  });

  it('wonders once about each word that it does not know', () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation();
    const { client } = connect();
    const heard = jest.fn();
    client.received.connect(heard);
    FakeSocket.last.onopen?.();
    for (const text of ['{"type":"Sing"}', '{"type":"Sing"}', '{"type":"Gone"}', 'no JSON']) {
      FakeSocket.last.say(text);
    }
    expect(heard).not.toHaveBeenCalled();
    expect(warn).toHaveBeenCalledTimes(3);
  });
});

describe('what is said', () => {
  it('is kept while there is no connection, if it is the person who says it', () => {
    const { client } = connect();
    client.send({ type: 'Stop', chat: 'c', task: '' });
    client.send({ type: 'ListChats', path: 'a.ipynb' });
    client.send({ type: 'Renamed', old: 'a', new: 'b' });
    client.changed.connect(() => {
      client.send({ type: 'ListChats', path: 'b' });
    });
    FakeSocket.last.onopen?.();
    expect(FakeSocket.last.sent.map(word => word.type)).toEqual(['Renamed', 'ListChats', 'Stop']);
  });

  it('is said once', () => {
    const { client } = connect();
    client.send({ type: 'Stop', chat: 'c', task: '' });
    FakeSocket.last.onopen?.();
    FakeSocket.last.close();
    jest.advanceTimersByTime(500);
    FakeSocket.last.onopen?.();
    expect(FakeSocket.last.sent).toEqual([]);
  });

  it('is kept up to a bound, the newest first', () => {
    const { client } = connect();
    for (let number = 0; number < 150; number++) {
      client.send({ type: 'Undo', chat: 'c', task: String(number) });
    }
    FakeSocket.last.onopen?.();
    expect(FakeSocket.last.of('Undo').map(word => word.task)).toEqual(
      Array.from({ length: 100 }, (_, place) => String(50 + place))
    );
  });
});

describe('a request', () => {
  it('gives the JSON of the answer', async () => {
    const { client, server } = connect();
    Object.assign(server, { status: 200, body: { models: [] } });
    await expect(client.request('models', 'PUT', { a: 1 })).resolves.toEqual({ models: [] });
    expect(server.asked).toMatchObject([
      { url: 'http://localhost:8888/base/open-interpreter/api/models', init: { method: 'PUT', body: '{"a":1}' } }
    ]);
  });

  it('is refused in the words of the server', async () => {
    const { client, server } = connect();
    Object.assign(server, { status: 422, body: { message: 'The key is refused.' } });
    await expect(client.request('settings')).rejects.toThrow('The key is refused.');
  });

  it('tells a next step where there is no server', async () => {
    const { client, server } = connect();
    server.status = null;
    await expect(client.request('settings')).rejects.toThrow('See whether it still runs');
  });
});
