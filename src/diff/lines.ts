import { diffLines } from 'diff';

/** One line of a difference; `same` stands in both texts. */
export interface ILine {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

/** What differs between two texts, line by line; removed lines come before the added ones that replace them. */
export function compare(before: string, after: string): ILine[] {
  // A line at the end is the same with and without its line feed.
  return diffLines(ended(before), ended(after)).flatMap(part => {
    const kind = part.added ? 'added' : part.removed ? 'removed' : 'same';
    return part.value
      .replace(/\n$/, '')
      .split('\n')
      .map(text => ({ kind, text }) as const);
  });
}

/** How many lines were added and removed. */
export function count(lines: readonly ILine[]): { added: number; removed: number } {
  const of = (kind: ILine['kind']): number => lines.filter(line => line.kind === kind).length;
  return { added: of('added'), removed: of('removed') };
}

function ended(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}
