import './browser';

import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import { nullTranslator } from '@jupyterlab/translation';
import { MessageLoop } from '@lumino/messaging';
import { Signal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';

import type { ICellSight } from '../../src/contracts';
import { LateWidget } from '../../src/late';
import { Preferences } from '../../src/preferences';
import { Asking, Chats, readAsking } from '../../src/session';
import { connect, FakeNotebooks, FakeSocket } from './live';

const sight = (id: string, more: Partial<ICellSight> = {}): ICellSight => ({
  id,
  kind: 'code',
  source: 'x',
  count: 1,
  error: '',
  ...more
});

class Cells extends FakeNotebooks {
  at: ICellSight | null = sight('c1');
  failed: ICellSight | null = null;
  override active = (): ICellSight | null => this.at;
  override failing = (): ICellSight | null => this.failed;
  override cell = (_: string, id: string): ICellSight => sight(id);
}

function begin(): { asking: Asking; cells: Cells; chats: Chats } {
  const { client } = connect();
  FakeSocket.last.onopen?.();
  const cells = new Cells();
  const chats = new Chats(client, cells);
  return { asking: new Asking(chats, cells, new Preferences()), cells, chats };
}

const wishes = (): object[] => FakeSocket.last.of('Say').map(word => word.wish);

describe('asking about a cell', () => {
  it('says the wish in a new chat where none is shown', () => {
    const { asking, cells } = begin();
    cells.bring('a.ipynb');
    expect(asking.ask({ command: 'explain' })).toBeNull();
    expect(wishes()).toMatchObject([
      { path: 'a.ipynb', command: 'explain', cell: 'c1', anchor: 'c1', mode: 'auto', max_turns: 8 }
    ]);
  });

  it('takes the cell that it is told', () => {
    const { asking, cells } = begin();
    cells.bring('a.ipynb');
    asking.ask({ command: 'fix', cell: 'c7' });
    expect(wishes()).toMatchObject([{ command: 'fix', cell: 'c7' }]);
  });

  it('fixes the cell that failed last, unless the active one has failed', () => {
    const { asking, cells, chats } = begin();
    cells.bring('a.ipynb');
    cells.failed = sight('c9', { error: 'KeyError' });
    asking.ask({ command: 'fix' });
    chats.startNew();
    cells.at = sight('c2', { error: 'TypeError' });
    asking.ask({ command: 'fix' });
    expect(wishes()).toMatchObject([{ cell: 'c9' }, { cell: 'c2' }]);
  });

  it('tells what is in the way', () => {
    const { asking, cells } = begin();
    expect(asking.ask({ command: 'explain' })).toBe('notebook');
    cells.bring('a.ipynb');
    cells.at = sight('m', { kind: 'markdown' });
    expect(asking.ask({ command: 'explain' })).toBe('cell');
    cells.at = sight('e', { source: ' ' });
    expect(asking.ask({ command: 'explain' })).toBe('cell');
    expect(wishes()).toEqual([]);
    cells.at = sight('c1');
    expect(asking.ask({ command: 'explain' })).toBeNull();
    expect(asking.ask({ command: 'explain' })).toBe('running');
  });

  it('goes to the chat of the notebook whose button it was, once that is in front', async () => {
    const { asking, cells, chats } = begin();
    cells.bring('a.ipynb');
    const fix = { command: 'fix', cell: 'c7', path: 'b.ipynb' } as const;
    expect(asking.ask(fix)).toBe('notebook');
    cells.open = path => {
      setTimeout(() => {
        cells.bring(path);
      });
    };
    await asking.turnTo('b.ipynb');
    expect(asking.ask(fix)).toBeNull();
    expect(wishes()).toMatchObject([{ path: 'b.ipynb', cell: 'c7' }]);
    expect(chats.shown?.info.path).toBe('b.ipynb');
  });

  it('reads arguments, and nothing else', () => {
    const all = { command: 'fix', cell: 'c', text: 't', path: 'a.ipynb' };
    const none = { command: '', cell: '', text: '', path: '' };
    expect(readAsking(all)).toEqual(all);
    expect(readAsking({ command: 'burn', cell: 3, path: 4 })).toEqual(none);
    expect(readAsking(undefined)).toEqual(none);
  });
});

describe('the preferences', () => {
  const settings = (composite: object): ISettingRegistry.ISettings => {
    const made: { composite: object; changed: unknown; set: unknown } = {
      composite,
      changed: undefined,
      set: (name: string, value: unknown) => {
        made.composite = { ...made.composite, [name]: value };
        (made.changed as Signal<unknown, void>).emit();
        return Promise.resolve();
      }
    };
    made.changed = new Signal<unknown, void>(made);
    return made as unknown as ISettingRegistry.ISettings;
  };

  it('are the defaults of the schema until the settings are there, and nonsense leaves them so', () => {
    const schema = jest.requireActual<{ properties: Record<string, { default: unknown }> }>('../../schema/panel.json');
    const preferences = new Preferences();
    preferences.follow(settings({ mode: 'wild', maxTurns: 'many' }));
    for (const [name, { default: value }] of Object.entries(schema.properties)) {
      expect([name, preferences[name as keyof Preferences]]).toEqual([name, value]);
    }
  });

  it('follow the settings, and set them', () => {
    const preferences = new Preferences();
    const changed = jest.fn();
    preferences.changed.connect(changed);
    preferences.follow(settings({ mode: 'ask', maxTurns: 3, showTokens: false }));
    expect(preferences).toMatchObject({ mode: 'ask', maxTurns: 3, showTokens: false, showThoughts: true });
    preferences.setMode('suggest');
    expect(preferences.mode).toBe('suggest');
    expect(changed).toHaveBeenCalledTimes(2);
  });

  it('hold for the page where nothing keeps them', () => {
    const preferences = new Preferences();
    preferences.setMode('suggest');
    expect(preferences.mode).toBe('suggest');
  });
});

describe('a widget that comes late', () => {
  const trans = nullTranslator.load('open_interpreter_lab');
  const show = async (widget: Widget): Promise<void> => {
    widget.hide();
    Widget.attach(widget, document.body);
    widget.show();
    MessageLoop.flush();
    await new Promise(resolve => setTimeout(resolve));
  };

  it('is made when it is first shown, once, and gets the focus that was wanted before', async () => {
    const activated = jest.fn();
    class Content extends Widget {
      protected override onActivateRequest(): void {
        activated();
      }
    }
    const make = jest.fn(() => Promise.resolve(new Content()));
    const widget = new LateWidget(make, trans);
    expect(make).not.toHaveBeenCalled();
    widget.activate();
    await show(widget);
    widget.hide();
    widget.show();
    expect(make).toHaveBeenCalledTimes(1);
    expect(activated).toHaveBeenCalledTimes(1);
    expect(widget.node.textContent).toBe('');
    widget.dispose();
  });

  it('tells that it could not be loaded, and tries again', async () => {
    const error = jest.spyOn(console, 'error').mockImplementation();
    const make = jest.fn<Promise<Widget>, []>().mockRejectedValueOnce(new Error('no network'));
    make.mockResolvedValueOnce(new Widget());
    const widget = new LateWidget(make, trans);
    await show(widget);
    expect(widget.node.textContent).toContain('could not be loaded');
    widget.hide();
    widget.show();
    await new Promise(resolve => setTimeout(resolve));
    expect(widget.node.textContent).toBe('');
    expect(error).toHaveBeenCalledTimes(1);
    error.mockRestore();
    widget.dispose();
  });
});
