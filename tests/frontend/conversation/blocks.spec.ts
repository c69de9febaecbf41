import { fenced, splitBlocks, withoutDiagrams } from '../../../src/panel/tasks/blocks';

describe('splitBlocks', () => {
  it('parts a text at its blank lines', () => {
    expect(splitBlocks('One\nstill one\n\n\nTwo', true)).toEqual(['One\nstill one\n\n', 'Two']);
  });

  it('keeps a fence whole, whatever stands in it', () => {
    const fence = '```python\na = 1\n\nb = 2\n```';
    expect(splitBlocks(`Before\n\n${fence}\n\nAfter`, true)).toEqual(['Before\n', `${fence}\n`, 'After']);
  });

  it('takes a fence that is still open as one block', () => {
    expect(splitBlocks('```\na\n\nb', true)).toHaveLength(1);
  });

  it('is not fooled by a shorter fence in a longer one', () => {
    expect(splitBlocks('````\n```\n\nx\n````\n\nAfter', true)).toHaveLength(2);
  });

  it('keeps the items of a list and what is in them together', () => {
    expect(splitBlocks('1. one\n\n   more of it\n\n2. two\n\nAfter', true)).toHaveLength(2);
  });

  it('changes no block before the last when a text grows', () => {
    const text = 'A\n\n- b\n\n- c\n\nD $x$\n\n```\ne\n\nf\n```\n\nG';
    let before: string[] = [];
    for (let length = 1; length <= text.length; length++) {
      const blocks = splitBlocks(text.slice(0, length), true);
      const settled = before.slice(0, -1);
      expect(blocks.slice(0, settled.length).map(block => block.trim())).toEqual(settled.map(block => block.trim()));
      before = blocks;
    }
  });

  it('leaves a whole text with definitions of links in one piece', () => {
    const text = 'See [this][1].\n\n[1]: https://example.org';
    expect(splitBlocks(text, true)).toHaveLength(2);
    expect(splitBlocks(text, false)).toEqual([text]);
  });
});

describe('fenced', () => {
  it('makes a fence that nothing in the code can close', () => {
    expect(fenced('a\n```\nb', 'python')).toBe('````python\na\n```\nb\n````');
  });

  it('takes nothing but a name for the language', () => {
    expect(fenced('x', 'c++ `evil`\n')).toBe('```c++evil\nx\n```');
  });
});

describe('withoutDiagrams', () => {
  it.each(['```mermaid', '~~~ Mermaid  ', '> ```mermaid', '- ````mermaid'])('shows the source of %j', opening => {
    expect(withoutDiagrams(`${opening}\ngraph LR\n`).toLowerCase()).not.toContain('mermaid');
  });

  it('leaves other fences alone', () => {
    expect(withoutDiagrams('```python\nmermaid = 1\n```')).toBe('```python\nmermaid = 1\n```');
  });
});
