import './browser';

import { nullTranslator } from '@jupyterlab/translation';
import { ReactWidget } from '@jupyterlab/ui-components';
import { Signal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';
import * as React from 'react';
import { act } from 'react';

import { Composing } from '../../src/panel/compose/composing';
import { Chips } from '../../src/panel/compose/chips';
import { Speaking } from '../../src/panel/compose/speaking';
import { Writing } from '../../src/panel/compose/writing';
import { Header } from '../../src/panel/header/header';
import { Services, type IServices } from '../../src/panel/services';
import { Chats } from '../../src/session';
import { connect, FakeNotebooks, FakeSocket } from './live';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

let widget: Widget | null = null;

afterEach(() => {
  act(() => {
    widget?.dispose();
  });
  document.body.innerHTML = '';
});

/** A part of the panel, on a notebook with one chat. */
async function show(part: React.JSX.Element): Promise<Composing> {
  const { client } = connect();
  const notebooks = new FakeNotebooks();
  const chats = new Chats(client, notebooks);
  FakeSocket.last.onopen?.();
  notebooks.bring('a.ipynb');
  const chat = { type: 'Chat', id: 'one', path: 'a.ipynb', name: 'One', created: 0, updated: 0 } as const;
  const listed = { type: 'Listed', chat, running: false, waiting: false } as const;
  FakeSocket.last.say({ type: 'Chats', path: 'a.ipynb', chats: [listed] });
  const preferences = { mode: 'ask', maxTurns: 7, showTokens: false, changed: new Signal<object, void>({}) };
  const trans = nullTranslator.load('open_interpreter_lab');
  const services = { client, notebooks, chats, preferences, trans } as unknown as IServices;
  const composing = new Composing(services, null);
  await act(async () => {
    widget = ReactWidget.create(
      <Services.Provider value={services}>
        <Writing.Provider value={{ composing, speaking: new Speaking(composing) }}>
          {part}
          <button id="elsewhere" />
        </Writing.Provider>
      </Services.Provider>
    );
    Widget.attach(widget, document.body);
    await (widget as ReactWidget).renderPromise;
  });
  return composing;
}

const find = (selector: string): HTMLElement => document.querySelector<HTMLElement>(selector)!;
const press = (selector: string): void => {
  act(() => {
    find(selector).click();
  });
};
const focus = (selector: string): void => {
  act(() => {
    find(selector).focus();
  });
};

describe('the list of chats', () => {
  it('closes when the focus goes on to something else, and lets it go there', async () => {
    await show(<Header />);
    press('.jp-OpenInterpreter-chatButton');
    focus('.jp-OpenInterpreter-chatNew');
    focus('.jp-OpenInterpreter-chatPick');
    expect(find('[role=dialog]')).not.toBeNull();
    focus('#elsewhere');
    expect(find('[role=dialog]')).toBeNull();
    expect(document.activeElement?.id).toBe('elsewhere');
  });

  it('stays a list for who hears it while it asks whether a chat is to go', async () => {
    await show(<Header />);
    press('.jp-OpenInterpreter-chatButton');
    press('[aria-label="Delete One"]');
    expect(find('[role=alert]').textContent).toContain('Delete “One”?');
    expect([...find('.jp-OpenInterpreter-chatList ul').children].map(row => row.getAttribute('role'))).toEqual([null]);
  });
});

describe('a name that was not found', () => {
  it('says so to who hears it', async () => {
    const composing = await show(<Chips />);
    act(() => {
      composing.names.look('a.ipynb');
      const id = FakeSocket.last.of('Look').at(-1)?.id ?? '';
      FakeSocket.last.say({ type: 'Seen', id, names: [], trouble: '' });
      composing.change({ text: 'plot @nothing now' });
    });
    expect(find('[role=img]').getAttribute('aria-label')).toBe('not found');
  });
});
