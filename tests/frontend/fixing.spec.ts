import { type IOpened, open, settle } from './panels';

import { nullTranslator } from '@jupyterlab/translation';

import { FixButtons } from '../../src/notebook/fixing';

const ERROR = { output_type: 'error', ename: 'KeyError', evalue: "'x'", traceback: [] };
const FIGURE = { output_type: 'display_data', data: { 'text/plain': '<Figure>' }, metadata: {} };
const failed = { source: 'b', outputs: [ERROR, FIGURE], execution_count: 1 };

let lab: IOpened;
let buttons: FixButtons;
const fix = jest.fn();
const shown = (): number[] =>
  lab.panel.content.widgets.flatMap((cell, index) =>
    cell.node.querySelector('button[aria-label="Fix this cell"]') ? [index] : []
  );
const put = (): void => {
  buttons = new FixButtons(lab.tracker, fix, nullTranslator.load(''));
};

afterEach(() => {
  buttons.dispose();
  lab.panel.dispose();
});

describe('the button at a failed cell', () => {
  it('is there for what was saved so, with figures after the error too', async () => {
    lab = await open('n.ipynb', [
      'a',
      failed,
      { source: '%%interpret\nx', outputs: [ERROR] },
      { cell_type: 'markdown' }
    ]);
    put();
    await settle();
    expect(shown()).toEqual([1]);
    expect(lab.cell(1).node.querySelector('.jp-Cell-outputWrapper > .jp-OpenInterpreter-fix')).not.toBeNull();
  });

  it('comes when a cell fails and goes when it runs again', async () => {
    lab = await open('n.ipynb', ['a', failed]);
    put();
    lab.cell(0).model.outputs.add(FIGURE);
    expect(shown()).toEqual([1]);
    lab.cell(0).model.outputs.add(ERROR);
    lab.cell(0).model.outputs.add(FIGURE);
    expect(shown()).toEqual([0, 1]);
    expect(lab.cell(0).node.querySelectorAll('button[aria-label="Fix this cell"]')).toHaveLength(1);
    lab.cell(1).model.clearExecution();
    expect(shown()).toEqual([0]);
  });

  it('is there for cells that come later, in notebooks that are opened later', async () => {
    lab = await open('n.ipynb', ['a']);
    put();
    lab.panel.context.model.sharedModel.insertCell(0, { cell_type: 'code', ...failed });
    lab.panel.context.model.sharedModel.moveCell(0, 1);
    expect(shown()).toEqual([1]);
    const other = await open('m.ipynb', [failed], lab.tracker);
    expect(other.cell(0).node.querySelector('.jp-OpenInterpreter-fix')).not.toBeNull();
    buttons.dispose();
    expect(other.cell(0).node.querySelector('.jp-OpenInterpreter-fix')).toBeNull();
    other.panel.dispose();
  });

  it('is not pressed by a script in some output', async () => {
    lab = await open('n.ipynb', [failed]);
    put();
    lab.cell(0).node.querySelector<HTMLButtonElement>('button[aria-label="Fix this cell"]')?.click();
    expect(fix).not.toHaveBeenCalled();
  });
});
