import { YNotebook } from '@jupyter/ydoc';

import { type IHands, Orders } from '../../src/notebook/orders';
import { readPlace } from '../../src/notebook/reader';
import type { IDone, IOrder, IShow, OrderEdit, Trouble } from '../../src/words';
import type { IInsert, IPlace, IRun } from '../../src/wire';
import { notebookOf, sourcesOf } from './notebook';

const insert = (id: string, after: string, source = ''): IInsert => ({
  type: 'Insert',
  id,
  after,
  kind: 'code',
  source,
  metadata: { open_interpreter: { task: 't' } }
});
const show = (id: string, outputs: IShow['outputs'], count: number | null = null, running = true): IShow => ({
  type: 'Show',
  id,
  outputs,
  count,
  running
});
const stream = (text: string | string[]): IShow['outputs'][number] => ({
  output_type: 'stream',
  name: 'stdout',
  text
});

const READ: OrderEdit = { type: 'Read', seeds: true };

/** Orders for a notebook, and what they asked of the page. */
class Desk {
  readonly hands: jest.Mocked<Omit<IHands, 'isReadOnly'>> & { isReadOnly: boolean };
  readonly orders: Orders;

  constructor(readonly notebook: YNotebook) {
    this.hands = {
      isReadOnly: false,
      place: jest.fn(() => readPlace(notebook, 'c0', 'n.ipynb') as IPlace),
      run: jest.fn((_run: IRun, _kernel: string): Trouble => ''),
      move: jest.fn((from, to) => {
        notebook.moveCell(from, to);
      }),
      trust: jest.fn(),
      hush: jest.fn(),
      clean: jest.fn(),
      revert: jest.fn((_modified: string): Promise<void> | null => null)
    };
    this.orders = new Orders(notebook, this.hands);
  }

  order(...edits: OrderEdit[]): IOrder {
    return { type: 'Order', id: 'o', path: 'n.ipynb', edits, answered: true, kernel: 'k' };
  }

  do(...edits: OrderEdit[]): IDone {
    return this.orders.carryOut(this.order(...edits)) as IDone;
  }
}

describe('an order', () => {
  it('inserts at the top, below a cell, and below what it has just inserted', () => {
    const desk = new Desk(notebookOf('a', 'b'));
    const done = desk.do(insert('n', 'c0', 'n'), insert('m', 'n', 'm'), insert('t', '', 't'));
    expect(done).toEqual({ type: 'Done', order: 'o', trouble: '', cell: '', source: '', place: null, said: '' });
    expect(sourcesOf(desk.notebook)).toEqual(['t', 'a', 'n', 'm', 'b']);
    expect(desk.notebook.cells[2]?.metadata).toEqual({ open_interpreter: { task: 't' } });
  });

  it('leaves the rest undone where the cell above is gone', () => {
    const desk = new Desk(notebookOf('a'));
    expect(desk.do(insert('n', 'gone'), insert('m', 'c0'))).toMatchObject({ trouble: 'gone', cell: 'gone' });
    expect(sourcesOf(desk.notebook)).toEqual(['a']);
  });

  it('that comes twice inserts once', () => {
    const desk = new Desk(notebookOf('a'));
    desk.do(insert('n', 'c0', 'x'));
    expect(desk.do(insert('n', 'c0', 'x')).trouble).toBe('');
    expect(desk.do(insert('n', 'c0', 'y'))).toMatchObject({ trouble: 'edited', source: 'x' });
    expect(sourcesOf(desk.notebook)).toEqual(['a', 'x']);
  });

  it('streams into its own cell, which is one step of undo and comes back whole', () => {
    const desk = new Desk(notebookOf('a'));
    desk.notebook.clearUndoHistory();
    desk.do(insert('n', 'c0'));
    desk.do({ type: 'Append', id: 'n', text: 'x = ' }, { type: 'Append', id: 'n', text: '1' });
    desk.do({ type: 'Rewrite', id: 'n', source: 'x = 2' });
    expect(sourcesOf(desk.notebook)).toEqual(['a', 'x = 2']);
    desk.notebook.undo();
    expect(sourcesOf(desk.notebook)).toEqual(['a']);
    expect(desk.notebook.canUndo()).toBe(false);
  });

  it.each([true, false])('gives a rewritten cell back with one undo, streamed or not (per cell: %p)', perCell => {
    const notebook = new YNotebook({ disableDocumentWideUndoRedo: perCell });
    notebook.addCell({ cell_type: 'code', id: 'c0', source: 'mine = 1' });
    const desk = new Desk(notebook);
    const cell = notebook.cells[0];
    notebook.clearUndoHistory();
    cell?.clearUndoHistory();
    cell?.setSource('mine = 12');
    desk.do(READ, { type: 'Rewrite', id: 'c0', source: '' });
    jest.useFakeTimers().setSystemTime(Date.now() + 60_000);
    desk.do({ type: 'Append', id: 'c0', text: 'yours' }, { type: 'Append', id: 'c0', text: ' = 2' });
    desk.do({ type: 'Rewrite', id: 'c0', source: 'yours = 3' });
    jest.useRealTimers();
    expect(cell?.source).toBe('yours = 3');
    cell?.undo();
    expect(cell?.source).toBe('mine = 12');
    cell?.undo();
    expect(cell?.source).toBe('mine = 1');
  });

  it.each(['Append', 'Rewrite', 'Run', 'Remove'] as const)('does not %s a cell that a person has edited', type => {
    const desk = new Desk(notebookOf('a'));
    desk.do(insert('n', 'c0', 'x'));
    desk.notebook.cells[1]?.setSource('x # mine');
    const edit = { type, id: 'n', ids: ['n'], text: 'y', source: 'x', msg_id: 'm', number: 1 } as OrderEdit;
    expect(desk.do(edit)).toMatchObject({ trouble: 'edited', cell: 'n', source: 'x # mine' });
    expect(sourcesOf(desk.notebook)).toEqual(['a', 'x # mine']);
    expect(desk.hands.run).not.toHaveBeenCalled();
  });

  it('does not touch a cell that it was never told of, and does after it has read it', () => {
    const desk = new Desk(notebookOf('a'));
    const rewrite: OrderEdit = { type: 'Rewrite', id: 'c0', source: 'b' };
    expect(desk.do(rewrite)).toMatchObject({ trouble: 'edited', source: 'a' });
    const read = desk.do(READ, rewrite);
    expect(read.trouble).toBe('');
    expect(read.place?.cells.map(cell => cell.source)).toEqual(['a']);
    expect(sourcesOf(desk.notebook)).toEqual(['b']);
  });

  it('leaves to the person what was edited before somebody only looked', () => {
    const desk = new Desk(notebookOf('a'));
    desk.do(READ, insert('n', 'c0', 'x'));
    desk.notebook.cells[1]?.setSource('x # mine');
    expect(desk.do({ type: 'Read', seeds: false }).place?.cells[1]?.source).toBe('x # mine');
    expect(desk.do({ type: 'Append', id: 'n', text: 'y' })).toMatchObject({ trouble: 'edited', source: 'x # mine' });
    expect(desk.do({ type: 'Rewrite', id: 'c0', source: 'b' }).trouble).toBe('');
  });

  it.each(['Append', 'Rewrite', 'Stamp', 'Run', 'Show', 'Move'] as const)('says that a cell is gone: %s', type => {
    const desk = new Desk(notebookOf('a'));
    const edit = { type, id: 'gone', text: '', source: '', metadata: {}, msg_id: 'm', outputs: [], after: '' };
    expect(desk.do(edit as unknown as OrderEdit)).toMatchObject({ trouble: 'gone', cell: 'gone' });
  });

  it('removes what is there, each order a step of undo', () => {
    const desk = new Desk(notebookOf('a'));
    desk.do(insert('n', 'c0', 'n'), insert('m', 'n', 'm'), insert('o', 'm', 'o'));
    desk.notebook.clearUndoHistory();
    expect(desk.do({ type: 'Remove', ids: ['o', 'gone', 'n'], number: 0 }).trouble).toBe('');
    desk.do({ type: 'Remove', ids: ['m'], number: 0 });
    expect(sourcesOf(desk.notebook)).toEqual(['a']);
    desk.notebook.undo();
    expect(sourcesOf(desk.notebook)).toEqual(['a', 'm']);
    desk.notebook.undo();
    expect(sourcesOf(desk.notebook)).toEqual(['a', 'n', 'm', 'o']);
  });

  it.each([
    ['c2', 'c0', 'acbd'],
    ['c0', 'c2', 'bcad'],
    ['c3', '', 'dabc'],
    ['c1', 'c0', 'abcd'],
    ['c1', 'c1', 'abcd']
  ])('moves %s below %p', (id, after, expected) => {
    const desk = new Desk(notebookOf('a', 'b', 'c', 'd'));
    expect(desk.do({ type: 'Move', id, after }).trouble).toBe('');
    expect(sourcesOf(desk.notebook).join('')).toBe(expected);
  });

  it('runs what was judged and nothing else', () => {
    const desk = new Desk(notebookOf('a'));
    const run: OrderEdit = { type: 'Run', id: 'n', msg_id: 'm', source: 'x' };
    expect(desk.do(insert('n', 'c0', 'x'), run).trouble).toBe('');
    expect(desk.hands.run).toHaveBeenCalledWith(run, 'k');
    expect(desk.do({ ...run, source: 'y' })).toMatchObject({ trouble: 'edited', source: 'x' });
    desk.hands.run.mockReturnValue('kernel');
    expect(desk.do(run)).toMatchObject({ trouble: 'kernel', cell: 'n' });
    expect(desk.hands.run).toHaveBeenCalledTimes(2);
  });

  it('writes nothing that cannot be written, and reads it', () => {
    const desk = new Desk(notebookOf('a'));
    desk.hands.isReadOnly = true;
    expect(desk.do(READ).place?.cells).toHaveLength(1);
    expect(desk.do(insert('n', 'c0')).trouble).toBe('readonly');
    expect(sourcesOf(desk.notebook)).toEqual(['a']);
  });

  it('waits while the file is loaded again, and so do those after it', async () => {
    const desk = new Desk(notebookOf('a'));
    let loaded = (): void => undefined;
    desk.hands.revert.mockReturnValue(
      new Promise<void>(resolve => {
        loaded = resolve;
      })
    );
    const told: string[] = [];
    const first = Promise.resolve(desk.do({ type: 'Revert', modified: '' }, insert('n', 'c0', 'n')));
    const second = Promise.resolve(desk.orders.carryOut(desk.order(insert('m', 'n', 'm'), READ)));
    void first.then(() => told.push('first'));
    void second.then(() => told.push('second'));
    expect(sourcesOf(desk.notebook)).toEqual(['a']);
    loaded();
    expect((await second).place?.cells.map(cell => cell.source)).toEqual(['a', 'n', 'm']);
    expect((await first).trouble).toBe('');
    expect(told).toEqual(['first', 'second']);
    desk.hands.revert.mockReturnValue(null);
    expect(desk.do({ type: 'Revert', modified: '' })).toMatchObject({ type: 'Done', trouble: '' });
  });

  it('goes on where the file could not be loaded', async () => {
    const desk = new Desk(notebookOf('a'));
    desk.hands.revert.mockReturnValue(Promise.reject(new Error('no such file')));
    expect((await desk.do({ type: 'Revert', modified: '' }, insert('n', 'c0'))).trouble).toBe('');
    expect(desk.notebook.cells).toHaveLength(2);
  });
});

describe('showing', () => {
  it('sets outputs, count and state, trusted as if the cell had run here', () => {
    const desk = new Desk(notebookOf('a'));
    const result = { output_type: 'execute_result', data: { 'text/plain': '1' }, metadata: {}, execution_count: 3 };
    desk.do(READ, show('c0', [stream('x\n'), result], 3, false));
    const cell = desk.notebook.cells[0] as never as { executionState: string };
    expect(desk.notebook.cells[0]?.toJSON()).toMatchObject({ outputs: [stream('x\n'), result], execution_count: 3 });
    expect(cell.executionState).toBe('idle');
    expect(desk.hands.hush).toHaveBeenCalledWith('c0');
    expect(desk.hands.trust).toHaveBeenCalledWith('c0');
    expect(desk.hands.clean).toHaveBeenCalledWith('c0');
  });

  it('lets a stream grow, and leaves alone what stands there', () => {
    const desk = new Desk(notebookOf('a'));
    const changes: string[][] = [];
    desk.do(show('c0', [stream(['x\n', 'y\n'])]));
    desk.notebook.cells[0]?.changed.connect((_, change) => {
      changes.push(Object.keys(change).filter(key => /output/i.test(key)));
    });
    desk.do(show('c0', [stream('x\ny\n')]));
    desk.do(show('c0', [stream('x\ny\nz\n')]));
    desk.do(show('c0', [stream('x\ny\nz\n'), stream('other')]));
    expect(changes).toEqual([['streamOutputChange'], ['outputsChange']]);
    desk.do(show('c0', [stream('anew')], null, true));
    expect(desk.notebook.cells[0]?.toJSON()).toMatchObject({ outputs: [stream('anew')] });
  });

  it('does not call outputs those of a source that a person has changed', () => {
    const desk = new Desk(notebookOf('a'));
    desk.do(READ);
    desk.notebook.cells[0]?.setSource('b');
    desk.do(show('c0', [stream('x')], 1, false));
    expect(desk.hands.clean).not.toHaveBeenCalled();
  });
});
