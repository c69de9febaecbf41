import {
  firstLine,
  lastLine,
  lineCount,
  spellOut,
  stretches,
  withoutColours
} from '../../../src/panel/tasks/characters';

describe('spellOut', () => {
  it.each([
    ['\u202e', 'U+202E'],
    ['\u2066', 'U+2066'],
    ['\u200b', 'U+200B'],
    ['\ufeff', 'U+FEFF'],
    ['\u0008', 'U+0008'],
    ['\u001b', 'U+001B'],
    ['\r', 'U+000D'],
    ['\u2028', 'U+2028'],
    ['\u3164', 'U+3164'],
    ['\u00ad', 'U+00AD'],
    ['\u{e0041}', 'U+E0041'],
    ['\u{e0101}', 'U+E0101']
  ])('makes a character visible that nobody sees (%#)', (sign, spelt) => {
    expect(spellOut(`a${sign}b`)).toBe(`a‹${spelt}›b`);
  });

  it('leaves what can be read as it is, in any script', () => {
    const text = 'x = "åß 中文 العربية 👩‍💻 ❤️"\r\n\ty = 1\n';
    expect(spellOut(text)).toBe(text);
  });
});

describe('stretches', () => {
  it('tells a character that is spelt out from a text that reads the same', () => {
    expect(stretches('U+202E\u202e')).toEqual([
      { text: 'U+202E', isSpelt: false },
      { text: 'U+202E', isSpelt: true }
    ]);
  });
});

describe('lines', () => {
  it('counts them', () => {
    expect(['', 'a', 'a\n', 'a\nb', 'a\n\n'].map(lineCount)).toEqual([0, 1, 1, 2, 2]);
  });

  it('finds the first and the last that say something', () => {
    expect([firstLine('\n  a\nb\n\n'), lastLine('\n  a\nb\n\n'), firstLine('')]).toEqual(['a', 'b', '']);
  });

  it('takes the colours of a terminal away', () => {
    expect(withoutColours('\u001b[0;31mKeyError\u001b[0m: x')).toBe('KeyError: x');
  });
});
