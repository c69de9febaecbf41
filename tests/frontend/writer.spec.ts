import { detach, freshen, rewrite, write } from '../../src/notebook/writer';
import { notebookOf, sourcesOf } from './notebook';

const MARK = { open_interpreter: { task: 't' } };

describe('the writer', () => {
  it('inserts a cell right below another', () => {
    const notebook = notebookOf('a', 'b');
    write(notebook, { type: 'Insert', id: 'n', after: 'c0', kind: 'code', source: 'new', metadata: MARK });
    expect(sourcesOf(notebook)).toEqual(['a', 'new', 'b']);
    expect(notebook.cells[1]?.id).toBe('n');
    expect(notebook.cells[1]?.metadata).toMatchObject(MARK);
  });

  it('inserts Markdown', () => {
    const notebook = notebookOf('a');
    write(notebook, { type: 'Insert', id: 'n', after: 'c0', kind: 'markdown', source: '*b*', metadata: {} });
    expect(notebook.cells[1]?.cell_type).toBe('markdown');
  });

  it('inserts nothing below a cell that is gone, and nothing twice', () => {
    const notebook = notebookOf('a');
    write(notebook, { type: 'Insert', id: 'n', after: 'gone', kind: 'code', source: '', metadata: {} });
    write(notebook, { type: 'Insert', id: 'c0', after: 'c0', kind: 'code', source: '', metadata: {} });
    expect(sourcesOf(notebook)).toEqual(['a']);
  });

  it('streams into a cell, outputs untouched', () => {
    const outputs = [{ output_type: 'stream', name: 'stdout', text: 'kept' }];
    const notebook = notebookOf({ source: 'a', outputs });
    write(notebook, { type: 'Append', id: 'c0', text: ' = 1' });
    write(notebook, { type: 'Append', id: 'c0', text: '\nb' });
    expect(sourcesOf(notebook)).toEqual(['a = 1\nb']);
    write(notebook, { type: 'Rewrite', id: 'c0', source: 'c' });
    expect(notebook.cells[0]?.toJSON()).toMatchObject({ source: 'c', outputs: [{ text: 'kept' }] });
  });

  it('leaves a source alone that is right already', () => {
    const notebook = notebookOf('a');
    const changes = jest.fn();
    notebook.cells[0]?.changed.connect(changes);
    rewrite(notebook, 'c0', 'a');
    expect(changes).not.toHaveBeenCalled();
  });

  it('takes cells out, those that are there', () => {
    const notebook = notebookOf('a', 'b', 'c');
    write(notebook, { type: 'Remove', ids: ['c0', 'gone', 'c2'], number: 1 });
    expect(sourcesOf(notebook)).toEqual(['b']);
  });

  it('stamps', () => {
    const notebook = notebookOf({ metadata: { tags: ['mine'] } });
    write(notebook, { type: 'Stamp', id: 'c0', metadata: { task: 't' } });
    expect(notebook.cells[0]?.metadata).toMatchObject({ tags: ['mine'], ...MARK });
  });

  it('settles a prompt, blank lines above it or not', () => {
    const notebook = notebookOf('%%interpret --fresh\nmean\nof x', '\n\n%%interpret\nmean');
    const first_line = '%%interpret --settled 12345678';
    write(notebook, { type: 'Settle', id: 'c0', first_line, task: 't' });
    write(notebook, { type: 'Settle', id: 'c1', first_line, task: 't' });
    expect(sourcesOf(notebook)).toEqual([`${first_line}\nmean\nof x`, `\n\n${first_line}\nmean`]);
    expect(notebook.cells[0]?.metadata).toMatchObject({ open_interpreter: { task: 't', prompt: true } });
  });

  it.each(['Append', 'Rewrite', 'Stamp', 'Settle'] as const)('ignores %s for a cell that is gone', type => {
    const notebook = notebookOf('a');
    write(notebook, { type, id: 'gone', text: 'x', source: 'x', metadata: {}, first_line: 'x', task: 't' } as never);
    expect(sourcesOf(notebook)).toEqual(['a']);
  });

  it('makes an insertion one step of undo, and streaming none', () => {
    const notebook = notebookOf('a');
    notebook.clearUndoHistory();
    write(notebook, { type: 'Insert', id: 'n', after: 'c0', kind: 'code', source: '', metadata: {} });
    write(notebook, { type: 'Append', id: 'n', text: 'x' });
    notebook.undo();
    expect(sourcesOf(notebook)).toEqual(['a']);
    expect(notebook.canUndo()).toBe(false);
  });

  it('keeps every insertion and every removal a step of its own, however fast they follow', () => {
    const notebook = notebookOf('a');
    notebook.clearUndoHistory();
    write(notebook, { type: 'Insert', id: 'n', after: 'c0', kind: 'code', source: 'n', metadata: {} });
    write(notebook, { type: 'Insert', id: 'm', after: 'n', kind: 'markdown', source: 'm', metadata: {} });
    write(notebook, { type: 'Remove', ids: ['n', 'm'], number: 1 });
    notebook.addCell({ cell_type: 'code', source: 'mine' });
    const seen = [1, 2, 3, 4].map(() => {
      notebook.undo();
      return sourcesOf(notebook).join('');
    });
    expect(seen).toEqual(['a', 'anm', 'an', 'a']);
  });
});

describe('asking again', () => {
  it.each([
    ['%%interpret --settled 12345678\nmean', '%%interpret --fresh --settled 12345678\nmean'],
    ['%interpret mean of x', '%interpret --fresh mean of x'],
    ['%%interpret --fresh\nmean', '%%interpret --fresh\nmean']
  ])('%p', (before, after) => {
    const notebook = notebookOf(before);
    freshen(notebook, 'c0');
    expect(sourcesOf(notebook)).toEqual([after]);
  });
});

describe('detaching', () => {
  it('leaves ordinary cells', () => {
    const mine = { tags: ['mine'] };
    const notebook = notebookOf(
      { source: '%%interpret --plan --settled 12345678\nmean', metadata: { ...MARK } },
      { source: 'x', metadata: { ...MARK, ...mine } },
      { source: 'y', metadata: { ...MARK } }
    );
    detach(notebook, 'c0', ['c1', 'gone']);
    expect(sourcesOf(notebook)[0]).toBe('%%interpret --plan\nmean');
    expect(notebook.cells.map(cell => 'open_interpreter' in cell.metadata)).toEqual([false, false, true]);
    expect(notebook.cells[1]?.metadata).toMatchObject(mine);
  });
});
