import { watchCopies } from '../../src/notebook/copies';
import { notebookOf } from './notebook';

const settled = (): Promise<void> => new Promise(resolve => setTimeout(resolve));
const PROMPT = {
  source: '%%interpret --settled 12345678\nmean',
  metadata: { open_interpreter: { task: 't', prompt: true } }
};
const MADE = { source: 'x', metadata: { tags: ['mine'], open_interpreter: { task: 't', turn: 1, source_hash: 'h' } } };

type Notebook = ReturnType<typeof notebookOf>;

function tasks(notebook: Notebook): string[] {
  return notebook.cells.map(
    cell => (cell.getMetadata('open_interpreter') as { task?: string } | undefined)?.task ?? ''
  );
}

function paste(notebook: Notebook, index: number, ...cells: object[]): void {
  notebook.insertCells(
    index,
    cells.map(
      (cell, number) =>
        ({ cell_type: 'code', id: `p${String(number)}`, ...(JSON.parse(JSON.stringify(cell)) as object) }) as never
    )
  );
}

describe('a copy', () => {
  let notebook: Notebook;
  beforeEach(() => {
    notebook = notebookOf(PROMPT, MADE, 'mine');
    watchCopies(notebook);
  });

  it('of a generated cell is an ordinary cell', async () => {
    paste(notebook, 2, MADE);
    await settled();
    expect(tasks(notebook)).toEqual(['t', 't', '', '']);
    expect(notebook.cells[2]?.metadata).toMatchObject({ tags: ['mine'] });
  });

  it('of a prompt with its cells has a task of its own', async () => {
    paste(notebook, 3, PROMPT, MADE);
    await settled();
    expect(tasks(notebook)).toEqual(['t', 't', '', 'p0', 'p0']);
    expect(notebook.cells[4]?.getMetadata('open_interpreter')).toMatchObject({ turn: 1, source_hash: 'h' });
  });

  it('of a prompt alone owns nothing', async () => {
    paste(notebook, 1, PROMPT);
    await settled();
    expect(tasks(notebook)).toEqual(['t', 'p0', 't', '']);
  });

  it('is none when a cell was cut and is pasted, moved, or split', async () => {
    notebook.deleteCell(1);
    paste(notebook, 2, MADE);
    notebook.moveCells(2, 1);
    paste(notebook, 2, { ...MADE, source: 'half of x' });
    await settled();
    expect(tasks(notebook)).toEqual(['t', 't', 't', '']);
  });

  it('is none when the whole notebook is read again', async () => {
    notebook.fromJSON({ cells: [PROMPT, MADE, MADE], metadata: {}, nbformat: 4, nbformat_minor: 5 } as never);
    await settled();
    expect(tasks(notebook)).toEqual(['t', 't', 't']);
  });
});
