import { Chats, HeldNotebooks } from '../../src/session';
import type { FromServer, Happening, IListed, IRecord, IWish } from '../../src/words';
import { connect, FakeNotebooks, FakeSocket } from './live';

const wish = (text: string): IWish => ({
  type: 'Wish',
  path: 'a.ipynb',
  text,
  command: '',
  cell: '',
  anchor: '',
  quotes: [{ type: 'Quote', label: 'Cell 3', text: 'x' }],
  images: [],
  shares: true,
  mode: null,
  max_turns: null
});
const said = (text: string): Happening => ({ type: 'Said', text, command: '', labels: [], images: 0, at: 1 });
const over: Happening = {
  type: 'Finished',
  ending: 'done',
  answer: '',
  turns: 1,
  usage: { type: 'Usage', sent: 0, received: 0, estimated: false },
  reason: ''
};
const record = (seq: number, task: string, event: Happening): IRecord => ({ type: 'Record', seq, task, event });
const chat = (id: string, path = 'a.ipynb'): IListed['chat'] => ({
  type: 'Chat',
  id,
  path,
  name: id,
  created: 1,
  updated: 1
});
const listed = (...ids: string[]): FromServer => ({
  type: 'Chats',
  path: 'a.ipynb',
  chats: ids.map(id => ({ type: 'Listed', chat: chat(id), running: false, waiting: false }))
});
const opened = (id: string, ...records: IRecord[]): FromServer => ({
  type: 'Opened',
  chat: chat(id),
  records,
  seq: records.at(-1)?.seq ?? 0,
  running: false
});
const happened = (id: string, ...records: IRecord[]): FromServer => ({ type: 'Happened', chat: id, records });

interface IPage {
  chats: Chats;
  notebooks: FakeNotebooks;
}

function page(): IPage {
  const { client } = connect();
  const notebooks = new FakeNotebooks();
  new HeldNotebooks(client, notebooks);
  const chats = new Chats(client, notebooks);
  FakeSocket.last.onopen?.();
  return { chats, notebooks };
}

function withChat(...records: IRecord[]): IPage & { view: NonNullable<Chats['shown']> } {
  const made = page();
  made.notebooks.bring('a.ipynb');
  FakeSocket.last.say(listed('one', 'two'));
  FakeSocket.last.say(opened('one', ...records));
  const view = made.chats.shown;
  if (!view) {
    throw new Error('No chat is shown.');
  }
  return { ...made, view };
}

function reconnect(): FakeSocket {
  FakeSocket.last.close();
  jest.advanceTimersByTime(500);
  FakeSocket.last.onopen?.();
  return FakeSocket.last;
}

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

describe('the notebooks of this page', () => {
  it('are told on each connection and change, and only then', () => {
    const { notebooks } = page();
    expect(FakeSocket.last.of('Hold')).toHaveLength(1);
    notebooks.bring('a.ipynb');
    notebooks.changed.emit();
    expect(FakeSocket.last.of('Hold')).toHaveLength(2);
    expect(reconnect().of('Hold')).toMatchObject([{ front: 'a.ipynb', notebooks: [{ path: 'a.ipynb' }] }]);
  });

  it('carry out orders, and answer where that is wanted or there is trouble', () => {
    const { notebooks } = page();
    const order = { type: 'Order', id: 'o1', path: 'a.ipynb', edits: [], answered: false, kernel: '' } as const;
    FakeSocket.last.say({ ...order, edits: [] });
    expect(notebooks.orders).toHaveLength(1);
    expect(FakeSocket.last.of('Done')).toEqual([]);
    FakeSocket.last.say({ ...order, edits: [], id: 'o2', answered: true });
    notebooks.done = { trouble: 'gone', cell: 'b' };
    FakeSocket.last.say({ ...order, edits: [], id: 'o3' });
    expect(FakeSocket.last.of('Done')).toMatchObject([
      { order: 'o2', trouble: '' },
      { order: 'o3', trouble: 'gone' }
    ]);
  });

  it('answer an order that breaks something, at once or later', async () => {
    const error = jest.spyOn(console, 'error').mockImplementation();
    const { notebooks } = page();
    const order = { type: 'Order', id: 'o1', path: 'a.ipynb', edits: [], answered: false, kernel: '' } as const;
    notebooks.done = new Error('no such view');
    FakeSocket.last.say({ ...order, edits: [] });
    notebooks.done = Promise.reject(new Error('no such file'));
    FakeSocket.last.say({ ...order, edits: [], id: 'o2' });
    for (let turn = 0; turn < 5; turn++) {
      await Promise.resolve();
    }
    expect(FakeSocket.last.of('Done')).toMatchObject([
      { order: 'o1', trouble: 'fault', said: 'Error: no such view' },
      { order: 'o2', trouble: 'fault', said: 'Error: no such file' }
    ]);
    expect(error).toHaveBeenCalledTimes(2);
    error.mockRestore();
  });

  it('tell another path before anything else', () => {
    const { notebooks, chats } = withChat();
    notebooks.rename('a.ipynb', 'b.ipynb');
    const words = FakeSocket.last.sent.slice(-3).map(word => word.type);
    expect(words[0]).toBe('Renamed');
    expect(words).toContain('Hold');
    expect(FakeSocket.last.of('ListChats').at(-1)).toMatchObject({ path: 'b.ipynb' });
    expect(chats.path).toBe('b.ipynb');
    expect(chats.shown?.info).toMatchObject({ id: 'one', path: 'b.ipynb' });
  });

  it('keep their chats when a folder around them has another name', () => {
    const { notebooks, chats } = page();
    notebooks.bring('work/a.ipynb');
    FakeSocket.last.say({ ...listed('one'), path: 'work/a.ipynb' } as FromServer);
    notebooks.front = 'play/a.ipynb';
    notebooks.renamed.emit({ old: 'work', new: 'play' });
    expect(FakeSocket.last.of('Renamed')).toEqual([{ type: 'Renamed', old: 'work', new: 'play' }]);
    expect([chats.path, chats.shown?.id]).toEqual(['play/a.ipynb', 'one']);
  });
});

describe('the chats of a notebook', () => {
  it('show the latest one', () => {
    const { chats, notebooks } = page();
    notebooks.bring('a.ipynb');
    expect(chats).toMatchObject({ path: 'a.ipynb', shown: null });
    FakeSocket.last.say(listed('one', 'two'));
    expect(chats.shown).toMatchObject({ id: 'one', isLoaded: false });
    expect(FakeSocket.last.of('OpenChat')).toMatchObject([{ chat: 'one', after: 0 }]);
    const changed = jest.fn();
    chats.changed.connect(changed);
    FakeSocket.last.say(opened('one', record(1, 't', said('plot')), record(2, 't', over)));
    expect(changed).toHaveBeenCalledTimes(1);
    expect(chats.shown).toMatchObject({ isLoaded: true, isRunning: false, tasks: [{ id: 't' }] });
  });

  it('begin a new one where there is none, which the server learns of with the first words', () => {
    const { chats, notebooks } = page();
    notebooks.bring('a.ipynb');
    FakeSocket.last.say(listed());
    const view = chats.shown;
    expect(view).toMatchObject({ isLoaded: true, tasks: [] });
    expect(FakeSocket.last.of('OpenChat')).toEqual([]);
    view?.say(wish('plot'));
    expect(FakeSocket.last.of('Say')).toMatchObject([{ chat: view?.id, wish: { text: 'plot' } }]);
    expect(reconnect().of('OpenChat')).toMatchObject([{ chat: view?.id, after: 0 }]);
  });

  it('go over to one that was begun in another tab, if nothing was chosen here', () => {
    const { chats, notebooks } = page();
    notebooks.bring('a.ipynb');
    FakeSocket.last.say(listed());
    FakeSocket.last.say(listed('one'));
    expect(chats.shown?.id).toBe('one');
    chats.startNew();
    const mine = chats.shown?.id;
    FakeSocket.last.say(listed('two', 'one'));
    expect(chats.shown?.id).toBe(mine);
  });

  it('keep for each notebook the one that it shows', () => {
    const { chats, notebooks } = withChat();
    chats.show('two');
    notebooks.bring('b.ipynb');
    expect(chats.shown).toBeNull();
    notebooks.bring('a.ipynb');
    expect(chats.shown?.id).toBe('two');
    expect(FakeSocket.last.of('LeaveChat')).toMatchObject([{ chat: 'one' }]);
  });

  it('show the next one when one is deleted, here or elsewhere', () => {
    const { chats } = withChat();
    chats.remove('one');
    expect(FakeSocket.last.of('DeleteChat')).toMatchObject([{ chat: 'one' }]);
    expect(chats.shown?.id).toBe('two');
    FakeSocket.last.say({ type: 'Gone', chat: 'two' });
    expect(chats.list).toEqual([]);
    expect(chats.shown?.tasks).toEqual([]);
  });

  it('take another name at once', () => {
    const { chats, view } = withChat();
    chats.rename('one', 'Ages');
    expect(FakeSocket.last.of('NameChat')).toMatchObject([{ chat: 'one', name: 'Ages' }]);
    expect(chats.list[0]?.chat.name).toBe('Ages');
    expect(view.info.name).toBe('Ages');
  });

  it('tell what could not be done until it is read', () => {
    const { chats } = withChat();
    FakeSocket.last.say({ type: 'Failed', text: 'The disk is full.', about: '' });
    expect(chats.trouble).toBe('The disk is full.');
    chats.dismissTrouble();
    expect(chats.trouble).toBe('');
    FakeSocket.last.say({ type: 'Failed', text: 'No such sketch.', about: 'sketch' });
    expect(chats.trouble).toBe('');
    chats.remove('two');
    FakeSocket.last.say({ type: 'Failed', text: 'The file is locked.', about: 'two' });
    expect(chats.trouble).toBe('The file is locked.');
  });
});

describe('a chat', () => {
  it('shows what was said at once, and then what the server tells of it', () => {
    const { view } = withChat();
    view.say(wish('plot'));
    expect(view).toMatchObject({
      isRunning: true,
      tasks: [{ phase: 'sending', said: { text: 'plot', labels: ['Cell 3'] } }]
    });
    const task = FakeSocket.last.of('Say')[0]?.task ?? '';
    FakeSocket.last.say(happened('one', record(1, task, said('plot'))));
    expect(view.tasks).toHaveLength(1);
    expect(view.tasks[0]).toMatchObject({ id: task, phase: 'asking' });
  });

  it('emits synchronously which task has changed, and keeps its list while that is the same', () => {
    const { view } = withChat(record(1, 't', said('plot')));
    const tasks = view.tasks;
    const changes: string[] = [];
    view.changed.connect((_, { task }) => changes.push(task));
    FakeSocket.last.say(happened('one', record(2, 't', { type: 'Wrote', text: 'a' })));
    expect(changes).toEqual(['t']);
    expect(view.tasks).toBe(tasks);
    FakeSocket.last.say(happened('one', record(3, 'u', said('more'))));
    expect(changes).toEqual(['t', '']);
    expect(view.tasks).not.toBe(tasks);
  });

  it('goes on after the last record on a new connection, and takes none twice', () => {
    const { view } = withChat(record(4, 't', said('plot')), record(9, 't', { type: 'Wrote', text: 'a' }));
    const socket = reconnect();
    expect(socket.of('OpenChat')).toEqual([{ type: 'OpenChat', chat: 'one', after: 9 }]);
    socket.say(
      happened('one', record(9, 't', { type: 'Wrote', text: 'a' }), record(10, 't', { type: 'Wrote', text: 'b' }))
    );
    expect(view.tasks[0]?.parts).toMatchObject([{ text: 'ab' }]);
  });

  it('is what the server says where that tells it anew', () => {
    const { view } = withChat(record(1, 't', said('plot')));
    FakeSocket.last.say(opened('one', record(1, 'u', said('other'))));
    expect(view.tasks.map(task => task.id)).toEqual(['u']);
  });

  it('says again on a new connection what nobody has told of yet, in a new chat too', () => {
    const { view } = withChat();
    FakeSocket.last.close();
    view.say(wish('plot'));
    view.stop();
    jest.advanceTimersByTime(500);
    FakeSocket.last.onopen?.();
    expect(FakeSocket.last.sent.map(word => word.type)).toEqual(['Hold', 'ListChats', 'OpenChat', 'Say', 'Stop']);
    const [first] = FakeSocket.last.of('Say');
    const [second] = reconnect().of('Say');
    expect(second).toEqual(first);
    FakeSocket.last.say(happened('one', record(1, first?.task ?? '', said('plot'))));
    expect(reconnect().of('Say')).toEqual([]);
  });

  it('shows steering words as sent when the server has them', () => {
    const { view } = withChat(record(1, 't', said('plot')));
    view.say(wish('in blue'));
    expect(view.tasks.map(task => task.phase)).toEqual(['asking', 'sending']);
    FakeSocket.last.say(happened('one', record(2, 't', { type: 'Steered', text: 'in blue' })));
    expect(view.tasks).toHaveLength(1);
    expect(view.tasks[0]?.parts).toMatchObject([{ kind: 'steer', text: 'in blue' }]);
  });

  it('is cut where something is said instead, and whole again where that could not be', () => {
    const { view, chats } = withChat(record(1, 't', said('plot')), record(2, 't', over), record(3, 'u', said('more')));
    view.say(wish('draw'), 't', true);
    expect(FakeSocket.last.of('Say')).toMatchObject([{ instead: 't', undo: true }]);
    FakeSocket.last.say(happened('one', record(4, 'u', { ...over, ending: 'stopped' } as Happening)));
    expect(view.tasks.map(task => task.said.text)).toEqual(['draw']);
    FakeSocket.last.say({ type: 'Failed', text: 'The notebook is gone.', about: 'one' });
    expect(chats.trouble).toBe('');
    expect(view.tasks).toMatchObject([{ finished: { ending: 'failed', reason: 'The notebook is gone.' } }]);
    expect(FakeSocket.last.of('OpenChat').at(-1)).toMatchObject({ after: 0 });
  });

  it('is asked for again where it could not be loaded', () => {
    const { chats, notebooks } = page();
    notebooks.bring('a.ipynb');
    FakeSocket.last.say(listed('one'));
    FakeSocket.last.say({ type: 'Failed', text: 'The file is locked.', about: 'one' });
    expect(chats.trouble).toBe('The file is locked.');
    chats.show('one');
    expect(chats.trouble).toBe('');
    expect(FakeSocket.last.of('OpenChat')).toHaveLength(2);
    FakeSocket.last.say(opened('one', record(1, 't', said('plot'))));
    expect(chats.shown?.isLoaded).toBe(true);
  });

  it('says what failed anew without asking to cut what the server never had', () => {
    const { view } = withChat();
    view.say(wish('plot'));
    FakeSocket.last.say({ type: 'Failed', text: 'No.', about: 'one' });
    view.say(wish('plot'), view.tasks[0]?.id);
    expect(FakeSocket.last.of('Say').at(-1)).toMatchObject({ instead: '' });
    expect(view.tasks).toHaveLength(1);
  });

  it('does again in order on a new connection what nobody has told of yet: Stop before what is said next', () => {
    const { view } = withChat(record(1, 't', said('plot')));
    view.stop();
    FakeSocket.last.close();
    view.say(wish('draw'));
    jest.advanceTimersByTime(500);
    FakeSocket.last.onopen?.();
    expect(FakeSocket.last.sent.map(word => word.type)).toEqual(['Hold', 'ListChats', 'OpenChat', 'Stop', 'Say']);
    expect(FakeSocket.last.of('Stop')).toMatchObject([{ task: 't' }]);
    FakeSocket.last.say(happened('one', record(2, 't', { ...over, ending: 'stopped' } as Happening)));
    const again = reconnect();
    expect([again.of('Stop'), again.of('Say').length]).toEqual([[], 1]);
  });

  it('decides and takes back again until that is told, or could not be', () => {
    const { view } = withChat(record(1, 's', said('more')), record(2, 's', over), record(3, 't', said('plot')));
    view.decide('q', { choice: 'run', word: '', source: '' });
    view.undo('s');
    expect(reconnect().sent.map(word => word.type)).toEqual(['Hold', 'ListChats', 'OpenChat', 'Decide', 'Undo']);
    const answer = { type: 'Answer', choice: 'run', word: '', nobody: false, source: '' } as const;
    FakeSocket.last.say(happened('one', record(4, 't', { type: 'Decided', question: 'q', answer })));
    expect(reconnect().sent.map(word => word.type)).toEqual(['Hold', 'ListChats', 'OpenChat', 'Undo']);
    FakeSocket.last.say(happened('one', record(5, 's', { type: 'Undone', taken: 1, kept: [] })));
    view.undo('t');
    FakeSocket.last.say({ type: 'Failed', text: 'The notebook is gone.', about: 'one' });
    view.decide('r', { choice: 'run', word: '', source: '' });
    FakeSocket.last.say(happened('one', record(6, 't', over)));
    expect(reconnect().sent.map(word => word.type)).toEqual(['Hold', 'ListChats', 'OpenChat']);
  });

  it('is left once it has nothing more to say, where another one is shown', () => {
    const { chats, view } = withChat();
    view.say(wish('plot'));
    chats.show('two');
    expect(FakeSocket.last.of('LeaveChat')).toEqual([]);
    FakeSocket.last.say(happened('one', record(1, FakeSocket.last.of('Say')[0]?.task ?? '', said('plot'))));
    expect(FakeSocket.last.of('LeaveChat')).toMatchObject([{ chat: 'one' }]);
    chats.show('one');
    chats.shown?.say(wish('draw'));
    chats.show('two');
    FakeSocket.last.say({ type: 'Failed', text: 'No.', about: 'one' });
    expect(chats.trouble).toBe('No.');
    expect(FakeSocket.last.of('LeaveChat').at(-1)).toMatchObject({ chat: 'one' });
  });

  it('stops, decides and takes back', () => {
    const { view } = withChat();
    view.stop();
    view.decide('q', { choice: 'refuse', word: 'no', source: '' });
    view.undo('t');
    expect(FakeSocket.last.sent.slice(-3)).toEqual([
      { type: 'Stop', chat: 'one', task: '' },
      {
        type: 'Decide',
        chat: 'one',
        question: 'q',
        answer: { type: 'Answer', choice: 'refuse', word: 'no', nobody: false, source: '' }
      },
      { type: 'Undo', chat: 'one', task: 't' }
    ]);
  });
});
