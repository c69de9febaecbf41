import type { ISharedCell, ISharedNotebook } from '@jupyter/ydoc';

import { type INotebookCell, type IPlace, isPrompt, markOf, METADATA_KEY } from '../wire';

/** The most that a place may weigh on the wire, in bytes of JSON. */
export const PLACE_LIMIT = 256 * 1024;
/** The most text of one cell's outputs, in characters. */
export const OUTPUT_LIMIT = 2000;

const CUT = '\n…';
const encoder = new TextEncoder();

/** The bytes of a value on the wire. */
export function weigh(value: unknown): number {
  return encoder.encode(JSON.stringify(value)).length;
}

/**
 * Where the cell `prompt` stands, within `limit` bytes; null when it is not in this notebook.
 *
 * Where all of it fits, all of it is told. Else first every cell is told of without its text, then room is given to the
 * sources and outputs: the prompt, the cells that it owns (the kernel compares their sources), the cells above from the
 * nearest on, the cells below. What does not fit is cut; where the bare cells alone take half of the room, the farthest
 * are left out.
 */
export function readPlace(
  notebook: ISharedNotebook,
  prompt: string,
  path: string,
  limit: number = PLACE_LIMIT
): IPlace | null {
  const shared = notebook.cells;
  const at = shared.findIndex(cell => cell.id === prompt);
  if (at < 0) {
    return null;
  }
  const read = shared.map(cellOf);
  const whole = read.map(({ cell }) => cell);
  const task = whole[at]?.task ?? '';
  const place: IPlace = { type: 'Place', prompt, cells: [], path, task };
  const room = limit - weigh(place);
  const weight = read.reduce((sum, cell) => sum + cell.weight + 1, 0);
  return { ...place, cells: weight <= room ? whole : fitting(whole, at, task, room, limit / 2) };
}

/** As much of the cells as there is room for; that of the bare cells ends where less than `spared` is left. */
function fitting(whole: INotebookCell[], at: number, task: string, room: number, spared: number): INotebookCell[] {
  const bare = whole.map(cell => ({ ...cell, source: '', output: '' }));
  const kept = new Set<number>();
  for (const index of byDistance(at, whole.length)) {
    const weight = weigh(bare[index]) + 1;
    if (room - weight < spared) {
      break;
    }
    room -= weight;
    kept.add(index);
  }
  for (const index of byImportance(whole, at, task)) {
    const [cell, text] = [bare[index], whole[index]];
    if (cell && text && kept.has(index)) {
      room -= give(cell, 'source', text.source, room);
      room -= give(cell, 'output', text.output, room);
    }
  }
  return bare.filter((_, index) => kept.has(index));
}

/** A cell as it is told of where there is room, and the bytes that it takes then. */
interface IRead {
  cell: Readonly<INotebookCell>;
  weight: number;
}

/** A cell that tells of every change, also of those about which its model is silent, as of outputs that come. */
type Observable = ISharedCell & { readonly ymodel?: { observeDeep(changed: () => void): void } };

/** What was read of cells that have not changed since. To read a thousand anew takes longer than a person's keystroke may. */
const known = new WeakMap<ISharedCell, IRead | null>();

function cellOf(shared: Observable): IRead {
  const before = known.get(shared);
  if (before) {
    return before;
  }
  const cell = readCell(shared);
  const read = { cell, weight: weigh(cell) };
  if (shared.ymodel && before === undefined) {
    shared.ymodel.observeDeep(() => known.set(shared, null));
  }
  if (shared.ymodel) {
    known.set(shared, read);
  }
  return read;
}

function readCell(cell: ISharedCell): INotebookCell {
  const { task, sourceHash } = markOf({ [METADATA_KEY]: cell.getMetadata(METADATA_KEY) });
  return {
    type: 'NotebookCell',
    id: cell.id,
    kind: cell.cell_type === 'code' || cell.cell_type === 'markdown' ? cell.cell_type : 'raw',
    source: cell.source,
    task,
    source_hash: sourceHash,
    count: 'execution_count' in cell ? cell.execution_count : null,
    output: outputOf(cell)
  };
}

function byDistance(at: number, length: number): number[] {
  return Array.from({ length }, (_, index) => index).sort((a, b) => Math.abs(a - at) - Math.abs(b - at));
}

function byImportance(cells: readonly INotebookCell[], at: number, task: string): number[] {
  const above = Array.from({ length: at }, (_, step) => at - 1 - step);
  const below = Array.from({ length: cells.length - at - 1 }, (_, step) => at + 1 + step);
  const next = below.findIndex(index => isPrompt(cells[index]?.source ?? ''));
  const near = next < 0 ? below : below.slice(0, next);
  const owned = new Set(near.filter(index => task !== '' && cells[index]?.task === task));
  return [at, ...owned, ...above, ...below.filter(index => !owned.has(index))];
}

/** Give a cell as much of a text as there is room for; tells what it took. */
function give(cell: INotebookCell, field: 'source' | 'output', text: string, room: number): number {
  const fitting = fit(text, room);
  cell[field] = fitting;
  return weigh(fitting) - 2;
}

function fit(text: string, room: number): string {
  let weight = weigh(text) - 2;
  if (weight <= room) {
    return text;
  }
  let kept = text;
  while (kept && weight > room - weigh(CUT)) {
    const share = Math.max(0, room - weigh(CUT)) / weight;
    kept = kept.slice(0, Math.min(kept.length - 1, Math.floor(kept.length * share)));
    weight = weigh(kept) - 2;
  }
  // Half of a pair of surrogates is no text that Python could encode.
  kept = kept.replace(/[\ud800-\udbff]$/, '');
  return kept && kept + CUT;
}

function outputOf(cell: ISharedCell): string {
  if (!('getOutputs' in cell)) {
    return '';
  }
  const text = cell.getOutputs().map(textOf).filter(Boolean).join('\n');
  return text.length <= OUTPUT_LIMIT ? text : fit(text.slice(0, OUTPUT_LIMIT - CUT.length), Infinity) + CUT;
}

function textOf(output: unknown): string {
  const fields = output as { text?: unknown; data?: { 'text/plain'?: unknown }; ename?: unknown; evalue?: unknown };
  if (typeof fields.ename === 'string') {
    return `${fields.ename}: ${joined(fields.evalue)}`;
  }
  return joined(fields.text ?? fields.data?.['text/plain']).trimEnd();
}

/** Text of nbformat: one string, or lines. */
function joined(text: unknown): string {
  const whole = Array.isArray(text) ? text.join('') : text;
  // eslint-disable-next-line no-control-regex -- the colours of a terminal are what goes
  return typeof whole === 'string' ? whole.replace(/\u001b\[[0-9;]*m/g, '') : '';
}
