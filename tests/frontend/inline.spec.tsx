import './browser';

import { nullTranslator } from '@jupyterlab/translation';
import { MessageLoop } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import { act } from 'react';

import type { ICellSight } from '../../src/contracts';
import { Prompts } from '../../src/inline';
import { connect, FakeNotebooks, FakeSocket } from './live';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

const PATH = 'a.ipynb';
const sight = (id: string, source: string): ICellSight => ({ id, kind: 'code', source, count: null, error: '' });

/** Notebooks with cells that are texts, and a log of what was done to them. */
class Cells extends FakeNotebooks {
  override front = PATH;
  readonly sources = new Map([['c1', 'x = 1']]);
  readonly log: string[] = [];
  isReadOnly = false;
  /** How often it is in vain to show something. */
  seenAfter = 0;

  override cell = ((_: string, id: string) => {
    const source = this.sources.get(id);
    return source === undefined ? null : sight(id, source);
  }) as FakeNotebooks['cell'];
  override showAbove = (...args: unknown[]): boolean => {
    const widget = args[2] as Widget;
    shown = widget;
    if (this.seenAfter-- > 0) {
      return false;
    }
    Widget.attach(widget, document.body);
    MessageLoop.flush();
    return true;
  };
  override rewrite = (...[, id, expected, source]: string[]): boolean => {
    if (this.isReadOnly || this.sources.get(id ?? '') !== expected) {
      return false;
    }
    this.sources.set(id ?? '', source ?? '');
    return true;
  };
  override insertBelow = (): string => {
    this.sources.set('new', '');
    return this.isReadOnly ? '' : 'new';
  };
  override discard = (...[, id]: string[]): void => {
    this.sources.delete(id ?? '');
  };
  override run = (...[, id]: string[]): void => void this.log.push(`run ${id}`);
  override focus = (...[, id, edit]: unknown[]): void =>
    void this.log.push(`focus ${String(id)}${edit ? ' edit' : ''}`);
}

let shown: Widget | null = null;
let cells: Cells;
let prompts: Prompts;

const box = (): HTMLElement | null => document.querySelector('[role="dialog"]');
const field = (): HTMLTextAreaElement => document.querySelector('textarea') as HTMLTextAreaElement;
const buttons = (): (string | null)[] =>
  [...(box()?.querySelectorAll('button.jp-mod-styled') ?? [])].map(button => button.textContent);
const text = (role: string): string => box()?.querySelector(`[role="${role}"]`)?.textContent ?? '';
const type = (words: string): void => {
  act(() => {
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set?.call(field(), words);
    field().dispatchEvent(new Event('input', { bubbles: true }));
  });
};
const key = (name: string, more: KeyboardEventInit = {}): void => {
  act(() => {
    field().dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true, ...more }));
  });
};
const click = (label: string): void => {
  act(() => {
    [...document.querySelectorAll('button')].find(button => button.textContent === label)?.click();
  });
};
const open = async (work: () => Promise<boolean>): Promise<boolean> => {
  let isSeen = false;
  await act(async () => {
    isSeen = await work();
  });
  return isSeen;
};
const draw = (source: string, more: object = {}): void => {
  act(() => {
    const id = FakeSocket.last.of('Sketch').at(-1)?.id ?? '';
    FakeSocket.last.say({ type: 'Drawn', id, source, prose: '', done: true, trouble: '', ...more });
  });
};
const ask = (words: string): void => {
  type(words);
  key('Enter');
};

beforeEach(() => {
  const { client } = connect();
  FakeSocket.last.onopen?.();
  cells = new Cells();
  prompts = new Prompts(client, cells, nullTranslator.load('open_interpreter_lab'));
});
afterEach(() => {
  act(() => {
    shown?.dispose();
  });
  document.body.innerHTML = '';
});

describe('the prompt above a cell', () => {
  it('takes the focus, is named, and keeps the notebook’s shortcuts away', async () => {
    expect(await open(() => prompts.edit(PATH, 'c1'))).toBe(true);
    expect(document.activeElement).toBe(field());
    expect(box()?.getAttribute('aria-label')).not.toBe('');
    expect(box()?.dataset.lmSuppressShortcuts).toBe('true');
  });

  it('is there once for each cell', async () => {
    await open(() => prompts.edit(PATH, 'c1'));
    await open(() => prompts.edit(PATH, 'c1'));
    expect(document.querySelectorAll('[role="dialog"]')).toHaveLength(1);
  });

  it('keeps the words while its cell is out of sight', async () => {
    await open(() => prompts.edit(PATH, 'c1'));
    type('add one');
    act(() => {
      Widget.detach(shown!);
    });
    await open(async () => {
      Widget.attach(shown!, document.body);
      MessageLoop.flush();
      return true;
    });
    expect(field().value).toBe('add one');
  });

  it('waits for a cell that is not drawn yet, and goes there', async () => {
    cells.seenAfter = 2;
    expect(await open(() => prompts.edit(PATH, 'c1'))).toBe(true);
    expect(cells.log).toEqual(['focus c1', 'focus c1']);
    expect(document.activeElement).toBe(field());
  });

  it('tells that there is no such cell', async () => {
    cells.seenAfter = Infinity;
    expect(await open(() => prompts.edit(PATH, 'gone'))).toBe(false);
  });

  it('asks on Enter, and begins a new line on Shift Enter', async () => {
    await open(() => prompts.edit(PATH, 'c1'));
    type('double it');
    key('Enter', { shiftKey: true });
    key('Enter', { isComposing: true });
    expect(FakeSocket.last.of('Sketch')).toEqual([]);
    key('Enter');
    expect(FakeSocket.last.of('Sketch')).toMatchObject([
      { path: PATH, cell: 'c1', source: 'x = 1', text: 'double it' }
    ]);
    expect(text('status')).toBe('Generating…');
    expect(field().readOnly).toBe(true);
  });

  it('asks nothing without words', async () => {
    await open(() => prompts.edit(PATH, 'c1'));
    ask('  ');
    expect(FakeSocket.last.of('Sketch')).toEqual([]);
  });

  it('shows what would change, and changes the cell when it is accepted', async () => {
    await open(() => prompts.edit(PATH, 'c1'));
    ask('double it');
    draw('x = 2', { done: false });
    expect(box()?.querySelector('pre')?.textContent).toBe('x = 2');
    draw('x = 2', { prose: 'Doubled.' });
    expect(box()?.querySelectorAll('.jp-mod-added, .jp-mod-removed')).toHaveLength(2);
    expect(box()?.textContent).toContain('Doubled.');
    expect(buttons()).toEqual(['Accept', 'Accept & Run', 'Refuse', 'Try Again']);
    expect(cells.sources.get('c1')).toBe('x = 1');
    key('Enter');
    expect(cells.sources.get('c1')).toBe('x = 2');
    expect(box()).toBeNull();
    expect(cells.log).toEqual(['focus c1 edit']);
  });

  it('accepts and runs on Shift Enter', async () => {
    await open(() => prompts.edit(PATH, 'c1'));
    ask('double it');
    draw('x = 2');
    key('Enter', { shiftKey: true });
    expect(cells.log).toEqual(['run c1', 'focus c1']);
  });

  it('leaves the cell as it is when it is refused', async () => {
    await open(() => prompts.edit(PATH, 'c1'));
    ask('double it');
    draw('x = 2');
    key('Escape');
    expect(cells.sources.get('c1')).toBe('x = 1');
    expect(cells.log).toEqual(['focus c1']);
    expect(box()).toBeNull();
  });

  it('asks anew where other words were typed', async () => {
    await open(() => prompts.edit(PATH, 'c1'));
    ask('double it');
    draw('x = 2');
    ask('treble it');
    expect(FakeSocket.last.of('Sketch').map(word => word.text)).toEqual(['double it', 'treble it']);
    expect(cells.sources.get('c1')).toBe('x = 1');
  });

  it('keeps both where the person has changed the cell meanwhile', async () => {
    await open(() => prompts.edit(PATH, 'c1'));
    ask('double it');
    draw('x = 2');
    cells.sources.set('c1', 'x = 1  # mine');
    click('Accept');
    expect(cells.sources.get('c1')).toBe('x = 1  # mine');
    expect(text('alert')).toContain('changed meanwhile');
    expect(box()?.querySelector('.jp-mod-removed')?.textContent).toContain('# mine');
    click('Accept');
    expect(cells.sources.get('c1')).toBe('x = 2');
  });

  it('tells that the notebook cannot be written', async () => {
    await open(() => prompts.edit(PATH, 'c1'));
    ask('double it');
    draw('x = 2');
    cells.isReadOnly = true;
    click('Accept');
    expect(text('alert')).toContain('reading only');
  });

  it('offers nothing to accept where nothing would change', async () => {
    await open(() => prompts.edit(PATH, 'c1'));
    ask('leave it');
    draw('x = 1');
    expect(buttons()).toEqual(['Refuse', 'Try Again']);
    key('Enter');
    expect(box()).not.toBeNull();
  });

  it('stops, and keeps the words', async () => {
    await open(() => prompts.edit(PATH, 'c1'));
    ask('double it');
    draw('x =', { done: false });
    key('Escape');
    expect(FakeSocket.last.of('DropSketch')).toHaveLength(1);
    expect(field().value).toBe('double it');
    draw('x = 2');
    expect(buttons()).toEqual(['Generate']);
  });

  it.each([
    ['the model cannot be had', () => draw('x = 1', { trouble: 'No model.' }), 'No model.'],
    [
      'the server refuses',
      () =>
        act(() => {
          FakeSocket.last.say({
            type: 'Failed',
            text: 'No such notebook.',
            about: FakeSocket.last.of('Sketch')[0]!.id
          });
        }),
      'No such notebook.'
    ],
    [
      'the connection breaks',
      () =>
        act(() => {
          FakeSocket.last.close();
        }),
      'broke'
    ]
  ])('tells why nothing came of it when %s, and keeps the words', async (_, fail, told) => {
    await open(() => prompts.edit(PATH, 'c1'));
    ask('double it');
    fail();
    expect(text('alert')).toContain(told);
    expect(field().value).toBe('double it');
    expect(buttons()).toEqual(['Try Again']);
  });

  it('brings back the words that were said before', async () => {
    await open(() => prompts.edit(PATH, 'c1'));
    ask('double it');
    draw('x = 2');
    key('Escape');
    await open(() => prompts.edit(PATH, 'c1'));
    key('ArrowUp');
    expect(field().value).toBe('double it');
    key('ArrowDown');
    expect(field().value).toBe('');
  });

  it('lets the sketch go when the cell is deleted', async () => {
    await open(() => prompts.edit(PATH, 'c1'));
    ask('double it');
    act(() => {
      // The cell disposes what stands in it.
      shown?.dispose();
    });
    expect(FakeSocket.last.of('DropSketch')).toHaveLength(1);
    expect(await open(() => prompts.edit(PATH, 'c1'))).toBe(true);
  });
});

describe('the prompt of a new cell', () => {
  it('shows the code plainly, and fills the cell', async () => {
    await open(() => prompts.generate(PATH, 'c1'));
    ask('print');
    draw('print(1)');
    expect(box()?.querySelector('pre')?.textContent).toBe('print(1)');
    key('Enter', { ctrlKey: true });
    expect(cells.sources.get('new')).toBe('print(1)');
    expect(cells.log).toEqual(['focus new edit']);
  });

  it('takes the cell out again where nothing comes of it', async () => {
    await open(() => prompts.generate(PATH, 'c1'));
    key('Escape');
    expect(cells.sources.has('new')).toBe(false);
    expect(cells.log).toEqual(['focus c1']);
  });

  it('tells that there can be none', async () => {
    cells.isReadOnly = true;
    expect(await open(() => prompts.generate(PATH, 'c1'))).toBe(false);
  });
});
