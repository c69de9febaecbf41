import { type IOpened, open, settle } from './panels';

import type { Contents } from '@jupyterlab/services';
import type { Signal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';

import { Notebooks } from '../../src/notebook/notebooks';
import type { IDone, OrderEdit } from '../../src/words';

const READ: OrderEdit = { type: 'Read', seeds: true };
const RUN: OrderEdit = { type: 'Run', id: 'c1', msg_id: 'chosen', source: 'b' };

let lab: IOpened;
let notebooks: Notebooks;
const opens = jest.fn();

const order = (...edits: OrderEdit[]): IDone =>
  notebooks.carryOut({
    type: 'Order',
    id: 'o',
    path: 'n.ipynb',
    edits,
    answered: true,
    kernel: lab.kernel.id
  }) as IDone;

const begin = async (cells: (string | Record<string, unknown>)[], path = 'n.ipynb'): Promise<void> => {
  lab = await open(path, cells);
  notebooks = new Notebooks(lab.tracker, opens, lab.contents);
  await settle();
};

/** A file or folder is moved, as the file browser does it. */
const move = async ([old, now]: [string, string], type: string): Promise<void> => {
  (lab.contents.fileChanged as Signal<Contents.IManager, Contents.IChangedArgs>).emit({
    type: 'rename',
    oldValue: { path: old, type },
    newValue: { path: now, type }
  });
  await settle();
};

beforeEach(() => {
  opens.mockClear();
});

afterEach(() => {
  jest.useRealTimers();
  notebooks.dispose();
  lab.panel.dispose();
});

describe('the notebooks of a page', () => {
  it('are told with kernel, language and time of the file', async () => {
    await begin(['a'], 'RTC:work/n.ipynb');
    await settle();
    expect(notebooks.holdings()).toEqual([
      {
        type: 'Holding',
        path: 'work/n.ipynb',
        kernel: lab.kernel.id,
        kernel_name: 'python3',
        language: 'python3',
        readonly: false,
        modified: lab.panel.context.contentsModel?.last_modified
      }
    ]);
    expect(notebooks.front).toBe('work/n.ipynb');
    expect(notebooks.holdings()[0]?.modified).not.toBe('');
  });

  it('tell once of what changes together', async () => {
    await begin(Array.from({ length: 50 }, (_, index) => String(index)));
    await new Promise(resolve => setTimeout(resolve, 50));
    jest.useFakeTimers();
    const changed = jest.fn();
    notebooks.changed.connect(changed);
    for (let index = 0; index < 50; index++) {
      lab.cell(index).model.executionState = 'running';
      lab.panel.content.activeCellIndex = index;
    }
    jest.advanceTimersByTime(100);
    expect(changed).toHaveBeenCalledTimes(1);
  });

  it('are closed with their last view', async () => {
    await begin(['a']);
    lab.panel.dispose();
    expect(notebooks.holdings()).toEqual([]);
    expect(order(READ)).toMatchObject({ trouble: 'closed', order: 'o' });
  });

  it('tell of another path', async () => {
    await begin(['a']);
    const renamed = jest.fn();
    notebooks.renamed.connect((_, paths) => renamed(paths));
    await lab.panel.context.rename('m.ipynb');
    expect(renamed).toHaveBeenCalledWith({ old: 'n.ipynb', new: 'm.ipynb' });
    expect(notebooks.holdings()[0]?.path).toBe('m.ipynb');
    expect(renamed).toHaveBeenCalledTimes(1);
  });

  it('tell of another path of what is closed too, and of a folder, but of no other file', async () => {
    await begin(['a'], 'work/n.ipynb');
    const renamed = jest.fn();
    notebooks.renamed.connect((_, { old, new: now }) => renamed(old, now));
    await move(['work/b.ipynb', 'work/c.ipynb'], 'notebook');
    await move(['work/t.csv', 'work/u.csv'], 'file');
    await move(['RTC:work', 'RTC:play'], 'directory');
    await move(['work', 'play'], 'directory');
    expect(renamed.mock.calls).toEqual([
      ['work/b.ipynb', 'work/c.ipynb'],
      ['work', 'play'],
      ['work/n.ipynb', 'play/n.ipynb'],
      ['work', 'play']
    ]);
    expect(notebooks.front).toBe('play/n.ipynb');
  });

  it('tell at once which one is in front', async () => {
    await begin(['a']);
    const other = await open('b.ipynb', ['b'], lab.tracker);
    await settle();
    const fronts: string[] = [];
    notebooks.changed.connect(() => fronts.push(notebooks.front));
    lab.panel.content.node.focus();
    expect(fronts).toEqual(['n.ipynb']);
    other.panel.content.node.focus();
    expect(fronts).toEqual(['n.ipynb', 'b.ipynb']);
    other.panel.dispose();
  });

  it('show the active cell, the selected ones and the one that failed last', async () => {
    const error = { output_type: 'error', ename: 'KeyError', evalue: "'x'\nmore", traceback: [] };
    const saved = { source: 'b', outputs: [error], execution_count: 7 };
    await begin(['a', saved, { ...saved, execution_count: 5 }, { cell_type: 'markdown', source: '# T' }]);
    expect(notebooks.failing('n.ipynb')).toEqual({
      id: 'c1',
      kind: 'code',
      source: 'b',
      count: 7,
      error: "KeyError: 'x'"
    });
    expect(notebooks.active('n.ipynb')?.id).toBe('c0');
    lab.panel.content.activeCellIndex = 2;
    lab.panel.content.extendContiguousSelectionTo(3);
    expect(notebooks.selected('n.ipynb').map(cell => [cell.id, cell.kind])).toEqual([
      ['c2', 'code'],
      ['c3', 'markdown']
    ]);
    lab.cell(0).model.outputs.add(error);
    expect(notebooks.failing('n.ipynb')?.id).toBe('c0');
    lab.cell(0).model.outputs.clear();
    expect(notebooks.failing('n.ipynb')?.id).toBe('c1');
    expect(notebooks.cell('n.ipynb', 'gone')).toBeNull();
    expect(notebooks.failing('other.ipynb')).toBeNull();
  });
});

describe('an order in a view', () => {
  it('leaves active cell, selection, mode and focus as they are', async () => {
    await begin(['a', 'b', 'c']);
    const { content } = lab.panel;
    content.activeCellIndex = 1;
    content.select(lab.cell(2));
    const focused = document.activeElement;
    const insert = { type: 'Insert', kind: 'code', source: 'x', metadata: {} } as const;
    order(READ, { ...insert, id: 'n', after: '' }, { ...insert, id: 'm', after: 'c0' });
    order({ type: 'Append', id: 'm', text: 'y' }, { type: 'Move', id: 'c2', after: '' });
    order({ type: 'Move', id: 'c1', after: 'm' }, { type: 'Remove', ids: ['n'], number: 0 });
    expect(lab.sources()).toEqual(['c', 'a', 'xy', 'b']);
    expect(content.activeCell?.model.id).toBe('c1');
    expect(content.selectedCells.map(cell => cell.model.id).sort()).toEqual(['c1', 'c2']);
    expect(content.mode).toBe('command');
    expect(document.activeElement).toBe(focused);
  });

  it('reads the notebook with the active cell for a prompt', async () => {
    await begin(['a', 'b']);
    lab.panel.content.activeCellIndex = 1;
    expect(order(READ).place).toMatchObject({
      prompt: 'c1',
      path: 'n.ipynb',
      cells: [{ id: 'c0' }, { id: 'c1' }]
    });
  });

  it('runs a cell under the id that was chosen, as JupyterLab would', async () => {
    const forged = { tags: ['raises-exception'], open_interpreter_client: 'forged' };
    await begin(['a', { source: 'b', metadata: forged, execution_count: 4 }]);
    expect(order(READ, RUN).trouble).toBe('');
    const [sent] = lab.sent;
    expect(sent?.msg.header).toMatchObject({
      msg_id: 'chosen',
      msg_type: 'execute_request',
      session: lab.kernel.clientId
    });
    expect(sent?.msg.content).toEqual({
      code: 'b',
      silent: false,
      store_history: true,
      user_expressions: {},
      allow_stdin: true,
      stop_on_error: false
    });
    expect(sent?.msg.metadata).toMatchObject({ cellId: 'c1', deletedCells: [], recordTiming: false });
    expect(sent?.msg.metadata).not.toHaveProperty('open_interpreter_client');
    expect(sent?.flags).toEqual([true, false]);
    const { model } = lab.cell(1);
    expect([model.executionState, model.executionCount, model.trusted]).toEqual(['running', null, true]);
    sent?.publish('stream', { name: 'stdout', text: 'hello' });
    expect(model.outputs.get(0).toJSON()).toMatchObject({ text: 'hello' });
    await sent?.reply({ status: 'ok', execution_count: 9 });
    expect([model.executionState, model.executionCount, model.isDirty]).toEqual(['idle', 9, false]);
  });

  it('lets go of a cell that never ran', async () => {
    await begin(['a', 'b']);
    order(READ, RUN);
    await lab.sent[0]?.reply({ status: 'aborted' });
    expect([lab.cell(1).model.executionState, lab.cell(1).model.executionCount]).toEqual(['idle', null]);
    order({ ...RUN, msg_id: 'other' } as OrderEdit);
    lab.sent[1]?.done.reject(new Error('Canceled future'));
    await settle();
    expect(lab.cell(1).model.executionState).toBe('idle');
  });

  it('writes times where the settings want them', async () => {
    await begin(['a', 'b']);
    lab.panel.content.notebookConfig = { ...lab.panel.content.notebookConfig, recordTiming: true };
    order(READ, RUN);
    lab.sent[0]?.publish('execute_input', { code: 'b', execution_count: 1 });
    await lab.sent[0]?.reply({ status: 'ok', execution_count: 1 });
    expect(lab.cell(1).model.getMetadata('execution')).toEqual({
      'iopub.execute_input': '2025-01-01T00:00:00Z',
      'shell.execute_reply': '2025-01-01T00:00:01Z'
    });
  });

  it('does not run on another kernel, on a dead one or on none', async () => {
    await begin(['a', 'b']);
    const path = 'n.ipynb';
    const edits: OrderEdit[] = [READ, RUN];
    const other = notebooks.carryOut({ type: 'Order', id: 'o', path, edits, answered: true, kernel: 'other' });
    expect(other).toMatchObject({ trouble: 'kernel', cell: 'c1' });
    Object.assign(lab.kernel, { status: 'dead' });
    expect(order(RUN)).toMatchObject({ trouble: 'kernel' });
    expect(lab.sent).toEqual([]);
    expect(lab.cell(1).model.executionState).toBe('idle');
  });

  it('loads the file again only where nothing was changed here, and keeps the active cell', async () => {
    await begin(['a', 'b']);
    const revert = jest.spyOn(lab.panel.context, 'revert').mockImplementation(() => {
      lab.panel.context.model.fromJSON(lab.panel.context.model.toJSON());
      return Promise.resolve();
    });
    lab.panel.content.activeCellIndex = 1;
    lab.panel.context.model.dirty = true;
    expect(order({ type: 'Revert', modified: '' }).trouble).toBe('');
    expect(revert).not.toHaveBeenCalled();
    lab.panel.context.model.dirty = false;
    const done = await order({ type: 'Revert', modified: '' }, READ);
    expect(revert).toHaveBeenCalledTimes(1);
    expect(done.place?.prompt).toBe('c1');
    expect(lab.panel.content.activeCell?.model.id).toBe('c1');
  });
});

describe('a person', () => {
  it('gets an empty cell below, active, and none when it stays empty', async () => {
    await begin(['a', 'b']);
    const id = notebooks.insertBelow('n.ipynb', 'c0');
    expect(lab.sources()).toEqual(['a', '', 'b']);
    expect(lab.panel.content.activeCell?.model.id).toBe(id);
    notebooks.discard('n.ipynb', 'c1');
    notebooks.discard('n.ipynb', id);
    notebooks.discard('n.ipynb', id);
    expect(lab.sources()).toEqual(['a', 'b']);
    const kept = notebooks.insertBelow('n.ipynb', 'c0');
    expect(notebooks.rewrite('n.ipynb', kept, '', 'x')).toBe(true);
    notebooks.discard('n.ipynb', kept);
    expect(lab.sources()).toEqual(['a', 'x', 'b']);
    expect(notebooks.insertBelow('n.ipynb', 'gone')).toBe('');
  });

  it('takes a rewritten cell back with one undo', async () => {
    await begin(['a']);
    expect(notebooks.rewrite('n.ipynb', 'c0', 'other', 'x')).toBe(false);
    expect(notebooks.rewrite('n.ipynb', 'c0', 'a', 'x')).toBe(true);
    lab.cell(0).model.sharedModel.undo();
    expect(lab.sources()).toEqual(['a']);
  });

  it('sees a widget above the input of a cell, which goes with the cell', async () => {
    await begin(['a', 'b']);
    const widget = new Widget();
    expect(notebooks.showAbove('n.ipynb', 'c0', widget)).toBe(true);
    const input = lab.cell(0).node.querySelector('.jp-Cell-inputWrapper');
    expect(widget.node.nextElementSibling).toBe(input);
    lab.panel.context.model.sharedModel.deleteCell(0);
    expect(widget.isDisposed).toBe(true);
    expect(notebooks.showAbove('n.ipynb', 'c0', new Widget())).toBe(false);
  });

  it('is led to a cell, in a notebook that has yet to be opened too', async () => {
    await begin(['a', 'b']);
    const scroll = jest.spyOn(lab.panel.content, 'scrollToItem').mockResolvedValue();
    notebooks.reveal('n.ipynb', 'c1');
    await settle();
    expect(scroll).toHaveBeenCalledWith(1, 'smart', 0.1);
    expect(lab.cell(1).hasClass('jp-OpenInterpreter-flash')).toBe(true);
    expect(opens).not.toHaveBeenCalled();
    lab.panel.hide();
    notebooks.reveal('n.ipynb', 'c0');
    expect(opens).toHaveBeenCalledWith('n.ipynb');
    lab.panel.show();
    for (let looks = 0; scroll.mock.calls.length < 2 && looks < 100; looks++) {
      await new Promise(resolve => setTimeout(resolve, 20));
    }
    expect(scroll).toHaveBeenLastCalledWith(0, 'smart', 0.1);
  });

  it('gets the focus on a cell', async () => {
    await begin(['a', 'b']);
    notebooks.focus('n.ipynb', 'c1', true);
    expect([lab.panel.content.activeCell?.model.id, lab.panel.content.mode]).toEqual(['c1', 'edit']);
    notebooks.focus('n.ipynb', 'c0');
    await settle();
    expect([lab.panel.content.activeCell?.model.id, lab.panel.content.mode]).toEqual(['c0', 'command']);
  });
});
