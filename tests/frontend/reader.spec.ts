import type { YCodeCell } from '@jupyter/ydoc';

import { OUTPUT_LIMIT, PLACE_LIMIT, readPlace, weigh } from '../../src/notebook/reader';
import type { IPlace } from '../../src/wire';
import { notebookOf } from './notebook';

const PROMPT = '%%interpret\nmean';
const owned = (source: string): Record<string, unknown> => ({ source, metadata: { open_interpreter: { task: 't' } } });
const read = (cells: (string | Record<string, unknown>)[], prompt: string, limit?: number): IPlace => {
  const place = readPlace(notebookOf(...cells), prompt, 'work/n.ipynb', limit);
  if (!place) {
    throw new Error('no place');
  }
  return place;
};

describe('a place', () => {
  it('has all cells in order, with outputs as plain text', () => {
    const outputs = [
      { output_type: 'stream', name: 'stdout', text: '\u001b[31mred\u001b[0m\nx\n' },
      { output_type: 'display_data', data: { 'image/png': 'AAAA', 'text/plain': '<Figure>' }, metadata: {} },
      { output_type: 'error', ename: 'KeyError', evalue: "'a'", traceback: [] }
    ];
    const place = read(
      [
        { cell_type: 'markdown', source: '# Title' },
        { source: 'x', execution_count: 3, outputs },
        { source: PROMPT, metadata: { open_interpreter: { task: 't', prompt: true } } },
        { source: 'y', metadata: { open_interpreter: { task: 't', source_hash: 'h' } } },
        { cell_type: 'raw', source: 'r' }
      ],
      'c2'
    );
    expect(place).toMatchObject({ type: 'Place', prompt: 'c2', path: 'work/n.ipynb', task: 't' });
    expect(place.cells.map(cell => [cell.kind, cell.source, cell.task])).toEqual([
      ['markdown', '# Title', ''],
      ['code', 'x', ''],
      ['code', PROMPT, 't'],
      ['code', 'y', 't'],
      ['raw', 'r', '']
    ]);
    expect(place.cells[1]).toMatchObject({ count: 3, output: "red\nx\n<Figure>\nKeyError: 'a'" });
    expect(place.cells[3]?.source_hash).toBe('h');
  });

  it('is none for a cell that is not there', () => {
    expect(readPlace(notebookOf('a'), 'gone', '')).toBeNull();
  });

  it('cuts a long output', () => {
    const outputs = [{ output_type: 'stream', name: 'stdout', text: 'x'.repeat(50_000) }];
    const place = read([{ source: 'a', outputs }, PROMPT], 'c1');
    expect(place.cells[0]?.output.length).toBe(OUTPUT_LIMIT);
    expect(place.cells[0]?.output.endsWith('…')).toBe(true);
  });

  it('never weighs more than its limit, whatever the text', () => {
    for (const text of ['a', '"\n\u0001', '数据', '😀']) {
      const cells = Array.from({ length: 40 }, () => text.repeat(20_000));
      const place = read([...cells, PROMPT], 'c40');
      expect(weigh(place)).toBeLessThanOrEqual(PLACE_LIMIT);
      expect(weigh(place)).toBeGreaterThan(PLACE_LIMIT * 0.98);
      expect(place.cells).toHaveLength(41);
      expect(JSON.stringify(place)).not.toMatch(/\\ud[89a-f]/);
    }
  });

  it('reads a cell anew when it has changed, and only then', () => {
    const notebook = notebookOf(
      { source: 'a', outputs: [{ output_type: 'stream', name: 'stdout', text: 'x' }] },
      PROMPT
    );
    const [first] = notebook.cells as [YCodeCell, YCodeCell];
    const looks = jest.spyOn(first, 'getOutputs');
    const now = (): object => readPlace(notebook, 'c1', '')?.cells[0] ?? {};
    expect(now()).toMatchObject({ source: 'a', output: 'x', count: null, task: '' });
    expect(now()).toBe(now());
    expect(looks).toHaveBeenCalledTimes(1);
    first.setSource('b');
    expect(now()).toMatchObject({ source: 'b' });
    // As JupyterLab does it while a cell runs.
    first.transact(
      () => {
        first.setOutputs([]);
      },
      false,
      'silent-change'
    );
    first.execution_count = 4;
    first.setMetadata('open_interpreter', { task: 't' });
    expect(now()).toMatchObject({ source: 'b', output: '', count: 4, task: 't' });
  });

  it('gives room to the prompt, then to what it owns, then to the nearest above', () => {
    const long = 'x'.repeat(1000);
    const cells = [long, long, { source: PROMPT, metadata: { open_interpreter: { task: 't' } } }, owned(long), long];
    const full = read(cells, 'c2', 3400);
    const lengths = full.cells.map(cell => cell.source.length);
    expect(lengths[2]).toBe(PROMPT.length);
    expect(lengths[3]).toBe(1000);
    expect(lengths[1]).toBe(1000);
    expect(lengths[0]).toBeLessThan(1000);
    expect(lengths[4]).toBe(0);
  });

  it('counts as owned what stands above the next prompt only', () => {
    const long = 'x'.repeat(1000);
    const cells = [
      { source: PROMPT, metadata: { open_interpreter: { task: 't' } } },
      owned('a'),
      PROMPT,
      owned(long),
      'nearer'.repeat(20)
    ];
    const place = read(cells, 'c0', 1100);
    expect(place.cells[1]?.source).toBe('a');
    expect(place.cells[3]?.source).not.toBe(long);
  });

  it('leaves out the farthest cells of a very long notebook', () => {
    const place = read([...Array.from({ length: 5000 }, () => 'x'), PROMPT], 'c5000');
    expect(weigh(place)).toBeLessThanOrEqual(PLACE_LIMIT);
    expect(place.cells.at(-1)?.id).toBe('c5000');
    expect(place.cells.length).toBeGreaterThan(1000);
    expect(place.cells.at(-1)?.source).toBe(PROMPT);
  });
});
