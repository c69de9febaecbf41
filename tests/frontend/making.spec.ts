import { Making } from '../../src/notebook/making';
import { notebookOf } from './notebook';

const settled = (): Promise<void> => new Promise(resolve => setTimeout(resolve));

describe('the cells that are being made', () => {
  const open = (): { notebook: ReturnType<typeof notebookOf>; stop: jest.Mock; making: Making } => {
    const notebook = notebookOf('%%interpret\nmean', 'x', 'y', 'last');
    const stop = jest.fn();
    const making = new Making(notebook, stop);
    making.begin('c0');
    making.write('c1');
    making.write('c2');
    return { notebook, stop, making };
  };

  it.each([
    ['the prompt', 0],
    ['a cell that waits', 1]
  ])('stop once when %s is taken out', async (_, index) => {
    const { notebook, stop } = open();
    notebook.deleteCell(index);
    notebook.deleteCell(index);
    await settled();
    expect(stop).toHaveBeenCalledTimes(1);
  });

  it('stop when the one that runs is undone', async () => {
    const { notebook, stop, making } = open();
    making.run('c1');
    notebook.deleteCell(1);
    await settled();
    expect(stop).toHaveBeenCalled();
  });

  it('go on when one of them is moved, when a cell of another is taken out, or one that is done', async () => {
    const { notebook, stop, making } = open();
    making.run('c1');
    notebook.moveCells(1, 2);
    making.done(['c1']);
    notebook.deleteCell(3);
    notebook.deleteCell(notebook.cells.findIndex(cell => cell.id === 'c1'));
    await settled();
    expect(stop).not.toHaveBeenCalled();
  });

  it('tell at the end which of them never ran', () => {
    const { making } = open();
    making.run('c1');
    expect(making.end()).toEqual(['c2']);
    expect(making.end()).toEqual([]);
  });

  it('are watched no more after the end', async () => {
    const { notebook, stop, making } = open();
    making.end();
    notebook.deleteCell(0);
    await settled();
    expect(stop).not.toHaveBeenCalled();
  });
});
