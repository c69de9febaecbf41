import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import { Signal } from '@lumino/signaling';

import { COMMANDS, type ICellSight, type IPreferences } from '../../../src/contracts';
import { attachCells, attachPasted } from '../../../src/panel/compose/attaching';
import { Composing } from '../../../src/panel/compose/composing';
import { Speaking } from '../../../src/panel/compose/speaking';
import type { IServices } from '../../../src/panel/services';
import { Chats } from '../../../src/session';
import type { FromServer, Happening, IRecord, IWish } from '../../../src/words';
import { connect, FakeNotebooks, FakeSocket } from '../live';

const FINISHED: Happening = {
  type: 'Finished',
  ending: 'done',
  answer: '',
  turns: 1,
  usage: { type: 'Usage', sent: 0, received: 0, estimated: false },
  reason: ''
};
const CELL: Happening = { type: 'CellOpened', id: 'c1', language: 'python', turn: 1, attempt: 1 };

class Notebooks extends FakeNotebooks {
  sight: ICellSight | null = null;
  failed: ICellSight | null = null;
  override active = (): null => this.sight as null;
  override failing = (): null => this.failed as null;
}

interface IDeskOfTest {
  composing: Composing;
  speaking: Speaking;
  notebooks: Notebooks;
  chats: Chats;
  executed: string[];
}

const code = (id: string, source: string): ICellSight => ({ id, kind: 'code', source, count: 3, error: '' });

/** A composer on a real client and real chats; the server's end is the test. */
function write(path = 'a.ipynb', storage: Storage | null = null): IDeskOfTest {
  const { client } = connect();
  const notebooks = new Notebooks();
  const chats = new Chats(client, notebooks);
  FakeSocket.last.onopen?.();
  FakeSocket.last.say({ type: 'Welcome', version: '1', model: 'm', set_up: true, vision: false, trouble: '' });
  if (path) {
    notebooks.bring(path);
    FakeSocket.last.say({ type: 'Chats', path, chats: [] });
  }
  const executed: string[] = [];
  const commands = new CommandRegistry();
  commands.addCommand(COMMANDS.chooseModel, { execute: () => executed.push(COMMANDS.chooseModel) });
  const preferences = { mode: 'ask', maxTurns: 7, showTokens: true, sendWithEnter: true } as unknown as IPreferences;
  Object.assign(preferences, { changed: new Signal<IPreferences, void>(preferences) });
  const trans = nullTranslator.load('open_interpreter_lab');
  const services = { client, chats, notebooks, preferences, commands, trans } as unknown as IServices;
  const composing = new Composing(services, storage);
  return { composing, speaking: new Speaking(composing), notebooks, chats, executed };
}

function lastWish(): IWish | undefined {
  return FakeSocket.last.of('Say').at(-1)?.wish;
}

/** The server tells what came of what was said last. */
function happens(chats: Chats, ...events: Happening[]): void {
  const say = FakeSocket.last.of('Say').at(-1);
  const said: Happening = { type: 'Said', text: say?.wish.text ?? '', command: '', labels: [], images: 0, at: 1 };
  const records = [said, ...events].map((event, index): IRecord => ({
    type: 'Record',
    seq: Date.now() + index,
    task: say?.task ?? '',
    event
  }));
  const word: FromServer = { type: 'Happened', chat: chats.shown?.id ?? '', records };
  FakeSocket.last.say(word);
}

const send = (desk: IDeskOfTest, text: string): void => {
  desk.composing.change({ text });
  desk.speaking.send();
};

describe('what is sent', () => {
  it('is a wish about the notebook in front, with what is attached, and the field is empty then', () => {
    const desk = write();
    desk.notebooks.sight = code('here', 'x');
    attachCells(desk.composing, [code('a', 'y = 2')]);
    send(desk, 'plot @y');
    expect(lastWish()).toEqual({
      type: 'Wish',
      path: 'a.ipynb',
      text: 'plot @y',
      command: '',
      cell: '',
      anchor: 'here',
      quotes: [{ type: 'Quote', label: 'cell [3]', text: 'y = 2' }],
      images: [],
      shares: true,
      mode: 'ask',
      max_turns: 7
    });
    expect(desk.composing.draft).toMatchObject({ text: '', quotes: [] });
  });

  it('is about the failing cell with /fix, about the active one with /explain', () => {
    const desk = write();
    desk.notebooks.failed = code('broken', '1/0');
    send(desk, '/fix gently');
    expect(lastWish()).toMatchObject({ command: 'fix', cell: 'broken', text: 'gently' });
    happens(desk.chats, FINISHED);
    desk.notebooks.sight = code('here', 'x');
    send(desk, '/explain');
    expect(lastWish()).toMatchObject({ command: 'explain', cell: 'here', text: '' });
  });
});

describe('what cannot be sent stays, with the next step', () => {
  const kept = (desk: IDeskOfTest, text: string): string => {
    send(desk, text);
    expect(desk.composing.draft.text).toBe(text);
    expect(FakeSocket.last.of('Say')).toHaveLength(0);
    return desk.composing.line?.text ?? '';
  };

  it('where no cell failed or is active', () => {
    expect(kept(write(), '/fix')).toContain('No cell has failed');
    expect(kept(write(), '/explain')).toContain('click on a code cell');
  });

  it('where the slash word is unknown', () => {
    expect(kept(write(), '/foo bar')).toContain('There is no /foo');
  });

  it('where no notebook is open, and comes along to the first one', () => {
    const desk = write('');
    expect(kept(desk, 'plot it')).toContain('Open a notebook');
    desk.notebooks.bring('new.ipynb');
    expect(desk.composing.path).toBe('new.ipynb');
    expect(desk.composing.draft.text).toBe('plot it');
  });

  it('where something is attached and nothing is said', () => {
    const desk = write();
    expect(attachPasted(desk.composing, 'x'.repeat(5000))).toBe(true);
    expect(kept(desk, '')).toContain('Say in a few words');
    expect(desk.composing.draft.quotes).toHaveLength(1);
  });

  it('and an empty field says nothing at all', () => {
    expect(kept(write(), '  ')).toBe('');
  });
});

describe('while a task runs', () => {
  it('words steer it, and what is attached stays for the next message', () => {
    const desk = write();
    send(desk, 'plot it');
    attachPasted(desk.composing, 'x'.repeat(5000));
    send(desk, 'in red');
    expect(lastWish()).toMatchObject({ text: 'in red', quotes: [] });
    expect(desk.composing.draft).toMatchObject({ text: '', quotes: [{ label: 'Pasted text · 5 kB' }] });
  });

  it('a command and /undo wait for its end', () => {
    const desk = write();
    desk.notebooks.sight = code('here', 'x');
    send(desk, 'plot it');
    send(desk, '/explain');
    expect(desk.composing.line?.text).toContain('Stop it before /explain');
    send(desk, '/undo');
    expect(desk.composing.draft.text).toBe('/undo');
    expect(FakeSocket.last.of('Undo')).toHaveLength(0);
  });
});

describe('words that the server has not heard', () => {
  beforeEach(() => {
    sessionStorage.clear();
  });
  const reloaded = (path = 'a.ipynb'): string => write(path, sessionStorage).composing.draft.text;

  it('are back where one writes after a reload, before what was begun there', () => {
    const desk = write('a.ipynb', sessionStorage);
    FakeSocket.last.close();
    send(desk, '/plan the whole');
    send(desk, 'in red');
    desk.composing.change({ text: 'and then' });
    expect(reloaded()).toBe('/plan the whole\n\nin red\n\nand then');
  });

  it('go along with a notebook that is renamed', () => {
    const desk = write('a.ipynb', sessionStorage);
    FakeSocket.last.close();
    send(desk, 'plot it');
    desk.notebooks.rename('a.ipynb', 'b.ipynb');
    expect([reloaded('a.ipynb'), reloaded('b.ipynb')]).toEqual(['', 'plot it']);
  });

  it('are not put back once the server has told of them, or why they could not be', () => {
    const desk = write('a.ipynb', sessionStorage);
    send(desk, 'plot it');
    happens(desk.chats, FINISHED);
    send(desk, 'in red');
    FakeSocket.last.say({ type: 'Failed', text: 'No.', about: desk.chats.shown!.id });
    expect(sessionStorage).toHaveLength(0);
    expect(reloaded()).toBe('');
  });
});

describe('words of the panel’s own', () => {
  it('take back the last task that made cells', () => {
    const desk = write();
    send(desk, '/undo');
    expect(desk.composing.line?.text).toContain('nothing to take back');
    send(desk, 'plot it');
    happens(desk.chats, CELL, FINISHED);
    send(desk, '/undo');
    expect(FakeSocket.last.of('Undo').map(each => each.task)).toEqual([FakeSocket.last.of('Say')[0]?.task]);
    expect(desk.composing.draft.text).toBe('');
  });

  it('show help, open the model dialog and begin a new chat', () => {
    const desk = write();
    send(desk, '/help');
    expect(desk.composing.scene).toBe('help');
    send(desk, '/model');
    expect(desk.executed).toEqual([COMMANDS.chooseModel]);
    const before = desk.chats.shown?.id;
    send(desk, 'plot it');
    happens(desk.chats, FINISHED);
    send(desk, '/clear');
    expect(desk.chats.shown?.id).not.toBe(before);
    expect(desk.composing.scene).toBe('talk');
  });
});

describe('an earlier message', () => {
  it('is changed in the field and sent instead, and what stood there comes back', () => {
    const desk = write();
    attachCells(desk.composing, [code('a', 'y = 2')]);
    send(desk, 'plot it');
    happens(desk.chats, CELL, FINISHED);
    desk.composing.change({ text: 'half a thought' });
    const [task] = desk.chats.shown?.tasks ?? [];
    desk.speaking.edit(task!);
    expect(desk.composing.draft).toMatchObject({ text: 'plot it', quotes: [{ label: 'cell [3]' }] });
    send(desk, 'plot it in red');
    expect(FakeSocket.last.of('Say').at(-1)).toMatchObject({ instead: task!.id, undo: true });
    expect(desk.composing.draft).toMatchObject({ text: 'half a thought', instead: '', quotes: [] });
  });

  it('is left as it was when the person thinks better of it', () => {
    const desk = write();
    send(desk, 'plot it');
    happens(desk.chats, FINISHED);
    desk.composing.change({ text: 'half a thought' });
    desk.speaking.edit(desk.chats.shown!.tasks[0]!);
    desk.speaking.cancelEdit();
    expect(desk.composing.draft).toMatchObject({ text: 'half a thought', instead: '' });
  });

  it('is not replaced from another chat, and its words are not lost there', () => {
    const desk = write();
    send(desk, 'plot it');
    happens(desk.chats, FINISHED);
    desk.speaking.edit(desk.chats.shown!.tasks[0]!);
    desk.chats.startNew();
    expect(desk.composing.instead).toBe('');
    desk.speaking.send();
    expect(FakeSocket.last.of('Say').at(-1)).toMatchObject({ instead: '', wish: { text: 'plot it' } });
  });

  it('is tried again with all that was attached', () => {
    const desk = write();
    attachCells(desk.composing, [code('a', 'y = 2')]);
    send(desk, 'plot it');
    happens(desk.chats, CELL, FINISHED);
    const [task] = desk.chats.shown?.tasks ?? [];
    desk.speaking.retry(task!);
    expect(FakeSocket.last.of('Say').at(-1)).toMatchObject({
      instead: task!.id,
      undo: true,
      wish: { text: 'plot it', quotes: [{ text: 'y = 2' }] }
    });
  });

  it('is tried again in the notebook as it is called now', () => {
    const desk = write();
    send(desk, 'plot it');
    happens(desk.chats, FINISHED);
    desk.notebooks.rename('a.ipynb', 'b.ipynb');
    desk.speaking.retry(desk.chats.shown!.tasks[0]!);
    expect(FakeSocket.last.of('Say')).toHaveLength(2);
    expect(lastWish()).toMatchObject({ path: 'b.ipynb', text: 'plot it' });
  });

  it('is opened for editing where its attachments are not here any more', () => {
    const desk = write();
    send(desk, 'plot it');
    happens(desk.chats, FINISHED);
    const known = desk.chats.shown!.tasks[0]!;
    const task = { ...known, id: 'of-another-page', said: { ...known.said, images: 1 } };
    desk.speaking.retry(task);
    expect(FakeSocket.last.of('Say')).toHaveLength(1);
    expect(desk.composing.line?.text).toContain('Attach it again');
    expect(desk.composing.draft).toMatchObject({ text: 'plot it', instead: 'of-another-page' });
  });
});

describe('the estimate', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('is asked once nobody types, without the pictures, and an older answer is void', () => {
    const { composing } = write();
    const image = { type: 'Image', mime: 'image/png', data: 'AAAA' } as const;
    composing.change({ text: 'plo', images: [image] });
    jest.advanceTimersByTime(500);
    composing.change({ text: 'plot' });
    jest.advanceTimersByTime(599);
    expect(FakeSocket.last.of('Preview')).toHaveLength(0);
    jest.advanceTimersByTime(1);
    const [first] = FakeSocket.last.of('Preview');
    expect(first?.wish).toMatchObject({ text: 'plot', images: [] });
    composing.change({ text: 'plot it' });
    FakeSocket.last.say({ type: 'Previewed', id: first!.id, messages: [], tokens: 1, price: null, trouble: '' });
    expect(composing.previews.latest).toBeNull();
    jest.advanceTimersByTime(600);
    const second = FakeSocket.last.of('Preview').at(-1);
    FakeSocket.last.say({ type: 'Previewed', id: second!.id, messages: [], tokens: 2, price: null, trouble: '' });
    expect(composing.previews.latest?.tokens).toBe(2);
    composing.change({ text: '', images: [] });
    expect(composing.previews.latest).toBeNull();
  });

  it('tells why the server could not make it', () => {
    const { composing, chats } = write();
    composing.change({ text: 'plot' });
    jest.advanceTimersByTime(600);
    const [asked] = FakeSocket.last.of('Preview');
    FakeSocket.last.say({ type: 'Failed', text: 'Something went wrong.', about: asked!.id });
    expect(composing.previews.isAsking).toBe(false);
    expect(composing.previews.latest?.trouble).toBe('Something went wrong.');
    expect(chats.trouble).toBe('');
  });

  it('is not asked while the panel is hidden, and has the pictures where one looks at all of it', () => {
    const { composing } = write();
    composing.isSeen = false;
    composing.change({ text: 'plot', images: [{ type: 'Image', mime: 'image/png', data: 'AAAA' }] });
    jest.advanceTimersByTime(5000);
    expect(FakeSocket.last.of('Preview')).toHaveLength(0);
    composing.isSeen = true;
    composing.show('payload');
    jest.advanceTimersByTime(600);
    expect(FakeSocket.last.of('Preview').at(-1)?.wish.images).toHaveLength(1);
  });
});

describe('names', () => {
  it('are looked up once for a while, for each notebook', () => {
    const { composing } = write();
    composing.names.look('a.ipynb');
    composing.names.look('a.ipynb');
    const [look] = FakeSocket.last.of('Look');
    expect(FakeSocket.last.of('Look')).toHaveLength(1);
    FakeSocket.last.say({
      type: 'Seen',
      id: look!.id,
      names: [{ type: 'Name', insert: '@df', kind: 'variable', detail: '' }],
      trouble: ''
    });
    composing.names.look('a.ipynb');
    expect(FakeSocket.last.of('Look')).toHaveLength(1);
    expect(composing.names.of('a.ipynb')).toHaveLength(1);
    expect(composing.names.of('b.ipynb')).toBeNull();
  });

  it('could not be looked up, and are looked up again when they are wanted again', () => {
    const { composing } = write();
    composing.names.look('a.ipynb');
    const [look] = FakeSocket.last.of('Look');
    FakeSocket.last.say({ type: 'Failed', text: 'Something went wrong.', about: look!.id });
    expect(composing.names.isLooking('a.ipynb')).toBe(false);
    expect(composing.names.trouble).toBe('Something went wrong.');
    composing.names.look('a.ipynb');
    expect(FakeSocket.last.of('Look')).toHaveLength(2);
  });
});
