import { CodeCellModel, type ICellModel } from '@jupyterlab/cells';

import type { ICellSight } from '../contracts';

/** What the panel needs to know of a cell. */
export function sightOf(model: ICellModel): ICellSight {
  const isCode = model instanceof CodeCellModel;
  return {
    id: model.id,
    kind: isCode ? 'code' : model.type === 'markdown' ? 'markdown' : 'raw',
    source: model.sharedModel.getSource(),
    count: isCode ? model.executionCount : null,
    error: isCode ? errorOf(model.outputs) : ''
  };
}

/** The line of a traceback that tells what went wrong. */
function errorOf(outputs: CodeCellModel['outputs']): string {
  for (let index = outputs.length - 1; index >= 0; index--) {
    const output = outputs.get(index);
    if (output.type === 'error') {
      const { ename, evalue } = output.toJSON() as { ename?: unknown; evalue?: unknown };
      const [told = ''] = typeof evalue === 'string' ? evalue.trim().split('\n') : [];
      const name = typeof ename === 'string' ? ename : '';
      return [name, told].filter(Boolean).join(': ') || 'Error';
    }
  }
  return '';
}
