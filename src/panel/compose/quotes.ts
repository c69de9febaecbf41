import type { TranslationBundle } from '@jupyterlab/translation';

import type { ICellSight } from '../../contracts';
import type { IQuote } from '../../words';

/** A pasted text longer than this, in characters, goes along as an attachment. */
export const LONG = 4_000;
/** An attachment is cut to its head and tail above this, in characters. */
export const LONGEST = 200_000;

const CELLS = new WeakSet<IQuote>();

/** A length as people read it: `840 B`, `12 kB`, `1.4 MB`. */
export function size(bytes: number): string {
  if (bytes < 1000) {
    return `${bytes} B`;
  }
  return bytes < 999_500 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** A long pasted text as an attachment; `wasCut` where its middle is left out. */
export function pastedQuote(text: string, trans: TranslationBundle): { quote: IQuote; wasCut: boolean } {
  const label = trans.__('Pasted text · %1', size(bytesOf(text)));
  return { quote: { type: 'Quote', label, text: cut(text, trans) }, wasCut: text.length > LONGEST };
}

/** Cells as attachments, those that are empty left out. */
export function cellQuotes(cells: readonly ICellSight[], trans: TranslationBundle): IQuote[] {
  return cells
    .filter(cell => cell.source.trim() !== '')
    .map(cell => {
      const quote: IQuote = { type: 'Quote', label: cellLabel(cell, trans), text: cut(cell.source, trans) };
      CELLS.add(quote);
      return quote;
    });
}

/** Whether an attachment was made of a cell: its label tells that in the person's language alone. */
export function isCell(quote: IQuote): boolean {
  return CELLS.has(quote);
}

/** What a cell is called where it is attached: `cell [3]`; one that has not run by its first line. */
export function cellLabel(cell: Pick<ICellSight, 'count' | 'source'>, trans: TranslationBundle): string {
  if (cell.count !== null) {
    return trans.__('cell [%1]', cell.count);
  }
  const line = cell.source.trim().split('\n', 1)[0] ?? '';
  return trans.__('cell “%1”', line.length > 32 ? `${line.slice(0, 31)}…` : line);
}

function cut(text: string, trans: TranslationBundle): string {
  if (text.length <= LONGEST) {
    return text;
  }
  const half = LONGEST / 2;
  const gap = trans.__('… %1 left out …', size(bytesOf(text.slice(half, -half))));
  return `${text.slice(0, half)}\n${gap}\n${text.slice(-half)}`;
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
