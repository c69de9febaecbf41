import { Text } from '@codemirror/state';

import { markIn } from '../../src/editor/settled';

const marked = (source: string): string | null => {
  const mark = markIn(Text.of(source.split('\n')));
  return mark && source.slice(mark.from, mark.to);
};

describe('the mark of a settled prompt', () => {
  it.each([
    ['%%interpret --settled 1a2b3c4d\nmean', ' --settled 1a2b3c4d'],
    ['\n\n%%interpret -m openai:gpt --settled 1a2b3c4d --plan\nmean', ' --settled 1a2b3c4d'],
    ['%interpret --settled=1a2b3c4d mean', ' --settled=1a2b3c4d']
  ])('is found in %p', (source, mark) => {
    expect(marked(source)).toBe(mark);
  });

  it.each([
    '%%interpret\nmean --settled 1a2b3c4d',
    '# --settled 1a2b3c4d',
    '%%interpret --settled 1a2b3c4dd',
    'x = 1\n%%interpret --settled 1a2b3c4d',
    ''
  ])('is none in %p', source => {
    expect(marked(source)).toBeNull();
  });
});
