import type { ISharedCell, ISharedNotebook } from '@jupyter/ydoc';

import { type INotebookCell, type IPlace, isPrompt, markOf } from '../wire';

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
 * First every cell is told of without its text, then room is given to the sources and outputs: the prompt, the cells
 * that it owns (the kernel compares their sources), the cells above from the nearest on, the cells below. What does
 * not fit is cut; where the bare cells alone take half of the room, the farthest are left out.
 */
export function readPlace(
  notebook: ISharedNotebook,
  prompt: string,
  path: string,
  limit: number = PLACE_LIMIT
): IPlace | null {
  const shared = notebook.cells;
  const at = shared.findIndex(cell => cell.id === prompt);
  const own = shared[at];
  if (!own) {
    return null;
  }
  const task = markOf(own.metadata).task;
  const bare = shared.map(bareCell);
  const place: IPlace = { type: 'Place', prompt, cells: [], path, task };
  const kept = new Set<number>();
  let room = limit - weigh(place);
  for (const index of byDistance(at, shared.length)) {
    const weight = weigh(bare[index]) + 1;
    if (room - weight < limit / 2) {
      break;
    }
    room -= weight;
    kept.add(index);
  }
  for (const index of byImportance(shared, at, task)) {
    const cell = bare[index];
    const text = shared[index];
    if (cell && text && kept.has(index)) {
      room -= give(cell, 'source', text.source, room);
      room -= give(cell, 'output', outputOf(text), room);
    }
  }
  return { ...place, cells: bare.filter((_, index) => kept.has(index)) };
}

function bareCell(cell: ISharedCell): INotebookCell {
  const { task, sourceHash } = markOf(cell.metadata);
  const count = 'execution_count' in cell ? cell.execution_count : null;
  const kind = cell.cell_type === 'code' || cell.cell_type === 'markdown' ? cell.cell_type : 'raw';
  return { type: 'NotebookCell', id: cell.id, kind, source: '', task, source_hash: sourceHash, count, output: '' };
}

function byDistance(at: number, length: number): number[] {
  return Array.from({ length }, (_, index) => index).sort((a, b) => Math.abs(a - at) - Math.abs(b - at));
}

function byImportance(cells: readonly ISharedCell[], at: number, task: string): number[] {
  const above = Array.from({ length: at }, (_, step) => at - 1 - step);
  const below = Array.from({ length: cells.length - at - 1 }, (_, step) => at + 1 + step);
  const next = below.findIndex(index => isPrompt(cells[index]?.source ?? ''));
  const near = next < 0 ? below : below.slice(0, next);
  const owned = near.filter(index => task !== '' && markOf(cells[index]?.metadata).task === task);
  const others = below.filter(index => !owned.includes(index));
  return [at, ...owned, ...above, ...others];
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
