import type { TranslationBundle } from '@jupyterlab/translation';

import { told } from '../../../src/told';

const GERMAN: Record<string, string> = {
  'uses the network': 'benutzt das Netz',
  '%1 refused the key%2: set %3, or choose the model builtin.': '%1 will den Schlüssel nicht%2; %3',
  'reaches %1 through %2': 'erreicht über %2 %1',
  'The same code failed twice with the same error: %1.': 'Zweimal derselbe Fehler: %1.'
};
const trans = { __: (text: string) => GERMAN[text] ?? text } as unknown as TranslationBundle;

describe('what the server has told', () => {
  it('is said in the language of the person, with the names that stood in it', () => {
    expect(told(trans, 'uses the network (requests.get)')).toBe('benutzt das Netz (requests.get)');
    expect(told(trans, 'm at http://h refused the key: set K, or choose the model builtin.')).toBe(
      'm at http://h will den Schlüssel nicht; K'
    );
    expect(told(trans, 'h refused the key (bad key): set K, or choose the model builtin.')).toBe(
      'h will den Schlüssel nicht (bad key); K'
    );
    expect(told(trans, 'reaches os through shutil')).toBe('erreicht über shutil os');
    expect(told(trans, 'The same code failed twice with the same error: E: a\nb.')).toBe(
      'Zweimal derselbe Fehler: E: a\nb.'
    );
  });

  it('stays as it is where nobody has translated it', () => {
    expect(told(trans, 'uses the network twice')).toBe('uses the network twice');
    expect(told(trans, '')).toBe('');
  });
});
