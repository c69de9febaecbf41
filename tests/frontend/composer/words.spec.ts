import { nullTranslator } from '@jupyterlab/translation';

import { accept, matchNames, typingAt } from '../../../src/panel/compose/completion';
import { estimate, payloadText, price, tokens } from '../../../src/panel/compose/figures';
import { recalled, spoken } from '../../../src/panel/compose/recall';
import { fileReference, referencesIn } from '../../../src/panel/compose/references';
import { matchSlashes, parseSlash, slashes } from '../../../src/panel/compose/slash';
import type { IName } from '../../../src/words';
import { task } from '../conversation/tasks';

const trans = nullTranslator.load('open_interpreter_lab');
const name = (insert: string, kind: IName['kind'] = 'variable'): IName => ({ type: 'Name', insert, kind, detail: '' });
const NAMES = [
  name('@df'),
  name('@model'),
  name('@df.price', 'column'),
  name('@penguins.bill_length', 'column'),
  name('@[3]', 'cell'),
  name('@file:data.csv', 'file'),
  name('@file:"my data.csv"', 'file')
];
const offered = (query: string): string[] => matchNames(NAMES, query).map(each => each.insert);

describe('a text that begins with a slash', () => {
  it('is a command with the rest as its words', () => {
    expect(parseSlash('/fix  but keep the names')).toEqual({
      kind: 'command',
      command: 'fix',
      text: 'but keep the names'
    });
    expect(parseSlash('/plan\nclean, then plot')).toEqual({
      kind: 'command',
      command: 'plan',
      text: 'clean, then plot'
    });
  });

  it('knows the other spelling and capitals', () => {
    expect(parseSlash('/Optimize')).toEqual({ kind: 'command', command: 'optimise', text: '' });
  });

  it('is done by the panel where it is one of its own words', () => {
    expect(parseSlash('/undo')).toEqual({ kind: 'local', action: 'undo' });
  });

  it('is told where nobody knows it', () => {
    expect(parseSlash('/fixit now')).toEqual({ kind: 'unknown', word: 'fixit' });
  });

  it('is a text like others where it is a path, a sum, or stands after a space', () => {
    for (const text of ['/home/me/data.csv is empty', '/ 2', ' /foo', 'a /fix']) {
      expect(parseSlash(text)).toEqual({ kind: 'words', text: text.trim() });
    }
  });

  it('is offered while it is typed', () => {
    expect(matchSlashes(slashes(trans), 'e').map(each => each.name)).toEqual(['explain']);
    expect(slashes(trans).map(each => parseSlash(`/${each.name}`).kind)).not.toContain('unknown');
  });
});

describe('what is being typed', () => {
  it('is a slash word at the beginning alone', () => {
    expect(typingAt('/ex', 3)).toEqual({ kind: 'slash', query: 'ex', start: 0, end: 3 });
    expect(typingAt('/explain this', 13)).toBeNull();
    expect(typingAt('see /ex', 7)).toBeNull();
  });

  it('is a name after its sign, up to the cursor', () => {
    expect(typingAt('plot @df.pr and', 11)).toEqual({ kind: 'name', query: 'df.pr', start: 5, end: 11 });
    expect(typingAt('plot @', 6)).toEqual({ kind: 'name', query: '', start: 5, end: 6 });
    expect(typingAt('see @[1', 7)?.query).toBe('[1');
    expect(typingAt('读@file:"my da', 13)?.query).toBe('file:"my da');
  });

  it('is nothing after a space or within an address', () => {
    expect(typingAt('plot @df now', 12)).toBeNull();
    expect(typingAt('me@host', 7)).toBeNull();
  });

  it('is replaced by what was chosen, with one space after it', () => {
    const typing = typingAt('plot @d', 7);
    expect(typing && accept('plot @d', typing, '@df')).toEqual({ text: 'plot @df ', cursor: 9 });
    const within = typingAt('plot @d by x', 7);
    expect(within && accept('plot @d by x', within, '@df')).toEqual({ text: 'plot @df by x', cursor: 9 });
  });
});

describe('the names that are offered', () => {
  it('leave columns out until something of them is typed', () => {
    expect(offered('')).toEqual(['@df', '@model', '@[3]', '@file:data.csv', '@file:"my data.csv"']);
    expect(offered('df.')).toEqual(['@df.price']);
    expect(offered('pri')).toEqual(['@df.price']);
  });

  it('fit by the beginning of each piece', () => {
    expect(offered('pen.b')).toEqual(['@penguins.bill_length']);
  });

  it('find files by their names, with quotes or without', () => {
    expect(offered('data')).toEqual(['@file:data.csv', '@file:"my data.csv"']);
    expect(offered('file:my')).toEqual(['@file:"my data.csv"']);
  });
});

describe('what a text refers to', () => {
  const found = (text: string, names: readonly IName[] | null = NAMES): string[] =>
    referencesIn(text, names).map(each => (each.isKnown ? each.text : `${each.text}?`));

  it('is found once each, without the punctuation after it', () => {
    expect(found('compare @df.price with @[3], @df, and @df.')).toEqual(['@df.price', '@[3]', '@df']);
    expect(found('load @file:"my data.csv" and @file:data.csv.')).toEqual(['@file:"my data.csv"', '@file:data.csv']);
  });

  it('is told where nothing of that name is there', () => {
    expect(found('plot @dg')).toEqual(['@dg?']);
    expect(found('plot @dg', null)).toEqual(['@dg']);
  });

  it('is the longest known name where nothing parts it from the next word', () => {
    expect(found('画@df的分布')).toEqual(['@df']);
  });

  it('is nothing in an address', () => {
    expect(found('write to me@df.price')).toEqual([]);
  });
});

describe('a file', () => {
  it('is named as it stands beside the notebook', () => {
    expect(fileReference('work/data.csv', 'work/a.ipynb')).toBe('@file:data.csv');
    expect(fileReference('data/x.csv', 'work/deep/a.ipynb')).toBe('@file:../../data/x.csv');
    expect(fileReference('RTC:work/my data.csv', 'RTC:work/a.ipynb')).toBe('@file:"my data.csv"');
  });
});

describe('figures', () => {
  it('are short', () => {
    expect([0, 999, 1000, 1234, 9960, 34_400, 1_300_000].map(tokens)).toEqual([
      '0',
      '999',
      '1k',
      '1.2k',
      '10k',
      '34k',
      '1.3M'
    ]);
    expect([0, 0.00001, 0.0031, 0.5, 12].map(price)).toEqual(['$0', '< $0.0001', '$0.0031', '$0.50', '$12.00']);
  });

  it('tell a price only where one is known', () => {
    expect(estimate({ tokens: 1234, price: null }, trans)).toBe('≈ 1.2k tokens');
    expect(estimate({ tokens: 1, price: 0.002 }, trans)).toBe('≈ 1 token · $0.002');
  });

  it('are about a payload that can be copied whole', () => {
    const image = { type: 'Image', mime: 'image/png', data: 'AAAA' } as const;
    expect(
      payloadText([
        { type: 'Message', role: 'system', text: 'Be brief.', images: [] },
        { type: 'Message', role: 'user', text: 'Plot', images: [image] }
      ])
    ).toBe('[system]\nBe brief.\n\n[user]\nPlot\n<image/png>');
  });
});

describe('the last words', () => {
  const tasks = [
    task({ said: { type: 'Said', text: 'one', command: '', labels: [], images: 0, at: 1 } }),
    task({
      said: { type: 'Said', text: 'now', command: 'fix', labels: [], images: 0, at: 2 },
      parts: [{ kind: 'steer', key: 's', version: 1, text: 'two' }]
    }),
    task({ said: { type: 'Said', text: 'one', command: '', labels: [], images: 0, at: 3 } })
  ];

  it('are those that were typed, each where it was said last', () => {
    expect(spoken(tasks)).toEqual(['/fix now', 'two', 'one']);
  });

  it('come back one after the other, and go again', () => {
    const all = spoken(tasks);
    expect(recalled(all, '', -1)).toBe('one');
    expect(recalled(all, 'one', -1)).toBe('two');
    expect(recalled(all, '/fix now', -1)).toBe('/fix now');
    expect(recalled(all, 'one', 1)).toBe('');
  });

  it('leave alone what the person has written', () => {
    expect(recalled(spoken(tasks), 'something else', -1)).toBeNull();
    expect(recalled(spoken(tasks), '', 1)).toBeNull();
  });
});
