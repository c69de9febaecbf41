import { compare, count } from '../../src/diff/lines';

describe('compare', () => {
  it('tells the lines that go before those that come in their place', () => {
    expect(compare('a = 1\nb = 2\n', 'a = 1\nb = 3\nc = 4')).toEqual([
      { kind: 'same', text: 'a = 1' },
      { kind: 'removed', text: 'b = 2' },
      { kind: 'added', text: 'b = 3' },
      { kind: 'added', text: 'c = 4' }
    ]);
  });

  it('takes no notice of a last line feed', () => {
    expect(count(compare('x', 'x\n'))).toEqual({ added: 0, removed: 0 });
  });

  it('tells a new text as added alone', () => {
    expect(compare('', 'x\n\ny')).toEqual(['x', '', 'y'].map(text => ({ kind: 'added', text })));
  });
});
