import { nullTranslator } from '@jupyterlab/translation';

import { Drafts } from '../../../src/panel/compose/drafts';
import { goesAsItIs, hasRoom, ROOM, scaled } from '../../../src/panel/compose/limits';
import { cellQuotes, isCell, LONGEST, pastedQuote, size } from '../../../src/panel/compose/quotes';
import { Replies } from '../../../src/panel/compose/replies';
import { Store } from '../../../src/panel/compose/store';

const trans = nullTranslator.load('open_interpreter_lab');

describe('a long pasted text', () => {
  it('is named by its size', () => {
    const { quote, wasCut } = pastedQuote('é'.repeat(6000), trans);
    expect(quote.label).toBe('Pasted text · 12 kB');
    expect(wasCut).toBe(false);
    expect([size(840), size(12_400), size(999_900), size(1_440_000)]).toEqual(['840 B', '12 kB', '1.0 MB', '1.4 MB']);
  });

  it('is cut to its head and tail where it is very long, and says so', () => {
    const { quote, wasCut } = pastedQuote(`begin${'x'.repeat(1_000_000)}end`, trans);
    expect(wasCut).toBe(true);
    expect(quote.text.length).toBeLessThan(LONGEST + 100);
    expect(quote.text.startsWith('begin')).toBe(true);
    expect(quote.text.endsWith('end')).toBe(true);
    expect(quote.text).toContain('800 kB left out');
  });
});

describe('cells', () => {
  it('are named by their count, or by their first line', () => {
    const cell = { kind: 'code', error: '' } as const;
    const quotes = cellQuotes(
      [
        { ...cell, id: 'a', source: 'x = 1', count: 3 },
        { ...cell, id: 'b', source: '  \n', count: null },
        { ...cell, id: 'c', source: '\nimport pandas\nx', count: null }
      ],
      trans
    );
    expect(quotes.map(quote => quote.label)).toEqual(['cell [3]', 'cell “import pandas”']);
  });

  it('are named in the language of the person, and are told from pasted texts all the same', () => {
    const other = { __: (_text: string, ...places: unknown[]) => `Zelle ${places.join('')}` } as never;
    const cell = { kind: 'code', error: '', id: 'a', source: 'x = 1', count: 3 } as const;
    const [quote] = cellQuotes([cell], other);
    expect(quote?.label).toBe('Zelle 3');
    expect([isCell(quote!), isCell(pastedQuote('cell [3]', trans).quote)]).toEqual([true, false]);
  });
});

describe('a picture', () => {
  it('goes as it is while it is small', () => {
    expect(goesAsItIs('image/png', 1e6, 2048, 10)).toBe(true);
    expect(goesAsItIs('image/png', 1e6, 2049, 10)).toBe(false);
    expect(goesAsItIs('image/png', 2e6, 100, 100)).toBe(false);
    expect(goesAsItIs('image/svg+xml', 10, 10, 10)).toBe(false);
  });

  it('keeps its shape when it is scaled down, and is never made larger', () => {
    expect(scaled(4096, 1024)).toEqual({ width: 2048, height: 512 });
    expect(scaled(100_000, 3)).toEqual({ width: 2048, height: 1 });
    expect(scaled(10, 20)).toEqual({ width: 10, height: 20 });
  });

  it('finds no room where a message is full', () => {
    const draft = { text: '', shares: true, images: [], quotes: [] };
    const full = { ...draft, quotes: [{ type: 'Quote', label: '', text: 'x'.repeat(ROOM - 10) } as const] };
    expect(hasRoom(draft, 1000)).toBe(true);
    expect(hasRoom(full, 11)).toBe(false);
  });
});

describe('drafts', () => {
  const quote = { type: 'Quote', label: 'cell [1]', text: 'x' } as const;

  it('are kept for each notebook, the text across a reload', () => {
    sessionStorage.clear();
    const drafts = new Drafts(new Store(sessionStorage));
    drafts.change('a.ipynb', { text: 'about a', quotes: [quote] });
    drafts.change('b.ipynb', { text: 'about b' });
    expect(drafts.of('a.ipynb').quotes).toEqual([quote]);
    const later = new Drafts(new Store(sessionStorage));
    expect(later.of('a.ipynb')).toMatchObject({ text: 'about a', quotes: [] });
    expect(later.of('b.ipynb').text).toBe('about b');
    drafts.change('a.ipynb', { text: '' });
    expect(new Drafts(new Store(sessionStorage)).of('a.ipynb').text).toBe('');
  });

  it('go along with a notebook that is renamed, and overwrite nothing', () => {
    const drafts = new Drafts(new Store(null));
    drafts.change('a.ipynb', { text: 'about a' });
    drafts.move('a.ipynb', 'c.ipynb');
    expect([drafts.of('a.ipynb').text, drafts.of('c.ipynb').text]).toEqual(['', 'about a']);
    drafts.change('d.ipynb', { text: 'about d' });
    drafts.move('c.ipynb', 'd.ipynb');
    expect([drafts.of('c.ipynb').text, drafts.of('d.ipynb').text]).toEqual(['about a', 'about d']);
    drafts.change('old/e.ipynb', { text: 'about e' });
    drafts.rename('old', 'new');
    expect([drafts.of('old/e.ipynb').text, drafts.of('new/e.ipynb').text]).toEqual(['', 'about e']);
  });

  it('are written on where the store is full', () => {
    const full = {
      getItem: () => null,
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
      removeItem: () => undefined
    };
    const drafts = new Drafts(new Store(full));
    drafts.change('a.ipynb', { text: 'still here' });
    expect(drafts.of('a.ipynb').text).toBe('still here');
  });
});

describe('what was begun to be answered', () => {
  it('is kept by question, across a reload too, until it is answered', () => {
    sessionStorage.clear();
    const replies = new Replies(new Store(sessionStorage));
    replies.change('q1', { source: 'x = 2' });
    replies.change('q1', { word: 'not so' });
    const later = new Replies(new Store(sessionStorage));
    expect(later.of('q1')).toEqual({ source: 'x = 2', word: 'not so' });
    expect(later.of('q2')).toEqual({ source: null, word: '' });
    later.forget('q1');
    expect([later.of('q1').source, sessionStorage.length]).toEqual([null, 0]);
  });
});
