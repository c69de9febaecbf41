import type { ISharedCell, ISharedCodeCell } from '@jupyter/ydoc';

import type { IShow } from '../words';
import type { JsonObject } from '../wire';

type Outputs = Parameters<ISharedCodeCell['setOutputs']>[0];

/** A code cell whose streams can grow, as those of newer documents can. */
type Streaming = ISharedCodeCell & { appendStreamOutput?(index: number, text: string): void };

/** Whether a cell has outputs. */
export function isCode(cell: ISharedCell): cell is ISharedCodeCell {
  return cell.cell_type === 'code';
}

/**
 * Set outputs, count and state of a cell that ran without this page.
 *
 * What is there already is left alone, and a stream that has only grown grows, so that nothing flickers when this comes
 * twice a second.
 */
export function show(cell: ISharedCodeCell, edit: IShow): void {
  const wanted = edit.outputs.map(plain);
  const shown = cell.getOutputs().map(output => plain(output as unknown as JsonObject));
  const differing = wanted.findIndex((output, index) => !isSame(output, shown[index]));
  const first = differing < 0 ? wanted.length : differing;
  if (!grow(cell, shown, wanted, first) && (first < wanted.length || first < shown.length)) {
    cell.updateOutputs(first, shown.length, wanted.slice(first) as Outputs);
  }
  // The count first: with one, JupyterLab takes a cell for one that has run.
  cell.execution_count = edit.count;
  cell.executionState = edit.running ? 'running' : 'idle';
}

/** Add to the last stream what it has grown by; tells whether that was all. */
function grow(cell: Streaming, shown: JsonObject[], wanted: JsonObject[], first: number): boolean {
  const [before, after] = [shown[first], wanted[first]];
  const isLast = first === shown.length - 1 && first === wanted.length - 1;
  if (!isLast || !before || !after || !cell.appendStreamOutput || before.name !== after.name) {
    return false;
  }
  const [old, text] = [before.text, after.text];
  if (after.output_type !== 'stream' || typeof old !== 'string' || typeof text !== 'string' || !text.startsWith(old)) {
    return false;
  }
  cell.appendStreamOutput(first, text.slice(old.length));
  return true;
}

/** An output with a stream's text as one string: the shared model would join lines with commas. */
function plain(output: JsonObject): JsonObject {
  const isLines = output.output_type === 'stream' && Array.isArray(output.text);
  return isLines ? { ...output, text: (output.text as string[]).join('') } : output;
}

function isSame(one: JsonObject, other: JsonObject | undefined): boolean {
  return other !== undefined && JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(output: JsonObject): [string, unknown][] {
  return Object.entries(output).sort(([a], [b]) => (a < b ? -1 : 1));
}
