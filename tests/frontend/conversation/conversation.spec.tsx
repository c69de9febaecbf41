import '../browser';

import { ReactWidget } from '@jupyterlab/ui-components';
import { Signal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';
import * as React from 'react';

import type { Connection, ITaskView } from '../../../src/contracts';
import { Replies } from '../../../src/panel/compose/replies';
import { Store } from '../../../src/panel/compose/store';
import { Services, type IServices } from '../../../src/panel/services';
import { Tasks } from '../../../src/panel/tasks';
import type { IJudgement, IQuestion } from '../../../src/wire';
import { attempt, cell, finished, prose, ScriptedChat, task, trans } from './tasks';

const frames = async (count = 4): Promise<void> => {
  for (let i = 0; i < count; i++) {
    await new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)));
  }
};

interface IRoom {
  chat: ScriptedChat;
  node: HTMLElement;
  asked: unknown[][];
  change: (task: ITaskView, told: Partial<ITaskView>) => Promise<void>;
  connect: (connection: Connection) => Promise<void>;
}

let widget: Widget | null = null;
let replies = new Replies(new Store(null));

afterEach(() => {
  widget?.dispose();
  replies = new Replies(new Store(null));
});

/** The conversation in a page, with these tasks. */
async function show(...tasks: ITaskView[]): Promise<IRoom> {
  const chat = new ScriptedChat();
  const asked: unknown[][] = [];
  chat.tasks = tasks;
  chat.isRunning = tasks.some(each => !each.finished);
  const note =
    (name: string) =>
    (...told: unknown[]): void => {
      asked.push([name, ...told]);
    };
  const changed = new Signal<object, void>({});
  const client = { connection: 'open' as Connection, changed: new Signal<object, void>({}) };
  const services = {
    trans,
    client,
    preferences: { showThoughts: true, showTokens: true, changed },
    notebooks: { cell: () => null, open: note('open'), reveal: note('reveal'), run: note('run'), changed },
    rendermime: { markdownParser: { render: (text: string) => Promise.resolve(`<p>${text}</p>`) } }
  } as unknown as IServices;
  const actions = { edit: note('edit'), retry: note('retry'), replies };
  widget = ReactWidget.create(
    <Services.Provider value={services}>
      <Tasks chat={chat} actions={actions} />
    </Services.Provider>
  );
  Widget.attach(widget, document.body);
  await frames();
  return {
    chat,
    node: widget.node,
    asked,
    change: async (there, told) => {
      Object.assign(there, told, { version: there.version + 1 });
      chat.changed.emit({ task: there.id });
      await frames();
    },
    connect: async connection => {
      client.connection = connection;
      client.changed.emit();
      await frames();
    }
  };
}

/** Press a button as a person does, whom no script can play, once what is asked can have been seen. */
async function press(node: HTMLElement, name: string): Promise<void> {
  await armed();
  const pressed = Object.entries(button(node, name));
  const [, props] = pressed.find(([key]) => key.startsWith('__reactProps')) as [string, React.DOMAttributes<Element>];
  props.onClick?.({ nativeEvent: { isTrusted: true } } as never);
  await frames();
}

const armed = (): Promise<unknown> => new Promise(resolve => setTimeout(resolve, 500));

/** Write into a field as a person does. */
async function write(field: HTMLInputElement | HTMLTextAreaElement, text: string): Promise<void> {
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value')?.set?.call(field, text);
  field.dispatchEvent(new Event('input', { bubbles: true }));
  await frames();
}

function button(node: HTMLElement, name: string): HTMLButtonElement {
  const found = [...node.querySelectorAll('button')].find(
    each => each.textContent === name || each.getAttribute('aria-label') === name
  );
  if (!found) {
    throw new Error(`There is no button ${name}.`);
  }
  return found;
}

const names = (node: HTMLElement): string[] =>
  [...node.querySelectorAll('button')].map(each => each.getAttribute('aria-label') ?? each.textContent);

function asking(
  source: string,
  level: IJudgement['level'],
  told: Partial<IQuestion> = {},
  replaces: string | null = null
): ITaskView {
  const question: IQuestion = {
    type: 'Question',
    cell: { type: 'Cell', id: 'a', source, language: 'python', turn: 1, attempt: 1 },
    judgement: { type: 'Judgement', level, reasons: ['reaches the network'] },
    host: 'api.test',
    opening: false,
    id: 'q',
    ...told
  };
  return task({ phase: 'waiting', finished: null, question: { type: 'Waits', question, replaces } });
}

describe('the conversation', () => {
  it('shows a task from what was asked to how it ended', async () => {
    const { node } = await show(
      task({
        said: { type: 'Said', text: 'Plot it', command: 'plan', labels: ['Cell [2]'], images: 2, at: 0 },
        plan: [{ type: 'Step', text: 'Load', done: true }],
        parts: [prose('Here it is.'), cell(attempt({ source: '\nimport x', shows: 'out', pictures: 1 }))],
        tokens: 1200
      })
    );
    for (const text of [
      '/plan',
      'Plot it',
      'Cell [2]',
      '2 pictures',
      'Load',
      'Here it is.',
      '[3]',
      'import x',
      'out'
    ]) {
      expect(node.textContent).toContain(text);
    }
    expect(node.textContent).toContain('One cell · 0.3 s');
    expect(node.querySelector('[role=log]')?.textContent).toBe('');
  });

  it('paints a piece of text with the frame in which it came', async () => {
    const text = prose('One', true);
    const there = task({ phase: 'writing', finished: null, parts: [text] });
    const { node, chat } = await show(there);
    text.text += ' two';
    text.version++;
    Object.assign(there, { version: there.version + 1 });
    chat.changed.emit({ task: there.id });
    await new Promise(resolve => requestAnimationFrame(resolve));
    await Promise.resolve();
    expect(node.querySelector('.jp-OpenInterpreter-prose')?.textContent).toContain('One two');
  });

  it('takes back, edits and asks again where nothing runs', async () => {
    const there = task({ parts: [cell(attempt())] });
    const { node, chat, asked } = await show(there);
    button(node, 'Undo').click();
    button(node, 'Edit and send again from here').click();
    button(node, 'Ask again from here').click();
    expect(chat.asked).toEqual([['undo', there.id]]);
    expect(asked).toEqual([
      ['edit', there],
      ['retry', there]
    ]);
  });

  it('offers nothing with what runs, which is stopped where one writes', async () => {
    const there = task({ phase: 'running', finished: null, parts: [cell(attempt({ state: 'running', count: null }))] });
    const { node } = await show(there);
    expect(names(node)).not.toContain('Ask again from here');
    expect(names(node)).not.toContain('Undo');
    expect(names(node)).not.toContain('Stop');
  });

  it('leads to the cell', async () => {
    const part = cell(attempt());
    const { node, asked } = await show(task({ parts: [part] }));
    node.querySelector<HTMLElement>('.jp-OpenInterpreter-cellLink')?.click();
    expect(asked).toEqual([['reveal', 'a.ipynb', part.id]]);
  });

  it('tells what was corrected', async () => {
    const part = cell(
      attempt({ source: 'a', state: 'error', error: "KeyError: 'x'" }),
      attempt({ number: 2, source: 'b' })
    );
    const { node } = await show(task({ parts: [part] }));
    const folded = node.querySelector<HTMLDetailsElement>('.jp-OpenInterpreter-folded');
    expect(folded?.textContent).toBe('Attempt 1 → 2, after KeyError');
    Object.assign(folded ?? {}, { open: true });
    await frames();
    expect([...node.querySelectorAll('.jp-OpenInterpreter-diffText')].map(line => line.textContent)).toEqual([
      'a',
      'b'
    ]);
  });

  it('offers the next steps after a failure', async () => {
    const { node } = await show(task({ finished: finished('failed', 'The key was refused.') }));
    expect(node.textContent).toContain('The key was refused.');
    expect(names(node)).toEqual(expect.arrayContaining(['Retry', 'Choose model…']));
  });

  it('tells what the server notes in the language of the person', async () => {
    const told = jest.spyOn(trans, '__');
    told.mockImplementation((text: string) =>
      text.startsWith('The kernel does not obey') ? 'Der Kern folgt nicht' : text
    );
    const text = 'The kernel does not obey the interrupt yet. If it goes on, restart it (Kernel, Restart Kernel).';
    const { node } = await show(task({ parts: [{ kind: 'notice', key: 'n', version: 1, text }] }));
    told.mockRestore();
    expect(node.querySelector('.jp-OpenInterpreter-notice')?.textContent).toBe('Der Kern folgt nicht');
  });

  it('does not say of a cell that was left to the person that it was refused', async () => {
    const note = 'You changed this cell meanwhile: it was left as you made it, and not run.';
    const part = cell(attempt({ state: 'refused', note, count: null }));
    const { node } = await show(task({ parts: [part] }));
    expect(node.textContent).toContain('Left as you changed it');
    expect(node.textContent).not.toContain('Refused');
  });

  it('announces a state once, and no piece of a text', async () => {
    const there = task({ phase: 'asking', finished: null });
    const { node, change } = await show(there);
    const log = node.querySelector('[role=log]');
    await change(there, { phase: 'writing', parts: [prose('a', true)] });
    expect(log?.textContent).toBe('');
    await change(there, { phase: 'over', finished: finished('done') });
    await change(there, { tokens: 3 });
    expect([...(log?.children ?? [])].map(line => line.textContent)).toEqual(['The task is done.']);
  });
});

describe('a question', () => {
  it('shows the whole code, with what nobody could see spelt out, and where the output goes', async () => {
    const { node } = await show(asking(`a = 1 \u202e\n${'b'.repeat(3000)}`, 'L2'));
    const code = node.querySelector('.jp-mod-whole');
    expect(code?.textContent).toBe(`a = 1 U+202E\n${'b'.repeat(3000)}`);
    expect(code?.querySelector('mark')?.textContent).toBe('U+202E');
    expect(node.textContent).toContain('what it prints goes to api.test');
    expect(node.textContent).not.toMatch(/\bsafe\b/i);
  });

  it('offers the rest of the task below the gravest level alone', async () => {
    const grave = await show(asking('a', 'L3'));
    expect(names(grave.node)).not.toContain('Run the rest of this task');
    widget?.dispose();
    const { node } = await show(asking('a', 'L2'));
    expect(names(node)).toEqual(expect.arrayContaining(['Run once', 'Run the rest of this task', 'Edit', 'Refuse']));
  });

  it('shows what would change in a cell of the person', async () => {
    const { node } = await show(asking('b', 'L2', {}, 'a'));
    expect([...node.querySelectorAll('.jp-OpenInterpreter-diffText')].map(line => line.textContent)).toEqual([
      'a',
      'b'
    ]);
  });

  it('is not answered by a script', async () => {
    const { node, chat } = await show(asking('a', 'L2'));
    await new Promise(resolve => setTimeout(resolve, 500));
    for (const name of ['Run once', 'Run the rest of this task', 'Refuse']) {
      button(node, name).click();
    }
    expect(chat.asked).toEqual([]);
  });

  it('is answered once, and can be answered again where it still stands on a new connection', async () => {
    const { node, chat, connect } = await show(asking('a', 'L2'));
    await press(node, 'Run once');
    expect(chat.asked).toEqual([['decide', 'q', { choice: 'run', word: '', source: '' }]]);
    await connect('lost');
    await armed();
    expect(button(node, 'Run once').disabled).toBe(true);
    await connect('open');
    expect(button(node, 'Run once').disabled).toBe(true);
    await armed();
    expect(button(node, 'Run once').disabled).toBe(false);
  });

  it('keeps what was begun to be answered while the person looks elsewhere', async () => {
    const first = await show(asking('a', 'L2'));
    await press(first.node, 'Edit');
    await write(first.node.querySelector('textarea')!, 'b');
    await write(first.node.querySelector('input')!, 'not so');
    widget?.dispose();
    const { node, chat } = await show(asking('a', 'L2'));
    expect(node.querySelector('textarea')?.value).toBe('b');
    expect(node.querySelector('input')?.value).toBe('not so');
    await press(node, 'Run edited');
    expect(chat.asked).toEqual([['decide', 'q', { choice: 'run', word: '', source: 'b' }]]);
    expect(replies.of('q').source).toBeNull();
  });

  it('takes the focus from a button of the panel, and from no field, not even an empty one', async () => {
    const there = task({ phase: 'asking', finished: null });
    const { question } = asking('a', 'L2');
    const focused = async (held: string): Promise<Element | null> => {
      const { node, change } = await show(there);
      const element = document.createElement(held);
      node.append(element);
      element.focus();
      await change(there, { phase: 'waiting', question });
      const found = document.activeElement;
      await change(there, { phase: 'asking', question: null });
      widget?.dispose();
      return found;
    };
    expect((await focused('textarea'))?.localName).toBe('textarea');
    expect((await focused('button'))?.className).toContain('jp-OpenInterpreter-approval');
  });

  it('hears nothing in the moment in which it comes', async () => {
    const { node } = await show(asking('a', 'L2'));
    expect(button(node, 'Run once').disabled).toBe(true);
    await new Promise(resolve => setTimeout(resolve, 500));
    expect(button(node, 'Run once').disabled).toBe(false);
  });

  it('has three answers where it opens a notebook', async () => {
    const { node } = await show(asking('a', 'L0', { opening: true }));
    expect(names(node)).toEqual(
      expect.arrayContaining([
        'Run cells classed as computing or writing new data files',
        'Ask each time',
        'Only insert'
      ])
    );
    expect(names(node)).not.toContain('Run once');
  });
});
